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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_would_favour_small_numbers_is_passed_over() {
        // Of these bounds the words above the largest multiple are about half, a quarter, and none.
        for (bound, passed) in [
            ((1 << 63) + 1, 300..700),
            (3 << 62, 100..400),
            (1 << 63, 0..1),
        ] {
            let mut all = Words::new(&[1; 32], &[2; 32], None);
            let words: Vec<u64> = (0..3_000).map(|_| all.word().1).collect();
            let limit = u128::from(bound) * ((1 << 64) / u128::from(bound));
            let mut some = Words::new(&[1; 32], &[2; 32], None);
            let mut before = 0;
            let mut over = 0;
            for _ in 0..500 {
                let (number, word) = some.below(bound);
                let skipped = before..usize::try_from(word).expect("a small number");
                over += skipped.len();
                before = skipped.end + 1;
                assert!(
                    words[skipped.clone()]
                        .iter()
                        .all(|it| u128::from(*it) >= limit)
                );
                assert!(u128::from(words[skipped.end]) < limit);
                assert_eq!(number, words[skipped.end] % bound);
            }
            assert!(passed.contains(&over), "{over} of {bound}");
        }
    }

    #[test]
    fn randomness_of_no_bytes_is_another_than_of_zeros() {
        let first = |random| Words::new(&[1; 32], &[2; 32], random).word();
        assert_ne!(first(None), first(Some(&[0; 32])));
    }
}
