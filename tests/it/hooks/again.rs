//! What was not taken is sent again, the same, until it is; and what is no more is left alone.

use super::{ask, events, house, put, show, start, with_hook};
use liveroom_protocol::identity::Role;
use liveroom_tests::receiver::Answer;
use liveroom_tests::{House, Receiver};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

/// A quarter of an hour and a little: whatever waits is tried then.
const LONG: u64 = 16 * 60_000;

/// Between two looks at a hook.
const PAUSE: Duration = Duration::from_millis(20);

/// Waits until a hook is told to be so.
async fn until(house: &House, wanted: impl Fn(&Value) -> bool) -> Value {
    loop {
        let told = show(house, "shop").await;
        if wanted(&told) {
            return told;
        }
        // The server says nothing of a failure to those who wait for successes.
        sleep(PAUSE).await;
    }
}

async fn failures(house: &House, count: u64) -> Value {
    until(house, |told| told["failures"] == count).await
}

#[tokio::test]
async fn what_fails_is_sent_again_the_same_and_nothing_overtakes_it() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    let elsewhere = Receiver::open().await;
    let failures_to_come = [
        Answer::Status(500, ""),
        Answer::Cut,
        Answer::Redirect(elsewhere.url()),
        Answer::Status(404, ""),
        Answer::Status(429, "retry-after: 120\r\n"),
        Answer::Status(503, "retry-after: soon\r\n"),
    ];
    let count = failures_to_come.len() as u64;
    receiver.answers(failures_to_come);
    start(&mut house.desk().await, 1).await;
    let first = receiver.hears().await;
    for number in 1..=count {
        let told = failures(&house, number).await;
        assert!(told["next_try_at"].as_u64() > Some(house.clock.now().0));
        // More happens meanwhile; a token does not last as long as all of this.
        start(&mut house.desk().await, 1).await;
        house.turn(LONG);
        let again = receiver.hears().await;
        assert_eq!(again.line("webhook-id"), first.line("webhook-id"));
        assert_eq!(again.body, first.body);
        assert_ne!(
            again.line("webhook-timestamp"),
            first.line("webhook-timestamp")
        );
        assert_ne!(
            again.line("webhook-signature"),
            first.line("webhook-signature")
        );
    }
    let all = events(&house).await;
    let rest = receiver.hears_events(all.len() - first.events.len()).await;
    let mut got = first.events.clone();
    got.extend(rest);
    assert_eq!(got, all);
    let told = failures(&house, 0).await;
    let deliveries = told["deliveries"].as_array().expect("a list");
    let said: Vec<&Value> = deliveries.iter().rev().map(|one| &one["status"]).collect();
    assert_eq!(
        said[..6],
        [
            &json!(500),
            &Value::Null,
            &json!(307),
            &json!(404),
            &json!(429),
            &json!(503)
        ]
    );
    let mut elsewhere = elsewhere;
    assert!(elsewhere.is_quiet(), "no redirect is followed");
    house.close().await;
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_is_given_it() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    receiver.answers([Answer::Status(429, "retry-after: 120\r\n")]);
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    receiver.hears().await;
    let told = failures(&house, 1).await;
    assert_eq!(told["next_try_at"], house.clock.now().0 + 120_000);
    house.close().await;
}

/// What the desk is told of webhooks.
async fn alerts(house: &House) -> Vec<Value> {
    let (status, told) = ask(house, Role::Operator, Method::GET, "alerts", None).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let mut alerts = told["alerts"].as_array().expect("a list").clone();
    alerts.retain(|alert| alert["alert"] == "hook_failing");
    alerts
}

#[tokio::test]
async fn the_desk_is_told_of_a_receiver_that_fails_until_it_takes_what_is_sent() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    receiver.answers([Answer::Status(503, "retry-after: 300\r\n")]);
    house.desk().await.must(json!({"type": "show.start"})).await;
    receiver.hears().await;
    failures(&house, 1).await;
    assert_eq!(alerts(&house).await, [] as [Value; 0], "it may pass");
    house.turn(2 * 60_000);
    assert_eq!(
        alerts(&house).await,
        [json!({ "alert": "hook_failing", "value": 2, "label": "shop" })]
    );
    house.turn(3 * 60_000);
    receiver.hears().await;
    failures(&house, 0).await;
    assert_eq!(alerts(&house).await, [] as [Value; 0]);
    receiver.answers([Answer::Status(410, "")]);
    house.desk().await.must(json!({"type": "show.end"})).await;
    until(&house, |told| told["state"] == "gone").await;
    let told = alerts(&house).await;
    assert_eq!(told.len(), 1, "{told:?}");
    house.close().await;
}

#[tokio::test]
async fn a_receiver_that_was_away_is_told_all_of_it() {
    let house = house().await;
    let receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    let port = receiver.close().await;
    let mut desk = house.desk().await;
    start(&mut desk, 2).await;
    let told = failures(&house, 1).await;
    assert_eq!(told["deliveries"][0]["said"], "no connection");
    house.turn(LONG);
    failures(&house, 2).await;
    let mut receiver = Receiver::open_at(port).await;
    house.turn(LONG);
    assert_eq!(receiver.hears_events(4).await, events(&house).await);
    house.close().await;
}

#[tokio::test]
async fn an_answer_without_an_end_is_an_answer_and_one_that_never_comes_is_none() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    receiver.answers([Answer::Endless, Answer::Hang]);
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    receiver.hears().await;
    until(&house, |told| {
        told["after"].is_string() && told["failures"] == 0
    })
    .await;
    desk.must(json!({"type": "show.end"})).await;
    receiver.hears().await;
    let told = failures(&house, 1).await;
    assert_eq!(told["deliveries"][0]["said"], "no answer in time");
    house.close().await;
}

#[tokio::test]
async fn a_receiver_that_is_no_more_is_left_alone_until_its_owner_says_so() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    receiver.answers([Answer::Status(410, "")]);
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    receiver.hears().await;
    until(&house, |told| told["state"] == "gone").await;
    desk.must(json!({"type": "show.end"})).await;
    house.turn(LONG);
    let alert = loop {
        let all = events(&house).await;
        let is_alert = |event: &&Value| event["type"] == "live.room.alert";
        if let Some(alert) = all.iter().find(is_alert) {
            break alert.clone();
        }
    };
    let data = &alert["data"];
    assert_eq!(
        (&data["alert"], &data["hook"]),
        (&json!("hook_gone"), &json!("shop"))
    );
    let house = house.restart().await;
    assert_eq!(show(&house, "shop").await["state"], "gone");
    assert!(receiver.is_quiet());
    put(&house, "shop", &json!({"url": receiver.url()})).await;
    assert_eq!(receiver.hears_events(3).await.len(), 3, "nothing was lost");
    house.close().await;
}

#[tokio::test]
async fn a_day_of_failures_ends_it_with_an_alert_and_a_test_that_succeeds_begins_it_again() {
    let house = house().await;
    let receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    let port = receiver.close().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "show.start"})).await;
    failures(&house, 1).await;
    house.turn(25 * 3_600_000);
    let told = until(&house, |told| told["state"] == "failing").await;
    assert_eq!(told["failures"], 2);
    let all = loop {
        let all = events(&house).await;
        if all.len() == 2 {
            break all;
        }
    };
    assert_eq!(all[1]["data"]["alert"], "hook_failing");
    let mut receiver = Receiver::open_at(port).await;
    let (_, told) = ask(&house, Role::Owner, Method::POST, "hooks/shop/test", None).await;
    assert_eq!(told["ok"], true, "{told}");
    assert_eq!(receiver.hears().await.kinds(), ["live.room.test"]);
    assert_eq!(receiver.hears_events(2).await, all);
    assert_eq!(show(&house, "shop").await["state"], "active");
    house.close().await;
}
