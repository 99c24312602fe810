//! What the store promises: the newest of each part, nothing older, nothing of another log, everything in its order.

use super::{Store, Took};
use crate::face::Face;
use crate::picture::Picture;
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::message::{News, RoomNews};
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Card, Mine, Tally, poll};

const OPEN: Phase = Phase::Open;

fn id(text: &str) -> ActivityId {
    ActivityId::parse(text).expect("it is an id")
}

fn item(activity: &str, run: u32, rev: u64) -> Item {
    Item {
        activity: id(activity),
        run,
        rev,
        card: None,
        tally: None,
        mine: None,
        entries: Vec::new(),
        flags: 0,
        ruled: None,
        gone: false,
    }
}

fn tally(activity: &str, run: u32, rev: u64, phase: Phase, voters: u32) -> Item {
    Item {
        tally: Some(Tally::Poll(poll::Tally {
            phase,
            voters,
            ..poll::Tally::default()
        })),
        ..item(activity, run, rev)
    }
}

fn card(activity: &str, run: u32, rev: u64, opened: Option<u64>) -> Item {
    Item {
        card: Some(Card::Poll(poll::Card {
            opened_at: opened.map(Timestamp),
            ..poll::Card::default()
        })),
        ..item(activity, run, rev)
    }
}

fn both(activity: &str, rev: u64, phase: Phase, opened: Option<u64>) -> Item {
    Item {
        card: card(activity, 0, rev, opened).card,
        ..tally(activity, 0, rev, phase, 0)
    }
}

fn picture(now: u64, delay: u64) -> Picture {
    Picture {
        now: Some(Timestamp(now)),
        stream: None,
        delay: Span(delay),
    }
}

fn voters(store: &Store, activity: &str) -> Option<u32> {
    let entry = store.entry(&id(activity))?;
    match entry.shown.as_ref()? {
        Face::Poll(poll) => Some(poll.tally.voters),
        Face::Lottery(_) | Face::Qna(_) | Face::Deal(_) => None,
    }
}

fn order(store: &Store) -> Vec<&str> {
    let shown = store.shown(None);
    shown.iter().map(|entry| entry.activity.as_str()).collect()
}

#[test]
fn a_tally_never_goes_backwards() {
    let mut store = Store::default();
    store.take_item(card("a", 1, 1, None));
    for (run, rev, count, taken, seen) in [
        (1, 5, 50, true, 50),
        (1, 4, 40, false, 50),
        (1, 5, 51, true, 51),
        (0, 9, 90, false, 51),
        (1, 6, 60, true, 60),
    ] {
        let took = store.take_item(tally("a", run, rev, OPEN, count));
        assert_eq!(took.parts, [false, taken, false], "run {run} rev {rev}");
        store.show(&picture(0, 0));
        assert_eq!(voters(&store, "a"), Some(seen));
    }
}

#[test]
fn a_new_run_takes_the_place_of_the_old_one_once_it_is_whole() {
    let mut store = Store::default();
    store.take_item(both("a", 9, OPEN, None));
    let mine = poll::Mine {
        choices: vec![liveroom_protocol::id::OptionId::parse("x").expect("it is an id")],
        ..poll::Mine::default()
    };
    store.take_item(Item {
        mine: Some(Mine::Poll(mine)),
        ..item("a", 0, 9)
    });
    store.show(&picture(0, 0));
    store.take_item(tally("a", 1, 10, OPEN, 0));
    store.show(&picture(0, 0));
    let Some(Face::Poll(shown)) = &store.shown(None)[0].shown else {
        panic!("the old run is shown");
    };
    assert_eq!(
        shown.mine.choices.len(),
        1,
        "the old run stays until the card has come"
    );
    store.take_item(card("a", 1, 10, None));
    store.show(&picture(0, 0));
    let Some(Face::Poll(shown)) = &store.shown(None)[0].shown else {
        panic!("the new run is shown");
    };
    assert!(shown.mine.choices.is_empty());
}

#[test]
fn another_log_makes_the_page_forget() {
    let mut store = Store::default();
    let news = |epoch: &str, items: Vec<Item>| News {
        epoch: Epoch::parse(epoch).ok(),
        at: None,
        news: items,
    };
    store.take(news(
        "one",
        vec![both("a", 70, OPEN, None), both("b", 70, OPEN, None)],
    ));
    let took = store.take(news("two", vec![both("a", 3, OPEN, None)]));
    assert_eq!(took[0].3.parts, [true, true, false]);
    store.show(&picture(0, 0));
    assert_eq!(order(&store), ["a"]);
    assert_eq!(store.rev(), Some(3));
}

#[test]
fn what_the_welcome_does_not_list_is_forgotten_and_unknown_gaps_take_any_rev() {
    let mut store = Store::default();
    store.take_item(both("a", 70, OPEN, None));
    store.take_item(both("b", 70, OPEN, None));
    assert_eq!(store.welcome(&[id("a")], true), [id("b")]);
    assert_eq!(store.take_item(tally("a", 0, 60, OPEN, 1)), Took::default());
    assert_eq!(store.welcome(&[id("a")], false), []);
    assert!(store.take_item(tally("a", 0, 60, OPEN, 1)).parts[1]);
}

#[test]
fn what_was_put_away_comes_back_only_with_something_newer() {
    let mut store = Store::default();
    store.take_item(both("a", 5, OPEN, None));
    let gone = |rev| Item {
        gone: true,
        ..item("a", 0, rev)
    };
    assert!(!store.take_item(gone(4)).gone);
    assert!(store.take_item(gone(6)).gone);
    store.take_item(both("a", 5, OPEN, None));
    store.show(&picture(0, 0));
    assert!(order(&store).is_empty());
    store.take_item(both("a", 7, OPEN, None));
    store.show(&picture(0, 0));
    assert_eq!(order(&store), ["a"]);
}

#[test]
fn a_widget_that_the_page_does_not_know_is_nothing() {
    let mut store = Store::default();
    let unknown = Item {
        card: Some(Card::Unknown),
        ..item("a", 0, 1)
    };
    assert_eq!(store.take_item(unknown), Took::default());
    assert!(store.entries().is_empty());
}

#[test]
fn the_one_opened_last_is_last_and_what_is_only_announced_is_first() {
    let mut store = Store::default();
    store.take_item(both("a", 1, OPEN, Some(100)));
    store.take_item(both("b", 2, OPEN, Some(200)));
    store.take_item(both("c", 3, Phase::Ready, None));
    store.show(&picture(300, 0));
    assert_eq!(order(&store), ["c", "a", "b"]);
    store.take_item(both("c", 4, OPEN, Some(300)));
    store.take_item(tally("b", 0, 5, Phase::Closed, 0));
    store.show(&picture(300, 0));
    assert_eq!(order(&store), ["a", "b", "c"]);
    // Where nobody says when something opened, it opened when it came.
    let mut page = Store::default();
    page.take_item(both("a", 0, OPEN, None));
    page.take_item(both("b", 0, OPEN, None));
    page.take_item(tally("a", 0, 0, Phase::Closed, 0));
    page.take_item(tally("a", 0, 0, OPEN, 0));
    page.show(&picture(0, 0));
    assert_eq!(order(&page), ["b", "a"]);
}

#[test]
fn it_is_shown_when_the_picture_is_there_and_then_followed_at_once() {
    let mut store = Store::default();
    store.take_item(both("a", 1, OPEN, Some(1_000)));
    assert_eq!(store.show(&picture(1_000, 5_000)), Some(5_000));
    assert_eq!(voters(&store, "a"), None);
    assert_eq!(store.show(&picture(6_000, 5_000)), None);
    assert_eq!(voters(&store, "a"), Some(0));
    store.take_item(tally("a", 0, 2, OPEN, 7));
    store.show(&picture(6_001, 5_000));
    assert_eq!(voters(&store, "a"), Some(7));
}

#[test]
fn what_was_announced_stays_until_its_opening_is_seen() {
    let mut store = Store::default();
    store.take_item(both("a", 1, Phase::Ready, None));
    store.show(&picture(500, 5_000));
    store.take_item(both("a", 2, OPEN, Some(1_000)));
    assert_eq!(store.show(&picture(1_000, 5_000)), Some(5_000));
    let phase = |store: &Store| store.shown(None)[0].shown.as_ref().map(Face::phase);
    assert_eq!(phase(&store), Some(Phase::Ready));
    store.show(&picture(6_000, 5_000));
    assert_eq!(phase(&store), Some(OPEN));
}

#[test]
fn room_time_is_not_held_back() {
    let mut store = Store::default();
    let mut item = both("a", 1, OPEN, Some(1_000));
    if let Some(Card::Poll(card)) = &mut item.card {
        card.time = Pace::Room;
    }
    store.take_item(item);
    assert_eq!(store.show(&picture(1_000, 5_000)), None);
    assert_eq!(order(&store), ["a"]);
}

#[test]
fn what_made_the_module_trap_is_not_taken_again_until_it_changes() {
    let mut store = Store::default();
    store.shun(id("a"), 5);
    assert_eq!(store.take_item(both("a", 5, OPEN, None)), Took::default());
    store.show(&picture(0, 0));
    assert!(store.entries()[0].why_not().contains("trap"));
    assert!(store.take_item(both("a", 6, OPEN, None)).parts[0]);
}

#[test]
fn what_made_the_module_trap_comes_back_as_the_widget_that_it_is() {
    let mut store = Store::default();
    store.shun(id("a"), 5);
    let mut item = both("a", 6, OPEN, None);
    item.card = Some(Card::Lottery(liveroom_protocol::lottery::Card::default()));
    item.tally = Some(Tally::Lottery(liveroom_protocol::lottery::Tally::default()));
    assert_eq!(store.take_item(item).parts[..2], [true; 2]);
}

#[test]
fn the_room_itself_never_goes_backwards() {
    let mut store = Store::default();
    let room = |rev| RoomNews {
        rev,
        ..RoomNews::default()
    };
    assert!(store.take_room(room(5)));
    assert!(!store.take_room(room(4)));
    assert!(store.take_room(room(5)));
}
