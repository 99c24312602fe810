//! Steps of several minutes: which of them speaks for all.

use crate::collector::{Counted, MINUTE};
use crate::facts::{Scope, Sums};
use crate::insights::timeline::{Minute, minutes, step};

/// The steps of two days in which these were connected and acted, by minutes.
fn steps(all: &[(u64, u32, u32)]) -> Vec<Minute> {
    let (mut sums, mut counted) = (Sums::default(), Counted::default());
    for (minute, viewers, active) in all {
        counted.viewers.insert(minute * MINUTE, *viewers);
        sums.active.insert(minute * MINUTE, *active);
    }
    let scope = Scope {
        to: 2_880 * MINUTE,
        ..Scope::default()
    };
    let step = step(&scope);
    assert_eq!(step, 10 * MINUTE);
    minutes(&sums, &counted, &scope, step)
}

#[test]
fn of_a_step_the_minute_with_most_viewers_says_how_many_took_part() {
    let told = steps(&[
        (0, 1, 1),
        (1, 1_000, 500),
        (2, 3, 3),
        (10, 5, 2),
        (11, 5, 4),
    ]);
    let part = |step: &Minute| step.participation.map(|rate| (rate.count, rate.of));
    assert_eq!(part(&told[0]), Some((500, 1_000)));
    assert_eq!((told[0].viewers, told[0].active), (Some(1_000), Some(500)));
    assert_eq!(
        part(&told[1]),
        Some((2, 5)),
        "the first of those with as many"
    );
    assert_eq!((part(&told[2]), told[2].active), (None, Some(0)));
}

#[test]
fn what_comes_once_a_show_is_over_is_of_no_step_of_it() {
    let told = steps(&[(2_879, 2, 1), (2_880, 9, 9)]);
    let last = told.last().expect("there is a last one");
    assert_eq!(
        (last.viewers, last.participation.map(|rate| rate.of)),
        (Some(2), Some(2))
    );
}
