//! What is done once counts once: the same once more, a vote taken back and cast anew, the vote of who signs in.

use super::*;
use liveroom_protocol::message::{Hello, Seat};
use liveroom_tests::Client as Page;
use liveroom_tests::house::hello;

async fn counted(house: &House, figures: &[(&str, u64)]) {
    let told = insights(house, "").await;
    for (figure, value) in figures {
        assert_eq!(*total(&told, figure), *value, "{figure}");
    }
}

#[tokio::test]
async fn the_same_once_more_is_no_deed_and_ballots_cast_less_those_withdrawn_stand() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea_of("Harbour")).await;
    let mut ann = house.account("ann").await;
    for _ in 0..3 {
        assert!(ann.vote("tea", &["1"]).await.ok);
    }
    counted(&house, &[("votes", 1), ("votes_changed", 0)]).await;
    for action in [
        json!({ "type": "poll.withdraw" }),
        json!({ "type": "poll.vote", "choices": ["2"] }),
        json!({ "type": "flag", "widget": "poll", "why": "misleading" }),
        json!({ "type": "flag", "widget": "poll", "why": "misleading" }),
    ] {
        assert!(ann.does("tea", action.clone()).await.ok, "{action}");
    }
    let figures = [
        ("votes", 2),
        ("votes_withdrawn", 1),
        ("votes_changed", 0),
        ("flags", 1),
    ];
    counted(&house, &figures).await;
    counted(&house, &[("participants", 1)]).await;
    desk.must(json!({ "type": "qna.open", "activity": "ask", "title": "Ask", "approval": false }))
        .await;
    let question = json!({ "type": "qna.ask", "text": "Is it warm?" });
    assert!(ann.does("ask", question).await.ok);
    let mut bob = house.account("bob").await;
    for _ in 0..3 {
        let vote = json!({ "type": "qna.vote", "question": 1 });
        assert!(bob.does("ask", vote).await.ok);
    }
    counted(&house, &[("question_votes", 1)]).await;
    let house = house.restart().await;
    counted(&house, &figures).await;
    counted(&house, &[("question_votes", 1)]).await;
    house.close().await;
}

#[tokio::test]
async fn of_two_votes_that_were_one_viewers_one_is_withdrawn() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea_of("Harbour")).await;
    desk.must(json!({ "type": "qna.open", "activity": "ask", "title": "Ask", "approval": false }))
        .await;
    let mut eve = house.account("eve").await;
    let question = json!({ "type": "qna.ask", "text": "Is it warm?" });
    assert!(eve.does("ask", question).await.ok);
    let vote = json!({ "type": "qna.vote", "question": 1 });
    let mut ann = house.account("ann").await;
    assert!(ann.vote("tea", &["1"]).await.ok);
    assert!(ann.does("ask", vote.clone()).await.ok);
    let mut browser = house.viewer().await;
    assert!(browser.vote("tea", &["2"]).await.ok);
    assert!(browser.does("ask", vote).await.ok);
    counted(&house, &[("votes", 2), ("question_votes", 2)]).await;
    let both = Hello {
        device: browser.device.clone(),
        ..hello(Some(house.token(Role::Viewer, "ann")), Seat::Viewer)
    };
    let _ann = Page::greet(&house, both).await;
    desk.until("one ballot", |seen| {
        seen.tally("tea").is_some_and(|tally| tally.voters == 1)
    })
    .await;
    let figures = [
        ("votes", 2),
        ("votes_withdrawn", 1),
        ("question_votes", 2),
        ("question_votes_withdrawn", 1),
        ("participants", 2),
    ];
    counted(&house, &figures).await;
    let house = house.restart().await;
    counted(&house, &figures).await;
    house.close().await;
}

#[tokio::test]
async fn tiers_are_told_apart_however_many_segments_there_are() {
    let house = House::open().await;
    house.desk().await.must(tea_of("Harbour")).await;
    for number in 0..260 {
        let mut claims = house.claims(Role::Viewer, &format!("v{number}"));
        claims.tier = serde_json::from_value(json!("gold")).expect("a tier");
        claims.segments = serde_json::from_value(json!([format!("s{number}")])).expect("segments");
        let hello = hello(Some(house.sign(&claims)), Seat::Viewer);
        let mut page = Page::greet(&house, hello).await;
        assert!(page.vote("tea", &["1"]).await.ok);
    }
    let told = insights(&house, "?by=tier").await;
    assert_eq!(row(&told, "gold")["room"]["votes"], 260);
    assert_eq!(told["rows"].as_array().map(Vec::len), Some(1), "{told}");
    house.close().await;
}
