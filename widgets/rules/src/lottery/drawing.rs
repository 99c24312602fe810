//! What is fixed at closing, and what comes of the draw.

use super::{Lottery, draft};
use crate::draw::{self, Entrant, Hash, Pool};
use crate::pseudonym::Pseudonym;
use crate::record::Hidden;
use liveroom_protocol::lottery::{Proof, Standing as Fate};
use liveroom_protocol::time::Timestamp;

/// What is fixed when it closes.
#[derive(Clone, Debug)]
pub struct Closing {
    /// When.
    pub at: Timestamp,
    /// The entrants in the draw's order.
    pub roll: Vec<Entrant>,
    /// Who they are, in the same order.
    pub viewers: Vec<Pseudonym>,
    /// The root of the tree over the roll.
    pub root: Hash,
    /// Tickets on the roll; excluded entrants have none. Summed once: a crowd asks for the proof of a million.
    pub tickets: u64,
    /// How many are excluded, for each of the terms' reasons; nothing if nobody is.
    pub excluded: Vec<u32>,
    /// The most tickets of one entrant.
    pub most: u32,
}

/// What came of the draw.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// When it was first drawn from.
    pub at: Timestamp,
    /// The seed, told.
    pub seed: [u8; 32],
    /// The public round's signature.
    pub signature: Option<[u8; 48]>,
    pub(super) pool: Pool,
    /// Everybody who was drawn, in that order.
    pub wins: Vec<Won>,
}

/// One win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Won {
    /// The place of the prize in the draft.
    pub prize: u32,
    /// The winner's place on the roll.
    pub place: usize,
    /// Who.
    pub who: Pseudonym,
    /// Which word of the stream drew them.
    pub word: u64,
    /// Until when it can be claimed.
    pub claim_by: Timestamp,
    /// What became of it.
    pub fate: Fate,
    /// When it was handed over, or declared forfeited.
    pub settled_at: Option<Timestamp>,
    /// Why it was forfeited.
    pub reason: Option<String>,
    /// The forfeited win that it stands for.
    pub instead_of: Option<u32>,
    /// Where the claim form lies.
    pub form: Option<Hidden>,
}

impl Lottery {
    /// What was fixed at closing.
    pub const fn closing(&self) -> Option<&Closing> {
        self.closing.as_ref()
    }

    /// What came of the draw.
    pub const fn drawing(&self) -> Option<&Drawing> {
        self.drawing.as_ref()
    }

    /// Everybody who was drawn, in that order.
    pub fn wins(&self) -> &[Won] {
        self.drawing.as_ref().map_or(&[], |drawing| &drawing.wins)
    }

    /// The seed of a draw that was called off.
    pub const fn seed_told(&self) -> Option<[u8; 32]> {
        self.seed_told
    }

    /// The proofs of earlier runs, the first run's first.
    pub fn past(&self) -> &[Proof] {
        &self.past
    }

    /// Who has a prize of it that is neither handed over nor forfeited.
    pub(crate) fn holders(&self) -> impl Iterator<Item = Pseudonym> {
        let open = |fate| matches!(fate, Fate::Waiting | Fate::Claimed);
        let wins = self.wins().iter().filter(move |win| open(win.fate));
        wins.map(|win| win.who)
    }

    /// The seed that is told at the draw, if it is the one that was committed to.
    pub(super) fn seed_of(&self, told: &str) -> Option<[u8; 32]> {
        let seed = draft::bytes(told)?;
        let commitment = draw::commitment(&seed, &self.terms);
        (draft::bytes(&self.fixed.commitment) == Some(commitment)).then_some(seed)
    }
}
