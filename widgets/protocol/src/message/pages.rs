//! What is asked of a long list of questions, and what the room says: a page of it, or those that are like what is typed.

use crate::id::ActivityId;
use crate::news::Entry;
use crate::qna;
use serde::{Deserialize, Serialize};

/// Which page of a list of questions is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct More {
    /// Of which activity.
    pub activity: ActivityId,
    /// In which order.
    #[serde(default)]
    pub order: qna::Order,
    /// After how many questions of that order; at most 50 follow.
    #[serde(default)]
    pub after: u32,
    /// Only those with these words, or of this number; only for the desk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub find: Option<qna::Words>,
}

/// What is typed, and has not been asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Similar {
    /// In which activity.
    pub activity: ActivityId,
    /// What is typed.
    pub text: qna::Words,
}

/// Questions that are likely the same as what was typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Found {
    /// In which activity.
    pub activity: ActivityId,
    /// Which run of the activity.
    pub run: u32,
    /// Numbers and votes, the most alike first; at most five.
    pub list: Vec<qna::Row>,
    /// Those questions.
    pub entries: Vec<Entry>,
}

/// A page of a list of questions, as it was at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    /// What was asked for.
    #[serde(flatten)]
    pub asked: More,
    /// Which run of the activity.
    pub run: u32,
    /// Numbers and votes, in the order asked for.
    pub list: Vec<qna::Row>,
    /// Those questions.
    pub entries: Vec<Entry>,
    /// How many questions there are in that order, all pages together.
    pub total: u32,
}
