//! What a check found: figures for people to read and for programs to compare.

use super::super::Terms;
use liveroom_protocol::lottery::{Closing, Drawn, Hex, Proof};
use serde::Serialize;

/// A proof that holds, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// How far the draw has come.
    pub stage: Stage,
    /// How much it is worth. A signature of a public round is to be compared with the public record, see `DRAW.md`.
    pub level: Level,
    /// How many are on the roll, excluded ones among them.
    pub entrants: u32,
    /// How many tickets they have together.
    pub tickets: u64,
    /// The most tickets that one entrant has.
    pub most_tickets: u32,
    /// How many were excluded, by reason, in the order of the terms.
    pub excluded: Vec<Excluded>,
    /// How many pieces there are to win.
    pub prizes: u32,
    /// How many are still to be drawn, while somebody is left.
    pub undrawn: u32,
    /// How many have a winner who has not forfeited.
    pub awarded: u32,
    /// How many wins were forfeited.
    pub forfeited: u32,
    /// How many were drawn again.
    pub redrawn: u32,
    /// Why it was cancelled, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// Who would have won, where it was cancelled after closing and its seed was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub would_have_won: Vec<Hex<16>>,
}

/// How many were excluded for a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Excluded {
    /// The reason, as the terms have it.
    pub reason: String,
    /// How many.
    pub count: u32,
}

/// How far a draw has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It takes entrants. There is nothing to check yet but the terms.
    Open,
    /// The roll is fixed and has the root that was published.
    Closed,
    /// The winners follow from roll and seed; others are still to be drawn.
    Drawing,
    /// The winners follow from roll and seed, and are all.
    Drawn,
    /// It was cancelled.
    Cancelled,
}

/// How much a check is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// It follows from the published list and a seed that was fixed before the first entry. Whoever knew the seed could have added entrants.
    Checked,
    /// It follows from a public round besides, which nobody knew at closing.
    CheckedUnpredictable,
}

/// What an open draw shows.
pub(super) fn open(proof: &Proof, terms: &Terms) -> Checked {
    Checked {
        stage: match proof.cancelled {
            Some(_) => Stage::Cancelled,
            None => Stage::Open,
        },
        level: Level::Checked,
        entrants: 0,
        tickets: 0,
        most_tickets: 0,
        excluded: Vec::new(),
        prizes: terms.prizes.iter().map(|prize| prize.count).sum(),
        undrawn: 0,
        awarded: 0,
        forfeited: 0,
        redrawn: 0,
        cancelled: proof.cancelled.clone(),
        would_have_won: Vec::new(),
    }
}

/// What a closed one shows besides.
pub(super) fn closed(
    proof: &Proof,
    terms: &Terms,
    closed: &Closing,
    counts: &[u32; 256],
) -> Checked {
    let excluded = terms.exclusions.iter().zip(&counts[1..]);
    let excluded = excluded.map(|(reason, count)| Excluded {
        reason: reason.clone(),
        count: *count,
    });
    // A round that was signed before the roll was fixed could be known to whoever fixed it.
    let level = match &terms.round {
        Some(round) if round.at() > closed.at => Level::CheckedUnpredictable,
        _ => Level::Checked,
    };
    let stage = match (&proof.cancelled, &proof.drawn) {
        (Some(_), _) => Stage::Cancelled,
        (None, Some(_)) => Stage::Drawn,
        (None, None) => Stage::Closed,
    };
    Checked {
        stage,
        level,
        entrants: closed.entrants,
        tickets: closed.tickets,
        excluded: excluded.collect(),
        ..open(proof, terms)
    }
}

impl Checked {
    /// What a drawn one shows besides.
    pub(super) fn drawn(&mut self, winners: &[Drawn], undrawn: u32) {
        let count = |which: fn(&Drawn) -> bool| {
            let count = winners.iter().filter(|drawn| which(drawn)).count();
            u32::try_from(count).unwrap_or(u32::MAX)
        };
        self.undrawn = undrawn;
        if undrawn > 0 && self.stage == Stage::Drawn {
            self.stage = Stage::Drawing;
        }
        self.awarded = count(|drawn| drawn.forfeited.is_none());
        self.forfeited = count(|drawn| drawn.forfeited.is_some());
        self.redrawn = count(|drawn| drawn.instead_of.is_some());
    }
}
