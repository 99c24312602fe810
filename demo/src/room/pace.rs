//! When a room's news goes out: at once when it was quiet, then a few times a second, less often when it is heavy:
//! for the server, which sends it to everybody, or for each viewer, who may pay for what comes.
//!
//! A phase that changes waits for none of this.

use std::time::Duration;
use tokio::time::Instant;

/// Least time between two tallies of a room.
const TICK: Duration = Duration::from_millis(250);

/// Bytes a second that one room may send to all its viewers together.
const BYTES_A_SECOND: u64 = 40_000_000;

/// Bytes a second that each viewer is sent over time: 3.6 MB an hour.
const VIEWER_BYTES_A_SECOND: u64 = 1_000;

/// Bytes that may go to each viewer beyond that, after a quiet time.
const VIEWER_BURST: u64 = 10_000;

/// Most time between two tallies, however heavy they are for the server.
const SLOWEST: Duration = Duration::from_secs(5);

/// Most time between two tallies for the viewers' sake: numbers that stand longer look dead.
const THRIFTIEST: Duration = Duration::from_secs(2);

/// The tick of one room.
#[derive(Debug, Default)]
pub(super) struct Pace {
    next: Option<Instant>,
    /// How far each viewer is ahead of the bytes of that time, as time, when it was `counted`.
    ahead: Duration,
    counted: Option<Instant>,
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
        let thrift = self.thrift(now, bytes as u64);
        self.next = Some(now + heavy.clamp(TICK, SLOWEST).max(thrift));
    }

    /// How long each viewer's account wants to rest after so many bytes more.
    fn thrift(&mut self, now: Instant, bytes: u64) -> Duration {
        let worth = |bytes: u64| {
            Duration::from_micros(bytes.saturating_mul(1_000_000) / VIEWER_BYTES_A_SECOND)
        };
        let passed = self.counted.map_or(Duration::ZERO, |counted| now - counted);
        self.counted = Some(now);
        let burst = worth(VIEWER_BURST);
        // What is further ahead than the longest rest makes up for is forgiven.
        self.ahead = (self.ahead.saturating_sub(passed) + worth(bytes)).min(burst + THRIFTIEST);
        self.ahead.saturating_sub(burst)
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

    #[test]
    fn an_hour_of_heavy_news_is_what_a_viewer_may_be_sent() {
        let start = Instant::now();
        let mut pace = Pace::default();
        let (mut now, mut sent) = (start, 0);
        while now < start + Duration::from_secs(3_600) {
            now = pace.next(now);
            pace.went(now, 900, 10);
            sent += 900;
        }
        assert!((3_500_000..3_700_000).contains(&sent), "{sent}");
        // A light poll alone is never made to wait.
        let mut pace = Pace::default();
        let mut now = start;
        for _ in 0..10_000 {
            pace.went(now, 240, 10);
            assert_eq!(pace.next(now), now + TICK);
            now += TICK;
        }
    }
}
