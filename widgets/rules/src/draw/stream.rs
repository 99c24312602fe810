//! The stream of words that a draw is drawn by: SHA-256 in counter mode over all that is fixed by then.

use super::Hash;
use sha2::{Digest, Sha256};

/// 64-bit words, as many as are asked for, the same for the same draw.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// Seed, root and randomness, hashed so far.
    fixed: Sha256,
    /// The number of the word that is next.
    next: u64,
    block: [u8; 32],
}

impl Words {
    pub(super) fn new(seed: &[u8; 32], root: &Hash, randomness: Option<&[u8; 32]>) -> Self {
        let randomness = randomness.map_or(&[][..], |bytes| &bytes[..]);
        let length = u8::try_from(randomness.len()).expect("it is 0 or 32");
        let fixed = Sha256::new()
            .chain_update("liveroom-draw-1 stream")
            .chain_update(seed)
            .chain_update(root)
            .chain_update([length])
            .chain_update(randomness);
        Self {
            fixed,
            next: 0,
            block: [0; 32],
        }
    }

    /// A number below `bound`, each with the same chance, and the number of the word that gave it; `bound` is not 0.
    ///
    /// Words from the largest multiple of `bound` on are passed over: there are fewer than `bound` of the 2^64.
    pub(super) fn below(&mut self, bound: u64) -> (u64, u64) {
        // 2^64 mod bound, without a number that large.
        let spare = (u64::MAX % bound + 1) % bound;
        loop {
            let (number, word) = self.word();
            if word <= u64::MAX - spare {
                return (word % bound, number);
            }
        }
    }

    fn word(&mut self) -> (u64, u64) {
        let (block, place) = (self.next / 4, (self.next % 4) as usize);
        if place == 0 {
            let hash = self.fixed.clone().chain_update(block.to_be_bytes());
            self.block = hash.finalize().into();
        }
        let (words, _) = self.block.as_chunks::<8>();
        self.next += 1;
        (self.next - 1, u64::from_be_bytes(words[place]))
    }
}
