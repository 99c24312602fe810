//! What a streamer composes: a poll before it is one.

use super::{Pace, PartDraft, Results, Scale};
use crate::about::About;
use crate::id::{ActivityId, OptionId};
use crate::identity::{Eligible, Level};
use crate::limits::{OPTION_CHARS, QUESTION_CHARS};
use crate::text::{Picture, Text};
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A poll to prepare or to open. Only `question` and either `options` or `scale` are needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PollDraft"))]
pub struct Draft {
    /// The name it is to have; the room makes one if it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// What is asked.
    pub question: Text<QUESTION_CHARS>,
    /// Two to twenty options; a text alone is an option too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionDraft>,
    /// Instead of options: the steps of a scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
    /// How many options one viewer may choose: 1 by default, 0 for any number.
    #[serde(default = "super::one")]
    pub max_choices: u8,
    /// The ids of the right answers. They make the poll a quiz, and stay secret until revealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub right: Vec<OptionId>,
    /// After the reveal of a quiz, show who answered right first.
    #[serde(default)]
    pub board: bool,
    /// When the numbers are shown; `always` by default, `on_reveal` for a quiz.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Results>,
    /// Whether a vote may be changed or withdrawn; true by default.
    #[serde(default = "super::yes")]
    pub can_change: bool,
    /// Whether the board shows names; false by default.
    #[serde(default)]
    pub named: bool,
    /// The least identity it takes; the room's by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whom it is for; everyone by default.
    #[serde(default, skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// How long it is open; until it is closed, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_in_ms: Option<Span>,
    /// Whose time it keeps; the picture's by default.
    #[serde(default)]
    pub time: Pace,
    /// How much longer than its deadline a vote is taken; none by default, at most 30,000 ms, only in picture time.
    #[serde(default)]
    pub grace_ms: Span,
    /// Prepared: viewers see it as not yet open. Else only the desk sees it until it opens; so by default.
    #[serde(default)]
    pub announce: bool,
    /// Programme time of the trigger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme_at: Option<Timestamp>,
    /// Further questions, at most nine: they make it a survey, which has no right answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartDraft>,
    /// Ask for words, by this text. Only the desk reads them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Text<QUESTION_CHARS>>,
    /// The label, and what it is about.
    #[serde(default, skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

/// One option as composed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum OptionDraft {
    /// Only what it says; its id is its place, from 1.
    Text(Text<OPTION_CHARS>),
    /// All of it.
    Full {
        /// Its name in the poll; its place, from 1, if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<OptionId>,
        /// What it says.
        text: Text<OPTION_CHARS>,
        /// Its picture.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        image: Option<Picture>,
    },
}
