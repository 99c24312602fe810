//! The report of a show: its own, all of it, and nothing of another; and what is not known of a part of it.

use super::sold::{claim, open_mug, settle};
use super::*;

#[tokio::test]
async fn a_sale_that_is_settled_after_its_show_is_in_the_report_of_the_show() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start", "title": "Evening", "on_air": ["lin"] }))
        .await;
    open_mug(&house, &json!({})).await;
    let mut ann = house.account("ann").await;
    let claimed = claim(&mut ann, 2).await;
    desk.must(json!({ "type": "show.end" })).await;
    house.turn(MINUTE / 2);
    let same = insights(&house, "").await;
    assert_eq!(*total(&same, "orders"), 0);
    house.turn(2 * MINUTE);
    settle(&house, &claimed, "sold").await;
    for (what, told) in [
        (
            "by its name",
            insights(&house, "?show=show-1&by=streamer").await,
        ),
        ("as the last", insights(&house, "?by=streamer").await),
    ] {
        for (figure, value) in [
            ("orders", json!(1)),
            ("units_sold", json!(2)),
            ("order_value", json!({ "EUR": "19.80" })),
            ("participants", json!(1)),
        ] {
            assert_eq!(*total(&told, figure), value, "{figure} {what}");
            assert_eq!(row(&told, "lin")["room"][figure], value, "{figure} {what}");
        }
        // No minute of the show has it, and the show is no longer for that.
        let steps = told["minutes"].as_array().expect("there are minutes");
        assert!(steps.iter().all(|step| step["units_sold"] == 0));
        assert_eq!(told["scope"]["to"], NOON.0 + MINUTE);
    }
    let side = insights(&house, "?show=all&by=show").await;
    assert_eq!(row(&side, "show-1")["room"]["orders"], 1);
    let csv = ask(&house, Role::Owner, "export.csv?show=show-1").await;
    let csv = csv.text().await.expect("it is text");
    assert!(
        csv.contains("\r\ntotal,,,,units_sold,room,2,units,,\r\n"),
        "{csv}"
    );
    // Whoever asks for an end is told of no more.
    let until = format!("?show=show-1&to={}", NOON.0 + MINUTE);
    assert_eq!(*total(&insights(&house, &until).await, "orders"), 0);
    house.close().await;
}

#[tokio::test]
async fn of_streamers_and_shows_it_is_told_how_long_they_were_on_air() {
    let house = House::open().await;
    show(&house).await;
    house.turn(2 * MINUTE);
    house.desk().await.must(json!({ "type": "show.end" })).await;
    house.turn(7 * MINUTE);
    let long = |told: &Value, key: &str| row(told, key)["room"]["on_air_ms"].clone();
    for query in ["?by=streamer", "?by=streamer&show=all"] {
        let told = insights(&house, query).await;
        assert_eq!(long(&told, "lin"), MINUTE, "{query}");
        assert_eq!(long(&told, "kim"), 2 * MINUTE, "{query}");
    }
    let shows = insights(&house, "?by=show&show=all").await;
    assert_eq!(long(&shows, "show-1"), 3 * MINUTE);
    // A show that began before that time was somebody's already, and it is not told whose.
    let within = format!("from={}&to={}", NOON.0 + MINUTE, NOON.0 + 2 * MINUTE);
    let told = insights(&house, &format!("?by=streamer&{within}")).await;
    assert_eq!(long(&told, "kim"), Value::Null);
    let told = insights(&house, &format!("?by=show&{within}")).await;
    assert_eq!(long(&told, "show-1"), MINUTE);
    let none = insights(&house, "?by=activity").await;
    assert_eq!(long(&none, "tea"), Value::Null);
    house.close().await;
}

/// The activities that are told of, by their names.
fn names(told: &Value) -> Vec<&str> {
    let known = told["activities"].as_array().into_iter().flatten();
    known.filter_map(|known| known["id"].as_str()).collect()
}

#[tokio::test]
async fn a_show_is_told_of_its_own_activities_and_of_this_moment_only_while_it_runs() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let poll = |activity: &str, more: Value| {
        let mut poll = json!({ "type": "poll.open", "activity": activity, "question": "?", "options": ["A", "B"] });
        for (name, value) in more.as_object().into_iter().flatten() {
            poll[name] = value.clone();
        }
        poll
    };
    desk.must(poll("before", json!({}))).await;
    desk.must(json!({ "type": "close", "activity": "before" }))
        .await;
    for (show, activity) in [("Monday", "one"), ("Tuesday", "two")] {
        house.turn(10 * MINUTE);
        desk.must(json!({ "type": "show.start", "title": show }))
            .await;
        desk.must(poll(activity, json!({}))).await;
        let running = insights(&house, "").await;
        assert_eq!(names(&running), [activity]);
        assert!(running["viewers_now"].is_u64(), "{show}");
        desk.must(json!({ "type": "show.end" })).await;
    }
    for query in ["", "?show=show-1", "?show=show-2"] {
        let over = insights(&house, query).await;
        assert_eq!(over["viewers_now"], Value::Null, "{query}");
    }
    assert_eq!(names(&insights(&house, "?show=show-1").await), ["one"]);
    let all = insights(&house, "?show=all").await;
    assert_eq!(names(&all), ["before", "one", "two"]);
    assert!(all["viewers_now"].is_u64());
    let exported = ask(&house, Role::Owner, "export.json?show=show-1").await;
    let lines: Value = exported.json().await.expect("it is JSON");
    let lines = lines.as_array().into_iter().flatten();
    let mut keys: Vec<_> = lines
        .filter(|line| line["table"] == "activity")
        .map(|line| line["key"].clone())
        .collect();
    keys.dedup();
    assert_eq!(keys, ["one"]);
    house.close().await;
}

#[tokio::test]
async fn of_a_part_of_a_time_it_is_not_told_how_many_took_part() {
    let house = House::open().await;
    // Lin: two in the first minute. Kim: one who voted before, and one more, in the second.
    show(&house).await;
    let slot = |from: u64, to: u64| {
        format!(
            "?by=streamer&from={}&to={}",
            NOON.0 + from * MINUTE,
            NOON.0 + to * MINUTE
        )
    };
    let took_part = |told: &Value| {
        let figures = told["figures"].as_array().into_iter().flatten();
        let mut found = figures.filter(|one| one["figure"] == "participants");
        found.next().map(|one| one["value"].clone())
    };
    // Who was on air alone was so for the whole of that minute.
    let first = insights(&house, &slot(0, 1)).await;
    assert_eq!(took_part(&first), Some(json!(2)));
    let whole = insights(&house, &slot(0, 2)).await;
    assert_eq!(took_part(&whole), Some(json!(3)));
    house.turn(MINUTE);
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "reopen", "activity": "tea" }))
        .await;
    assert!(house.account("zoe").await.vote("tea", &["1"]).await.ok);
    // Kim goes on: of two minutes of three nobody knows.
    let part = insights(&house, &slot(0, 2)).await;
    assert_eq!((took_part(&part), total(&part, "votes")), (None, &json!(3)));
    assert_eq!(part["coverage"]["participants"], Value::Null);
    assert_eq!(row(&part, "lin")["room"]["participants"], 2);
    let kim = &row(&part, "kim")["room"];
    assert_eq!(
        (&kim["participants"], &kim["votes"]),
        (&Value::Null, &json!(1))
    );
    let csv = ask(&house, Role::Owner, &format!("export.csv{}", slot(0, 2))).await;
    let csv = csv.text().await.expect("it is text");
    assert!(!csv.contains("\r\ntotal,,,,participants,"), "{csv}");
    house.close().await;
}
