//! Erasing a viewer, as an owner orders it and pages see it: nothing of theirs is left, and what is not done is said.

use liveroom_protocol::identity::Role;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::Path;

mod inventory;
mod links;
mod retention;

/// A room with a list of questions that need no approval.
async fn with_questions() -> (House, Client) {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let open = json!({"type": "qna.open", "activity": "ask", "title": "Ask", "approval": false, "replies": true, "every_ms": 0});
    desk.must(open).await;
    (house, desk)
}

async fn asks(page: &mut Client, text: &str) {
    let answer = page
        .does("ask", json!({"type": "qna.ask", "text": text}))
        .await;
    assert!(answer.ok, "{answer:?}");
}

/// Gives a command over HTTP, as someone of a role, under an id.
async fn command(house: &House, role: Role, id: &str, command: &Value) -> (StatusCode, Value) {
    let asked = reqwest::Client::new()
        .post(house.url("/v1/rooms/demo/commands"))
        .bearer_auth(house.token(role, "boss"))
        .header("idempotency-key", id)
        .json(command);
    let answer = asked.send().await.expect("the server answers");
    let status = answer.status();
    (status, answer.json().await.expect("it is JSON"))
}

fn by_account(account: &str) -> Value {
    json!({"type": "viewer.erase", "account": account})
}

async fn receipts(house: &House) -> Vec<Value> {
    let asked = reqwest::Client::new()
        .get(house.url("/v1/rooms/demo/erasures"))
        .bearer_auth(house.token(Role::Owner, "boss"));
    let answer = asked.send().await.expect("the server answers");
    answer.json().await.expect("it is JSON")
}

/// Whether a text lies in any byte of the log's files.
fn lies_in(folder: &Path, text: &str) -> bool {
    ["log.db", "log.db-wal", "engagement.db", "engagement.db-wal"]
        .iter()
        .any(|file| {
            let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}

#[tokio::test]
async fn a_page_that_has_the_words_is_told_and_the_answer_comes_once_they_are_gone() {
    let (house, mut desk) = with_questions().await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    asks(&mut ann, "Is it warm there?").await;
    asks(&mut bob, "Is it blue?").await;
    let reply = json!({"type": "qna.reply", "question": 2, "text": "As the sea"});
    assert!(ann.does("ask", reply).await.ok);
    let mut page = house.viewer().await;
    let words = |seen: &liveroom_tests::Seen| seen.asked("ask").join("|");
    page.until("both", |seen| {
        words(seen) == "Is it warm there?|Is it blue?"
    })
    .await;
    assert!(lies_in(house.folder(), "Is it warm there?"));
    desk.must(by_account("ann")).await;
    assert!(!lies_in(house.folder(), "Is it warm there?"));
    assert!(!lies_in(house.folder(), "As the sea"));
    page.until("one of them", |seen| words(seen) == "Is it blue?")
        .await;
    let mut late = house.viewer().await;
    late.until("one of them", |seen| words(seen) == "Is it blue?")
        .await;
    // It is still there, with its place and its votes.
    let mut two = house.account("cy").await;
    assert!(
        two.does("ask", json!({"type": "qna.vote", "question": 1}))
            .await
            .ok
    );
    house.close().await;
}

#[tokio::test]
async fn what_is_written_after_an_erasure_is_not_part_of_it_however_often_it_is_asked_again() {
    let (house, _desk) = with_questions().await;
    let mut ann = house.account("ann").await;
    asks(&mut ann, "First words").await;
    let order = by_account("ann");
    let (status, first) = command(&house, Role::Owner, "e1", &order).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(first["receipt"]["erased"]["questions"], 1);
    assert_eq!(first["receipt"]["pending"], json!([]));
    asks(&mut ann, "Second words").await;
    let (_, again) = command(&house, Role::Owner, "e1", &order).await;
    assert_eq!(again, first);
    assert!(lies_in(house.folder(), "Second words"));
    let house = house.restart().await;
    let (_, again) = command(&house, Role::Owner, "e1", &order).await;
    assert_eq!(again["receipt"], first["receipt"]);
    let mut page = house.viewer().await;
    page.until("the second", |seen| seen.asked("ask") == ["Second words"])
        .await;
    let (_, other) = command(&house, Role::Owner, "e2", &order).await;
    assert_eq!(other["receipt"]["erased"]["questions"], 1);
    assert_eq!(
        receipts(&house).await,
        [first["receipt"].clone(), other["receipt"].clone()]
    );
    house.close().await;
}

#[tokio::test]
async fn only_the_owner_erases_and_reads_receipts() {
    let (house, _desk) = with_questions().await;
    for role in [
        Role::Viewer,
        Role::Moderator,
        Role::Analyst,
        Role::Operator,
        Role::Streamer,
        Role::Shop,
    ] {
        let (status, _) = command(&house, role, "e", &by_account("ann")).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{role:?}");
        let list = reqwest::Client::new()
            .get(house.url("/v1/rooms/demo/erasures"))
            .bearer_auth(house.token(role, "boss"));
        let list = list.send().await.expect("the server answers");
        assert_eq!(list.status(), StatusCode::FORBIDDEN, "{role:?}");
    }
    for odd in [
        json!({"type": "viewer.erase"}),
        json!({"type": "viewer.erase", "account": ""}),
        json!({"type": "viewer.erase", "account": "a".repeat(257)}),
        json!({"type": "viewer.erase", "me": "ann"}),
        json!({"type": "viewer.erase", "account": "ann", "me": "0".repeat(32)}),
        json!({"type": "viewer.erase", "pieces": [{"activity": "ask", "question": 1}]}),
        json!({"type": "viewer.erase", "pieces": [{"activity": "ask", "nose": 1}]}),
    ] {
        let (status, _) = command(&house, Role::Owner, "e", &odd).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{odd}");
    }
    assert!(receipts(&house).await.is_empty());
    house.close().await;
}

#[tokio::test]
async fn an_order_that_a_stopped_server_had_not_begun_is_done_by_the_next() {
    let (house, _desk) = with_questions().await;
    let mut ann = house.account("ann").await;
    asks(&mut ann, "Words of old").await;
    let held: Vec<(i64, String, Option<String>, String, i64)> = rows(house.folder());
    let (_, done) = command(&house, Role::Owner, "e1", &by_account("ann")).await;
    assert_eq!(done["receipt"]["erased"]["questions"], 1);
    let log = Connection::open(house.folder().join("log.db")).expect("it can be opened");
    let place: String = log
        .query_row(
            "SELECT body ->> '$.what.command.hidden.key' FROM records ORDER BY position DESC LIMIT 1",
            [],
            |row| row.get(0),
        )
        .expect("the order is the last record");
    drop(log);
    drop(ann);
    // As a server leaves it that is killed between the record and what follows from it.
    let house = house
        .restart_after(|folder| {
            let log = Connection::open(folder.join("log.db")).expect("it can be opened");
            log.execute("DELETE FROM erasures", []).expect("a table");
            let put =
                "INSERT INTO private (room, key, owner, value, at) VALUES (?1, ?2, ?3, ?4, ?5)";
            for row in &held {
                log.execute(put, row.clone()).expect("a table");
            }
            let me = "0123456789abcdef0123456789abcdef";
            log.execute(put, (held[0].0, place, None::<String>, me, 1))
                .expect("a table");
        })
        .await;
    let mut page = house.viewer().await;
    page.until("the list", |seen| seen.activities.contains_key("ask"))
        .await;
    assert!(page.seen.asked("ask").is_empty());
    let done = loop {
        let list = receipts(&house).await;
        if let Some(one) = list.first().filter(|one| one["pending"] == json!([])) {
            break one.clone();
        }
    };
    assert_eq!(done["erased"]["questions"], 1);
    assert!(!lies_in(house.folder(), "Words of old"));
    house.close().await;
}

/// What lies beside the log, whole.
fn rows(folder: &Path) -> Vec<(i64, String, Option<String>, String, i64)> {
    let log = Connection::open(folder.join("log.db")).expect("it can be opened");
    let mut all = log
        .prepare("SELECT room, key, owner, value, at FROM private")
        .expect("a table");
    let rows = all.query_map([], |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    });
    rows.expect("rows")
        .collect::<rusqlite::Result<_>>()
        .expect("rows")
}

#[tokio::test]
async fn a_receipt_says_what_waits_for_a_collector_that_cannot_be_written() {
    let (house, _desk) = with_questions().await;
    let mut ann = house.account("ann").await;
    let me = ann
        .seen
        .welcome
        .as_ref()
        .and_then(|welcome| welcome.me.clone());
    let me = me.expect("a page is told its name in reports");
    asks(&mut ann, "Words").await;
    let report = json!([{"specversion": "1.0", "id": "r1", "source": "urn:liveroom:demo", "type": "live.poll.seen",
        "time": "2026-05-04T12:00:00.000Z", "session": "s", "sequence": 1, "data": {"room": "demo", "me": me}}]);
    let sent = reqwest::Client::new()
        .post(house.url("/v1/engagement"))
        .header("content-type", "text/plain")
        .body(report.to_string());
    assert_eq!(
        sent.send().await.expect("it answers").status(),
        StatusCode::ACCEPTED
    );
    let other = Connection::open(house.folder().join("engagement.db")).expect("it can be opened");
    other
        .execute_batch("BEGIN IMMEDIATE")
        .expect("it can be held");
    let (status, told) = command(&house, Role::Owner, "e1", &by_account("ann")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(told["receipt"]["pending"], json!(["reports", "traces"]));
    assert!(told["receipt"]["erased"]["reports"].is_null());
    assert_eq!(told["receipt"]["erased"]["questions"], 1);
    assert!(lies_in(house.folder(), &me));
    other.execute_batch("ROLLBACK").expect("it can be let go");
    drop(other);
    house.turn(30_000);
    let done = loop {
        let list = receipts(&house).await;
        if list[0]["pending"] == json!([]) {
            break list[0].clone();
        }
    };
    assert_eq!(done["erased"]["reports"], 1);
    assert!(!lies_in(house.folder(), &me));
    house.close().await;
}

#[tokio::test]
async fn a_name_goes_from_a_board_and_a_label_stands_in_its_place() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "poll.open", "activity": "quiz", "question": "?", "options": ["A", "B"], "right": ["1"],
        "board": true, "named": true}))
        .await;
    let mut claims = house.claims(Role::Viewer, "ann");
    claims.name = liveroom_protocol::identity::Label::parse("Ann Example").ok();
    let hello = liveroom_tests::house::hello(
        Some(house.sign(&claims)),
        liveroom_protocol::message::Seat::Viewer,
    );
    let mut ann = Client::greet(&house, hello).await;
    assert!(ann.vote("quiz", &["1"]).await.ok);
    for what in ["close", "reveal"] {
        desk.must(json!({"type": what, "activity": "quiz"})).await;
    }
    let mut page = house.viewer().await;
    page.until("the name", |seen| {
        format!("{seen:?}").contains("Ann Example")
    })
    .await;
    desk.must(by_account("ann")).await;
    page.until("no name", |seen| {
        !format!("{seen:?}").contains("Ann Example")
    })
    .await;
    assert!(format!("{:?}", page.seen).contains('#'));
    let late = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("text");
    assert!(
        !late.contains("Ann Example") && late.contains(r#""voters":1"#),
        "{late}"
    );
    house.close().await;
}
