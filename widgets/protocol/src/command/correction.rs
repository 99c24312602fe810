//! Other words for what is there already.

use crate::id::{ActivityId, OptionId};
use crate::limits::{OPTION_CHARS, QUESTION_CHARS};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// Other words for an activity. What is absent stays; at least one must be given.
///
/// A poll has a title (its question) and options; a list of questions and a deal have a title.
/// What a lottery says is what it was fixed with, and a price is no word: neither can be corrected.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Correction {
    /// Which activity.
    pub activity: ActivityId,
    /// Its question, or its title of at most 120 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text<QUESTION_CHARS>>,
    /// Options of a poll that say something else, at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Wording>,
}

/// What an option says from now on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wording {
    /// Which option.
    pub id: OptionId,
    /// What it says.
    pub text: Text<OPTION_CHARS>,
}
