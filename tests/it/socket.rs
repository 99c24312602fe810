//! One line to a room over a socket: hello, acting, being told, and how a line ends.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::message::{Act, FromRoom, Seat, State, ToRoom};
use liveroom_tests::client::{Closed, vote};
use liveroom_tests::house::{hello, tea};
use liveroom_tests::{Client, House};
use serde_json::json;

#[tokio::test]
async fn a_vote_is_answered_and_seen_by_all() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut ada = house.viewer().await;
    let mut grace = house.viewer().await;
    desk.must(tea()).await;
    ada.until("the poll", |seen| seen.card("tea").is_some())
        .await;
    let answer = ada.vote("tea", &["2"]).await;
    assert!(answer.ok, "{answer:?}");
    assert_eq!(
        ada.seen.mine("tea"),
        ["2"],
        "the answer is the viewer's own part"
    );
    for page in [&mut ada, &mut grace, &mut desk] {
        page.until("the vote", |seen| seen.votes("tea") == Some(&[0, 1]))
            .await;
    }
    assert!(grace.seen.mine("tea").is_empty());
    house.close().await;
}

#[tokio::test]
async fn who_joins_late_sees_all_at_once() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "show.start", "title": "Evening", "on_air": ["lin"] }))
        .await;
    desk.must(tea()).await;
    house.account("ada").await.vote("tea", &["1"]).await;
    let mut late = house.account("ada").await;
    late.until("all there is", |seen| {
        let show = seen.room.as_ref().and_then(|room| room.show.as_ref());
        seen.votes("tea") == Some(&[1, 0]) && seen.card("tea").is_some() && show.is_some()
    })
    .await;
    late.until("the viewer's own vote", |seen| seen.mine("tea") == ["1"])
        .await;
    let welcome = late.seen.welcome.as_ref().expect("it was welcomed");
    assert_eq!(welcome.level, Some(Level::Token));
    assert_eq!(welcome.activities.len(), 1);
    assert!(!welcome.recovered);
    house.close().await;
}

#[tokio::test]
async fn a_viewers_other_pages_learn_of_the_vote() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "poll.open", "activity": "q", "question": "?", "options": ["A", "B"], "results": "after_voting" })).await;
    let mut phone = house.account("ada").await;
    let mut tv = house.account("ada").await;
    let mut other = house.account("bob").await;
    phone.vote("q", &["1"]).await;
    tv.until("the vote made elsewhere", |seen| seen.mine("q") == ["1"])
        .await;
    tv.until("the numbers that voting opens", |seen| {
        seen.votes("q") == Some(&[1, 0])
    })
    .await;
    other
        .until("that someone voted", |seen| {
            seen.tally("q").is_some_and(|tally| tally.voters == 1)
        })
        .await;
    assert_eq!(
        other.seen.votes("q"),
        None,
        "who has not voted may not know"
    );
    house.close().await;
}

#[tokio::test]
async fn the_same_request_is_done_once_however_often_it_is_asked() {
    let house = House::open().await;
    house.open_tea().await;
    let mut ada = house.account("ada").await;
    let act = |id: &str, choice: &str| {
        ToRoom::Act(Act {
            id: serde_json::from_value(json!(id)).expect("it is an id"),
            activity: serde_json::from_value(json!("tea")).expect("it is an id"),
            run: None,
            action: vote(&[choice]),
            attest: None,
        })
    };
    let first = ada.ask(act("a", "1")).await;
    let second = ada.ask(act("b", "2")).await;
    let again = ada.ask(act("a", "1")).await;
    assert_eq!((first.ok, first.position), (again.ok, again.position));
    assert!(second.ok);
    assert_eq!(
        ada.seen.mine("tea"),
        ["2"],
        "asking again does not undo what came later"
    );
    let other = ada.ask(act("a", "2")).await;
    assert_eq!(
        other.refusal.map(|refusal| refusal.reason),
        Some(Reason::IdReused)
    );
    // A new line, the same viewer: still the same request.
    let from_new_line = house.account("ada").await.ask(act("a", "1")).await;
    assert_eq!(from_new_line.position, first.position);
    house.close().await;
}

#[tokio::test]
async fn a_device_key_makes_the_same_viewer_of_another_line() {
    let house = House::open().await;
    house.open_tea().await;
    let mut first = house.viewer().await;
    assert_eq!(
        first.seen.welcome.as_ref().map(|welcome| welcome.level),
        Some(None)
    );
    first.vote("tea", &["1"]).await;
    let known = liveroom_protocol::message::Hello {
        device: first.device.clone(),
        ..hello(None, Seat::Viewer)
    };
    let mut again = Client::greet(&house, known).await;
    again
        .until("the vote of before", |seen| seen.mine("tea") == ["1"])
        .await;
    assert_eq!(
        again.seen.welcome.as_ref().map(|welcome| welcome.level),
        Some(Some(Level::Device))
    );
    again.vote("tea", &["2"]).await;
    again
        .until("one ballot, changed", |seen| {
            seen.votes("tea") == Some(&[0, 1])
        })
        .await;
    house.close().await;
}

#[tokio::test]
async fn a_deadline_closes_a_poll_for_everybody() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut ada = house.account("ada").await;
    desk.must(json!({ "type": "poll.open", "activity": "q", "question": "?", "options": ["A", "B"], "closes_in_ms": 30_000 })).await;
    ada.until("the poll", |seen| seen.tally("q").is_some())
        .await;
    house.turn(29_999);
    assert!(ada.vote("q", &["1"]).await.ok);
    house.turn(1);
    let closed = |seen: &liveroom_tests::Seen| {
        seen.tally("q")
            .is_some_and(|tally| tally.phase == liveroom_protocol::phase::Phase::Closed)
    };
    ada.until("the end of the poll", closed).await;
    desk.until("the end of the poll", closed).await;
    let late = ada.vote("q", &["2"]).await;
    assert_eq!(
        late.refusal.map(|refusal| refusal.reason),
        Some(Reason::Closed)
    );
    house.close().await;
}

#[tokio::test]
async fn a_ping_is_answered_with_the_rooms_clock() {
    let house = House::open().await;
    let mut ada = house.viewer().await;
    house.turn(1_234);
    ada.send(&ToRoom::Ping { sent: 7.5 }).await;
    let pong = loop {
        if let FromRoom::Pong { sent, at } = ada.next().await {
            break (sent, at);
        }
    };
    assert_eq!(pong, (Some(7.5), house.clock.now()));
    house.close().await;
}

#[tokio::test]
async fn a_line_without_a_hello_in_time_is_closed() {
    let house = House::open().await;
    let mut mute = Client::silent(&house).await;
    let mut rude = Client::silent(&house).await;
    rude.send(&ToRoom::Mint).await;
    assert_eq!(
        rude.closed().await,
        Closed {
            code: 4400,
            reason: Some(Reason::Malformed)
        }
    );
    house.turn(4_999);
    house.turn(1);
    assert_eq!(
        mute.closed().await,
        Closed {
            code: 4408,
            reason: Some(Reason::Malformed)
        }
    );
    house.close().await;
}

#[tokio::test]
async fn the_desk_is_told_how_many_watch_and_viewers_are_not() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut ada = house.viewer().await;
    let count = |seen: &liveroom_tests::Seen| seen.room.as_ref().and_then(|room| room.viewers);
    desk.until("one viewer", |seen| count(seen) == Some(1))
        .await;
    let bob = house.viewer().await;
    desk.until("two viewers", |seen| count(seen) == Some(2))
        .await;
    drop(bob);
    desk.until("one viewer again", |seen| count(seen) == Some(1))
        .await;
    ada.until("the room", |seen| seen.room.is_some()).await;
    assert_eq!(count(&ada.seen), None);
    house.close().await;
}

#[tokio::test]
async fn who_may_not_see_the_desk_does_not_sit_there() {
    let house = House::open().await;
    for token in [
        None,
        Some(house.token(Role::Viewer, "ada")),
        Some(house.token(Role::Shop, "shop")),
    ] {
        let mut page = Client::silent(&house).await;
        page.hello(hello(token, Seat::Desk)).await;
        assert_eq!(
            page.closed().await,
            Closed {
                code: 4403,
                reason: Some(Reason::NotAllowed)
            }
        );
    }
    let mut analyst = house.staff(Role::Analyst).await;
    let refused = analyst.order(tea()).await;
    assert_eq!(
        refused.refusal.map(|refusal| refusal.reason),
        Some(Reason::NotAllowed)
    );
    house.close().await;
}

#[tokio::test]
async fn a_viewer_gives_no_commands_and_an_overlay_does_not_vote() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut ada = house.account("ada").await;
    let refused = ada.order(tea()).await;
    assert_eq!(
        refused.refusal.map(|refusal| refusal.reason),
        Some(Reason::NotAllowed)
    );
    desk.must(tea()).await;
    let mut overlay = house.overlay().await;
    overlay
        .until("the poll", |seen| seen.card("tea").is_some())
        .await;
    let refused = overlay.vote("tea", &["1"]).await;
    assert_eq!(
        refused.refusal.map(|refusal| refusal.reason),
        Some(Reason::NotAllowed)
    );
    house.close().await;
}

#[tokio::test]
async fn a_sealed_room_is_shown_and_takes_nothing() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea()).await;
    let mut ada = house.account("ada").await;
    ada.vote("tea", &["1"]).await;
    desk.must(json!({ "type": "room.seal" })).await;
    let sealed = |seen: &liveroom_tests::Seen| {
        seen.room
            .as_ref()
            .is_some_and(|room| room.state == State::Sealed)
    };
    ada.until("the end", sealed).await;
    let refused = ada.vote("tea", &["2"]).await;
    assert_eq!(
        refused.refusal.map(|refusal| refusal.reason),
        Some(Reason::Sealed)
    );
    let house = house.restart().await;
    let mut late = house.account("ada").await;
    late.until("the sealed room", |seen| {
        sealed(seen) && seen.votes("tea") == Some(&[1, 0])
    })
    .await;
    assert!(
        late.seen.mine("tea").is_empty(),
        "nobody knows any more who voted"
    );
    let refused = late.vote("tea", &["2"]).await;
    assert_eq!(
        refused.refusal.map(|refusal| refusal.reason),
        Some(Reason::Sealed)
    );
    house.close().await;
}

#[tokio::test]
async fn a_room_that_is_not_there_is_said_on_the_line() {
    let house = House::with(|_| {}).await;
    let mut page = Client::silent(&house).await;
    let reason = Some(Reason::NotFound);
    assert_eq!(page.closed().await, Closed { code: 4404, reason });
    house.close().await;
}
