//! Figures by product, brand and tag, of facts and of reports; one brand's alone; several at once; share links; the report of a show.

use super::sold::{claim, open_mug};
use super::*;

/// Two polls of different brands and a deal of the first: one vote each, a claim, and a browser that reports each.
pub(super) async fn fair(house: &House) {
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start", "title": "Fair", "on_air": ["lin"] }))
        .await;
    for (activity, brand, tag) in [("tea", "Harbour", "hot"), ("ice", "Glacier", "cold")] {
        desk.must(json!({ "type": "poll.open", "activity": activity, "question": format!("{activity}?"),
            "options": ["Yes", "No"], "about": { "brand": brand, "tags": [tag], "products": [format!("{activity}-1")] } }))
            .await;
    }
    desk.must(json!({ "type": "deal.open", "activity": "sled", "title": "Sled", "sku": "s-1", "variants": [{ "stock": 1 }],
        "price": { "amount": "30.00", "currency": "EUR" }, "about": { "brand": "Glacier", "tags": ["cold"] } }))
        .await;
    open_mug(house, &json!({ "about": { "brand": "Harbour" } })).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    assert!(ann.vote("tea", &["1"]).await.ok);
    assert!(ann.vote("ice", &["1"]).await.ok);
    assert!(bob.vote("ice", &["2"]).await.ok);
    claim(&mut ann, 1).await;
    let mut reporter = Reporter::new(house);
    for (session, activity, widget) in [
        ("s1", "tea", "poll"),
        ("s1", "ice", "poll"),
        ("s2", "ice", "poll"),
        ("s2", "mug", "deal"),
    ] {
        let data =
            json!({ "activity": activity, "widget": widget, "show": "show-1", "on_air": ["lin"] });
        reporter.report(session, &format!("live.{widget}.seen"), &data);
    }
    reporter.report(
        "s2",
        "live.room.watch",
        &json!({ "ms": 60_000, "show": "show-1", "on_air": ["lin"] }),
    );
    reporter.send().await;
}

#[tokio::test]
async fn facts_and_reports_are_told_apart_by_product_brand_and_tag() {
    let house = House::open().await;
    fair(&house).await;
    for (by, key, votes, seen) in [
        ("brand", "Harbour", 1, 2),
        ("brand", "Glacier", 2, 2),
        ("product", "tea-1", 1, 1),
        ("product", "m-1", 0, 1),
        ("tag", "cold", 2, 2),
        ("tag", "", 0, 1),
        ("widget", "poll", 3, 2),
        ("streamer", "lin", 3, 2),
    ] {
        let told = insights(&house, &format!("?by={by}")).await;
        let row = row(&told, key);
        assert_eq!(
            (&row["room"]["votes"], &row["reports"]["seen"]),
            (&json!(votes), &json!(seen)),
            "{by} {key}"
        );
    }
    house.close().await;
}

/// What is of the room as a whole is no zero of a brand: it is not told.
fn without_the_whole(all: &Value) {
    let rows = all["further"].as_array().into_iter().flatten();
    let rows = rows.flat_map(|by| by["rows"].as_array().into_iter().flatten());
    let rows: Vec<_> = rows
        .flat_map(|row| [&row["room"], &row["reports"]])
        .collect();
    for of_room in [
        "viewers_now",
        "viewers_most",
        "active",
        "watch_ms",
        "shares",
        "sharers",
        "arrivals",
        "dropped",
    ] {
        let figures = all["figures"].as_array().into_iter().flatten();
        let mut told = figures.filter(|one| one["figure"] == of_room);
        assert_eq!(told.next(), None, "{of_room}");
        assert!(
            rows.iter().all(|values| values[of_room].is_null()),
            "{of_room}"
        );
    }
    assert_eq!(
        (&all["viewers_now"], &all["coverage"]["viewers_most"]),
        (&Value::Null, &Value::Null)
    );
    for step in all["minutes"].as_array().into_iter().flatten() {
        assert_eq!(
            (&step["active"], &step["browsers"], &step["viewers"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
    }
}

#[tokio::test]
async fn within_a_brand_nothing_is_told_of_others_nor_of_the_room_as_a_whole() {
    let house = House::open().await;
    fair(&house).await;
    let all = insights(&house, "?brand=Harbour&by=all").await;
    let text = all.to_string();
    for word in ["Glacier", "\"ice\"", "ice?", "ice-1", "cold"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    assert_eq!(all["scope"]["brand"], "Harbour");
    for (figure, value) in [
        ("votes", 1),
        ("participants", 1),
        ("claims", 1),
        ("seen", 2),
    ] {
        assert_eq!(*total(&all, figure), value, "{figure}");
    }
    without_the_whole(&all);
    let names: Vec<_> = all["activities"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| one["id"].clone())
        .collect();
    assert_eq!(names, ["tea", "mug"]);
    let votes: u64 = all["minutes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|step| step["votes"].as_u64())
        .sum();
    assert_eq!(votes, 1);
    let marks: Vec<_> = all["timeline"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|mark| mark["activity"].as_str())
        .collect();
    assert_eq!(marks, ["tea", "mug"]);
    // Units are low in the other brand's deal too, which is none of this one's business.
    let low: Vec<_> = all["alerts"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|alert| alert["activity"].clone())
        .collect();
    assert_eq!(low, ["mug"]);
    let none = insights(&house, "?brand=Nobody").await;
    assert_eq!(
        (total(&none, "votes"), &none["activities"], &none["alerts"]),
        (&json!(0), &json!([]), &json!([]))
    );
    house.close().await;
}

#[tokio::test]
async fn an_export_has_rows_by_all_that_was_asked_for() {
    let house = House::open().await;
    fair(&house).await;
    let lines = |query: &'static str| {
        let house = &house;
        async move {
            let told: Value = ask(house, Role::Analyst, &format!("export.json{query}"))
                .await
                .json()
                .await
                .expect("it is JSON");
            let rows = told
                .as_array()
                .into_iter()
                .flatten()
                .filter(|line| line["table"] == "row");
            let mut by: Vec<String> = rows
                .map(|line| line["by"].as_str().unwrap_or_default().to_owned())
                .collect();
            by.dedup();
            by
        }
    };
    assert_eq!(lines("").await, ["activity"]);
    assert_eq!(
        lines("?by=brand&by=streamer&by=brand").await,
        ["brand", "streamer"]
    );
    assert_eq!(lines("?by=brand,tag").await, ["brand", "tag"]);
    let all = [
        "activity", "widget", "product", "brand", "tag", "streamer", "show", "channel", "segment",
        "tier",
    ];
    assert_eq!(lines("?by=all").await, all);
    for query in ["?by=", "?by=brand,colour", "?by=all,"] {
        let answer = ask(&house, Role::Analyst, &format!("export.csv{query}")).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
    }
    let two = insights(&house, "?by=brand&by=tag").await;
    assert_eq!(
        (&two["by"], &two["further"][0]["by"]),
        (&json!("brand"), &json!("tag"))
    );
    house.close().await;
}

#[tokio::test]
async fn shares_and_arrivals_are_counted_by_browser() {
    let house = House::open().await;
    let mut reporter = Reporter::new(&house);
    let code = json!({ "referral": "q7Zc0wYt1uKdAbC_" });
    reporter.report(
        "s1",
        "live.room.acted",
        &json!({ "act": "share", "referral": "q7Zc0wYt1uKdAbC_" }),
    );
    reporter.report("s1", "live.room.acted", &json!({ "act": "share" }));
    for session in ["s2", "s3"] {
        reporter.report(session, "live.room.arrived", &code);
    }
    // A viewer who is known, in two tabs.
    for session in ["s4", "s5"] {
        reporter.report(
            session,
            "live.room.arrived",
            &json!({ "referral": "0123456789abcdef", "me": "ada" }),
        );
    }
    // What a page calls so is neither.
    reporter.report("s6", "page.arrived", &json!({ "page": null }));
    reporter.send().await;
    reporter.send().await;
    let all = insights(&house, "").await;
    for (figure, value) in [
        ("shares", 2),
        ("sharers", 1),
        ("arrivals", 3),
        ("acted", 0),
        ("seen", 0),
    ] {
        assert_eq!(*total(&all, figure), value, "{figure}");
    }
    assert_eq!(
        all["referrals"],
        json!([{ "code": "0123456789abcdef", "arrivals": 2 }, { "code": "q7Zc0wYt1uKdAbC_", "arrivals": 2 }])
    );
    let csv = ask(&house, Role::Owner, "export.csv")
        .await
        .text()
        .await
        .expect("it is text");
    assert!(
        csv.contains("\r\nreferral,q7Zc0wYt1uKdAbC_,,,arrivals,reports,2,page loads,,\r\n"),
        "{csv}"
    );
    house.close().await;
}

#[tokio::test]
async fn the_report_of_a_show_is_there_as_it_ends_with_proofs_and_open_claims() {
    let house = House::open().await;
    fair(&house).await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "lottery.open", "activity": "pots", "title": "Teapots", "prizes": [{ "name": "Pot", "count": 1 }] })).await;
    let mut ann = house.account("ann").await;
    assert!(
        ann.does("pots", json!({ "type": "lottery.enter" }))
            .await
            .ok
    );
    desk.must(json!({ "type": "close", "activity": "pots" }))
        .await;
    desk.must(json!({ "type": "lottery.draw", "activity": "pots" }))
        .await;
    desk.must(json!({ "type": "show.end" })).await;
    let told: Value = ask(&house, Role::Owner, "export.json?by=all")
        .await
        .json()
        .await
        .expect("it is JSON");
    let lines = told.as_array().expect("there are lines");
    let value = |table: &str, key: &str, figure: &str| {
        let found = lines
            .iter()
            .find(|line| line["table"] == table && line["key"] == key && line["figure"] == figure);
        found.unwrap_or_else(|| panic!("no {table} {key} {figure}"))["value"].clone()
    };
    assert_eq!(value("total", "", "votes"), "3");
    assert_eq!(value("row", "lin", "votes"), "3");
    assert_eq!(value("row", "m-1", "units_claimed"), "1");
    assert_eq!(value("activity", "pots", "winners"), "1");
    assert_eq!(value("activity", "mug", "open_claims"), "1");
    assert_eq!(value("coverage", "", "browsers_reporting"), "2");
    let proof = value("activity", "pots", "proof");
    let proof = house.get(proof.as_str().expect("it is an address")).await;
    assert_eq!(proof.status(), StatusCode::OK);
    // Another show does not change it, and history has both.
    desk.must(json!({ "type": "show.start", "title": "Second" }))
        .await;
    desk.must(json!({ "type": "reopen", "activity": "tea" }))
        .await;
    assert!(ann.vote("tea", &["2"]).await.ok);
    assert_eq!(*total(&insights(&house, "?show=show-1").await, "votes"), 3);
    let history = insights(&house, "?show=all&by=show").await;
    assert_eq!(
        (
            &row(&history, "show-1")["room"]["votes"],
            &row(&history, "show-2")["room"]["votes_changed"]
        ),
        (&json!(3), &json!(1))
    );
    house.close().await;
}
