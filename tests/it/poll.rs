//! Polls over real sockets: what each page is told, and what it is not.

use liveroom_protocol::identity::Role;
use liveroom_protocol::message::FromRoom;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Action, Reason};
use liveroom_tests::{Client, House};
use serde_json::{Value, json};

fn draft(activity: &str, more: Value) -> Value {
    let mut draft = json!({ "type": "poll.open", "activity": activity, "question": "Tea?", "options": ["Green", "Black"] });
    draft
        .as_object_mut()
        .expect("an object")
        .extend(more.as_object().expect("an object").clone());
    draft
}

fn refusal(answer: liveroom_protocol::message::Answer) -> Option<Reason> {
    answer.refusal.map(|refusal| refusal.reason)
}

#[tokio::test]
async fn one_account_on_two_pages_has_one_ballot_and_both_pages_know_it() {
    let house = House::open().await;
    house.open_tea().await;
    let (mut phone, mut desktop) = (house.account("anna").await, house.account("anna").await);
    let (one, other) = tokio::join!(phone.vote("tea", &["1"]), desktop.vote("tea", &["2"]));
    assert!(one.ok && other.ok);
    let mut watcher = house.viewer().await;
    watcher
        .until("one ballot", |seen| {
            seen.tally("tea").is_some_and(|tally| tally.voters == 1)
        })
        .await;
    let last = if one.position > other.position {
        "1"
    } else {
        "2"
    };
    for page in [&mut phone, &mut desktop] {
        page.until("the vote that stands", |seen| seen.mine("tea") == [last])
            .await;
    }
}

#[tokio::test]
async fn a_late_joiner_is_told_the_present_state_at_once() {
    let house = House::open().await;
    house.open_tea().await;
    for voter in ["anna", "ben"] {
        assert!(house.account(voter).await.vote("tea", &["2"]).await.ok);
    }
    let mut late = house.account("ben").await;
    late.until("everything", |seen| {
        seen.votes("tea") == Some(&[0, 2]) && seen.mine("tea") == ["2"]
    })
    .await;
    assert_eq!(
        late.seen.card("tea").map(|card| card.options.len()),
        Some(2)
    );
}

/// Every frame that a page is sent until `until` holds, as text.
async fn frames(client: &mut Client, until: impl Fn(&Client) -> bool) -> String {
    let mut frames = String::new();
    while !until(client) {
        let frame: FromRoom = client.next().await;
        frames += &serde_json::to_string(&frame).expect("a frame is JSON");
    }
    frames
}

#[tokio::test]
async fn no_page_is_sent_a_right_answer_or_a_hidden_number_before_the_reveal() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut viewer = house.account("anna").await;
    let mut overlay = house.overlay().await;
    desk.must(draft("quiz", json!({ "right": ["2"], "board": true })))
        .await;
    assert!(viewer.vote("quiz", &["2"]).await.ok);
    desk.must(json!({ "type": "close", "activity": "quiz" }))
        .await;
    let closed = |client: &Client| {
        client
            .seen
            .tally("quiz")
            .is_some_and(|tally| tally.phase == Phase::Closed)
    };
    for page in [&mut viewer, &mut overlay] {
        let told = frames(page, closed).await;
        assert!(
            !told.contains("\"right\"")
                && !told.contains("\"votes\"")
                && !told.contains("\"board\":["),
            "{told}"
        );
    }
    desk.until("the desk knows", |seen| {
        seen.card("quiz").is_some_and(|card| card.right.is_some())
            && seen.votes("quiz") == Some(&[0, 1])
    })
    .await;
    desk.must(json!({ "type": "reveal", "activity": "quiz" }))
        .await;
    for page in [&mut viewer, &mut overlay] {
        page.until("the reveal", |seen| seen.votes("quiz") == Some(&[0, 1]))
            .await;
        let card = page.seen.card("quiz").expect("a card");
        assert_eq!(card.right.as_ref().map(Vec::len), Some(1));
        assert_eq!(card.board.len(), 1);
    }
}

#[tokio::test]
async fn results_open_to_whoever_votes_where_the_card_says_so() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft("tea", json!({ "results": "after_voting" })))
        .await;
    let (mut voter, mut watcher) = (house.viewer().await, house.viewer().await);
    assert!(voter.vote("tea", &["1"]).await.ok);
    voter
        .until("the numbers", |seen| seen.votes("tea") == Some(&[1, 0]))
        .await;
    watcher
        .until("that someone voted", |seen| {
            seen.tally("tea").is_some_and(|tally| tally.voters == 1)
        })
        .await;
    assert_eq!(watcher.seen.votes("tea"), None);
    assert!(voter.act("tea", Action::PollWithdraw).await.ok);
    voter
        .until("nothing again", |seen| {
            seen.tally("tea").is_some_and(|tally| tally.votes.is_none())
        })
        .await;
    desk.must(json!({ "type": "close", "activity": "tea" }))
        .await;
    watcher
        .until("the result", |seen| seen.votes("tea") == Some(&[0, 0]))
        .await;
}

#[tokio::test]
async fn a_poll_closes_by_the_rooms_clock_without_anybody_asking() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft("tea", json!({ "closes_in_ms": 30_000 })))
        .await;
    let mut viewer = house.account("anna").await;
    assert!(viewer.vote("tea", &["1"]).await.ok);
    desk.must(json!({ "type": "extend", "activity": "tea", "by_ms": 30_000 }))
        .await;
    house.turn(59_000);
    assert!(viewer.vote("tea", &["2"]).await.ok, "it was extended");
    house.turn(2_000);
    viewer
        .until("the closing", |seen| {
            seen.tally("tea")
                .is_some_and(|tally| tally.phase == Phase::Closed)
        })
        .await;
    assert_eq!(
        refusal(viewer.vote("tea", &["1"]).await),
        Some(Reason::Closed)
    );
}

#[tokio::test]
async fn only_members_vote_where_the_card_asks_for_a_tier() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draft(
        "gold",
        json!({ "who": { "tiers": ["gold"] }, "level": "token" }),
    ))
    .await;
    let mut stranger = house.viewer().await;
    assert_eq!(
        refusal(stranger.vote("gold", &["1"]).await),
        Some(Reason::NeedsSignIn)
    );
    let mut claims = house.claims(Role::Viewer, "anna");
    assert_eq!(
        refusal(house.account("anna").await.vote("gold", &["1"]).await),
        Some(Reason::NotEligible)
    );
    claims.tier = serde_json::from_value(json!("gold")).ok();
    let hello = liveroom_tests::house::hello(
        Some(house.sign(&claims)),
        liveroom_protocol::message::Seat::Viewer,
    );
    let mut member = Client::greet(&house, hello).await;
    assert!(member.vote("gold", &["1"]).await.ok);
}

#[tokio::test]
async fn names_are_on_the_board_only_where_the_card_says_so() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    for (activity, named) in [("quiet", false), ("named", true)] {
        desk.must(draft(
            activity,
            json!({ "right": ["1"], "board": true, "named": named }),
        ))
        .await;
        let mut claims = house.claims(Role::Viewer, "anna");
        claims.name = serde_json::from_value(json!("Anna B.")).ok();
        let hello = liveroom_tests::house::hello(
            Some(house.sign(&claims)),
            liveroom_protocol::message::Seat::Viewer,
        );
        let mut viewer = Client::greet(&house, hello).await;
        assert!(viewer.vote(activity, &["1"]).await.ok);
        for order in ["close", "reveal"] {
            desk.must(json!({ "type": order, "activity": activity }))
                .await;
        }
        viewer
            .until("the board", |seen| {
                seen.card(activity)
                    .is_some_and(|card| !card.board.is_empty())
            })
            .await;
        let name = &viewer.seen.card(activity).expect("a card").board[0].name;
        assert_eq!(name == "Anna B.", named, "{name}");
    }
}

#[tokio::test]
async fn a_reset_empties_the_poll_on_every_page() {
    let house = House::open().await;
    house.open_tea().await;
    let mut desk = house.desk().await;
    let mut viewer = house.account("anna").await;
    assert!(viewer.vote("tea", &["1"]).await.ok);
    desk.must(json!({ "type": "reset", "activity": "tea" }))
        .await;
    viewer
        .until("the new run", |seen| seen.votes("tea") == Some(&[0, 0]))
        .await;
    assert!(viewer.vote("tea", &["2"]).await.ok);
    desk.must(json!({ "type": "put_away", "activity": "tea" }))
        .await;
    viewer
        .until("that it is gone", |seen| seen.tally("tea").is_none())
        .await;
}
