//! What one connection is sent: everything it may know, nothing twice, nothing more.

use crate::stage::{Stage, accepted};
use liveroom_protocol::message::{FromRoom, Seat};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::session::{Session, Sheet};
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
    let mut session = Session::new(Seat::Viewer, HashSet::new());
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
    let mut voter = Session::new(Seat::Viewer, HashSet::new());
    let mut watcher = Session::new(Seat::Viewer, HashSet::new());
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
    let mut session = Session::new(Seat::Overlay, HashSet::new());
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
    let card = |sheet: &Sheet, seat| Session::new(seat, HashSet::new()).due(sheet)[1].as_ptr();
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
    let mut voter = Session::new(Seat::Viewer, Session::acted_in(&stage.room, Pseudonym(1)));
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
