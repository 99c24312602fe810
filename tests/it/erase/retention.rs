//! What has run out is deleted by the server's clock, and nothing else is.

use super::{House, Role, asks, command, lies_in, with_questions};
use liveroom_demo::collector::Which;
use reqwest::StatusCode;
use serde_json::{Value, json};

const DAY: u64 = 86_400_000;

async fn keeps(house: &House, retention: &Value) -> StatusCode {
    let asked = reqwest::Client::new()
        .put(house.url("/v1/rooms/demo"))
        .bearer_auth(house.token(Role::Owner, "boss"))
        .json(&json!({"retention": retention}));
    asked.send().await.expect("the server answers").status()
}

/// Waits until it is so; each question is a message to the server, which is asked again and again.
async fn until(house: &House, wanted: &str, is_so: impl Fn() -> bool) {
    for _ in 0..20_000 {
        if is_so() {
            return;
        }
        house.get("/healthz").await;
    }
    panic!("never: {wanted}");
}

fn reports(house: &House) -> usize {
    let collector = &house.running().collector;
    collector.reports(Which::default()).expect("it reads").len()
}

async fn report(house: &House, id: &str) {
    let report = json!([{"specversion": "1.0", "id": id, "source": "urn:liveroom:demo", "type": "live.poll.seen",
        "time": "2026-05-04T12:00:00.000Z", "session": id, "sequence": 1,
        "data": {"room": "demo", "activity": "ask", "me": "0123456789abcdef0123456789abcdef"}}]);
    let sent = reqwest::Client::new()
        .post(house.url("/v1/engagement"))
        .header("content-type", "text/plain")
        .body(report.to_string());
    assert_eq!(
        sent.send().await.expect("it answers").status(),
        StatusCode::ACCEPTED
    );
}

#[tokio::test]
async fn words_and_names_run_out_and_numbers_stay() {
    let (house, _desk) = with_questions().await;
    assert_eq!(keeps(&house, &json!({"words": 30})).await, StatusCode::OK);
    let mut ann = house.account("ann").await;
    asks(&mut ann, "Words of old").await;
    house.turn(29 * DAY);
    let mut bob = house.account("bob").await;
    asks(&mut bob, "Words of late").await;
    let mut page = house.viewer().await;
    page.until("both", |seen| seen.asked("ask").len() == 2)
        .await;
    house.turn(2 * DAY);
    until(&house, "the old words go", || {
        !lies_in(house.folder(), "Words of old")
    })
    .await;
    assert!(lies_in(house.folder(), "Words of late"));
    // The room that is open has them no more either.
    let news = loop {
        let news = house
            .get("/v1/rooms/demo")
            .await
            .text()
            .await
            .expect("text");
        if !news.contains("Words of old") {
            break news;
        }
    };
    assert!(
        news.contains("Words of late") && news.contains(r#""questions":2"#),
        "{news}"
    );
    let house = house.restart().await;
    let mut page = house.viewer().await;
    page.until("the late one", |seen| {
        seen.asked("ask") == ["Words of late"]
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn a_form_is_kept_until_its_prize_is_handed_over_and_then_as_long_as_the_room_says() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "lottery.open", "activity": "pot", "title": "Pot", "prizes": [{"name": "Pot"}],
        "claim": {"kind": "form", "fields": [{"label": "Street"}]}}))
        .await;
    let mut ann = house.account("ann").await;
    assert!(ann.does("pot", json!({"type": "lottery.enter"})).await.ok);
    for what in ["close", "lottery.draw"] {
        desk.must(json!({"type": what, "activity": "pot"})).await;
    }
    let form = json!([{"label": "Street", "value": "Quay street 9"}]);
    let claim = json!({"type": "lottery.claim", "win": 0, "form": form});
    assert!(ann.does("pot", claim).await.ok);
    assert_eq!(
        keeps(&house, &json!({"forms": 5, "words": 1})).await,
        StatusCode::OK
    );
    house.turn(300 * DAY);
    sweeps(&house, 1).await;
    assert!(
        lies_in(house.folder(), "Quay street 9"),
        "the prize waits to be handed over"
    );
    let fulfil = json!({"type": "lottery.fulfil", "activity": "pot", "win": 0});
    let (status, _) = command(&house, Role::Shop, "f", &fulfil).await;
    assert_eq!(status, StatusCode::OK);
    house.turn(4 * DAY);
    sweeps(&house, 2).await;
    assert!(
        lies_in(house.folder(), "Quay street 9"),
        "five days from the handing over"
    );
    house.turn(2 * DAY);
    until(&house, "the form goes", || {
        !lies_in(house.folder(), "Quay street 9")
    })
    .await;
    house.close().await;
}

/// Waits for a sweep: a report that has run out goes with it, and it goes last.
async fn sweeps(house: &House, number: usize) {
    let folder = house.folder().join("engagement.db");
    let file = rusqlite::Connection::open(folder).expect("it can be opened");
    let put = "INSERT INTO reports (source, id, kind, received, data) VALUES ('urn:liveroom:none', ?1, 'x', 1, '{}')";
    file.execute(put, [number]).expect("a table");
    drop(file);
    house.turn(6 * 3_600_000);
    until(house, "a sweep", || reports(house) == 0).await;
}

#[tokio::test]
async fn single_reports_run_out_and_what_was_counted_of_them_stays() {
    let house = House::open().await;
    assert_eq!(keeps(&house, &json!({"reports": 7})).await, StatusCode::OK);
    report(&house, "old").await;
    house.turn(6 * DAY);
    report(&house, "new").await;
    assert_eq!(reports(&house), 2);
    house.turn(2 * DAY);
    until(&house, "the old report goes", || reports(&house) == 1).await;
    let file = rusqlite::Connection::open(house.folder().join("engagement.db")).expect("it opens");
    let sum = |sql: &str| {
        file.query_row(sql, [], |row| row.get::<_, i64>(0))
            .expect("a table")
    };
    assert_eq!(sum("SELECT sum(count) FROM counts"), 2);
    assert_eq!(sum("SELECT count(*) FROM page_loads"), 2);
    assert_eq!(
        sum("SELECT count(*) FROM page_loads WHERE session = 'old' OR session = 'new'"),
        1
    );
    house.close().await;
}

#[tokio::test]
async fn an_ended_room_loses_words_then_its_log_and_keeps_its_numbers() {
    let (house, mut desk) = with_questions().await;
    assert_eq!(
        keeps(&house, &json!({"words": 10, "log": 20})).await,
        StatusCode::OK
    );
    let mut ann = house.account("ann").await;
    asks(&mut ann, "Words of old").await;
    desk.must(json!({"type": "room.seal"})).await;
    house.turn(11 * DAY);
    until(&house, "the words go", || {
        !lies_in(house.folder(), "Words of old")
    })
    .await;
    let news = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("text");
    assert!(news.contains(r#""questions":1"#), "{news}");
    assert!(house.records() > 0);
    house.turn(10 * DAY);
    until(&house, "the log goes", || house.records() == 0).await;
    let house = house.restart().await;
    let news = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("text");
    assert!(news.contains(r#""questions":1"#), "{news}");
    house.close().await;
}

#[tokio::test]
async fn what_is_out_of_bounds_is_refused_and_what_is_said_stays_said() {
    let house = House::open().await;
    for odd in [
        json!({"words": 0}),
        json!({"reports": 6}),
        json!({"log": 3_651}),
        json!({"names": 70_000}),
        json!(7),
    ] {
        assert_eq!(keeps(&house, &odd).await, StatusCode::BAD_REQUEST, "{odd}");
    }
    assert_eq!(keeps(&house, &json!({"words": 3})).await, StatusCode::OK);
    assert_eq!(keeps(&house, &json!({"names": 4})).await, StatusCode::OK);
    let kept = |folder: &std::path::Path| {
        let log = rusqlite::Connection::open(folder.join("log.db")).expect("it opens");
        let read = "SELECT retention FROM rooms";
        log.query_row(read, [], |row| row.get::<_, Option<String>>(0))
            .expect("a room")
    };
    let said = json!({"words": 3, "names": 4});
    let is_said = || {
        let text = kept(house.folder()).unwrap_or_default();
        serde_json::from_str::<Value>(&text).is_ok_and(|value| value == said)
    };
    until(&house, "both are kept", is_said).await;
    house.close().await;
}
