//! Taken back, cleared and corrected, over real sockets: every page is told, late ones too, and a server that starts again agrees.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::phase::Phase;
use liveroom_tests::house::tea;
use liveroom_tests::{House, Seen};
use serde_json::{Value, json};

fn is_cleared(seen: &Seen) -> bool {
    seen.room.as_ref().is_some_and(|room| room.cleared)
}

async fn insights(house: &House) -> Value {
    let token = house.token(Role::Owner, "owner");
    let answer = reqwest::Client::new()
        .get(house.url("/v1/rooms/demo/insights"))
        .bearer_auth(token)
        .send()
        .await
        .expect("the server answers");
    answer.json().await.expect("figures")
}

#[tokio::test]
async fn what_is_taken_back_is_gone_from_every_page_and_counts_nothing() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut viewer = house.account("anna").await;
    desk.must(tea()).await;
    viewer
        .until("the poll", |seen| seen.card("tea").is_some())
        .await;
    assert!(viewer.vote("tea", &["1"]).await.ok);
    house.turn(4_000);
    desk.must(json!({ "type": "take_back", "activity": "tea" }))
        .await;
    viewer
        .until("that it is gone", |seen| seen.card("tea").is_none())
        .await;
    let figures = insights(&house).await;
    let text = figures.to_string();
    assert!(
        !text.contains(r#""opened""#),
        "no opening is marked: {text}"
    );
    let house = house.restart().await;
    let mut desk = house.desk().await;
    desk.until("that it is prepared", |seen| {
        seen.tally("tea")
            .is_some_and(|tally| tally.phase == Phase::Ready && tally.voters == 0)
    })
    .await;
    desk.must(json!({ "type": "open", "activity": "tea" }))
        .await;
    let mut again = house.account("anna").await;
    again
        .until("it with no vote", |seen| seen.votes("tea") == Some(&[0, 0]))
        .await;
    assert!(again.vote("tea", &["2"]).await.ok);
    house.turn(5_001);
    let late = desk
        .order(json!({ "type": "take_back", "activity": "tea" }))
        .await;
    assert_eq!(
        late.refusal.map(|refusal| refusal.reason),
        Some(Reason::TooLate)
    );
}

#[tokio::test]
async fn a_cleared_screen_is_told_to_all_and_shows_late_ones_nothing() {
    let house = House::open().await;
    house.open_tea().await;
    let mut desk = house.desk().await;
    let mut early = house.account("anna").await;
    early
        .until("the poll", |seen| seen.card("tea").is_some())
        .await;
    desk.must(json!({ "type": "screen.clear" })).await;
    early.until("that the screen is cleared", is_cleared).await;
    let house = house.restart().await;
    let mut late = house.account("ben").await;
    late.until("that the screen is cleared", is_cleared).await;
    assert!(late.seen.card("tea").is_none());
    let news = house.get("/v1/rooms/demo").await;
    let news = news.text().await.expect("text");
    assert!(
        news.contains(r#""cleared":true"#) && !news.contains("Green"),
        "{news}"
    );
    // Who acts all the same is heard: it is open.
    assert!(late.vote("tea", &["1"]).await.ok);
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "screen.restore" })).await;
    late.until("the poll with the vote", |seen| {
        seen.votes("tea") == Some(&[1, 0]) && !is_cleared(seen)
    })
    .await;
}

#[tokio::test]
async fn words_that_are_corrected_late_say_so_on_every_page() {
    let house = House::open().await;
    house.open_tea().await;
    let mut desk = house.desk().await;
    let mut viewer = house.account("anna").await;
    let correct = |title: &str| json!({ "type": "correct", "activity": "tea", "title": title });
    desk.must(correct("Which tea?")).await;
    viewer
        .until("other words", |seen| {
            seen.card("tea")
                .is_some_and(|card| card.question == "Which tea?" && !card.corrected)
        })
        .await;
    assert!(viewer.vote("tea", &["1"]).await.ok);
    desk.must(correct("Which of these?")).await;
    viewer
        .until("that it was corrected", |seen| {
            seen.card("tea")
                .is_some_and(|card| card.question == "Which of these?" && card.corrected)
        })
        .await;
}
