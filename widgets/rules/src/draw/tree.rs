//! The Merkle tree over the roll, as RFC 6962 (section 2.1) builds it: nothing is doubled, and a leaf cannot pass for a node.

use super::Hash;
use super::roll::Entrant;
use sha2::{Digest, Sha256};

/// The root over a roll. That of an empty roll is the SHA-256 of nothing.
pub fn root(roll: &[Entrant]) -> Hash {
    let mut growing = Growing::default();
    roll.iter().for_each(|entrant| growing.push(entrant));
    growing.root()
}

fn leaf(entrant: &Entrant) -> Hash {
    Sha256::new()
        .chain_update(b"\0liveroom-draw-1 entrant")
        .chain_update(entrant.bytes())
        .finalize()
        .into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// A tree that grows entrant by entrant, for those who see the roll pass: it holds some dozen hashes.
#[derive(Clone, Debug, Default)]
pub struct Growing {
    /// The roots of the full trees on the left, largest first: one for each bit of `count`.
    full: Vec<Hash>,
    count: u32,
}

impl Growing {
    /// Adds the next entrant of the roll.
    pub fn push(&mut self, entrant: &Entrant) {
        let mut hash = leaf(entrant);
        for _ in 0..self.count.trailing_ones() {
            let left = self.full.pop().expect("a full tree for each bit");
            hash = node(&left, &hash);
        }
        self.full.push(hash);
        self.count += 1;
    }

    /// The root over all that were added.
    pub fn root(&self) -> Hash {
        let joined = self
            .full
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node(&left, &right));
        joined.unwrap_or_else(|| Sha256::digest([]).into())
    }
}

/// A whole tree, for those who are asked for many paths: 64 bytes an entrant.
#[derive(Clone, Debug)]
pub struct Tree {
    /// From the leaves up. The last of an odd level stands again, unhashed, in the level above.
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree over a roll.
    pub fn new(roll: &[Entrant]) -> Self {
        let mut levels = vec![roll.iter().map(leaf).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|level| level.len() > 1) {
            let above = below.chunks(2).map(|pair| match pair {
                [left, right] => node(left, right),
                odd => odd[0],
            });
            levels.push(above.collect());
        }
        Self { levels }
    }

    /// The root, the same as [`root`] gives.
    pub fn root(&self) -> Hash {
        match self.levels.last().and_then(|top| top.first()) {
            Some(root) => *root,
            None => Sha256::digest([]).into(),
        }
    }

    /// What an entrant needs beside their own entry to come to the root, from the leaf up; nothing if the roll has no such place.
    pub fn path(&self, place: usize) -> Option<Vec<Hash>> {
        self.levels.first()?.get(place)?;
        let beside =
            |(height, level): (usize, &Vec<Hash>)| level.get((place >> height) ^ 1).copied();
        Some(self.levels.iter().enumerate().filter_map(beside).collect())
    }
}

/// Whether an entrant stands at this place of a roll of so many entrants with this root (RFC 9162, section 2.1.3.2).
pub fn included(entrant: &Entrant, place: u32, count: u32, path: &[Hash], root: &Hash) -> bool {
    if place >= count {
        return false;
    }
    let (mut place, mut last) = (place, count - 1);
    let mut hash = leaf(entrant);
    for beside in path {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            hash = node(beside, &hash);
            // The end of a level may have risen several levels without a neighbour.
            while place % 2 == 0 && place != 0 {
                place /= 2;
                last /= 2;
            }
        } else {
            hash = node(&hash, beside);
        }
        place /= 2;
        last /= 2;
    }
    last == 0 && hash == *root
}
