//! A log that hangs: nobody waits for it for ever, and nobody is told of what another asked.

use liveroom_protocol::Reason;
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Act, Answer, Seat, ToRoom};
use liveroom_tests::client::vote;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use rusqlite::Connection;
use std::time::Duration;
use tokio::time::timeout;

/// Another program that holds the log's file, so that nothing is written until it lets go.
fn hold(house: &House) -> Connection {
    let log = Connection::open(house.folder().join("log.db")).expect("the log can be opened");
    log.execute_batch("BEGIN IMMEDIATE")
        .expect("it can be held");
    log
}

fn let_go(log: Connection) {
    log.execute_batch("ROLLBACK").expect("it was held");
}

fn ballot(id: &RequestId, choices: &[&str]) -> ToRoom {
    ToRoom::Act(Act {
        id: id.clone(),
        activity: ActivityId::parse("tea").expect("it is an id"),
        run: None,
        action: vote(choices),
        attest: None,
    })
}

/// Turns the clock until the room gives up, which it can only do once it has begun to write.
async fn answer_in_time(house: &House, client: &mut Client, id: &RequestId) -> Answer {
    for _ in 0..100 {
        house.turn(10_000);
        if let Ok(answer) = timeout(Duration::from_millis(50), client.answer(id)).await {
            return answer;
        }
    }
    panic!("nobody was told that the log hangs");
}

#[tokio::test]
async fn a_log_that_hangs_is_unavailable_after_a_while_and_then_goes_on() {
    let house = House::open().await;
    house.open_tea().await;
    let mut ada = house.account("ada").await;
    let held = hold(&house);
    let id = Client::id();
    ada.send(&ballot(&id, &["1"])).await;
    let answer = answer_in_time(&house, &mut ada, &id).await;
    let refusal = answer.refusal.expect("nothing was done");
    assert_eq!((answer.ok, refusal.reason), (false, Reason::Unavailable));
    let_go(held);
    let again = ada.ask(ballot(&id, &["1"])).await;
    assert!(again.ok, "{again:?}");
    ada.until("one vote, however often it was written", |seen| {
        seen.votes("tea") == Some(&[1, 0])
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn what_the_log_writes_late_answers_nobody_who_asked_for_something_else_under_the_same_id() {
    let house = House::open().await;
    house.open_tea().await;
    let token = house.token(Role::Viewer, "ada");
    let mut first = house.account("ada").await;
    let mut second = Client::greet(&house, hello(Some(token), Seat::Viewer)).await;
    let held = hold(&house);
    let id = Client::id();
    first.send(&ballot(&id, &["1"])).await;
    let given_up = answer_in_time(&house, &mut first, &id).await;
    assert!(!given_up.ok);
    // The log still has the first vote in its hands, and writes it before the second.
    second.send(&ballot(&id, &["2"])).await;
    let_go(held);
    let answer = second.answer(&id).await;
    let reason = answer.refusal.as_ref().map(|refusal| refusal.reason);
    assert_eq!(
        (answer.ok, reason),
        (false, Some(Reason::IdReused)),
        "{answer:?}"
    );
    let again = first.ask(ballot(&id, &["1"])).await;
    assert!(again.ok, "{again:?}");
    first
        .until("the vote that was written first", |seen| {
            seen.votes("tea") == Some(&[1, 0]) && seen.mine("tea") == ["1"]
        })
        .await;
    house.close().await;
}

#[tokio::test]
async fn two_connections_of_one_viewer_that_use_one_id_are_each_told_what_became_of_their_own() {
    let house = House::open().await;
    house.open_tea().await;
    let token = house.token(Role::Viewer, "ada");
    let mut first = house.account("ada").await;
    let mut second = Client::greet(&house, hello(Some(token), Seat::Viewer)).await;
    for _ in 0..4 {
        let id = Client::id();
        let (one, two) = tokio::join!(
            first.ask(ballot(&id, &["1"])),
            second.ask(ballot(&id, &["2"]))
        );
        assert_ne!(one.ok, two.ok, "{one:?} {two:?}");
        let (votes, refused) = if one.ok { ([1, 0], two) } else { ([0, 1], one) };
        let reason = refused.refusal.map(|refusal| refusal.reason);
        assert_eq!(reason, Some(Reason::IdReused));
        first
            .until("the vote that was accepted", |seen| {
                seen.votes("tea") == Some(&votes)
            })
            .await;
    }
    house.close().await;
}
