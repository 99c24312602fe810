//! What can be wrong with a proof, each said exactly; `DRAW.md` lists them in the order in which they are looked for.

use super::canonical::NotCanonical;
use liveroom_protocol::lottery::Hex;
use std::fmt;

/// Why a proof does not hold. The first that is found, in the order of this list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no proof in form; what the reader of JSON says.
    Malformed(String),
    /// It is made by an algorithm that is not known here.
    Algorithm(String),
    /// The terms are not in the form that is hashed.
    TermsForm(NotCanonical),
    /// The terms lack what a draw needs, or have it wrong.
    Terms(String),
    /// It is drawn without being closed.
    Stage,
    /// Seed and terms are not those that were committed to.
    Commitment,
    /// The terms name a public round and its signature is missing, or there is a signature of no round.
    Signature,
    /// The list of entrants is not there.
    RollMissing,
    /// The list of entrants is shorter or longer than the proof says.
    RollCount {
        /// What the proof says.
        said: u32,
    },
    /// The entrant at this place of the roll stands out of order, or twice.
    RollOrder(u32),
    /// The entrant at this place has a number of tickets that the terms give nobody.
    RollTickets(u32, u32),
    /// The entrant at this place is excluded for a reason that the terms do not have, or has tickets though excluded.
    RollExcluded(u32),
    /// The tickets do not add up to what the proof says.
    RollSum {
        /// What the proof says.
        said: u64,
        /// What they add up to.
        is: u64,
    },
    /// The list of entrants is not the one whose root was published at closing.
    Root,
    /// A winner is drawn though all prizes were, or though nobody was left.
    WinnersCount(u32),
    /// A winner has a prize whose turn it is not.
    WinnerPrize(u32),
    /// A redraw stands for a win that was not forfeited or was redrawn before.
    Redraw(u32),
    /// The stream draws another than this winner.
    Winner {
        /// The place among the winners.
        win: u32,
        /// Whom it draws.
        due: Hex<16>,
    },
    /// A winner was drawn by another word of the stream.
    WinnerWord {
        /// The place among the winners.
        win: u32,
        /// Which word drew them.
        due: u64,
    },
}

impl Fault {
    /// One word for it, the same in every implementation.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "malformed",
            Self::Algorithm(_) => "algorithm",
            Self::TermsForm(_) => "terms_form",
            Self::Terms(_) => "terms",
            Self::Stage => "stage",
            Self::Commitment => "commitment",
            Self::Signature => "signature",
            Self::RollMissing => "roll_missing",
            Self::RollCount { .. } => "roll_count",
            Self::RollOrder(_) => "roll_order",
            Self::RollTickets(..) => "roll_tickets",
            Self::RollExcluded(_) => "roll_excluded",
            Self::RollSum { .. } => "roll_sum",
            Self::Root => "root",
            Self::WinnersCount(_) => "winners_count",
            Self::WinnerPrize(_) => "winner_prize",
            Self::Redraw(_) => "redraw",
            Self::Winner { .. } => "winner",
            Self::WinnerWord { .. } => "winner_word",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "this is no proof: {why}"),
            Self::Algorithm(name) => write!(f, "the algorithm {name:?} is not known here"),
            Self::TermsForm(form) => write!(f, "the terms are not canonical JSON: {form}"),
            Self::Terms(why) => write!(f, "the terms cannot be drawn by: {why}"),
            Self::Stage => f.write_str("it was drawn before it was closed"),
            Self::Commitment => f.write_str(
                "the seed or the terms are not those that were fixed when it opened: the commitment is of others",
            ),
            Self::Signature => f.write_str(
                "the terms name a public round whose signature is missing, or there is a signature of a round that they do not name",
            ),
            Self::RollMissing => f.write_str("the list of entrants is missing"),
            Self::RollCount { said } => {
                write!(f, "the list of entrants has not the {said} that the proof says")
            }
            Self::RollOrder(place) => {
                write!(f, "the entrant at place {place} stands out of order, or twice")
            }
            Self::RollTickets(place, tickets) => write!(
                f,
                "the entrant at place {place} has {tickets} tickets, which the terms give nobody"
            ),
            Self::RollExcluded(place) => write!(
                f,
                "the entrant at place {place} is excluded for a reason that the terms do not have, or has tickets though excluded"
            ),
            Self::RollSum { said, is } => {
                write!(f, "the tickets add up to {is}, and not to {said} as the proof says")
            }
            Self::Root => {
                f.write_str("the list of entrants is not the one that was fixed at closing: its root is another")
            }
            Self::WinnersCount(win) => write!(
                f,
                "win {win} was drawn though all prizes were, or though nobody was left"
            ),
            Self::WinnerPrize(win) => {
                write!(f, "win {win} has a prize whose turn it was not")
            }
            Self::Redraw(win) => write!(
                f,
                "win {win} stands for a win that was not forfeited or was redrawn before"
            ),
            Self::Winner { win, due } => write!(f, "win {win} falls to {due}, and not to whom the proof says"),
            Self::WinnerWord { win, due } => {
                write!(f, "win {win} was drawn by word {due} of the stream, and not by the one that the proof says")
            }
        }
    }
}

impl std::error::Error for Fault {}
