//! How far an erasure has come, and its receipt.

use crate::inventory::Kind;
use liveroom_protocol::erase::{Erased, Kept, Pending, Receipt, Words};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::seal::Lost;

/// Counts what lay in a place beside a log.
pub(crate) fn count(words: &mut Words, place: &str) {
    match Kind::of(place) {
        Some(Kind::Question) => words.questions += 1,
        Some(Kind::Reply) => words.replies += 1,
        Some(Kind::Answer) => words.answers += 1,
        Some(Kind::Comment) => words.comments += 1,
        Some(Kind::Claim) => words.forms += 1,
        Some(Kind::Name) => words.names += 1,
        // They are nobody's.
        Some(Kind::Right | Kind::Erase | Kind::Key) | None => {}
    }
}

/// What an ended room lost.
pub(crate) fn of_pieces(lost: &Lost) -> Words {
    let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
    Words {
        pieces: count(lost.words()),
        names: count(lost.names()),
        ..Words::default()
    }
}

/// How far an erasure has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The position of its order.
    pub position: u64,
    /// When it was begun.
    pub at: Timestamp,
    /// The request, of a room that had ended.
    pub request: Option<String>,
    /// What lay beside the log.
    pub words: Words,
    /// How many reports; nothing until the collector has erased them.
    pub reports: Option<u64>,
    /// How many page loads.
    pub page_loads: Option<u64>,
    /// No traces are left beside the file of the log.
    pub clean: bool,
    /// The viewer's name in reports, until those are erased.
    pub me: Option<String>,
}

/// What stays after every erasure.
const KEPT: &[(&str, &str)] = &[
    (
        "ballots",
        "choices under a pseudonym: the tallies are sums of them, and nobody votes twice",
    ),
    (
        "entries",
        "entries and wins under a pseudonym: the proof of a draw names every entrant by a number of that draw",
    ),
    (
        "claims",
        "units under a pseudonym, with the order's number that the shop gave: the stock adds up, and limits hold",
    ),
    (
        "prints",
        "keyed prints of words in the log: with the room's key a guess can be tried, nothing can be read",
    ),
    (
        "counters",
        "numbers that reports were added to, under no name",
    ),
    (
        "tombstone",
        "keyed hashes of the name in reports and of page loads, so that what comes late is dropped",
    ),
];

impl From<Progress> for Receipt {
    fn from(progress: Progress) -> Self {
        let Progress {
            position,
            at,
            request: _,
            words,
            reports,
            page_loads,
            clean,
            me: _,
        } = progress;
        let reports_wait = reports.is_none().then_some(Pending::Reports);
        let traces_wait = (!clean).then_some(Pending::Traces);
        Self {
            position,
            at,
            erased: Erased {
                words,
                reports,
                page_loads,
            },
            pending: reports_wait.into_iter().chain(traces_wait).collect(),
            kept: KEPT.iter().map(kept).collect(),
        }
    }
}

fn kept(&(class, why): &(&'static str, &'static str)) -> Kept {
    Kept {
        class: class.into(),
        why: why.into(),
    }
}
