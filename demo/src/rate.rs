//! How quickly someone may ask: a bucket that fills with time.
//!
//! See the generic cell rate algorithm, <https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm>: one number a bucket.

use liveroom_protocol::time::Timestamp;
use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
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
        self.settle(rate, now);
        let next = self.0.saturating_add(rate.each_ms);
        let empty = now.0.saturating_add(rate.whole());
        if next > empty {
            return Err(next - empty);
        }
        self.0 = next;
        Ok(())
    }

    /// Takes so many at once, which may leave a debt of at most one burst.
    pub fn charge(&mut self, rate: Rate, cost: u64, now: Timestamp) {
        let more = cost.saturating_mul(rate.each_ms);
        self.0 = self.0.max(now.0).saturating_add(more);
        self.settle(rate, now);
    }

    /// However large a debt is, or however far the clock was set back, it is paid after two bursts' time.
    fn settle(&mut self, rate: Rate, now: Timestamp) {
        let deepest = now.0.saturating_add(2 * rate.whole());
        self.0 = self.0.clamp(now.0, deepest);
    }

    const fn is_full(self, now: Timestamp) -> bool {
        self.0 <= now.0
    }
}

impl Rate {
    /// The time in which an empty bucket fills, in milliseconds.
    const fn whole(self) -> u64 {
        self.burst.saturating_mul(self.each_ms)
    }
}

/// The buckets of many askers, in memory of bounded size: those that are full are forgotten, and a crowd beyond the bound shares one.
#[derive(Debug)]
pub struct Buckets<K> {
    rate: Rate,
    inner: Mutex<Inner<K>>,
}

#[derive(Debug)]
struct Inner<K> {
    buckets: HashMap<K, Bucket>,
    /// The bucket of all who are too many.
    crowd: Bucket,
    /// So many buckets are worth a look for full ones.
    sweep_at: usize,
    /// The second of the last look.
    swept: u64,
}

/// Buckets that are not worth a look.
const FEW: usize = 1_024;

/// Most buckets that are kept.
pub const MOST: usize = 100_000;

impl<K: Hash + Eq> Buckets<K> {
    /// No buckets yet.
    pub fn new(rate: Rate) -> Self {
        let inner = Inner {
            buckets: HashMap::new(),
            crowd: Bucket::default(),
            sweep_at: FEW,
            swept: 0,
        };
        Self {
            rate,
            inner: Mutex::new(inner),
        }
    }

    /// Takes one of an asker's, or says in how many milliseconds there will be one.
    pub fn take(&self, asker: K, now: Timestamp) -> Result<(), u64> {
        self.with(asker, now, |bucket| bucket.take(self.rate, now))
    }

    /// Takes so many of an asker's at once, which may leave a debt of at most one burst.
    pub fn charge(&self, asker: K, cost: u64, now: Timestamp) {
        self.with(asker, now, |bucket| bucket.charge(self.rate, cost, now));
    }

    fn with<T>(&self, asker: K, now: Timestamp, work: impl FnOnce(&mut Bucket) -> T) -> T {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let Inner {
            buckets,
            crowd,
            sweep_at,
            swept,
        } = &mut *inner;
        let second = now.0 / 1_000;
        if buckets.len() >= *sweep_at && second != *swept {
            buckets.retain(|_, bucket| !bucket.is_full(now));
            *sweep_at = (2 * buckets.len()).clamp(FEW, MOST);
            *swept = second;
        }
        if buckets.len() >= MOST && !buckets.contains_key(&asker) {
            return work(crowd);
        }
        work(buckets.entry(asker).or_default())
    }

    /// How many are kept; for tests of the bound.
    #[cfg(test)]
    pub(crate) fn kept(&self) -> usize {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.buckets.len()
    }
}

/// The network that counts as one asker: a household or a phone has a whole /64 of IPv6 addresses.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & (u128::MAX << 64)).into()),
        address @ IpAddr::V4(_) => address,
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
            Err(2_000),
            "a clock set back costs two bursts at most"
        );
        assert_eq!(take(4_000), Ok(()));
    }

    #[test]
    fn a_large_charge_leaves_a_debt_of_a_burst_at_most() {
        let mut bucket = Bucket::default();
        bucket.charge(RATE, 2, Timestamp(0));
        assert_eq!(bucket.take(RATE, Timestamp(0)), Ok(()));
        bucket.charge(RATE, u64::MAX, Timestamp(0));
        assert_eq!(bucket.take(RATE, Timestamp(0)), Err(2_000));
        assert_eq!(bucket.take(RATE, Timestamp(2_000)), Ok(()));
    }

    #[test]
    fn askers_do_not_hinder_each_other_and_quiet_ones_are_forgotten() {
        let buckets = Buckets::new(RATE);
        for asker in 0..100_000_u64 {
            assert_eq!(buckets.take(asker, Timestamp(asker)), Ok(()));
        }
        assert!(buckets.kept() <= 4 * FEW, "{} are kept", buckets.kept());
    }

    #[test]
    fn a_crowd_costs_no_more_memory_than_its_bound() {
        let buckets = Buckets::new(RATE);
        let all = 0..MOST + 1_000;
        let taken = all.filter(|asker| buckets.take(*asker, Timestamp(0)).is_ok());
        assert_eq!(taken.count(), MOST + 3, "the rest shares one bucket");
        assert_eq!(buckets.kept(), MOST);
    }
}
