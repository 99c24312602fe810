//! Who is drawn next: an entrant by one of their tickets, and then all of these leave the pool.

use super::fenwick::Fenwick;
use super::stream::Words;
use super::{Entrant, Hash};

/// All that can still be drawn. Iterating draws: prizes first, in the order of the terms, then redraws as they come.
///
/// Nothing depends on when it is asked: to go on after a restart, make it anew and pass over as many as were drawn.
#[derive(Clone, Debug)]
pub struct Pool {
    words: Words,
    tickets: Fenwick,
}

/// An entrant who was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// The place on the roll.
    pub place: usize,
    /// Which word of the stream it was, from 0.
    pub word: u64,
}

impl Pool {
    /// The pool of a closed roll; `root` is the roll's. `randomness` is that of the public round, if the terms name one.
    pub fn new(
        roll: &[Entrant],
        seed: &[u8; 32],
        root: &Hash,
        randomness: Option<&[u8; 32]>,
    ) -> Self {
        let mut tickets = Fenwick::with_capacity(roll.len());
        roll.iter()
            .for_each(|entrant| tickets.push(entrant.tickets));
        Self::of(tickets, seed, root, randomness)
    }

    pub(super) fn of(
        tickets: Fenwick,
        seed: &[u8; 32],
        root: &Hash,
        randomness: Option<&[u8; 32]>,
    ) -> Self {
        Self {
            words: Words::new(seed, root, randomness),
            tickets,
        }
    }
}

impl Iterator for Pool {
    type Item = Chosen;

    /// Draws one; nothing once nobody with a ticket is left.
    fn next(&mut self) -> Option<Chosen> {
        if self.tickets.total() == 0 {
            return None;
        }
        let (ticket, word) = self.words.below(self.tickets.total());
        let place = self.tickets.holder(ticket);
        self.tickets.leave(place);
        Some(Chosen { place, word })
    }
}
