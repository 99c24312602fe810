//! Rooms that nobody uses leave the memory, and come back as they were.

use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Role;
use liveroom_tests::client::PATIENCE;
use liveroom_tests::{Client, House};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Instant;

const MINUTES: u64 = 60_000;

/// Rooms in memory, as the operator sees it.
async fn open(house: &House) -> u64 {
    let figures = house.get("/metrics").await.text().await;
    let figures = figures.expect("figures are text");
    let line = figures
        .lines()
        .find_map(|line| line.strip_prefix("liveroom_rooms_open "));
    line.expect("it is among the figures")
        .parse()
        .expect("it is a number")
}

/// Turns the clock until so many rooms are in memory: each turn is long enough, but a page that went is noticed in its own time.
/// Between two turns it is asked often, since whatever is done every hour or every day uses rooms too.
async fn turn_until(house: &House, rooms: u64) {
    let start = Instant::now();
    let mut asked = 0_u32;
    while open(house).await != rooms {
        assert!(start.elapsed() < PATIENCE, "not {rooms} rooms");
        if asked.is_multiple_of(20) {
            house.turn(11 * MINUTES);
        }
        asked += 1;
    }
}

/// Says something to any room as its owner.
async fn say(house: &House, method: Method, room: &str, path: &str, body: Value) {
    let mut claims = house.claims(Role::Owner, "owner");
    claims.aud = RoomId::parse(room).expect("it is an id");
    let response = reqwest::Client::new()
        .request(method, house.url(&format!("/v1/rooms/{room}{path}")))
        .bearer_auth(house.sign(&claims))
        .header("idempotency-key", "once")
        .json(&body)
        .send()
        .await
        .expect("the server answers");
    assert!(response.status().is_success(), "{response:?}");
}

#[tokio::test]
async fn a_room_that_nobody_uses_is_put_away_and_comes_back_as_it_was() {
    let house = House::open().await;
    house.open_tea().await;
    let mut ada = house.account("ada").await;
    assert!(ada.vote("tea", &["1"]).await.ok);
    // Less than her token lasts.
    house.turn(30 * MINUTES);
    assert_eq!(open(&house).await, 1, "somebody is there");
    drop(ada);
    turn_until(&house, 0).await;
    let mut ada = house.account("ada").await;
    ada.until("the vote of before", |seen| {
        seen.votes("tea") == Some(&[1, 0]) && seen.mine("tea") == ["1"]
    })
    .await;
    assert!(ada.vote("tea", &["2"]).await.ok);
    ada.until("the other vote", |seen| seen.votes("tea") == Some(&[0, 1]))
        .await;
    assert_eq!(open(&house).await, 1);
    house.close().await;
}

#[tokio::test]
async fn a_room_with_somebody_in_it_or_something_due_stays() {
    let house = House::open().await;
    let mut page = house.viewer().await;
    for room in ["due", "idle"] {
        say(&house, Method::PUT, room, "", json!({})).await;
    }
    let poll = json!({ "type": "poll.open", "activity": "tea", "question": "Tea?", "options": ["Green", "Black"], "closes_in_ms": 48 * 60 * MINUTES });
    say(&house, Method::POST, "due", "/commands", poll).await;
    assert_eq!(open(&house).await, 3);
    turn_until(&house, 2).await;
    for _ in 0..6 {
        house.turn(60 * MINUTES);
        assert_eq!(open(&house).await, 2);
    }
    house.open_tea().await;
    page.until("the poll", |seen| seen.card("tea").is_some())
        .await;
    house.turn(48 * 60 * MINUTES);
    turn_until(&house, 1).await;
    let news: Value = house
        .get("/v1/rooms/due")
        .await
        .json()
        .await
        .expect("it is JSON");
    assert!(news.to_string().contains("\"closed\""), "{news}");
    house.close().await;
}

#[tokio::test]
async fn a_room_that_comes_back_is_opened_once_for_all_who_come() {
    let house = House::open().await;
    house.open_tea().await;
    turn_until(&house, 0).await;
    let tokens: Vec<String> = (0..20)
        .map(|n| house.token(Role::Viewer, &format!("v{n}")))
        .collect();
    let greet = |token: &String| {
        let hello = liveroom_tests::house::hello(
            Some(token.clone()),
            liveroom_protocol::message::Seat::Viewer,
        );
        Client::greet(&house, hello)
    };
    let mut pages = futures_util::future::join_all(tokens.iter().map(greet)).await;
    assert_eq!(open(&house).await, 1);
    for page in &mut pages {
        assert!(page.vote("tea", &["1"]).await.ok);
    }
    pages[0]
        .until("all votes", |seen| seen.votes("tea") == Some(&[20, 0]))
        .await;
    house.close().await;
}
