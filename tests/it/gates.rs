//! Whom a poll takes and when it takes anyone again, over real sockets.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::message::{Answer, Seat};
use liveroom_protocol::phase::Phase;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use serde_json::{Value, json};

fn refusal(answer: Answer) -> Option<Reason> {
    answer.refusal.map(|refusal| refusal.reason)
}

fn draft(activity: &str, more: &Value) -> Value {
    let mut draft = json!({ "type": "poll.open", "activity": activity, "question": "Tea?", "options": ["Green", "Black"] });
    let more = more.as_object().expect("an object").clone();
    draft.as_object_mut().expect("an object").extend(more);
    draft
}

/// Someone of this role, in these segments, on a page of their own.
async fn guest(house: &House, role: Role, sub: &str, segments: &[&str]) -> Client {
    let mut claims = house.claims(role, sub);
    claims.segments = serde_json::from_value(json!(segments)).expect("labels");
    Client::greet(house, hello(Some(house.sign(&claims)), Seat::Viewer)).await
}

#[tokio::test]
async fn only_the_roles_that_the_card_names_may_vote_and_every_page_is_told_which() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let who = json!({ "roles": ["moderator", "streamer"] });
    desk.must(draft("crew", &json!({ "who": who }))).await;
    let mut viewer = guest(&house, Role::Viewer, "anna", &[]).await;
    viewer
        .until("the card", |seen| seen.card("crew").is_some())
        .await;
    assert_eq!(viewer.seen.card_of("crew")["who"], who);
    assert_eq!(
        refusal(viewer.vote("crew", &["1"]).await),
        Some(Reason::NotEligible)
    );
    for (role, sub) in [(Role::Moderator, "mo"), (Role::Streamer, "stu")] {
        let mut member = guest(&house, role, sub, &[]).await;
        assert!(member.vote("crew", &["2"]).await.ok, "{role:?}");
    }
    viewer
        .until("the two", |seen| seen.votes("crew") == Some(&[0, 2]))
        .await;
}

#[tokio::test]
async fn only_the_segments_that_the_card_names_may_vote_and_a_token_is_what_says_them() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let who = json!({ "segments": ["north", "east"] });
    desk.must(draft("north", &json!({ "who": who }))).await;
    let mut unknown = house.viewer().await;
    assert_eq!(
        refusal(unknown.vote("north", &["1"]).await),
        Some(Reason::NotEligible)
    );
    let mut southerner = guest(&house, Role::Viewer, "sue", &["south"]).await;
    assert_eq!(
        refusal(southerner.vote("north", &["1"]).await),
        Some(Reason::NotEligible)
    );
    let mut easterner = guest(&house, Role::Viewer, "eve", &["sports", "east"]).await;
    assert!(easterner.vote("north", &["1"]).await.ok);
    southerner
        .until("the one vote", |seen| seen.votes("north") == Some(&[1, 0]))
        .await;
}

#[tokio::test]
async fn a_poll_that_was_reopened_takes_votes_again_keeps_those_it_had_and_says_so() {
    let house = House::open().await;
    house.open_tea().await;
    let mut desk = house.desk().await;
    let mut early = house.account("anna").await;
    let mut late = house.account("ben").await;
    assert!(early.vote("tea", &["1"]).await.ok);
    assert!(
        !desk
            .order(json!({ "type": "reopen", "activity": "tea" }))
            .await
            .ok
    );
    desk.must(json!({ "type": "close", "activity": "tea" }))
        .await;
    assert_eq!(
        refusal(late.vote("tea", &["2"]).await),
        Some(Reason::Closed)
    );
    desk.must(json!({ "type": "reopen", "activity": "tea", "closes_in_ms": 30_000 }))
        .await;
    late.until("that it is open again", |seen| {
        seen.tally("tea")
            .is_some_and(|tally| tally.phase == Phase::Open)
            && seen.card("tea").is_some_and(|card| card.reopened)
    })
    .await;
    assert!(late.vote("tea", &["2"]).await.ok);
    early
        .until("both", |seen| seen.votes("tea") == Some(&[1, 1]))
        .await;
    house.turn(31_000);
    early
        .until("the new end", |seen| {
            seen.tally("tea")
                .is_some_and(|tally| tally.phase == Phase::Closed)
        })
        .await;
}

#[tokio::test]
async fn draws_deals_and_questions_too_are_for_the_members_that_the_card_names() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let who = json!({ "tiers": ["gold"], "segments": ["north"], "points": 50 });
    desk.must(json!({ "type": "lottery.open", "activity": "draw", "title": "Teapots", "prizes": [{ "name": "Teapot", "count": 1 }], "who": who })).await;
    desk.must(json!({ "type": "qna.open", "activity": "ask", "title": "Ask", "who": who }))
        .await;
    desk.must(json!({ "type": "deal.open", "activity": "deal", "title": "Teapot", "sku": "T", "price": { "amount": "9", "currency": "EUR" },
        "variants": [{ "stock": 5 }], "who": who }))
        .await;
    let actions = [
        ("draw", json!({ "type": "lottery.enter" })),
        ("ask", json!({ "type": "qna.ask", "text": "Is it glazed?" })),
        ("deal", json!({ "type": "deal.claim", "variant": "1" })),
    ];
    for (sub, tier, segments, points, takes) in [
        (
            "anna",
            Some("gold"),
            &["north", "south"][..],
            Some(50),
            true,
        ),
        ("ben", Some("silver"), &["north"], Some(50), false),
        ("cem", Some("gold"), &["south"], Some(50), false),
        ("eli", Some("gold"), &["north"], Some(49), false),
        ("dora", None, &[], None, false),
    ] {
        let mut claims = house.claims(Role::Viewer, sub);
        claims.tier = tier.map(|tier| Label::parse(tier).expect("a label"));
        claims.segments = serde_json::from_value(json!(segments)).expect("labels");
        claims.points = points;
        let mut page = Client::greet(&house, hello(Some(house.sign(&claims)), Seat::Viewer)).await;
        for (activity, action) in &actions {
            let answer = page.does(activity, action.clone()).await;
            let refused = (!takes).then_some(Reason::NotEligible);
            assert_eq!(refusal(answer), refused, "{sub} in {activity}");
        }
    }
    house.close().await;
}
