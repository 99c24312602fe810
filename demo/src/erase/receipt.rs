//! The receipt of an erasure: what was deleted, what is not yet, what stays and why. It names nobody.

use liveroom_protocol::time::Timestamp;
use liveroom_rules::seal::Lost;
use serde::{Deserialize, Serialize};

/// How much lay beside a log, by what it was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Words {
    /// Questions.
    pub questions: u64,
    /// Replies.
    pub replies: u64,
    /// Answers for the viewer alone.
    pub answers: u64,
    /// Comments in surveys.
    pub comments: u64,
    /// Claim forms.
    pub forms: u64,
    /// Names that were shown.
    pub names: u64,
    /// Parts of a room that has ended, of whatever kind.
    pub pieces: u64,
}

impl Words {
    /// Counts what lay in a place.
    pub(crate) fn count(&mut self, place: &str) {
        let kind = crate::inventory::Kind::of(place);
        use crate::inventory::Kind;
        match kind {
            Some(Kind::Question) => self.questions += 1,
            Some(Kind::Reply) => self.replies += 1,
            Some(Kind::Answer) => self.answers += 1,
            Some(Kind::Comment) => self.comments += 1,
            Some(Kind::Claim) => self.forms += 1,
            Some(Kind::Name) => self.names += 1,
            // They are nobody's.
            Some(Kind::Right | Kind::Erase | Kind::Key) | None => {}
        }
    }

    /// What an ended room lost.
    pub(crate) fn of_pieces(lost: &Lost) -> Self {
        let count = |number| u64::try_from(number).unwrap_or(u64::MAX);
        Self {
            pieces: count(lost.words()),
            names: count(lost.names()),
            ..Self::default()
        }
    }

    /// All together.
    pub(crate) fn sum(&self) -> usize {
        let Self {
            questions,
            replies,
            answers,
            comments,
            forms,
            names,
            pieces,
        } = self;
        let sum = questions + replies + answers + comments + forms + names + pieces;
        usize::try_from(sum).unwrap_or(usize::MAX)
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

/// What is not done yet, and is done later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// The collector has not erased the reports.
    Reports,
    /// Bytes of what was deleted may be left in the log beside the file.
    Traces,
}

/// What was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Erased {
    /// Beside the log.
    #[serde(flatten)]
    pub words: Words,
    /// Single reports; absent until they are erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports: Option<u64>,
    /// Page loads, counted under no name since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_loads: Option<u64>,
}

/// What stays, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What.
    pub class: &'static str,
    /// Why.
    pub why: &'static str,
}

/// What the owner is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The position of the order in the room's log.
    pub position: u64,
    /// When it was begun, by the server's clock.
    pub at: Timestamp,
    /// What is gone.
    pub erased: Erased,
    /// What is not gone yet; empty once all is done.
    pub pending: Vec<Pending>,
    /// What stays.
    pub kept: &'static [Kept],
}

/// What stays after every erasure.
pub(crate) const KEPT: &[Kept] = &[
    Kept {
        class: "ballots",
        why: "choices under a pseudonym: the tallies are sums of them, and nobody votes twice",
    },
    Kept {
        class: "entries",
        why: "entries and wins under a pseudonym: the proof of a draw names every entrant by a number of that draw",
    },
    Kept {
        class: "claims",
        why: "units under a pseudonym, with the order's number that the shop gave: the stock adds up, and limits hold",
    },
    Kept {
        class: "prints",
        why: "keyed prints of words in the log: with the room's key a guess can be tried, nothing can be read",
    },
    Kept {
        class: "counters",
        why: "numbers that reports were added to, under no name",
    },
    Kept {
        class: "tombstone",
        why: "keyed hashes of the name in reports and of page loads, so that what comes late is dropped",
    },
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
            kept: KEPT,
        }
    }
}
