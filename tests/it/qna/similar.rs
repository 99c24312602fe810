//! Questions like what is typed, over a real socket: found among all, paced, and written nowhere.

use super::{ask, change, with_questions};
use liveroom_protocol::Reason;
use liveroom_protocol::message::{Found, FromRoom, ToRoom};
use liveroom_protocol::news::Entry;
use liveroom_tests::{Client, House};
use serde_json::json;

/// Asks for questions like a text, and takes what the room says.
async fn typed(page: &mut Client, text: &str) -> FromRoom {
    let message = json!({"type": "similar", "activity": "ask", "text": text});
    let message: ToRoom = serde_json::from_value(message).expect("it is one");
    page.send(&message).await;
    page.reply().await
}

async fn found(page: &mut Client, text: &str) -> Found {
    match typed(page, text).await {
        FromRoom::Similar(found) => found,
        other => panic!("questions: {other:?}"),
    }
}

fn texts(found: &Found) -> Vec<&str> {
    let entries = found.entries.iter().map(|entry| match entry {
        Entry::Qna(question) => question.text.as_deref().expect("words"),
        other => panic!("a question: {other:?}"),
    });
    entries.collect()
}

/// Whether any table of the log holds a text, as another program reads it.
fn holds(house: &House, text: &str) -> bool {
    let log = rusqlite::Connection::open(house.folder().join("log.db")).expect("it can be opened");
    let count = |query: &str| -> i64 {
        let found = log.query_row(query, [text], |row| row.get(0));
        found.expect("a table")
    };
    count("SELECT count(*) FROM records WHERE instr(body, ?1) > 0")
        + count("SELECT count(*) FROM private WHERE instr(value, ?1) > 0")
        > 0
}

#[tokio::test]
async fn what_no_page_has_is_found_by_what_is_typed_and_what_waits_is_not() {
    let (house, mut desk) = with_questions(json!({"most": 100})).await;
    let mut ann = house.account("ann").await;
    assert!(ask(&mut ann, "Is the velvet curtain fireproof?").await.ok);
    assert!(ask(&mut ann, "Is the silk curtain fireproof?").await.ok);
    assert!(change(&mut desk, 1, json!({"to": "approve"})).await.ok);
    let mut number = 2;
    for account in 0..8 {
        let mut page = house.account(&format!("v{account}")).await;
        for line in 0..9 {
            assert!(
                ask(&mut page, &format!("Line {line} of {account}, please?"))
                    .await
                    .ok
            );
            number += 1;
            house.turn(1_000);
            assert!(change(&mut desk, number, json!({"to": "approve"})).await.ok);
        }
    }
    let mut page = house.account("late").await;
    page.until("the first page", |seen| {
        seen.tally_of("ask")["questions"] == 73
    })
    .await;
    // With no votes it is neither among the most voted nor among the newest.
    assert!(
        change(&mut desk, 1, json!({"to": "tag", "tags": []}))
            .await
            .ok
    );
    let like = found(&mut page, "is the velvet curtain fireproof").await;
    assert_eq!(texts(&like), ["Is the velvet curtain fireproof?"]);
    assert_eq!(like.list[0].0, 1);
    let like = found(&mut page, "is the silk curtain fireproof").await;
    assert!(!texts(&like).contains(&"Is the silk curtain fireproof?"));
    assert!(!holds(&house, "is the velvet") && holds(&house, "Is the velvet"));
    // Found again by a server that has just folded the log.
    let house = house.restart().await;
    let mut page = house.account("later").await;
    let like = found(&mut page, "the velvet curtain: fireproof?").await;
    assert_eq!(texts(&like), ["Is the velvet curtain fireproof?"]);
    house.close().await;
}

#[tokio::test]
async fn the_desk_is_told_what_a_waiting_question_is_like() {
    let (house, mut desk) = with_questions(json!({})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    assert!(ask(&mut ann, "Is the jacket waterproof?").await.ok);
    assert!(ask(&mut bob, "is this jacket waterproof").await.ok);
    desk.until("what it is like", |seen| {
        let known = seen.activities.get("ask");
        let second = known.and_then(|known| known.questions.get(&2));
        second.is_some_and(|question| question.similar == [1])
    })
    .await;
    assert!(!format!("{:?}", bob.seen).contains("similar: [1]"));
    house.close().await;
}

#[tokio::test]
async fn who_asks_at_every_key_is_told_to_wait() {
    let (house, _desk) = with_questions(json!({"approval": false})).await;
    let mut ann = house.account("ann").await;
    for _ in 0..10 {
        found(&mut ann, "is it warm").await;
    }
    let FromRoom::Refused { refusal, closing } = typed(&mut ann, "is it warm?").await else {
        panic!("a refusal")
    };
    assert!(refusal.reason == Reason::TooFast && refusal.again_in_ms.is_some() && !closing);
    house.turn(500);
    found(&mut ann, "is it warm?").await;
    assert!(ask(&mut ann, "Is it warm?").await.ok, "asking goes on");
    house.close().await;
}
