//! A poll: one question, two to twenty options, and how many chose each.

use crate::about::About;
use crate::id::OptionId;
use crate::identity::{Eligible, Level};
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod draft;
mod survey;

pub use crate::phase::{Pace, Phase};
pub use draft::{Draft, OptionDraft};
pub use survey::{Answers, Comment, Part, PartDraft};

/// The poll as everybody may know it; sent when it changes, and on joining.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PollCard"))]
#[serde(default)]
pub struct Card {
    /// What is asked.
    pub question: String,
    /// What may be chosen, in the order of the tally's votes.
    pub options: Vec<Choice>,
    /// How many options one viewer may choose; 1 by default, 0 for any number.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub max_choices: u8,
    /// The options are the steps of a scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// It has right answers, which nobody's page holds before the reveal.
    #[serde(skip_serializing_if = "is_false")]
    pub quiz: bool,
    /// When the numbers are shown.
    pub results: Results,
    /// A vote may be changed or withdrawn while the poll is open; so by default.
    #[serde(default = "yes")]
    pub can_change: bool,
    /// The board shows names; else nobody but the operator of the server can join a vote to a viewer, and only until the room is sealed.
    #[serde(skip_serializing_if = "is_false")]
    pub named: bool,
    /// The least identity it takes.
    pub level: Level,
    /// Whom it is for.
    #[serde(skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// Whose time it keeps.
    pub time: Pace,
    /// When it opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// Programme time of the trigger, for players that know theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme_at: Option<Timestamp>,
    /// How much longer than the deadline a vote is taken, for viewers whose picture is late.
    #[serde(skip_serializing_if = "is_no_time")]
    pub grace_ms: Span,
    /// It was opened again after its results had been seen.
    #[serde(skip_serializing_if = "is_false")]
    pub reopened: bool,
    /// The right answers, once revealed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right: Option<Vec<OptionId>>,
    /// The quickest right answers, once revealed, if the streamer wants a board.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub board: Vec<BoardRow>,
    /// Further questions: it is a survey.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// Words are asked for, by this text; only the desk reads them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// Its words were corrected after a viewer had acted in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// It was called off, and why: its votes count nothing, and viewers are told none of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// The label, and what it is about.
    #[serde(skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Choice {
    /// Its name in the poll.
    pub id: OptionId,
    /// What it says.
    #[serde(default)]
    pub text: String,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// A scale: whole steps from `min` to `max`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Scale {
    /// The lowest step, 0 or 1.
    pub min: u8,
    /// The highest step, at most 10.
    pub max: u8,
    /// What the lowest step means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<crate::text::Text<{ crate::limits::NAME_CHARS }>>,
    /// What the highest step means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<crate::text::Text<{ crate::limits::NAME_CHARS }>>,
}

/// A row of the board of quick right answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BoardRow {
    /// 1 for the first; equals share a rank.
    pub rank: u32,
    /// A name where the card says that names are shown, else a short label of this poll alone.
    pub name: String,
    /// From the opening to the answer.
    pub after_ms: Span,
}

/// When the numbers are shown to viewers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Results {
    /// From the start.
    #[default]
    Always,
    /// To those who voted, and to all once it has closed.
    AfterVoting,
    /// Once it has closed.
    AfterClosing,
    /// When the streamer reveals them.
    OnReveal,
}

/// The poll's numbers; absolute, and small.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PollTally"))]
#[serde(default)]
pub struct Tally {
    /// Where it is in its life.
    pub phase: Phase,
    /// When it closes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    /// While paused: how much time is left of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_ms: Option<Span>,
    /// How many viewers have a vote that counts.
    pub voters: u32,
    /// How many chose each option, in the card's order; absent while this audience may not know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<Vec<u32>>,
    /// The same for each further question of a survey.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Vec<u32>>,
    /// The streamer has revealed the results.
    #[serde(skip_serializing_if = "is_false")]
    pub revealed: bool,
}

/// What one viewer did in a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PollMine"))]
#[serde(default)]
pub struct Mine {
    /// The options chosen; empty without a vote, and in a vote for none of them.
    pub choices: Vec<OptionId>,
    /// This viewer has a vote; choices say so as well, a vote for none of the options says it only here.
    #[serde(skip_serializing_if = "is_false")]
    pub voted: bool,
    /// The name this viewer would have on the board.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The options chosen of each further question of a survey.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Vec<OptionId>>,
    /// This viewer wrote words.
    #[serde(skip_serializing_if = "is_false")]
    pub commented: bool,
}

impl Mine {
    /// Whether this viewer has a vote. A page that drives the room may tell choices alone.
    pub fn has_voted(&self) -> bool {
        self.voted || !self.choices.is_empty()
    }
}

/// A viewer's vote; another one takes its place if the poll lets votes be changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Vote {
    /// The options chosen; none at all only where any number may be chosen, which is a vote like every other.
    pub choices: Vec<OptionId>,
}

fn one() -> u8 {
    1
}

fn yes() -> bool {
    true
}

fn is_false(value: &bool) -> bool {
    !value
}

fn is_one(value: &u8) -> bool {
    *value == 1
}

fn is_no_time(span: &Span) -> bool {
    span.0 == 0
}
