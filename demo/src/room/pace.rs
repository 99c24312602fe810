//! When a room's news goes out: at once when it was quiet, then a few times a second, less often when it is heavy.

use std::time::Duration;
use tokio::time::Instant;

/// Least time between two tallies of a room.
const TICK: Duration = Duration::from_millis(250);

/// Bytes a second that one room may send to all its viewers together.
const BYTES_A_SECOND: u64 = 40_000_000;

/// Most time between two tallies, however heavy they are.
const SLOWEST: Duration = Duration::from_secs(5);

/// The tick of one room.
#[derive(Debug, Default)]
pub(super) struct Pace {
    next: Option<Instant>,
}

impl Pace {
    /// When news may go out that has come now; in the past, or never set, means at once.
    pub(super) fn next(&self, now: Instant) -> Instant {
        self.next.unwrap_or(now)
    }

    /// News of so many bytes went out to so many viewers.
    pub(super) fn went(&mut self, now: Instant, bytes: usize, viewers: u32) {
        let all = (bytes as u64).saturating_mul(u64::from(viewers));
        let heavy = Duration::from_micros(all.saturating_mul(1_000_000) / BYTES_A_SECOND);
        self.next = Some(now + heavy.clamp(TICK, SLOWEST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_waits_a_tick_and_longer_when_it_is_heavy() {
        let start = Instant::now();
        let mut pace = Pace::default();
        assert_eq!(pace.next(start), start, "a quiet room tells at once");
        pace.went(start, 300, 1_000);
        assert_eq!(pace.next(start), start + TICK);
        pace.went(start, 2_000, 10_000);
        assert_eq!(pace.next(start), start + Duration::from_millis(500));
        pace.went(start, usize::MAX, u32::MAX);
        assert_eq!(pace.next(start), start + SLOWEST);
    }
}
