//! The time until a deadline, said in words and digits. It reads no clock: `now` is given.

use crate::parts::tag::{class, el, tag, text};
use crate::scene::Scene;
use liveroom_protocol::time::{Span, Timestamp};
use yew::prelude::*;

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;
const HOUR: u64 = 60 * MINUTE;
/// From here on the seconds are shown.
const DIGITS: u64 = 2 * MINUTE;
/// From here on the clock is drawn as nearly over.
const LAST: u64 = 10 * SECOND;

/// Returns how long the text of a countdown stays as it is; None once the deadline is past.
///
/// A page draws again after so long, and not before: every second in the last two minutes, every minute in the last hour.
pub fn wakes_in(deadline: Timestamp, now: Timestamp) -> Option<Span> {
    let left = deadline.since(now).0;
    let until = match left {
        0 => return None,
        1..DIGITS => (left - 1) % SECOND + 1,
        DIGITS..HOUR => left % MINUTE + 1,
        _ => left - HOUR + 1,
    };
    Some(Span(until))
}

/// Returns whether the last ten seconds began between two moments.
pub(crate) fn last_began(deadline: Timestamp, before: Timestamp, now: Timestamp) -> bool {
    let left = deadline.since(now).0;
    deadline.since(before).0 > LAST && left > 0 && left <= LAST
}

/// Seconds of a length of time, a started one counted, so that zero is shown only when it is over.
fn seconds(left: u64) -> u32 {
    u32::try_from(left.div_ceil(SECOND)).unwrap_or(u32::MAX)
}

/// Returns a length of time as digits, for a clock that stands still.
pub(crate) fn digits(scene: &Scene, left: Span) -> String {
    scene.format.digits(seconds(left.0))
}

/// Draws when something ends; `brief` leaves the time of day out where the rest says enough.
pub(crate) fn countdown(scene: &Scene, deadline: Timestamp, brief: bool) -> Html {
    until(scene, deadline, brief, ["time.ends", "time.ending"])
}

/// Draws when something opens by itself.
pub(crate) fn opening(scene: &Scene, opens: Timestamp, brief: bool) -> Html {
    until(scene, opens, brief, ["time.opens", "time.opening"])
}

/// Draws the time until a moment, with the keys of what is said of the moment, and of its having come.
pub(crate) fn until(scene: &Scene, deadline: Timestamp, brief: bool, [at, now]: [&str; 2]) -> Html {
    let words = &scene.words;
    let left = scene.now.map(|now| deadline.since(now).0);
    let soon = match left {
        Some(0) => Some(words.say(now).to_owned()),
        Some(left @ ..DIGITS) => Some(scene.format.digits(seconds(left))),
        Some(left @ ..HOUR) => {
            let minutes = u32::try_from(left / MINUTE).unwrap_or(u32::MAX);
            Some(words.count(&*scene.format, "time.minutes", minutes))
        }
        Some(_) | None => None,
    };
    let ends =
        (!brief || soon.is_none()).then(|| words.fill(at, "{at}", &scene.format.clock(deadline)));
    let last = left.is_some_and(|left| left <= LAST);
    let ends = ends.map(|ends| el("span", "clock__ends", vec![text(ends)]));
    let soon = soon.map(|soon| el("span", "clock__left", vec![text(soon)]));
    tag(
        "span",
        &["class", "role"],
        vec![
            Some(class("clock", &[("clock--last", last)])),
            Some("timer".into()),
        ],
        ends.into_iter().chain(soon).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wakes(left: u64) -> Option<u64> {
        wakes_in(Timestamp(left), Timestamp(0)).map(|span| span.0)
    }

    #[test]
    fn a_page_draws_again_when_the_text_changes_and_not_before() {
        assert_eq!(wakes(0), None);
        assert_eq!(wakes(1), Some(1));
        assert_eq!(wakes(1_000), Some(1_000));
        assert_eq!(wakes(1_001), Some(1));
        assert_eq!(wakes(119_500), Some(500));
        assert_eq!(wakes(120_000), Some(1));
        assert_eq!(wakes(179_999), Some(60_000));
        assert_eq!(wakes(3_600_000), Some(1));
        assert_eq!(wakes(5_000_000), Some(1_400_001));
    }

    #[test]
    fn seconds_are_rounded_up_so_that_zero_is_the_end() {
        assert_eq!(seconds(1), 1);
        assert_eq!(seconds(24_000), 24);
        assert_eq!(seconds(24_001), 25);
    }

    #[test]
    fn the_last_ten_seconds_begin_once() {
        let began = |before, now| last_began(Timestamp(60_000), Timestamp(before), Timestamp(now));
        assert!(began(49_000, 50_000));
        assert!(began(0, 59_999));
        assert!(!began(50_000, 51_000));
        assert!(!began(49_000, 60_000));
        assert!(!began(40_000, 49_999));
    }
}
