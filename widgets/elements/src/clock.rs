//! The room's clock as this page knows it: told of answers and of its own clocks, asked for the time.
//!
//! `steady` is a clock that never jumps but may stand still while a machine sleeps (`performance.now()`);
//! `date` may be wrong and may jump, but goes on in sleep (`Date.now()`). Both in milliseconds.
//! The room's time is reckoned from `steady`; sleep is seen by `date` running ahead of it.

use liveroom_protocol::time::Timestamp;
use std::collections::VecDeque;

/// How long an answer counts.
const KEEP_MS: u64 = 300_000;
/// Answers kept.
const KEPT: usize = 16;
/// A difference that is followed at once; a smaller one is waited out, so that the clock never runs backwards.
const JUMP_MS: u64 = 2_000;
/// How far `date` must run ahead of `steady` to be taken for sleep.
pub const SLEPT_MS: u64 = 500;

/// The page's own two clocks at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Milliseconds since any start, never less than before.
    pub steady: u64,
    /// Milliseconds since 1970 as the device has it.
    pub date: u64,
}

#[derive(Clone, Copy, Debug)]
struct Sample {
    /// When it was taken.
    taken: u64,
    /// The length of the round trip.
    trip: u64,
    /// Room time minus steady time.
    offset: i64,
}

/// The room's clock.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    samples: VecDeque<Sample>,
    last: Option<(u64, u64)>,
    shown: u64,
    /// How much the machine slept since the first sample.
    slept: u64,
    /// It slept, and nobody was told yet.
    woke: bool,
}

impl Clock {
    /// Takes an answer: the room said `at`, asked at `sent`, heard at `heard`. The smallest round trip of five minutes wins.
    pub fn answered(&mut self, at: Timestamp, sent: u64, heard: Now) {
        self.look(heard);
        let trip = heard.steady.saturating_sub(sent);
        let sample = Sample {
            taken: self.steady(heard),
            trip,
            offset: signed(at.0.saturating_add(trip / 2)) - signed(self.steady(heard)),
        };
        // No answer can be wrong by more than its round trip: the room's clock was set.
        let set = self.best().is_some_and(|best| {
            best.offset.abs_diff(sample.offset) > JUMP_MS.max(trip + best.trip)
        });
        if set {
            self.samples.clear();
        }
        let old = sample.taken.saturating_sub(KEEP_MS);
        self.samples.retain(|kept| kept.taken >= old);
        if self.samples.len() == KEPT {
            self.samples.pop_front();
        }
        self.samples.push_back(sample);
    }

    /// Takes the room's word that it is `at` now, where nobody can say how long that took:
    /// a page drives the room, or the room's clock was set.
    pub fn told(&mut self, at: Timestamp, heard: Now) {
        let far = self
            .best()
            .is_none_or(|best| self.reckon(best, heard).abs_diff(at.0) > JUMP_MS);
        if far || self.samples.iter().all(|sample| sample.trip == 0) {
            self.samples.clear();
            self.answered(at, heard.steady, heard);
        }
    }

    /// Whether the machine slept since this was last asked, whoever looked at the clock meanwhile.
    pub fn notice(&mut self, now: Now) -> bool {
        self.look(now);
        std::mem::take(&mut self.woke)
    }

    /// Counts sleep: how far `date` has run ahead of `steady` since the last look.
    fn look(&mut self, now: Now) {
        let before = self.last.replace((now.steady, now.date));
        let Some((steady, date)) = before else { return };
        let ahead = now
            .date
            .saturating_sub(date)
            .saturating_sub(now.steady.saturating_sub(steady));
        if ahead > SLEPT_MS {
            self.slept += ahead;
            self.woke = true;
        }
    }

    /// The room's time; nothing before the room said it. Never less than it was, unless the room's clock was set back.
    pub fn now(&mut self, now: Now) -> Option<Timestamp> {
        self.look(now);
        let reckoned = self.reckon(self.best()?, now);
        if reckoned >= self.shown || self.shown - reckoned > JUMP_MS {
            self.shown = reckoned;
        }
        Some(Timestamp(self.shown))
    }

    /// The room's clock minus the device's, for `status`.
    pub fn offset(&mut self, now: Now) -> Option<i64> {
        self.now(now).map(|room| signed(room.0) - signed(now.date))
    }

    fn best(&self) -> Option<&Sample> {
        self.samples.iter().rev().min_by_key(|sample| sample.trip)
    }

    fn reckon(&self, best: &Sample, now: Now) -> u64 {
        u64::try_from(signed(self.steady(now)) + best.offset).unwrap_or(0)
    }

    fn steady(&self, now: Now) -> u64 {
        now.steady.saturating_add(self.slept)
    }
}

fn signed(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
