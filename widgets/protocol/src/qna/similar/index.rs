//! Thousands of known questions, found by the pieces of their sketches: a room compares what is typed with few of them.

use super::{LIKELY, Sketch, WEIGHT, alike_by, similarity};
use std::collections::HashMap;

/// Known questions, by the places in which they were added, from 0.
#[derive(Clone, Debug, Default)]
pub struct Index {
    known: Vec<(Sketch, u32)>,
    /// By the hash of a piece: where it is, and how much it weighs there.
    by_piece: HashMap<u32, Vec<(u32, u8)>>,
}

impl Index {
    /// How many are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Adds a question in the next place.
    pub fn add(&mut self, sketch: Sketch) {
        let Ok(place) = u32::try_from(self.known.len()) else {
            return;
        };
        for entry in &sketch.0 {
            let weight = u8::try_from(entry & WEIGHT).unwrap_or(u8::MAX);
            let places = self.by_piece.entry(entry >> 8).or_default();
            places.push((place, weight));
        }
        let weight = sketch.weight();
        self.known.push((sketch, weight));
    }

    /// Forgets what lies in a place, which stays empty: nothing is like it any more.
    pub fn forget(&mut self, place: usize) {
        let Some((sketch, weight)) = self.known.get_mut(place) else {
            return;
        };
        for entry in std::mem::take(sketch).0 {
            if let Some(places) = self.by_piece.get_mut(&(entry >> 8)) {
                places.retain(|(other, _)| *other as usize != place);
            }
        }
        *weight = 0;
    }

    /// The places of those that are likely the same as what is typed, of those that fit: the same ones in the same order as
    /// [`similar`](super::similar) gives.
    pub fn similar(
        &self,
        typed: &Sketch,
        fits: impl Fn(usize) -> bool,
        most: usize,
    ) -> Vec<(usize, u8)> {
        // How much of the weight is shared tells how alike two are, but for what must agree.
        let mut shared = vec![0_u32; self.known.len()];
        for entry in &typed.0 {
            for (place, weight) in self.by_piece.get(&(entry >> 8)).into_iter().flatten() {
                shared[*place as usize] += (entry & WEIGHT).min(u32::from(*weight));
            }
        }
        let whole = typed.weight();
        let mut found: Vec<(usize, u8)> = Vec::new();
        for (place, ((sketch, weight), shared)) in self.known.iter().zip(shared).enumerate() {
            if alike_by(shared, whole - shared, weight - shared) < u32::from(LIKELY) || !fits(place)
            {
                continue;
            }
            let alike = similarity(typed, sketch);
            let better = found.partition_point(|(_, better)| *better >= alike);
            if alike >= LIKELY && better < most {
                found.insert(better, (place, alike));
                found.truncate(most);
            }
        }
        found
    }
}
