//! Public randomness: a round of drand's quicknet, named when the draw opens and unknown to everybody until its time.
//!
//! Its signature is the only one that its key can give, so nobody can choose among several.

use liveroom_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The hash that names quicknet, in hexadecimal digits; `https://api.drand.sh/{QUICKNET}/info` tells of it.
pub const QUICKNET: &str = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";

/// When its first round was, in seconds since 1970.
const GENESIS_S: u64 = 1_692_803_367;
/// Seconds from round to round.
const PERIOD_S: u64 = 3;

/// A round that the terms name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Round {
    /// [`QUICKNET`]; no other is known.
    pub chain: String,
    /// Its number, from 1.
    pub number: u32,
}

impl Round {
    /// A round of quicknet.
    pub fn quicknet(number: u32) -> Self {
        Self {
            chain: QUICKNET.to_owned(),
            number,
        }
    }

    /// The first round of quicknet that is not before an instant.
    pub fn not_before(at: Timestamp) -> Self {
        let seconds = at.0.div_ceil(1_000).saturating_sub(GENESIS_S);
        let number = seconds.div_ceil(PERIOD_S) + 1;
        Self::quicknet(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// When it is signed, and not before.
    pub fn at(&self) -> Timestamp {
        let rounds = u64::from(self.number).saturating_sub(1);
        Timestamp((GENESIS_S + rounds * PERIOD_S) * 1_000)
    }

    /// Where anyone can read it.
    pub fn address(&self) -> String {
        format!("https://api.drand.sh/{}/public/{}", self.chain, self.number)
    }
}

/// The randomness of a round: the SHA-256 of its signature.
pub fn randomness(signature: &[u8; 48]) -> [u8; 32] {
    Sha256::digest(signature).into()
}
