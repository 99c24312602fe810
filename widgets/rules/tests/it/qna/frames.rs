//! What a connection is sent of a list: each question once, and again only when it changed.

use super::{ask, change, id, open, vote};
use crate::stage::{Stage, accepted};
use liveroom_protocol::message::{FromRoom, Seat};
use liveroom_protocol::news::Entry;
use liveroom_rules::session::{Session, Sheet};
use std::collections::HashSet;

/// The numbers of the questions in the frames that are due, frame by frame.
fn sent(session: &mut Session, sheet: &Sheet) -> Vec<Vec<u32>> {
    let frames = session.due(sheet);
    let questions = frames.iter().filter_map(|frame| {
        let FromRoom::News(news) = serde_json::from_str(frame).unwrap() else {
            return None;
        };
        let entries = news.news.into_iter().flat_map(|item| item.entries);
        let ids: Vec<u32> = entries
            .map(|entry| match entry {
                Entry::Qna(question) => question.id,
                other => panic!("a question: {other:?}"),
            })
            .collect();
        (!ids.is_empty()).then_some(ids)
    });
    questions.collect()
}

fn listed() -> Stage {
    let mut stage = open(r#","approval":false"#);
    for text in ["One?", "Two?", "Three?"] {
        accepted(stage.does(10, &id(), &ask(text)));
    }
    stage
}

#[test]
fn who_joins_is_sent_all_in_one_frame_and_then_only_what_changes() {
    let mut stage = listed();
    let mut session = Session::new(Seat::Viewer, None, HashSet::new());
    let first = Sheet::of(&stage.room, None);
    let mut all = sent(&mut session, &first).concat();
    all.sort_unstable();
    assert_eq!(all, [1, 2, 3]);
    // A vote changes numbers alone.
    accepted(stage.does(11, &id(), &vote(2)));
    let second = Sheet::of(&stage.room, Some(&first));
    assert!(sent(&mut session, &second).is_empty());
    stage.order(&change(3, r#"{"to":"answer","text":"Yes."}"#));
    accepted(stage.does(12, &id(), &ask("Four?")));
    let third = Sheet::of(&stage.room, Some(&second));
    let mut changed = sent(&mut session, &third).concat();
    changed.sort_unstable();
    assert_eq!(changed, [3, 4]);
    assert!(session.due(&third).is_empty());
}

#[test]
fn the_desk_is_sent_the_queue_and_viewers_are_not() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &ask("Waiting?")));
    let sheet = Sheet::of(&stage.room, None);
    let mut desk = Session::new(Seat::Desk, None, HashSet::new());
    let mut viewer = Session::new(Seat::Viewer, None, HashSet::from([id()]));
    assert_eq!(sent(&mut desk, &sheet), [[1]]);
    assert!(sent(&mut viewer, &sheet).is_empty());
}
