//! A poll or a list of questions that is called off: closed for good, with its reason, and its votes count nothing.

use crate::stage::{Stage, accepted, reason, vote};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Card, Reason, Tally};
use liveroom_rules::view::Audience::{Acted, Desk, Public};

const POLL: &str =
    r#"{"type":"poll.open","activity":"p","question":"Which?","options":["Red","Blue"]}"#;
const QNA: &str = r#"{"type":"qna.open","activity":"q","title":"Ask us"}"#;
const WHY: &str = "our guest could not come";

fn cancel(activity: &ActivityId) -> String {
    format!(r#"{{"type":"cancel","activity":"{activity}","reason":"{WHY}"}}"#)
}

fn about(what: &str, activity: &ActivityId) -> String {
    format!(r#"{{"type":"{what}","activity":"{activity}"}}"#)
}

/// Why the card says that it was called off, and where the tally says that it is.
fn told(stage: &Stage, activity: &ActivityId) -> (Option<String>, Phase) {
    let view = stage.look(activity, Public).expect("it is shown");
    match (view.card, view.tally) {
        (Card::Poll(card), Tally::Poll(tally)) => (card.cancelled, tally.phase),
        (Card::Qna(card), Tally::Qna(tally)) => (card.cancelled, tally.phase),
        other => panic!("of another widget: {other:?}"),
    }
}

#[test]
fn it_says_why_and_never_opens_again_in_that_run() {
    for open in [POLL, QNA] {
        let mut stage = Stage::new();
        let id = stage.order(open);
        stage.order(&cancel(&id));
        assert_eq!(told(&stage, &id), (Some(WHY.into()), Phase::Closed));
        assert_eq!(stage.refused(&cancel(&id)), Reason::CalledOff);
        assert_eq!(stage.refused(&about("reopen", &id)), Reason::CalledOff);
        stage.order(&about("reset", &id));
        assert_eq!(told(&stage, &id), (None, Phase::Ready), "a new run of it");
        stage.order(&about("open", &id));
        stage.order(&about("close", &id));
        stage.order(&cancel(&id));
        assert_eq!(
            told(&stage, &id).0.as_deref(),
            Some(WHY),
            "also once it has closed"
        );
    }
}

#[test]
fn what_was_prepared_and_called_off_never_opens() {
    let mut stage = Stage::new();
    let id = stage.order(
        &POLL
            .replace("poll.open", "poll.prepare")
            .replace("{\"type", "{\"announce\":true,\"type"),
    );
    stage.order(&cancel(&id));
    assert_eq!(told(&stage, &id), (Some(WHY.into()), Phase::Closed));
    assert_eq!(stage.refused(&about("open", &id)), Reason::Closed);
}

#[test]
fn votes_of_a_poll_that_was_called_off_are_told_to_the_desk_alone() {
    let mut stage = Stage::new();
    let id = stage.order(POLL);
    accepted(stage.act(5, "a", &id, vote(&["1"])));
    stage.order(&about("reveal", &id));
    stage.order(&cancel(&id));
    for audience in [Public, Acted] {
        assert_eq!(stage.tally(&id, audience).votes, None);
    }
    assert_eq!(stage.tally(&id, Desk).votes, Some(vec![1, 0]));
    assert_eq!(stage.refused(&about("reveal", &id)), Reason::CalledOff);
    assert_eq!(reason(stage.act(6, "b", &id, vote(&["1"]))), Reason::Closed);
}

#[test]
fn a_vote_in_a_poll_that_was_called_off_opens_no_draw() {
    let mut stage = Stage::new();
    let poll = stage.order(POLL);
    accepted(stage.act(5, "a", &poll, vote(&["1"])));
    let lottery = r#"{"type":"lottery.open","activity":"l","title":"Beans","prizes":[{"name":"Beans","count":1}],"conditions":[{"kind":"voted"}]}"#;
    let draw = stage.order(lottery);
    let enter = r#"{"type":"lottery.enter"}"#;
    accepted(stage.does(5, &draw, enter));
    accepted(stage.act(6, "b", &poll, vote(&["2"])));
    stage.order(&cancel(&poll));
    assert_eq!(reason(stage.does(6, &draw, enter)), Reason::ConditionNotMet);
}

#[test]
fn a_room_of_earlier_rules_decides_as_it_did() {
    let mut stage = Stage::under(2);
    for open in [POLL, QNA] {
        let id = stage.order(open);
        assert_eq!(stage.refused(&cancel(&id)), Reason::Unsupported);
        assert_eq!(told(&stage, &id), (None, Phase::Open));
    }
}
