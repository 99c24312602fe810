//! What those who run the room do with a question.

use super::{QuestionId, Words};
use crate::identity::Label;
use serde::{Deserialize, Serialize};

/// What is done to a question by those who run the room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum Change {
    /// Show it.
    Approve,
    /// Do not show it.
    Dismiss,
    /// Put it above the others, or back among them.
    Pin {
        /// Whether it stands above the others.
        pinned: bool,
    },
    /// It is being answered now; no other is.
    Answering,
    /// It was answered on air.
    AnsweredLive,
    /// Answer it in text. Where there is an answer already it says which one it takes the place of, else it is refused as `taken`: so
    /// that of two who answer at once the second sees what the first one wrote.
    Answer {
        /// What the answer says. In the log it is absent where it is for the asker alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Words>,
        /// Only the asker is told it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        private: bool,
        /// It was made by a machine.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        automatic: bool,
        /// The `answer_rev` of the answer that it takes the place of; absent for the first one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<u64>,
    },
    /// Merge it into another: votes are added, nobody counts twice, and its asker sees the other's answer.
    Merge {
        /// The one that stays.
        into: QuestionId,
    },
    /// Give it other tags, whatever it has. Who only adds one or takes one away says so, and undoes nobody else's.
    Tag {
        /// All its tags from now on.
        tags: Vec<Label>,
    },
    /// Give it one tag more; nothing happens if it has it.
    AddTag {
        /// The tag.
        tag: Label,
    },
    /// Take one tag from it; nothing happens if it has not.
    RemoveTag {
        /// The tag.
        tag: Label,
    },
    /// Show a reply, by its place, or dismiss it.
    Reply {
        /// The reply's place among all replies to this question, from 0, as the desk sees them.
        place: u32,
        /// Whether it is shown.
        shown: bool,
    },
}
