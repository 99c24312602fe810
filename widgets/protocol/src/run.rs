//! The run of show: what a desk plans to open, in its order. It is kept with the room and is no part of it: nothing of it lies in the log.

use crate::Command;
use crate::id::ActivityId;
use crate::identity::Label;
use crate::limits::{CUES, RUN_MS, TEMPLATES};
use crate::time::Span;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of this form.
pub const SCHEMA: u32 = 1;

/// A run of show. Read through [`Run::checked`], it is one that a desk can go through.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Run {
    /// The number of this form, 1.
    pub schema: u32,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Label>,
    /// What is opened, in its order; at most 200.
    #[serde(default)]
    pub cues: Vec<Cue>,
    /// What can be added again and again; at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Cue>,
}

/// One thing to open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Cue {
    /// What prepares it: `poll.prepare`, `lottery.prepare`, `qna.prepare` or `deal.prepare`. Among the cues each has a name of its own,
    /// so that the room never opens one twice.
    pub draft: Command,
    /// When it is planned, from the start of the show; right after what comes before it, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_ms: Option<Span>,
    /// How long it is planned to take.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lasts_ms: Option<Span>,
    /// It is opened by itself at its time, by a desk that is told to; never so for deals and draws.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub auto: bool,
}

/// Why a run of show is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotARun {
    /// It is of another form.
    Schema(u32),
    /// It has too many cues or templates.
    TooMany,
    /// The cue of this place, from 1, does not prepare anything, or opens by itself at a time of its own.
    NoDraft(usize),
    /// The cue of this place has no name.
    NoName(usize),
    /// The cue of this place has the name of one before it.
    Twice(usize),
    /// The cue of this place is a deal or a draw, and would open by itself.
    Auto(usize),
    /// The times of the cue of this place are longer than a day.
    Time(usize),
}

impl fmt::Display for NotARun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(schema) => write!(
                f,
                "a run of show of form {schema}; this reads form {SCHEMA}"
            ),
            Self::TooMany => write!(
                f,
                "a run of show has at most {CUES} cues and {TEMPLATES} templates"
            ),
            Self::NoDraft(place) => write!(
                f,
                "cue {place} prepares nothing, or has a time at which it opens by itself"
            ),
            Self::NoName(place) => write!(f, "cue {place} has no name (activity)"),
            Self::Twice(place) => write!(f, "cue {place} has the name of another cue"),
            Self::Auto(place) => write!(
                f,
                "cue {place} is a deal or a draw: those are never opened by themselves"
            ),
            Self::Time(place) => write!(f, "the times of cue {place} are longer than a day"),
        }
    }
}

impl std::error::Error for NotARun {}

impl Run {
    /// The run itself, if a desk can go through it.
    pub fn checked(self) -> Result<Self, NotARun> {
        if self.schema != SCHEMA {
            return Err(NotARun::Schema(self.schema));
        }
        if self.cues.len() > CUES || self.templates.len() > TEMPLATES {
            return Err(NotARun::TooMany);
        }
        let templates = self.templates.iter().map(|cue| (cue, false));
        let cues = self.cues.iter().map(|cue| (cue, true));
        for (place, (cue, named)) in cues.chain(templates).enumerate() {
            cue.check(place + 1, named)?;
        }
        for (place, cue) in self.cues.iter().enumerate() {
            let before = &self.cues[..place];
            if before.iter().any(|other| other.name() == cue.name()) {
                return Err(NotARun::Twice(place + 1));
            }
        }
        Ok(self)
    }

    /// When each cue is planned, from the start of the show: at its own time, else when what comes before it is over.
    pub fn times(&self) -> Vec<Span> {
        let mut next = Span(0);
        let mut times = Vec::with_capacity(self.cues.len());
        for cue in &self.cues {
            let at = cue.at_ms.unwrap_or(next);
            times.push(at);
            next = Span(at.0 + cue.lasts_ms.unwrap_or_default().0);
        }
        times
    }
}

impl Cue {
    /// The activity that it opens.
    pub fn name(&self) -> Option<&ActivityId> {
        self.draft.activity()
    }

    /// What it is called, or asks.
    pub fn title(&self) -> &str {
        match &self.draft {
            Command::PollPrepare(draft) => draft.question.as_str(),
            Command::LotteryPrepare(draft) => draft.title.as_str(),
            Command::QnaPrepare(draft) => draft.title.as_str(),
            Command::DealPrepare(draft) => draft.title.as_str(),
            _ => "",
        }
    }

    /// Whether it may be opened by itself: nothing of worth is given away without a hand on it.
    pub const fn may_open_itself(&self) -> bool {
        matches!(self.draft, Command::PollPrepare(_) | Command::QnaPrepare(_))
    }

    /// The command that opens it at once.
    pub fn open(&self) -> Command {
        match self.draft.clone() {
            Command::PollPrepare(draft) => Command::PollOpen(draft),
            Command::LotteryPrepare(draft) => Command::LotteryOpen(draft),
            Command::QnaPrepare(draft) => Command::QnaOpen(draft),
            Command::DealPrepare(draft) => Command::DealOpen(draft),
            other => other,
        }
    }

    /// Gives it another name.
    pub fn rename(&mut self, name: Option<ActivityId>) {
        match &mut self.draft {
            Command::PollPrepare(draft) => draft.activity = name,
            Command::LotteryPrepare(draft) => draft.activity = name,
            Command::QnaPrepare(draft) => draft.activity = name,
            Command::DealPrepare(draft) => draft.activity = name,
            _ => {}
        }
    }

    fn check(&self, place: usize, named: bool) -> Result<(), NotARun> {
        let opens = match &self.draft {
            Command::PollPrepare(_) => None,
            Command::LotteryPrepare(draft) => draft.opens_in_ms,
            Command::QnaPrepare(draft) => draft.opens_in_ms,
            Command::DealPrepare(draft) => draft.opens_in_ms,
            _ => return Err(NotARun::NoDraft(place)),
        };
        if opens.is_some() {
            return Err(NotARun::NoDraft(place));
        }
        if named && self.name().is_none() {
            return Err(NotARun::NoName(place));
        }
        if self.auto && !self.may_open_itself() {
            return Err(NotARun::Auto(place));
        }
        let times = [self.at_ms, self.lasts_ms];
        if times.into_iter().flatten().any(|span| span.0 > RUN_MS) {
            return Err(NotARun::Time(place));
        }
        Ok(())
    }
}

/// A run of show as it is kept: with the number that tells one state of it from another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "KeptRun"))]
pub struct Kept {
    /// Counted up whenever it is saved, from 0, when none was. `PUT` names in `If-Match` the one that it changes.
    pub version: u64,
    /// The run of show; absent where none was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<Run>,
}

/// What the room's rules would say of a run of show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rehearsed {
    /// What would be refused; nothing, where all of it can be opened.
    pub refused: Vec<Missing>,
    /// What would open, and is warned of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warned: Vec<Warned>,
}

/// A cue that would open, with something that the room's profile warns of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "WarnedCue"))]
pub struct Warned {
    /// Its place, from 0.
    pub cue: usize,
    /// The warnings.
    pub missing: Vec<crate::profile::Missing>,
}

/// A cue that the room would refuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RefusedCue"))]
pub struct Missing {
    /// Its place, from 0.
    pub cue: usize,
    /// Why.
    pub refusal: crate::Refusal,
    /// All that the room's profile misses in it, and warnings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<crate::profile::Missing>,
}
