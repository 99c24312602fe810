//! How much one address may send: a bucket each that fills with time, in memory only.

use liveroom_protocol::time::Timestamp;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Addresses remembered; when there are more, those with full buckets are forgotten.
const ADDRESSES: usize = 10_000;

/// The buckets of all addresses.
pub(super) struct Pace {
    per_second: f64,
    burst: f64,
    buckets: Mutex<HashMap<Option<IpAddr>, Bucket>>,
}

struct Bucket {
    left: f64,
    at: Timestamp,
}

impl Pace {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        Self {
            per_second: f64::from(per_second.max(1)),
            burst: f64::from(burst.max(1)),
            buckets: Mutex::default(),
        }
    }

    /// Takes 1 out of the address's bucket, or says in how many seconds there will be 1.
    pub(super) fn enter(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), u64> {
        self.with(address, now, |bucket| {
            if bucket.left >= 1.0 {
                bucket.left -= 1.0;
                return Ok(());
            }
            let seconds = (1.0 - bucket.left) / self.per_second;
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a small positive number of seconds"
            )]
            Err(seconds.ceil() as u64)
        })
    }

    /// Takes what a body cost besides, which may leave a debt of at most one burst.
    pub(super) fn charge(&self, address: Option<IpAddr>, bytes: usize, now: Timestamp) {
        let cost = u32::try_from(bytes / 4_096).map_or(f64::MAX, f64::from);
        self.with(address, now, |bucket| {
            bucket.left = (bucket.left - cost).max(-self.burst);
        });
    }

    fn with<T>(
        &self,
        address: Option<IpAddr>,
        now: Timestamp,
        work: impl FnOnce(&mut Bucket) -> T,
    ) -> T {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        let mut address = address.map(network);
        if buckets.len() >= ADDRESSES && !buckets.contains_key(&address) {
            buckets.retain(|_, bucket| {
                self.fill(bucket, now);
                bucket.left < self.burst
            });
            if buckets.len() >= ADDRESSES {
                // So many addresses at once share what one may send, as those do that are not known.
                address = None;
            }
        }
        let bucket = buckets.entry(address).or_insert(Bucket {
            left: self.burst,
            at: now,
        });
        self.fill(bucket, now);
        work(bucket)
    }

    fn fill(&self, bucket: &mut Bucket, now: Timestamp) {
        #[allow(
            clippy::cast_precision_loss,
            reason = "milliseconds since the last request"
        )]
        let seconds = now.since(bucket.at).0 as f64 / 1_000.0;
        bucket.left = (bucket.left + seconds * self.per_second).min(self.burst);
        bucket.at = now;
    }
}

/// One household or phone has a whole /64 of IPv6 addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let bits = address.to_bits() & (u128::MAX << 64);
            IpAddr::V6(bits.into())
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use liveroom_protocol::time::Timestamp;
    use std::net::IpAddr;

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("it is an address"))
    }

    #[test]
    fn a_burst_is_taken_and_then_what_a_second_brings() {
        let pace = Pace::new(2, 5);
        let enter = |text, ms| pace.enter(address(text), Timestamp(ms));
        for _ in 0..5 {
            assert_eq!(enter("10.0.0.1", 0), Ok(()));
        }
        assert_eq!(enter("10.0.0.1", 0), Err(1));
        assert_eq!(
            enter("10.0.0.2", 0),
            Ok(()),
            "another address is another bucket"
        );
        assert_eq!(
            enter("::ffff:10.0.0.1", 0),
            Err(1),
            "the same address, written otherwise"
        );
        assert_eq!(enter("10.0.0.1", 500), Ok(()));
        assert_eq!(enter("10.0.0.1", 500), Err(1));
        assert_eq!(
            enter("10.0.0.1", 400),
            Err(1),
            "a clock set back gives nothing"
        );
    }

    #[test]
    fn a_large_body_costs_more_and_a_network_pays_as_one() {
        let pace = Pace::new(1, 10);
        pace.charge(address("2001:db8::1"), 128 * 1024, Timestamp(0));
        assert_eq!(pace.enter(address("2001:db8::2"), Timestamp(0)), Err(11));
        assert_eq!(pace.enter(address("2001:db8:0:1::2"), Timestamp(0)), Ok(()));
        assert_eq!(
            pace.enter(address("2001:db8::3"), Timestamp(11_000)),
            Ok(())
        );
    }

    #[test]
    fn addresses_that_are_quiet_are_forgotten() {
        let pace = Pace::new(1, 1);
        for n in 1..20_000_u32 {
            let address = IpAddr::V4(n.into());
            assert_eq!(
                pace.enter(Some(address), Timestamp(u64::from(n) * 10)),
                Ok(())
            );
        }
        assert!(known(&pace) <= super::ADDRESSES);
    }

    #[test]
    fn a_crowd_of_addresses_costs_no_more_memory_than_its_bound() {
        let pace = Pace::new(1, 1);
        let crowd = (1..20_000_u32).map(|n| Some(IpAddr::V4(n.into())));
        let taken = crowd.filter(|address| pace.enter(*address, Timestamp(0)).is_ok());
        assert_eq!(
            taken.count(),
            super::ADDRESSES + 1,
            "the rest shares one bucket"
        );
        assert_eq!(known(&pace), super::ADDRESSES + 1);
    }

    fn known(pace: &Pace) -> usize {
        pace.buckets.lock().expect("no test panicked").len()
    }
}
