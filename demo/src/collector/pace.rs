//! How much one address may send: a bucket each that fills with time, in memory only.

use crate::rate::{Buckets, Rate, network};
use liveroom_protocol::time::Timestamp;
use std::net::IpAddr;

/// Bytes of a body that cost as much as a request.
const PIECE: usize = 4_096;

/// The buckets of all addresses.
pub(super) struct Pace(Buckets<Option<IpAddr>>);

impl Pace {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        Self(Buckets::new(Rate {
            burst: u64::from(burst.max(1)),
            each_ms: u64::from(1_000 / per_second.clamp(1, 1_000)),
        }))
    }

    /// Takes 1 out of the address's bucket, or says in how many seconds there will be 1.
    pub(super) fn enter(&self, address: Option<IpAddr>, now: Timestamp) -> Result<(), u64> {
        let asker = address.map(network);
        self.0.take(asker, now).map_err(|ms| ms.div_ceil(1_000))
    }

    /// Takes what a body cost besides, which may leave a debt of at most one burst.
    pub(super) fn charge(&self, address: Option<IpAddr>, bytes: usize, now: Timestamp) {
        let cost = u64::try_from(bytes / PIECE).unwrap_or(u64::MAX);
        self.0.charge(address.map(network), cost, now);
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
}
