//! What every log promises, as one test: the SQLite log runs it natively, the practice room's log in a browser.
//!
//! It needs no runtime of its own, and panics with a sentence that says what was broken.

use super::{Append, Batch, Log};
use crate::private::PrivateValue;
use crate::pseudonym::Pseudonym;
use crate::record::{Act, Entry, Founding, Position, Record, What, Who};
use liveroom_protocol::id::{ActivityId, Epoch, RequestId, RoomId};
use liveroom_protocol::identity::Standing;
use liveroom_protocol::news::Action;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

/// Tries a log that holds none of the rooms `conformance-1` and `conformance-2`.
pub async fn conformance(log: &impl Log) {
    let room = name("conformance-1");
    let other = name("conformance-2");
    positions_begin_at_one_and_have_no_gap(log, &room).await;
    rooms_are_apart(log, &other).await;
    a_follower_waits_for_what_comes(log, &room).await;
    many_at_once_are_all_kept_in_one_order(log, &room).await;
    a_private_value_stays_as_it_was_first(log, &room).await;
    nothing_is_an_append_too(log, &room).await;
}

async fn positions_begin_at_one_and_have_no_gap(log: &impl Log, room: &RoomId) {
    append(log, room, vec![founding(room)]).await;
    append(log, room, vec![act(1), act(2), act(3)]).await;
    let records = all(log, room, 4).await;
    in_order(&records, 0);
    let given: Vec<&Entry> = records.iter().map(|record| &record.entry).collect();
    let sent = [founding(room), act(1), act(2), act(3)];
    assert!(
        given.iter().zip(&sent).all(|(given, sent)| *given == sent),
        "a log gives back what it was given, in the same order"
    );
    let later = log
        .follow(room, 2)
        .await
        .expect("a log can be followed from the middle");
    assert_eq!(
        later.records.first().map(|record| record.position),
        Some(3),
        "following after 2 begins at 3"
    );
}

async fn rooms_are_apart(log: &impl Log, other: &RoomId) {
    append(log, other, vec![founding(other), act(9)]).await;
    let records = all(log, other, 2).await;
    in_order(&records, 0);
    assert_eq!(records.len(), 2, "a room's log holds its own records only");
}

async fn a_follower_waits_for_what_comes(log: &impl Log, room: &RoomId) {
    let before = all(log, room, 4).await.len() as Position;
    let mut waiting = pin!(log.follow(room, before));
    let early = poll_fn(|context| Poll::Ready(waiting.as_mut().poll(context).is_ready())).await;
    assert!(
        !early,
        "a follower who has read all waits until there is more"
    );
    append(log, room, vec![act(4)]).await;
    let batch = waiting.await.expect("a follower is given what comes");
    in_order(&batch.records, before);
    assert_eq!(
        batch.records.first().map(|record| &record.entry),
        Some(&act(4)),
        "a follower is given the record that was appended"
    );
}

async fn many_at_once_are_all_kept_in_one_order(log: &impl Log, room: &RoomId) {
    const WRITERS: u32 = 20;
    let before = all(log, room, 5).await.len();
    let appends = (0..WRITERS).map(|writer| {
        let pair = vec![act(100 + 2 * writer), act(101 + 2 * writer)];
        Box::pin(append(log, room, pair)) as Pin<Box<dyn Future<Output = ()> + '_>>
    });
    together(appends.collect()).await;
    let first = all(log, room, before + 2 * WRITERS as usize).await;
    let second = all(log, room, before + 2 * WRITERS as usize).await;
    in_order(&first, 0);
    assert_eq!(
        first, second,
        "all followers are given the same records in the same order"
    );
    for writer in 0..WRITERS {
        let place = |entry: Entry| first.iter().position(|record| record.entry == entry);
        let (one, two) = (place(act(100 + 2 * writer)), place(act(101 + 2 * writer)));
        assert!(
            one.is_some() && two == one.map(|place| place + 1),
            "an append stays together: writer {writer} has {one:?} and {two:?}"
        );
    }
}

async fn a_private_value_stays_as_it_was_first(log: &impl Log, room: &RoomId) {
    let value = |text: &str| PrivateValue {
        key: "conformance/value".to_owned(),
        owner: Some(Pseudonym(7)),
        value: text.to_owned(),
    };
    for (number, text) in [(200, "first"), (201, "second")] {
        let append = Append {
            entry: act(number),
            private: vec![value(text)],
        };
        log.append(room, vec![append])
            .await
            .expect("a private value may come twice, and the record with it is kept");
    }
    let records = all(log, room, 47).await;
    in_order(&records, 0);
    assert!(
        [act(200), act(201)]
            .iter()
            .all(|entry| records.iter().any(|record| record.entry == *entry)),
        "a record whose private value was there already is kept like any other"
    );
}

async fn nothing_is_an_append_too(log: &impl Log, room: &RoomId) {
    let before = all(log, room, 47).await.len();
    append(log, room, Vec::new()).await;
    append(log, room, vec![act(300)]).await;
    let records = all(log, room, before + 1).await;
    assert_eq!(
        records.len(),
        before + 1,
        "an append of nothing writes nothing"
    );
}

/// Reads from the beginning until there are at least so many records.
async fn all(log: &impl Log, room: &RoomId, at_least: usize) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    while records.len() < at_least {
        let after = records.last().map_or(0, |record| record.position);
        let Batch {
            records: more,
            damaged,
        } = log
            .follow(room, after)
            .await
            .expect("a log can be followed");
        assert_eq!(damaged, None, "a sound log is not called damaged");
        assert!(
            !more.is_empty(),
            "a follower waits rather than being given nothing"
        );
        records.extend(more);
    }
    records
}

fn in_order(records: &[Record], after: Position) {
    let mut position = after;
    for record in records {
        position += 1;
        assert_eq!(
            record.position, position,
            "positions begin at 1 and have no gap"
        );
    }
    assert!(
        records.is_sorted_by_key(|record| record.at),
        "times never go back"
    );
}

async fn append(log: &impl Log, room: &RoomId, entries: Vec<Entry>) {
    let bare = |entry| Append {
        entry,
        private: Vec::new(),
    };
    log.append(room, entries.into_iter().map(bare).collect())
        .await
        .expect("a sound log takes an append");
}

/// Drives all futures at once until all are done.
async fn together(mut futures: Vec<Pin<Box<dyn Future<Output = ()> + '_>>>) {
    poll_fn(move |context| {
        futures.retain_mut(|future| future.as_mut().poll(context).is_pending());
        if futures.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

fn founding(room: &RoomId) -> Entry {
    Entry {
        who: Who::Room,
        id: request(0),
        what: What::Found(Founding {
            rules: crate::RULES,
            epoch: Epoch::parse("conformance").expect("a word is an id"),
            room: room.clone(),
        }),
    }
}

fn act(number: u32) -> Entry {
    Entry {
        who: Who::Viewer(Pseudonym(u128::from(number))),
        id: request(number),
        what: What::Act(Act {
            activity: ActivityId::parse("poll").expect("a word is an id"),
            run: None,
            standing: Standing::default(),
            action: Action::PollWithdraw,
            hidden: None,
        }),
    }
}

fn request(number: u32) -> RequestId {
    RequestId::parse(number.to_string()).expect("a number is an id")
}

fn name(room: &str) -> RoomId {
    RoomId::parse(room).expect("a word is an id")
}
