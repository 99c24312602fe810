//! How quickly someone may ask: a bucket that fills with time.
//!
//! See the generic cell rate algorithm, <https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm>: one number a bucket.

use liveroom_protocol::time::Timestamp;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// How much may be asked.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// So many at once.
    pub burst: u64,
    /// Then one every so many milliseconds.
    pub each_ms: u64,
}

/// One asker's bucket: the instant at which it is full again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bucket(u64);

impl Bucket {
    /// Takes one, or says in how many milliseconds there will be one.
    pub fn take(&mut self, rate: Rate, now: Timestamp) -> Result<(), u64> {
        let empty = now.0.saturating_add(rate.burst * rate.each_ms);
        // A clock that was set back leaves the bucket empty at worst.
        self.0 = self.0.clamp(now.0, empty);
        let next = self.0.saturating_add(rate.each_ms);
        if next > empty {
            return Err(next - empty);
        }
        self.0 = next;
        Ok(())
    }

    fn is_full(self, now: Timestamp) -> bool {
        self.0 <= now.0
    }
}

/// The buckets of many askers; those that are full are forgotten.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    inner: Mutex<Inner<K>>,
}

#[derive(Debug)]
struct Inner<K> {
    buckets: HashMap<K, Bucket>,
    sweep_at: usize,
}

/// Buckets that are not worth a sweep.
const FEW: usize = 1_024;

impl<K: Hash + Eq> Buckets<K> {
    /// No buckets yet.
    pub fn new(rate: Rate) -> Self {
        let inner = Inner {
            buckets: HashMap::new(),
            sweep_at: FEW,
        };
        Self {
            rate,
            inner: Mutex::new(inner),
        }
    }

    /// Takes one of an asker's, or says in how many milliseconds there will be one.
    pub fn take(&self, asker: K, now: Timestamp) -> Result<(), u64> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.buckets.len() >= inner.sweep_at {
            inner.buckets.retain(|_, bucket| !bucket.is_full(now));
            inner.sweep_at = FEW.max(2 * inner.buckets.len());
        }
        inner.buckets.entry(asker).or_default().take(self.rate, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate {
        burst: 3,
        each_ms: 500,
    };

    #[test]
    fn a_burst_is_taken_and_then_what_time_brings() {
        let mut bucket = Bucket::default();
        let mut take = |ms| bucket.take(RATE, Timestamp(ms));
        assert_eq!([take(1_000), take(1_000), take(1_000)], [Ok(()); 3]);
        assert_eq!(take(1_000), Err(500));
        assert_eq!(take(1_400), Err(100));
        assert_eq!(take(1_500), Ok(()));
        assert_eq!(take(1_500), Err(500));
        assert_eq!([take(9_000), take(9_000), take(9_000)], [Ok(()); 3]);
        assert_eq!(
            take(2_000),
            Err(500),
            "a clock set back empties the bucket, and no more"
        );
        assert_eq!(take(2_500), Ok(()));
    }

    #[test]
    fn askers_do_not_hinder_each_other_and_quiet_ones_are_forgotten() {
        let buckets = Buckets::new(RATE);
        for asker in 0..100_000_u64 {
            assert_eq!(buckets.take(asker, Timestamp(asker)), Ok(()));
        }
        let kept = buckets
            .inner
            .lock()
            .expect("no test panicked")
            .buckets
            .len();
        assert!(kept <= 2 * FEW, "{kept} are kept");
    }
}
