//! What the room's clock promises: right by the shortest round trip, never backwards, right after sleep.

use super::{Clock, Now};
use liveroom_protocol::time::Timestamp;

/// A device whose date is an hour wrong.
fn at(steady: u64) -> Now {
    Now {
        steady,
        date: 3_600_000 + steady,
    }
}

fn shown(clock: &mut Clock, now: Now) -> u64 {
    clock.now(now).expect("the room has said its time").0
}

#[test]
fn there_is_no_time_before_the_room_said_it() {
    assert_eq!(Clock::default().now(at(5)), None);
}

#[test]
fn the_shortest_round_trip_of_five_minutes_wins() {
    let mut clock = Clock::default();
    clock.answered(Timestamp(1_000_000), 0, at(400));
    assert_eq!(shown(&mut clock, at(400)), 1_000_200);
    clock.answered(Timestamp(1_000_500), 480, at(520));
    assert_eq!(shown(&mut clock, at(520)), 1_000_520);
    clock.answered(Timestamp(1_000_900), 600, at(1_500));
    assert_eq!(shown(&mut clock, at(1_500)), 1_001_500);
    clock.answered(Timestamp(1_400_000), 400_000, at(400_200));
    assert_eq!(
        shown(&mut clock, at(400_200)),
        1_400_100,
        "the good one is too old"
    );
}

#[test]
fn it_never_runs_backwards() {
    let mut clock = Clock::default();
    clock.answered(Timestamp(1_000_000), 0, at(1_000));
    assert_eq!(shown(&mut clock, at(1_000)), 1_000_500);
    clock.answered(Timestamp(1_000_010), 1_000, at(1_020));
    assert_eq!(shown(&mut clock, at(1_020)), 1_000_500);
    assert_eq!(shown(&mut clock, at(1_400)), 1_000_500);
    assert_eq!(shown(&mut clock, at(1_600)), 1_000_600);
}

#[test]
fn a_clock_that_was_set_is_followed_at_once() {
    let mut clock = Clock::default();
    clock.answered(Timestamp(1_000_000), 0, at(20));
    assert_eq!(shown(&mut clock, at(20)), 1_000_010);
    clock.told(Timestamp(9_000_000), at(30));
    assert_eq!(shown(&mut clock, at(30)), 9_000_000);
    clock.answered(Timestamp(500_000), 40, at(60));
    assert_eq!(shown(&mut clock, at(60)), 500_010);
}

#[test]
fn a_word_without_a_round_trip_does_not_spoil_a_good_one() {
    let mut clock = Clock::default();
    clock.answered(Timestamp(1_000_000), 0, at(20));
    clock.told(Timestamp(1_000_900), at(30));
    assert_eq!(shown(&mut clock, at(30)), 1_000_020);
}

#[test]
fn a_page_that_drives_the_room_sets_the_clock_with_each_word() {
    let mut clock = Clock::default();
    clock.told(Timestamp(1_000), at(10));
    clock.told(Timestamp(2_000), at(20));
    assert_eq!(shown(&mut clock, at(30)), 2_010);
}

#[test]
fn sleep_is_counted_though_the_steady_clock_stood_still() {
    let mut clock = Clock::default();
    clock.answered(Timestamp(1_000_000), 0, at(0));
    assert_eq!(shown(&mut clock, at(10)), 1_000_010);
    let woken = Now {
        steady: 20,
        date: 3_600_020 + 50_000,
    };
    // Whoever asks for the time first, as a desk does twice a second, takes nobody's notice away.
    assert_eq!(shown(&mut clock, woken), 1_050_020);
    assert!(clock.notice(woken));
    assert_eq!(shown(&mut clock, woken), 1_050_020);
    assert!(!clock.notice(woken));
}

#[test]
fn a_device_clock_set_back_changes_nothing() {
    let mut clock = Clock::default();
    clock.answered(Timestamp(1_000_000), 0, at(0));
    let set_back = Now {
        steady: 1_000,
        date: 5,
    };
    assert_eq!(shown(&mut clock, set_back), 1_001_000);
    assert_eq!(clock.offset(set_back), Some(1_000_995));
}
