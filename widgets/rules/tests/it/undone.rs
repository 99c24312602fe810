//! What is undone: an activity that was taken back, a screen that was cleared, words that were corrected.

use crate::stage::{KEY, Stage, accepted, reason};
use liveroom_protocol::deal::{Mine as Claims, Standing};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Seat;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Card, Mine, Reason};
use liveroom_rules::activity::Body;
use liveroom_rules::private;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Room;
use liveroom_rules::session::{Session, Sheet};
use liveroom_rules::view::{self, Audience};
use std::collections::HashSet;

const POLL: &str = r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"],"results":"after_voting","closes_in_ms":60000}"#;
const LOTTERY: &str =
    r#"{"type":"lottery.open","activity":"l","title":"Friday","prizes":[{"name":"Teapot"}]}"#;
const DEAL: &str = r#"{"type":"deal.open","activity":"d","title":"Teapot","sku":"T","price":{"amount":"9.90","currency":"EUR"},"variants":[{"stock":5}]}"#;
const ENTER: &str = r#"{"type":"lottery.enter"}"#;
const CLAIM: &str = r#"{"type":"deal.claim","variant":"1","quantity":1}"#;
const BACK_D: &str = r#"{"type":"take_back","activity":"d"}"#;
const BACK_L: &str = r#"{"type":"take_back","activity":"l"}"#;
const BACK_P: &str = r#"{"type":"take_back","activity":"p"}"#;

fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.room.private.keep(private::ticket_key(&KEY));
    stage
}

/// Sees that a log gives the same room again.
fn folds_again(stage: &Stage) {
    let mut again = Room::new(stage.room.id().clone());
    for record in &stage.log {
        again.fold(record).expect("a log in order");
    }
    for audience in Audience::ALL {
        assert_eq!(
            format!("{:?}", view::view(&again, audience).len()),
            format!("{:?}", view::view(&stage.room, audience).len())
        );
    }
    assert_eq!(again.next_due(), stage.room.next_due());
}

#[test]
fn a_poll_is_taken_back_as_if_it_had_not_been_and_can_be_opened_again() {
    let mut stage = stage();
    let poll = stage.order(POLL);
    accepted(stage.vote(2, &poll, &["1"]));
    stage.now += 5_000;
    stage.order(BACK_P);
    assert!(stage.look(&poll, Audience::Public).is_none());
    let tally = stage.tally(&poll, Audience::Desk);
    assert_eq!((tally.phase, tally.voters), (Phase::Ready, 0));
    assert_eq!(tally.votes, Some(vec![0, 0]));
    assert_eq!(stage.room.next_due(), None);
    assert_eq!(reason(stage.vote(3, &poll, &["1"])), Reason::NotOpen);
    assert_eq!(stage.refused(BACK_P), Reason::NotOpen);
    stage.order(r#"{"type":"open","activity":"p"}"#);
    assert_eq!(stage.room.activity(&poll).unwrap().run, 2);
    assert!(stage.choices(2, &poll).is_empty());
    accepted(stage.vote(2, &poll, &["2"]));
    let lines = stage.room.audit().iter();
    let kinds: Vec<_> = lines
        .filter(|line| line.refused.is_none())
        .map(|line| line.what)
        .collect();
    assert_eq!(kinds, ["poll.open", "take_back", "open"]);
    folds_again(&stage);
}

#[test]
fn after_five_seconds_by_the_logs_clock_it_is_too_late() {
    let mut stage = stage();
    let poll = stage.order(POLL);
    accepted(stage.vote(2, &poll, &["1"]));
    stage.now += 5_001;
    assert_eq!(stage.refused(BACK_P), Reason::TooLate);
    assert_eq!(stage.tally(&poll, Audience::Public).voters, 1);
    // Opening it again is no other opening.
    stage.order(r#"{"type":"close","activity":"p"}"#);
    stage.order(r#"{"type":"reopen","activity":"p"}"#);
    assert_eq!(stage.refused(BACK_P), Reason::TooLate);
    for role in [Role::Moderator, Role::Analyst, Role::Shop] {
        assert_eq!(reason(stage.order_as(role, BACK_P)), Reason::NotAllowed);
    }
}

#[test]
fn whoever_voted_before_it_was_taken_back_is_told_no_more_than_others_when_it_opens_again() {
    let mut stage = stage();
    let poll = stage.order(POLL);
    let mut voter = Session::new(Seat::Viewer, Some(Pseudonym(2)), HashSet::new());
    voter.due(&Sheet::of(&stage.room, None));
    accepted(stage.vote(2, &poll, &["1"]));
    voter.note(&poll, true);
    stage.order(BACK_P);
    let gone = voter.due(&Sheet::of(&stage.room, None));
    assert!(gone.iter().any(|frame| frame.contains(r#""gone":true"#)));
    stage.order(r#"{"type":"open","activity":"p"}"#);
    let frames = voter.due(&Sheet::of(&stage.room, None));
    assert_eq!(frames.len(), 2, "the card and the tally");
    assert!(frames.iter().all(|frame| !frame.contains(r#""votes":"#)));
}

#[test]
fn what_is_reserved_of_a_deal_goes_back_when_it_is_taken_back() {
    let mut stage = stage();
    let deal = stage.order(DEAL);
    accepted(stage.does(2, &deal, CLAIM));
    stage.order(BACK_D);
    assert!(stage.look(&deal, Audience::Public).is_none());
    let Body::Deal(body) = &stage.room.activity(&deal).unwrap().body else {
        panic!("a deal")
    };
    assert_eq!((body.stock()[0].left, body.claims().count()), (5, 0));
    assert_eq!(stage.room.next_due(), None);
    folds_again(&stage);
}

#[test]
fn what_is_being_ordered_of_a_deal_that_is_taken_back_stays_with_the_shop() {
    let mut stage = stage();
    let deal = stage.order(DEAL);
    accepted(stage.does(2, &deal, CLAIM));
    let name = format!("c{}", accepted(stage.does(3, &deal, CLAIM)));
    accepted(stage.does(
        3,
        &deal,
        &format!(r#"{{"type":"deal.order","claim":"{name}","order":{{"step":"begun"}}}}"#),
    ));
    stage.order(BACK_D);
    assert!(stage.look(&deal, Audience::Public).is_none());
    assert!(stage.look(&deal, Audience::Desk).is_none());
    let told = view::told(&stage.room, Pseudonym(3));
    assert_eq!(told.len(), 1, "whoever is ordering still has their claim");
    assert!(view::told(&stage.room, Pseudonym(2)).is_empty());
    let settle = format!(
        r#"{{"type":"deal.settle","activity":"d","claim":"{name}","settle":{{"outcome":"returned"}}}}"#
    );
    accepted(stage.order_as(Role::Shop, &settle));
    let Some(Mine::Deal(Claims { claims })) =
        view::mine(&stage.room, Pseudonym(3), &deal).and_then(|item| item.mine)
    else {
        panic!("a claim")
    };
    assert_eq!(claims[0].standing, Standing::Returned);
    folds_again(&stage);
}

#[test]
fn a_lottery_that_somebody_entered_leaves_what_everybody_needs_to_see_why() {
    let mut stage = stage();
    let lottery = stage.order(LOTTERY);
    accepted(stage.does(2, &lottery, ENTER));
    stage.order(BACK_L);
    assert!(stage.look(&lottery, Audience::Public).is_none());
    let Body::Lottery(body) = &stage.room.activity(&lottery).unwrap().body else {
        panic!("a lottery")
    };
    assert_eq!((body.entrants(), body.past().len()), (0, 1));
    let past = serde_json::to_value(&body.past()[0]).unwrap();
    assert_eq!(past["cancelled"], "taken back within 5 seconds");
    assert!(past["drawn"]["seed"].is_string(), "{past}");
    assert_eq!(past["closed"]["roll"].as_array().unwrap().len(), 1);
    // The next run has another seed, and the same viewer may enter it.
    stage.order(r#"{"type":"open","activity":"l"}"#);
    accepted(stage.does(2, &lottery, ENTER));
    folds_again(&stage);
}

#[test]
fn a_draw_stays_as_it_fell() {
    let mut stage = stage();
    let lottery = stage.order(LOTTERY);
    accepted(stage.does(2, &lottery, ENTER));
    stage.order(r#"{"type":"close","activity":"l"}"#);
    stage.order(r#"{"type":"lottery.draw","activity":"l"}"#);
    assert_eq!(stage.refused(BACK_L), Reason::TooLate);
    let Some(Card::Lottery(card)) = stage.look(&lottery, Audience::Public).map(|view| view.card)
    else {
        panic!("it is shown")
    };
    assert_eq!(card.winners.len(), 1);
}

#[test]
fn a_cleared_screen_tells_viewers_and_overlays_nothing_until_it_is_restored() {
    let mut stage = stage();
    let poll = stage.order(POLL);
    let sheet = Sheet::of(&stage.room, None);
    let mut early = Session::new(Seat::Viewer, None, HashSet::new());
    early.due(&sheet);
    stage.order(r#"{"type":"screen.clear"}"#);
    let cleared = Sheet::of(&stage.room, Some(&sheet));
    assert!(cleared.is_urgent(&sheet));
    for seat in [Seat::Viewer, Seat::Overlay] {
        let mut late = Session::new(seat, None, HashSet::new());
        let frames = late.due(&cleared);
        assert_eq!(frames.len(), 1, "{seat:?}: {frames:?}");
        assert!(frames[0].contains(r#""cleared":true"#));
    }
    assert_eq!(early.due(&cleared).len(), 1);
    let mut desk = Session::new(Seat::Desk, None, HashSet::new());
    assert!(desk.due(&cleared).len() > 2, "the desk sees what is open");
    // What is open goes on, and so does its deadline.
    accepted(stage.vote(2, &poll, &["1"]));
    assert!(stage.room.next_due().is_some());
    let voted = Sheet::of(&stage.room, Some(&cleared));
    assert!(early.due(&voted).is_empty());
    assert_eq!(stage.refused(r#"{"type":"screen.clear"}"#), Reason::Closed);
    stage.order(r#"{"type":"screen.restore"}"#);
    let restored = Sheet::of(&stage.room, Some(&voted));
    assert_eq!(early.due(&restored).len(), 2, "the room and the tally");
    assert_eq!(
        stage.refused(r#"{"type":"screen.restore"}"#),
        Reason::StillOpen
    );
}

#[test]
fn a_room_that_is_sealed_while_its_screen_is_cleared_is_seen_again() {
    let mut stage = stage();
    stage.order(POLL);
    stage.order(r#"{"type":"screen.clear"}"#);
    accepted(stage.order_as(Role::Owner, r#"{"type":"room.seal"}"#));
    assert!(!view::room_news(&stage.room, None).cleared);
}

#[test]
fn words_are_corrected_silently_before_the_first_act_and_visibly_after() {
    let mut stage = stage();
    let poll = stage.order(POLL);
    stage.order(r#"{"type":"correct","activity":"p","title":"Which?"}"#);
    let card = stage.card(&poll, Audience::Public);
    assert_eq!((card.question.as_str(), card.corrected), ("Which?", false));
    accepted(stage.vote(2, &poll, &["1"]));
    stage.order(r#"{"type":"correct","activity":"p","options":[{"id":"2","text":"Tea"}]}"#);
    let card = stage.card(&poll, Audience::Public);
    assert_eq!(
        (card.options[1].text.as_str(), card.corrected),
        ("Tea", true)
    );
    assert_eq!(stage.choices(2, &poll), ["1"], "its votes stay");
    // A vote that was withdrawn had been cast.
    stage.order(r#"{"type":"reset","activity":"p"}"#);
    assert!(!stage.card(&poll, Audience::Public).corrected);
    folds_again(&stage);
}

#[test]
fn what_was_fixed_is_not_corrected() {
    let mut stage = stage();
    stage.order(LOTTERY);
    stage.order(DEAL);
    stage.order(POLL);
    for (json, why) in [
        (r#"{"activity":"l","title":"x"}"#, Reason::Unsupported),
        (r#"{"activity":"p"}"#, Reason::Malformed),
        (
            r#"{"activity":"d","options":[{"id":"1","text":"x"}]}"#,
            Reason::Malformed,
        ),
        (
            r#"{"activity":"p","options":[{"id":"9","text":"x"}]}"#,
            Reason::UnknownOption,
        ),
        (r#"{"activity":"none","title":"x"}"#, Reason::NotFound),
    ] {
        let json = json.replacen('{', r#"{"type":"correct","#, 1);
        assert_eq!(stage.refused(&json), why, "{json}");
    }
    let long = "x".repeat(121);
    let json = format!(r#"{{"type":"correct","activity":"d","title":"{long}"}}"#);
    assert_eq!(stage.refused(&json), Reason::Malformed);
}
