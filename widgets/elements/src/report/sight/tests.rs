//! Sight by example: who looks at what, and what is reported of it.

use super::*;
use liveroom_protocol::Widget;
use liveroom_protocol::id::ActivityId;

fn about(name: &str, run: u32) -> About {
    About {
        widget: Widget::Poll,
        activity: ActivityId::parse(name).expect("it is an id"),
        run,
        endpoint: None,
    }
}

fn seen(about: &About) -> Sighting {
    Sighting::Seen(about.clone())
}

#[test]
fn a_second_without_a_break_is_seen_once() {
    let (mut sight, poll) = (Sight::default(), about("p", 0));
    sight.front(true, 0);
    sight.look(1, Some(&poll), 100);
    assert_eq!(sight.next(100), Some(1_000));
    assert_eq!(sight.due(1_099), []);
    assert_eq!(sight.due(1_100), [seen(&poll)]);
    assert_eq!(sight.due(9_000), []);
    assert_eq!(
        sight.next(9_000),
        Some(51_000),
        "only the heartbeat is left"
    );
}

#[test]
fn a_break_begins_the_second_anew() {
    let (mut sight, poll) = (Sight::default(), about("p", 0));
    sight.front(true, 0);
    sight.look(1, Some(&poll), 0);
    sight.look(1, None, 900);
    sight.look(1, Some(&poll), 950);
    assert_eq!(sight.due(1_800), []);
    sight.front(false, 1_900);
    sight.front(true, 1_901);
    assert_eq!(sight.due(2_900), []);
    assert_eq!(sight.due(2_901), [seen(&poll)]);
}

#[test]
fn nothing_is_seen_behind_another_tab() {
    let (mut sight, poll) = (Sight::default(), about("p", 0));
    sight.look(1, Some(&poll), 0);
    assert_eq!((sight.due(90_000), sight.next(90_000)), (vec![], None));
}

#[test]
fn two_elements_of_one_activity_are_one_sight() {
    let (mut sight, poll) = (Sight::default(), about("p", 0));
    sight.front(true, 0);
    sight.look(1, Some(&poll), 0);
    sight.look(2, Some(&poll), 400);
    sight.look(1, None, 600);
    assert_eq!(sight.due(1_000), [seen(&poll)]);
    sight.look(2, None, 2_000);
    let sums = sight.sums(5_000);
    assert_eq!(
        sums,
        [Sighting::Visible(poll, 2_000), Sighting::Watch(5_000)]
    );
}

#[test]
fn another_run_or_activity_is_another_sight() {
    let (mut sight, first, second) = (Sight::default(), about("p", 0), about("p", 1));
    sight.front(true, 0);
    sight.look(1, Some(&first), 0);
    sight.look(1, Some(&second), 1_500);
    assert_eq!(sight.due(2_500), [seen(&second)]);
    let sums = sight.sums(3_500);
    assert!(sums.contains(&Sighting::Visible(first, 1_500)));
    assert!(sums.contains(&Sighting::Visible(second, 2_000)));
}

#[test]
fn the_heartbeat_brings_all_sums_once_a_minute_in_front() {
    let (mut sight, poll) = (Sight::default(), about("p", 0));
    sight.front(true, 0);
    sight.front(false, 20_000);
    assert_eq!(sight.sums(20_000), [Sighting::Watch(20_000)]);
    sight.front(true, 500_000);
    sight.look(1, Some(&poll), 530_000);
    sight.again();
    assert_eq!(sight.due(559_999), [seen(&poll)]);
    let beat = [Sighting::Visible(poll, 30_000), Sighting::Watch(60_000)];
    assert_eq!(sight.due(560_000), beat);
    assert_eq!(sight.sums(560_500), [], "half a second waits for more");
    assert_eq!(sight.next(560_500), Some(59_500));
}

#[test]
fn consent_that_comes_late_finds_what_is_still_in_sight() {
    let (mut sight, poll) = (Sight::default(), about("p", 0));
    sight.front(true, 0);
    sight.look(1, Some(&poll), 0);
    assert_eq!(sight.due(1_000), [seen(&poll)]);
    sight.again();
    assert_eq!(sight.due(1_001), [seen(&poll)]);
}
