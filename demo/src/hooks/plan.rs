//! When what was not taken is sent again, and when no more.

use liveroom_protocol::time::{Span, Timestamp};

/// How long after its first failure a batch is tried no more, and the hook is said to be failing: a day.
pub const GIVE_UP: Span = Span(24 * 3_600_000);
/// The longest time between two tries: a quarter of an hour.
const LONGEST: u64 = 15 * 60_000;
/// The longest time that a receiver may ask for with `Retry-After`: an hour.
const ASKED: u64 = 3_600_000;

/// How long to wait after so many failures in a row, the first being 1: a second, doubled each time up to a quarter of an hour, and of
/// that between a half and all, as `chance` has it, so that receivers are not met by all servers at once. What the receiver asked for is
/// the least, up to an hour.
pub fn wait(tries: u32, asked: Option<Span>, chance: u32) -> Span {
    let whole = 1_000_u64
        .checked_shl(tries.saturating_sub(1).min(16))
        .map_or(LONGEST, |whole| whole.min(LONGEST));
    let half = whole / 2;
    let some = half * u64::from(chance) / u64::from(u32::MAX);
    let asked = asked.map_or(0, |asked| asked.0.min(ASKED));
    Span((half + some).max(asked))
}

/// Whether a batch that failed first at `since` is tried no more.
pub fn is_over(since: Timestamp, now: Timestamp) -> bool {
    now.since(since) >= GIVE_UP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let waits = |chance| [1, 2, 3, 10, 11, 99].map(|tries| wait(tries, None, chance).0);
        assert_eq!(waits(0), [500, 1_000, 2_000, 256_000, 450_000, 450_000]);
        assert_eq!(
            waits(u32::MAX),
            [1_000, 2_000, 4_000, 512_000, 900_000, 900_000]
        );
        let asked = |ms| wait(1, Some(Span(ms)), 0).0;
        assert_eq!(
            [asked(7), asked(30_000), asked(u64::MAX)],
            [500, 30_000, 3_600_000]
        );
    }

    #[test]
    fn a_day_of_failures_is_enough() {
        let since = Timestamp(1_000);
        assert!(!is_over(since, since.after(Span(GIVE_UP.0 - 1))));
        assert!(is_over(since, since.after(GIVE_UP)));
        assert!(!is_over(since, Timestamp(0)), "a clock that was set back");
    }
}
