//! What outlives a server: all it acknowledged, and nothing it did not.

use liveroom_demo::{Clock, Config, Error, serve};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Hello, Seat, State, ToRoom};
use liveroom_protocol::phase::Phase;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House, Seen};
use rusqlite::Connection;
use serde_json::json;
use std::path::Path;

async fn with_tea(house: &House) {
    let order = json!({ "type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Green", "Black"], "closes_in_ms": 600_000 });
    house.desk().await.must(order).await;
}

fn harm(folder: &Path, sql: &str) {
    let log = Connection::open(folder.join("log.db")).expect("the log can be opened");
    assert_eq!(log.execute(sql, []).expect("it is SQL"), 1, "{sql}");
}

#[tokio::test]
async fn all_that_was_acknowledged_is_there_again() {
    let house = House::open().await;
    with_tea(&house).await;
    let mut before = house.account("ada").await;
    before.vote("tea", &["2"]).await;
    before
        .until("the vote", |seen| seen.votes("tea") == Some(&[0, 1]))
        .await;
    let epoch = before
        .seen
        .welcome
        .as_ref()
        .map(|welcome| welcome.epoch.clone());
    let rev = before.seen.activities["tea"]
        .tally
        .as_ref()
        .map(|(rev, _)| *rev);
    let house = house.restart().await;
    let token = house.token(Role::Viewer, "ada");
    let known = Hello {
        epoch,
        rev,
        ..hello(Some(token), Seat::Viewer)
    };
    let mut after = Client::greet(&house, known).await;
    after
        .until("the vote of before", |seen| {
            seen.mine("tea") == ["2"] && seen.votes("tea") == Some(&[0, 1])
        })
        .await;
    assert_eq!(
        after.seen.activities["tea"]
            .tally
            .as_ref()
            .map(|(rev, _)| *rev),
        rev,
        "revs are the log's"
    );
    assert!(
        after
            .seen
            .welcome
            .as_ref()
            .is_some_and(|welcome| welcome.recovered)
    );
    house.close().await;
}

#[tokio::test]
async fn another_log_is_known_to_be_another() {
    let house = House::open().await;
    with_tea(&house).await;
    let page = house.viewer().await;
    let epoch = page
        .seen
        .welcome
        .as_ref()
        .map(|welcome| welcome.epoch.clone());
    let house = house
        .restart_after(|folder| {
            for file in ["log.db", "log.db-wal", "log.db-shm"] {
                let _ = std::fs::remove_file(folder.join(file));
            }
        })
        .await;
    let known = Hello {
        epoch: epoch.clone(),
        ..hello(None, Seat::Viewer)
    };
    let page = Client::greet(&house, known).await;
    let welcome = page.seen.welcome.as_ref().expect("it was welcomed");
    assert!(!welcome.recovered && Some(&welcome.epoch) != epoch.as_ref());
    assert!(welcome.activities.is_empty());
    house.close().await;
}

#[tokio::test]
async fn what_fell_due_while_no_server_ran_is_done_at_the_start() {
    let house = House::open().await;
    with_tea(&house).await;
    let clock = house.clock.clone();
    let house = house
        .restart_after(|_| clock.turn(liveroom_protocol::time::Span(3_600_000)))
        .await;
    let mut page = house.viewer().await;
    page.until("the end of the poll", |seen| {
        seen.tally("tea")
            .is_some_and(|tally| tally.phase == Phase::Closed)
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn a_server_that_stops_tells_its_pages_to_connect_again() {
    let house = House::open().await;
    let mut page = house.viewer().await;
    house.close().await;
    assert_eq!(page.closed().await.code, 1012);
}

/// A server whose disk is soon full.
async fn cramped() -> House {
    House::with(|config| {
        config.dev = true;
        config.log_bytes = Some(96 * 1024);
    })
    .await
}

/// Prepares polls until the log takes no more, and gives how many it took and the order that it did not take.
async fn fill(house: &House, desk: &mut Client) -> (usize, ToRoom) {
    let options: Vec<String> = (0..20)
        .map(|n| format!("{n} {}", "because ".repeat(12)))
        .collect();
    for taken in 0..50 {
        house.turn(1_000);
        let order = json!({ "type": "command", "id": format!("fill-{taken}"), "command": {
            "type": "poll.prepare", "activity": format!("p{taken}"), "question": "why? ".repeat(50), "options": options,
        } });
        let order: ToRoom = serde_json::from_value(order).expect("it is an order");
        if let Some(refusal) = desk.ask(order.clone()).await.refusal {
            assert_eq!(refusal.reason, Reason::Unavailable);
            assert!(refusal.again_in_ms.is_some());
            return (taken, order);
        }
    }
    panic!("96 KiB never fill up");
}

#[tokio::test]
async fn a_full_disk_refuses_and_the_same_request_is_taken_later() {
    let house = cramped().await;
    let mut desk = house.desk().await;
    let (taken, order) = fill(&house, &mut desk).await;
    let kept = |seen: &Seen| (0..taken).all(|n| seen.card(&format!("p{n}")).is_some());
    desk.until("what was acknowledged", kept).await;
    assert!(
        desk.seen.card(&format!("p{taken}")).is_none(),
        "what was refused is not shown"
    );
    let house = house
        .restart_with(|_, config| config.log_bytes = None)
        .await;
    let mut desk = house.desk().await;
    desk.until("what was acknowledged", kept).await;
    assert!(desk.ask(order.clone()).await.ok);
    assert!(desk.ask(order).await.ok);
    desk.until("what was refused before", |seen| {
        seen.card(&format!("p{taken}")).is_some()
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn damage_found_while_a_room_is_open_is_told_to_its_pages() {
    let house = cramped().await;
    let mut page = house.viewer().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start" })).await;
    harm(
        house.folder(),
        "UPDATE records SET sum = 0 WHERE position = 2",
    );
    // A failed append has the room folded again, and so finds what happened to the file.
    fill(&house, &mut desk).await;
    page.until("that the room is damaged", |seen| {
        seen.room
            .as_ref()
            .is_some_and(|room| room.state == State::Damaged)
    })
    .await;
    let refused = desk.order(json!({ "type": "show.end" })).await;
    assert_eq!(
        refused.refusal.map(|refusal| refusal.reason),
        Some(Reason::Damaged)
    );
    house.close().await;
}

#[tokio::test]
async fn a_damaged_room_shows_its_last_good_state_and_others_go_on() {
    let house = House::open().await;
    with_tea(&house).await;
    house.account("ada").await.vote("tea", &["1"]).await;
    house.account("bob").await.vote("tea", &["1"]).await;
    let mut claims = house.claims(Role::Owner, "owner");
    claims.aud = liveroom_protocol::id::RoomId::parse("other").expect("it is an id");
    let token = house.sign(&claims);
    let put = async |house: &House| {
        let request = reqwest::Client::new()
            .put(house.url("/v1/rooms/other"))
            .bearer_auth(&token)
            .json(&json!({ "delay_ms": 1 }));
        request.send().await.expect("the server answers").status()
    };
    assert_eq!(put(&house).await, 201);
    // Position 4 is the second vote.
    let house = house
        .restart_after(|folder| harm(folder, "UPDATE records SET body = replace(body, 'vote', 'veto') WHERE position = 4 AND room = 1"))
        .await;
    let mut page = house.account("carol").await;
    page.until("the last good state", |seen| {
        let damaged = seen
            .room
            .as_ref()
            .is_some_and(|room| room.state == State::Damaged);
        damaged && seen.votes("tea") == Some(&[1, 0])
    })
    .await;
    let refused = page
        .vote("tea", &["2"])
        .await
        .refusal
        .expect("a damaged room takes no changes");
    assert_eq!(refused.reason, Reason::Damaged);
    assert!(
        refused
            .message
            .is_some_and(|message| message.contains("damaged at 4"))
    );
    let order = house
        .desk()
        .await
        .order(json!({ "type": "close", "activity": "tea" }))
        .await;
    assert_eq!(
        order.refusal.map(|refusal| refusal.reason),
        Some(Reason::Damaged)
    );
    assert_eq!(put(&house).await, 200, "the other room goes on");
    let figures = reqwest::get(house.url("/metrics"))
        .await
        .expect("the server answers")
        .text()
        .await
        .expect("it is text");
    assert!(figures.contains("liveroom_rooms_damaged 1"), "{figures}");
    house.close().await;
}

#[tokio::test]
async fn a_folder_belongs_to_one_server() {
    let house = House::open().await;
    let second = serve(Config::in_folder(house.folder()), Clock::System)
        .await
        .err();
    assert!(matches!(second, Some(Error::InUse(_))));
    let mut config = Config::in_folder(house.folder().join("other"));
    config.port = house.address().port();
    let taken = serve(config, Clock::System)
        .await
        .err()
        .expect("a port is one server's");
    assert!(taken.to_string().contains("is taken"), "{taken}");
    house.close().await;
}
