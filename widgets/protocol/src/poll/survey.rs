//! A survey: a poll with further questions, and perhaps a field for words.

use super::{Choice, OptionDraft, Scale};
use crate::id::OptionId;
use crate::limits::QUESTION_CHARS;
use crate::qna::Words;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// A further question of a survey. Unlike the first it may be left unanswered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Part {
    /// What is asked.
    pub question: String,
    /// What may be chosen, in the order of the tally's votes.
    pub options: Vec<Choice>,
    /// How many options one viewer may choose; 1 by default, 0 for any number.
    #[serde(default = "super::one", skip_serializing_if = "super::is_one")]
    pub max_choices: u8,
    /// The options are the steps of a scale.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<Scale>,
}

/// A further question as composed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PartDraft {
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
}

/// A viewer's answers to a survey; others take their place if the poll lets votes be changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answers {
    /// The options chosen of the first question.
    pub choices: Vec<OptionId>,
    /// The options chosen of each further question, in the card's order; an empty list leaves one unanswered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Vec<OptionId>>,
    /// Words, where the card asks for them. Only the desk reads them; the log never holds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Words>,
}

/// What one viewer wrote; only to the desk, and without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comment {
    /// Its number in the survey, from 1.
    pub id: u32,
    /// The log position of the record that it came with.
    pub rev: u64,
    /// What was written; absent once its author was erased, or took the answers back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
