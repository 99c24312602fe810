//! The figures of a room over HTTP, against numbers reckoned by hand: exact facts, reports, and never both in one ratio.

use liveroom_protocol::engagement::BATCH_TYPE;
use liveroom_protocol::identity::Role;
use liveroom_tests::House;
use liveroom_tests::house::NOON;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

mod again;
mod alerts;
mod brand;
mod funnel;
mod show;
mod sold;
mod whose;

const MINUTE: u64 = 60_000;

async fn ask(house: &House, role: Role, path: &str) -> Response {
    let request = Client::new().get(house.url(&format!("/v1/rooms/demo/{path}")));
    let request = request.bearer_auth(house.token(role, "ana"));
    request.send().await.expect("the server answers")
}

async fn insights(house: &House, query: &str) -> Value {
    let answer = ask(house, Role::Analyst, &format!("insights{query}")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    answer.json().await.expect("it is JSON")
}

/// A total by its name.
fn total<'a>(insights: &'a Value, figure: &str) -> &'a Value {
    let figures = insights["figures"].as_array().expect("there are figures");
    let found = figures.iter().find(|one| one["figure"] == figure);
    &found.unwrap_or_else(|| panic!("there is no {figure}"))["value"]
}

/// A row by its key.
fn row<'a>(insights: &'a Value, key: &str) -> &'a Value {
    let rows = insights["rows"].as_array().expect("there are rows");
    let found = rows.iter().find(|row| row["key"] == key);
    found.unwrap_or_else(|| panic!("there is no row {key:?} in {rows:?}"))
}

/// All but who was connected: that went with the server.
fn without_viewers(mut insights: Value) -> Value {
    insights["viewers_now"] = json!(0);
    insights["coverage"]["viewers_most"] = json!(0);
    let figures = insights["figures"]
        .as_array_mut()
        .expect("there are figures");
    figures.retain(|one| one["unit"] != "connections");
    insights
}

/// Reports of page loads, numbered by the caller.
struct Reporter<'a> {
    house: &'a House,
    made: Vec<Value>,
}

impl<'a> Reporter<'a> {
    const fn new(house: &'a House) -> Self {
        Self {
            house,
            made: Vec::new(),
        }
    }

    /// A report of a page load, now.
    fn report(&mut self, session: &str, kind: &str, data: &Value) {
        let number = self.made.len() + 1;
        let mut all = json!({ "room": "demo", "at": self.house.clock.now().0, "channel": "page" });
        for (name, value) in data.as_object().into_iter().flatten() {
            all[name] = value.clone();
        }
        self.made.push(json!({
            "specversion": "1.0", "id": format!("r{number}"), "source": self.house.url("/v1/rooms/demo"), "type": kind,
            "subject": data["activity"], "session": session, "sequence": number, "data": all,
        }));
    }

    async fn send(&self) {
        let body = json!(self.made).to_string();
        let request = Client::new().post(self.house.url("/v1/engagement"));
        let request = request.header("content-type", BATCH_TYPE).body(body);
        let answer = request.send().await.expect("the server answers");
        assert_eq!(answer.status(), StatusCode::ACCEPTED);
    }
}

fn tea_of(brand: &str) -> Value {
    json!({ "type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Green", "Black"],
        "about": { "brand": brand, "tags": ["hot", "drink"] } })
}

/// A show in which lin is on air for a minute and kim for another; three vote, one changes, one asks.
async fn show(house: &House) {
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start", "title": "Evening", "on_air": ["lin"] }))
        .await;
    desk.must(tea_of("Harbour")).await;
    let mut ada = house.account("ada").await;
    let mut bob = house.account("bob").await;
    assert!(ada.vote("tea", &["1"]).await.ok);
    assert!(bob.vote("tea", &["1"]).await.ok);
    house.turn(MINUTE);
    desk.must(json!({ "type": "show.on_air", "on_air": ["kim"] }))
        .await;
    assert!(bob.vote("tea", &["2"]).await.ok);
    let mut eve = house.account("eve").await;
    assert!(eve.vote("tea", &["2"]).await.ok);
    desk.must(json!({ "type": "close", "activity": "tea" }))
        .await;
    assert!(!eve.vote("tea", &["1"]).await.ok);
}

#[tokio::test]
async fn figures_are_for_the_owner_and_analysts_alone() {
    let house = House::open().await;
    for (role, status) in [
        (Role::Owner, StatusCode::OK),
        (Role::Analyst, StatusCode::OK),
        (Role::Streamer, StatusCode::FORBIDDEN),
        (Role::Viewer, StatusCode::FORBIDDEN),
        (Role::Shop, StatusCode::FORBIDDEN),
    ] {
        for path in ["insights", "export.csv", "export.json", "moments.vtt"] {
            let answer = ask(&house, role, path).await;
            assert_eq!(answer.status(), status, "{path} {role:?}");
        }
    }
    let nobody = house.get("/v1/rooms/demo/insights").await;
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    for query in ["?by=colour", "?from=soon", "?from=120000&to=1"] {
        let answer = ask(&house, Role::Owner, &format!("insights{query}")).await;
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
    }
    for query in [
        "?from=0&to=18446744073709551615",
        "?from=18446744073709551615",
    ] {
        let answer = ask(&house, Role::Owner, &format!("insights{query}")).await;
        assert_ne!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{query}");
    }
    let answer = ask(&house, Role::Owner, "insights?show=show-9").await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
    house.close().await;
}

#[tokio::test]
async fn what_the_room_accepted_is_counted_exactly_and_by_who_was_on_air() {
    let house = House::open().await;
    show(&house).await;
    let all = insights(&house, "?by=streamer").await;
    assert_eq!(all["scope"]["show"], "show-1");
    for (figure, value) in [
        ("votes", 3),
        ("votes_changed", 1),
        ("participants", 3),
        ("active", 2),
    ] {
        assert_eq!(*total(&all, figure), value, "{figure}");
    }
    let lin = &row(&all, "lin")["room"];
    let kim = &row(&all, "kim")["room"];
    assert_eq!(
        (&lin["votes"], &lin["participants"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(
        (&kim["votes"], &kim["votes_changed"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(kim["participants"], 2);
    let steps = all["minutes"].as_array().expect("there are minutes");
    let votes: Vec<_> = steps.iter().map(|step| step["votes"].as_u64()).collect();
    assert_eq!(votes, [Some(2), Some(1)]);
    assert_eq!(steps[0]["at"], NOON.0);
    for (by, key) in [
        ("activity", "tea"),
        ("widget", "poll"),
        ("brand", "Harbour"),
        ("tag", "hot"),
        ("show", "show-1"),
    ] {
        let told = insights(&house, &format!("?by={by}")).await;
        assert_eq!(row(&told, key)["room"]["votes"], 3, "{by}");
        assert_eq!(row(&told, key)["room"]["participants"], 3, "{by}");
    }
    let first = insights(&house, &format!("?from={}&to={}", NOON.0, NOON.0 + MINUTE)).await;
    assert_eq!(*total(&first, "votes"), 2);
    house.close().await;
}

#[tokio::test]
async fn openings_closings_and_hand_overs_are_marked_with_who_is_on_air() {
    let house = House::open().await;
    show(&house).await;
    house.desk().await.must(json!({ "type": "poll.open", "activity": "next", "question": "Next?", "options": ["A", "B"], "closes_in_ms": 5_000 })).await;
    house.turn(9_000);
    house.desk().await.must(json!({ "type": "show.end" })).await;
    let all = insights(&house, "").await;
    let marks = all["timeline"].as_array().expect("there is a timeline");
    let told: Vec<_> = marks
        .iter()
        .map(|mark| {
            format!(
                "{} {} {}",
                mark["at"].as_u64().unwrap_or_default() - NOON.0,
                mark["what"].as_str().unwrap_or_default(),
                mark["activity"].as_str().unwrap_or_default()
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "0 show_started ",
            "0 opened tea",
            "60000 handed_over ",
            "60000 closed tea",
            "60000 opened next",
            "65000 closed next",
            "69000 show_ended ",
        ]
    );
    assert_eq!(marks[1]["label"], "Tea?");
    assert_eq!(marks[3]["on_air"], json!(["kim"]));
    house.close().await;
}

#[tokio::test]
async fn a_restart_counts_the_same() {
    let house = House::open().await;
    show(&house).await;
    let mut reporter = Reporter::new(&house);
    reporter.report(
        "s1",
        "live.poll.seen",
        &json!({ "activity": "tea", "widget": "poll", "show": "show-1", "on_air": ["kim"] }),
    );
    reporter.send().await;
    let before = without_viewers(insights(&house, "?by=streamer").await);
    assert_eq!(*total(&before, "seen"), 1);
    let house = house.restart().await;
    let after = without_viewers(insights(&house, "?by=streamer").await);
    assert_eq!(after, before);
    house.close().await;
}

#[tokio::test]
async fn reports_are_counted_by_browser_and_a_step_is_part_of_the_one_before() {
    let house = House::open().await;
    house.desk().await.must(tea_of("Harbour")).await;
    let mut reporter = Reporter::new(&house);
    let tea = json!({ "activity": "tea", "widget": "poll" });
    let ada = json!({ "activity": "tea", "widget": "poll", "me": "ada" });
    // Two tabs of one viewer, a page load that has no pseudonym, and one that acted without having seen anything.
    for session in ["s1", "s2"] {
        reporter.report(session, "live.poll.seen", &tea);
        reporter.report(session, "live.poll.acted", &ada);
        reporter.report(session, "live.poll.outcome", &ada);
    }
    reporter.report("s3", "live.poll.seen", &tea);
    reporter.report("s4", "live.poll.acted", &tea);
    reporter.report(
        "s4",
        "live.poll.refused",
        &json!({ "activity": "tea", "widget": "poll", "reason": "closed" }),
    );
    reporter.report("s3", "live.room.watch", &json!({ "ms": 60_000 }));
    reporter.report(
        "s3",
        "live.poll.visible",
        &json!({ "activity": "tea", "widget": "poll", "ms": 1_500 }),
    );
    reporter.report("s3", "page.like", &json!({}));
    reporter.report("s5", "live.room.error", &json!({ "code": "wasm" }));
    reporter.report(
        "s9",
        "live.poll.seen",
        &json!({ "activity": "tea", "widget": "poll", "channel": "practice" }),
    );
    reporter.send().await;
    // As a page does that never saw the answer.
    reporter.send().await;
    let all = insights(&house, "").await;
    for (figure, value) in [
        ("browsers", 4),
        ("seen", 2),
        ("acted", 1),
        ("outcome", 1),
        ("ordered", 0),
        ("refused", 1),
        ("errors", 1),
        ("page", 1),
        ("watch_ms", 60_000),
        ("visible_ms", 1_500),
    ] {
        assert_eq!(*total(&all, figure), value, "{figure}");
    }
    let acted = &all["funnel"]["acted"];
    assert_eq!((&acted["count"], &acted["of"]), (&json!(1), &json!(2)));
    // Wilson's interval of 1 of 2.
    let [low, high] = ["low", "high"].map(|end| acted[end].as_f64().unwrap_or_default());
    assert!(
        (low - 0.0945).abs() < 1e-4 && (high - 0.9055).abs() < 1e-4,
        "{acted}"
    );
    assert_eq!(all["refused"], json!({ "closed": 1 }));
    assert_eq!(all["errors"], json!({ "wasm": 1 }));
    assert_eq!(row(&all, "tea")["reports"]["seen"], 2);
    // Nobody took part in the room, whatever was reported.
    assert_eq!(*total(&all, "participants"), 0);
    assert_eq!(row(&all, "tea")["room"]["votes"], 0);
    house.close().await;
}

#[tokio::test]
async fn what_orders_are_worth_is_added_up_exactly_by_currency() {
    let house = House::open().await;
    let mut reporter = Reporter::new(&house);
    for (session, value, currency) in [
        ("s1", "0.10", "EUR"),
        ("s2", "0.20", "EUR"),
        ("s3", "999999999999.9999", "EUR"),
        ("s4", "1299", "JPY"),
        ("s5", "-5", "EUR"),
        ("s6", "1e9", "EUR"),
        ("s7", "1", "euro"),
    ] {
        reporter.report(
            session,
            "live.deal.order",
            &json!({ "activity": "pot", "widget": "deal", "value": value, "currency": currency }),
        );
    }
    reporter.send().await;
    let all = insights(&house, "").await;
    assert_eq!(
        *total(&all, "reported_order_value"),
        json!({ "EUR": "1000000000000.2999", "JPY": "1299.00" })
    );
    assert_eq!(*total(&all, "order_value"), json!({}));
    house.close().await;
}
