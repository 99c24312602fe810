//! Reports at the server's own collector: each kept once, beside the log and never in its way.

use futures_util::future::{Either, select};
use liveroom_demo::collector::Which;
use liveroom_protocol::engagement::{BATCH_TYPE, Dropped};
use liveroom_tests::House;
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

const SOURCE: &str = "urn:liveroom:demo";

async fn post(house: &House, kind: &str, body: impl Into<reqwest::Body>) -> Response {
    let request = Client::new().post(house.url("/v1/engagement"));
    let request = request.header("content-type", kind).body(body);
    request.send().await.expect("the server answers")
}

fn report(sequence: u64) -> Value {
    json!({"specversion": "1.0", "id": format!("r{sequence}"), "source": SOURCE, "type": "live.poll.seen",
        "time": "2026-05-04T12:00:00.000Z", "session": "s", "sequence": sequence, "data": {"room": "demo"}})
}

fn ledger(created: u64, dropped: &Value) -> Value {
    json!({"specversion": "1.0", "id": format!("l{created}"), "source": SOURCE, "type": "live.room.ledger",
        "time": "2026-05-04T12:00:00.000Z", "session": "s", "sequence": created,
        "data": {"created": created, "stored": 0, "dropped": dropped}})
}

#[tokio::test]
async fn what_was_reported_is_there_after_a_restart_and_in_no_log() {
    let house = House::open().await;
    let before = house.records();
    let first = json!([report(1), report(2), ledger(2, &json!({}))]).to_string();
    let answer = post(&house, BATCH_TYPE, first.clone()).await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    let house = house.restart().await;
    // As a page sends it that never saw the answer.
    let answer = post(&house, "text/plain;charset=UTF-8", first).await;
    let receipt: Value = answer.json().await.expect("it is JSON");
    assert_eq!(receipt, json!({"stored": 0, "known": 3, "conflicts": 0}));
    let next = json!([report(4), ledger(4, &json!({"queue_full": 1}))]).to_string();
    post(&house, BATCH_TYPE, next).await;
    let collector = &house.running().collector;
    let sessions = collector.sessions(SOURCE).expect("it can be read");
    let [session] = &sessions[..] else {
        panic!("{sessions:?} is one page load");
    };
    assert_eq!(
        (session.stored, session.highest, session.waiting()),
        (3, 4, 0)
    );
    assert_eq!(session.ledger.dropped[&Dropped::QueueFull], 1);
    assert_eq!(house.records(), before);
    house.close().await;
}

#[tokio::test]
async fn a_store_of_reports_that_stands_still_delays_no_vote() {
    let house = House::open().await;
    house.open_tea().await;
    let mut viewer = house.account("ann").await;
    let store = rusqlite::Connection::open(house.folder().join("engagement.db"));
    let store = store.expect("it can be opened");
    store
        .execute_batch("BEGIN IMMEDIATE")
        .expect("nobody writes to it");
    let reporting = Box::pin(post(&house, BATCH_TYPE, json!([report(1)]).to_string()));
    let voting = async {
        // Enough of them that the report stands at the store meanwhile.
        for turn in 0..8 {
            assert!(viewer.vote("tea", &[["1", "2"][turn % 2]]).await.ok);
        }
    };
    let reporting = match select(reporting, Box::pin(voting)).await {
        Either::Left((answer, _)) => panic!("{} before it was stored", answer.status()),
        Either::Right(((), reporting)) => reporting,
    };
    store.execute_batch("COMMIT").expect("it lets go");
    assert_eq!(reporting.await.status(), StatusCode::ACCEPTED);
    let count = house.running().collector.count(Which::default());
    assert_eq!(count.expect("it can be read"), 1);
    house.close().await;
}

#[tokio::test]
async fn an_address_that_floods_the_collector_is_told_to_wait() {
    let house = House::open().await;
    let heavy = format!("[{}]", " ".repeat(120_000));
    let waiting = loop {
        let answer = post(&house, BATCH_TYPE, heavy.clone()).await;
        if answer.status() != StatusCode::ACCEPTED {
            break answer;
        }
    };
    assert_eq!(waiting.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waiting.headers()["access-control-allow-origin"], "*");
    let seconds = waiting.headers()["retry-after"].to_str();
    let seconds: u64 = seconds
        .expect("it is text")
        .parse()
        .expect("it is a number");
    house.turn(seconds * 1_000);
    let answer = post(&house, BATCH_TYPE, "[]").await;
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    house.close().await;
}

#[tokio::test]
async fn a_page_of_any_origin_may_ask_and_read() {
    let house = House::open().await;
    let ask = Client::new().request(reqwest::Method::OPTIONS, house.url("/v1/engagement"));
    let ask = ask
        .header("origin", "https://shop.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "content-type");
    let answer = ask.send().await.expect("the server answers");
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    let headers = answer.headers();
    assert_eq!(headers["access-control-allow-origin"], "*");
    assert_eq!(headers["access-control-allow-headers"], "content-type");
    for (kind, body, status) in [
        ("application/json", "[]", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (BATCH_TYPE, "[{}]", StatusCode::BAD_REQUEST),
        (BATCH_TYPE, "{\"a\":", StatusCode::BAD_REQUEST),
    ] {
        let answer = post(&house, kind, body).await;
        assert_eq!(answer.status(), status, "{body}");
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        let said: Value = answer.json().await.expect("it is JSON");
        assert!(said["error"].is_string());
    }
    house.close().await;
}
