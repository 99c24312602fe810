//! What one connection is sent: everything it may know, nothing twice, nothing more.

use crate::stage::{Stage, accepted};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{FromRoom, Seat};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::session::{Session, Sheet};
use liveroom_rules::view;
use std::collections::HashSet;

fn texts(session: &mut Session, sheet: &Sheet) -> Vec<String> {
    session
        .due(sheet)
        .iter()
        .map(|frame| frame.to_string())
        .collect()
}

#[test]
fn a_late_viewer_gets_the_present_state_and_then_only_what_changed() {
    let mut stage = Stage::new();
    let poll =
        stage.order(r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"]}"#);
    accepted(stage.vote(1, &poll, &["1"]));
    let first = Sheet::of(&stage.room, None);
    let mut session = Session::new(Seat::Viewer, None, HashSet::new());
    let news = texts(&mut session, &first);
    assert_eq!(news.len(), 3, "the room, the card, the tally: {news:?}");
    assert!(texts(&mut session, &first).is_empty());
    accepted(stage.vote(2, &poll, &["1"]));
    accepted(stage.vote(3, &poll, &["2"]));
    let second = Sheet::of(&stage.room, Some(&first));
    let news = texts(&mut session, &second);
    assert_eq!(news.len(), 1);
    assert!(
        news[0].contains(r#""votes":[2,1]"#) && !second.is_urgent(&first),
        "{news:?}"
    );
}

#[test]
fn a_vote_opens_the_results_to_whoever_cast_it_and_to_nobody_else() {
    let mut stage = Stage::new();
    let poll = stage.order(r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"],"results":"after_voting"}"#);
    let mut voter = Session::new(Seat::Viewer, None, HashSet::new());
    let mut watcher = Session::new(Seat::Viewer, None, HashSet::new());
    let sheet = Sheet::of(&stage.room, None);
    let (_, _) = (voter.due(&sheet), watcher.due(&sheet));
    accepted(stage.vote(1, &poll, &["1"]));
    let sheet = Sheet::of(&stage.room, Some(&sheet));
    voter.note(&poll, true);
    assert!(
        texts(&mut voter, &sheet)
            .iter()
            .any(|frame| frame.contains("votes\""))
    );
    assert!(
        texts(&mut watcher, &sheet)
            .iter()
            .all(|frame| !frame.contains("votes\""))
    );
}

#[test]
fn what_is_put_away_is_said_to_be_gone_once() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"]}"#);
    let first = Sheet::of(&stage.room, None);
    let mut session = Session::new(Seat::Overlay, None, HashSet::new());
    session.due(&first);
    stage.order(r#"{"type":"put_away","activity":"p"}"#);
    let second = Sheet::of(&stage.room, Some(&first));
    assert!(second.is_urgent(&first));
    let news = texts(&mut session, &second);
    assert!(
        news.len() == 1 && news[0].contains(r#""gone":true"#),
        "{news:?}"
    );
    assert!(texts(&mut session, &second).is_empty());
    for text in news {
        serde_json::from_str::<FromRoom>(&text).unwrap();
    }
}

#[test]
fn forms_that_are_alike_share_their_bytes_and_unchanged_parts_are_not_written_again() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"]}"#);
    let first = Sheet::of(&stage.room, None);
    stage.order(r#"{"type":"poll.open","activity":"q","question":"?","options":["a","b"]}"#);
    let second = Sheet::of(&stage.room, Some(&first));
    let card =
        |sheet: &Sheet, seat| Session::new(seat, None, HashSet::new()).due(sheet)[1].as_ptr();
    assert_eq!(card(&first, Seat::Viewer), card(&second, Seat::Viewer));
    assert_eq!(card(&first, Seat::Viewer), card(&first, Seat::Desk));
}

#[test]
fn a_new_run_hides_its_results_again_from_whoever_voted_in_the_old_one() {
    let mut stage = Stage::new();
    let poll = stage.order(
        r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"],"results":"after_voting"}"#,
    );
    accepted(stage.vote(1, &poll, &["1"]));
    let sheet = Sheet::of(&stage.room, None);
    let mut voter = Session::new(
        Seat::Viewer,
        None,
        Session::acted_in(&stage.room, Pseudonym(1)),
    );
    assert!(
        texts(&mut voter, &sheet)
            .iter()
            .any(|frame| frame.contains("votes\""))
    );
    stage.order(r#"{"type":"reset","activity":"p"}"#);
    accepted(stage.vote(2, &poll, &["2"]));
    let sheet = Sheet::of(&stage.room, Some(&sheet));
    assert!(
        texts(&mut voter, &sheet)
            .iter()
            .all(|frame| !frame.contains("votes\""))
    );
}

/// What a viewer's session makes of a sheet: each frame as text.
fn held(stage: &Stage, who: u128) -> Vec<String> {
    let acted = Session::acted_in(&stage.room, Pseudonym(who));
    let mut session = Session::new(Seat::Viewer, Some(Pseudonym(who)), acted);
    texts(&mut session, &Sheet::of(&stage.room, None))
}

#[test]
fn what_is_put_away_stays_with_who_has_a_prize_of_it_until_that_is_settled() {
    let mut stage = Stage::new();
    let draw = stage.order(
        r#"{"type":"lottery.open","activity":"l","title":"Mugs","prizes":[{"name":"Mug"}]}"#,
    );
    for who in 10..12 {
        accepted(stage.does(who, &draw, r#"{"type":"lottery.enter"}"#));
    }
    for order in ["close", "lottery.draw"] {
        stage.order(&format!(r#"{{"type":"{order}","activity":"l"}}"#));
    }
    let wins = |stage: &Stage, who| view::told(&stage.room, Pseudonym(who)).len();
    let sheet = Sheet::of(&stage.room, None);
    let mut sessions: Vec<Session> = (10..12)
        .map(|who| {
            Session::new(
                Seat::Viewer,
                Some(Pseudonym(who)),
                Session::acted_in(&stage.room, Pseudonym(who)),
            )
        })
        .collect();
    for session in &mut sessions {
        assert_eq!(texts(session, &sheet).len(), 3, "room, card and tally");
    }
    stage.order(r#"{"type":"put_away","activity":"l"}"#);
    let before = sheet;
    let sheet = Sheet::of(&stage.room, Some(&before));
    assert!(sheet.is_urgent(&before), "it waits for no tick");
    let gone: Vec<bool> = sessions
        .iter_mut()
        .map(|session| texts(session, &sheet).concat().contains(r#""gone":true"#))
        .collect();
    let winner = 10 + u128::from(gone[0]);
    assert_eq!(
        gone.iter().filter(|gone| **gone).count(),
        1,
        "the winner keeps it"
    );
    assert_eq!((wins(&stage, winner), wins(&stage, 21 - winner)), (1, 0));
    for seat in [Seat::Viewer, Seat::Overlay, Seat::Desk] {
        assert_eq!(sheet.activities(seat, None).len(), 0, "{seat:?}");
        let theirs = sheet.activities(seat, Some(Pseudonym(winner)));
        assert_eq!(theirs.len(), usize::from(seat == Seat::Viewer), "{seat:?}");
    }
    // Whoever comes back is told card and tally; a claimed prize is still to be handed over.
    assert_eq!(held(&stage, winner).len(), 3);
    assert_eq!(held(&stage, 21 - winner).len(), 1);
    accepted(stage.does(winner, &draw, r#"{"type":"lottery.claim","win":0}"#));
    assert!(
        held(&stage, winner)
            .concat()
            .contains(r#""standing":"claimed""#)
    );
    accepted(stage.order_as(
        Role::Shop,
        r#"{"type":"lottery.fulfil","activity":"l","win":0}"#,
    ));
    let place = usize::from(winner != 10);
    let sheet = Sheet::of(&stage.room, Some(&sheet));
    assert!(
        texts(&mut sessions[place], &sheet)
            .concat()
            .contains(r#""gone":true"#)
    );
    assert_eq!(held(&stage, winner).len(), 1);
}

#[test]
fn a_deal_that_is_put_away_stays_with_who_has_units_of_it_until_their_time_is_over() {
    let mut stage = Stage::new();
    let deal = stage.order(r#"{"type":"deal.open","activity":"d","title":"Tea","sku":"T","price":{"amount":"1.00","currency":"EUR"},"variants":[{"id":"red","name":"Red","stock":3}],"reserve_ms":60000}"#);
    accepted(stage.does(
        10,
        &deal,
        r#"{"type":"deal.claim","variant":"red","quantity":1}"#,
    ));
    stage.order(r#"{"type":"put_away","activity":"d"}"#);
    assert_eq!(held(&stage, 10).len(), 3);
    assert_eq!(held(&stage, 11).len(), 1);
    stage.now += 60_000;
    stage.tick();
    assert_eq!(held(&stage, 10).len(), 1);
}
