//! What became of the words of a question that was refused: they are shown nowhere, and lie nowhere.

use super::{ask, with_questions};
use liveroom_protocol::Reason;
use liveroom_protocol::message::{Answer, FromRoom};
use liveroom_tests::{Client, House};
use serde_json::json;
use std::path::Path;

/// Asks under a given id.
async fn ask_as(page: &mut Client, id: &str, text: &str) -> Answer {
    let act = json!({"type": "act", "id": id, "activity": "ask", "action": {"type": "qna.ask", "text": text}});
    page.send_text(act.to_string()).await;
    match page.reply().await {
        FromRoom::Answer(answer) => answer,
        other => panic!("an answer: {other:?}"),
    }
}

/// Whether the table beside the log holds a text, as another program reads it.
fn holds(house: &House, text: &str) -> bool {
    let log = rusqlite::Connection::open(house.folder().join("log.db")).expect("it can be opened");
    let found = log.query_row(
        "SELECT count(*) FROM private WHERE instr(value, ?1) > 0",
        [text],
        |row| row.get::<_, i64>(0),
    );
    found.expect("a table") > 0
}

fn lies_in(folder: &Path, text: &str) -> bool {
    ["log.db", "log.db-wal"].iter().any(|file| {
        let bytes = std::fs::read(folder.join(file)).unwrap_or_default();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    })
}

#[tokio::test]
async fn what_was_refused_as_asked_before_is_not_shown_by_asking_another_under_its_id() {
    let (house, mut desk) = with_questions(json!({"approval": false})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    assert!(ask(&mut ann, "Is it warm?").await.ok);
    let refused = ask_as(&mut bob, "x", "is it WARM").await;
    assert_eq!(super::refusal(&refused), Some(Reason::Duplicate));
    assert!(ask_as(&mut bob, "x", "Is it blue?").await.ok);
    desk.until("both", |seen| {
        seen.asked("ask") == ["Is it warm?", "Is it blue?"]
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn words_that_were_refused_are_deleted_and_those_accepted_under_the_same_id_stay() {
    let (house, _desk) = with_questions(json!({"approval": false})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    assert!(ask(&mut ann, "Is it warm?").await.ok);
    for text in ["IS it warm", "is IT warm", "is it WARM"] {
        let refused = ask_as(&mut bob, "x", text).await;
        assert_eq!(super::refusal(&refused), Some(Reason::Duplicate));
    }
    assert!(ask_as(&mut bob, "x", "Is it blue?").await.ok);
    // The same words under the same id, and something else with them.
    let act = json!({"type": "act", "id": "x", "activity": "ask", "action": {"type": "qna.ask", "text": "Is it blue?", "tags": ["a"]}});
    bob.send_text(act.to_string()).await;
    let FromRoom::Answer(reused) = bob.reply().await else {
        panic!("an answer")
    };
    assert_eq!(super::refusal(&reused), Some(Reason::IdReused));
    // What is written after it is written in its order.
    assert!(ask(&mut ann, "Is it red?").await.ok);
    for text in ["IS it warm", "is IT warm", "is it WARM"] {
        assert!(!holds(&house, text), "{text}");
    }
    for text in ["Is it warm?", "Is it blue?", "Is it red?"] {
        assert!(holds(&house, text), "{text}");
    }
    let house = house
        .restart_after(|folder| {
            assert!(!lies_in(folder, "is IT warm") && lies_in(folder, "Is it blue?"));
        })
        .await;
    let mut late = house.account("late").await;
    late.until("all", |seen| seen.asked("ask").len() == 3).await;
    house.close().await;
}

#[tokio::test]
async fn words_that_a_stopped_server_left_are_deleted_when_the_room_is_opened() {
    let (house, _desk) = with_questions(json!({"approval": false})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    assert!(ask(&mut ann, "Is it warm?").await.ok);
    assert!(!ask_as(&mut bob, "x", "IS it warm").await.ok);
    let house = house
        .restart_after(|folder| {
            // As a server leaves them that is killed between the record and the deleting.
            let log = rusqlite::Connection::open(folder.join("log.db")).expect("it can be opened");
            let body: String = log
                .query_row("SELECT body FROM records WHERE instr(body, '\"id\":\"x\"') > 0", [], |row| row.get(0))
                .expect("the record");
            let record: serde_json::Value = serde_json::from_str(&body).expect("JSON");
            let place = record["what"]["act"]["hidden"]["key"].as_str().expect("a place");
            log.execute("INSERT INTO private (room, key, owner, value) SELECT id, ?1, NULL, 'IS it warm' FROM rooms", [place])
                .expect("a row");
        })
        .await;
    assert!(holds(&house, "Is it warm?"));
    let mut ann = house.account("ann").await;
    assert!(ask(&mut ann, "Is it red?").await.ok);
    assert!(!holds(&house, "IS it warm"));
    house.close().await;
}
