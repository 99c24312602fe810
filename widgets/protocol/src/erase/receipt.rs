//! The receipt of an erasure: what was deleted, what is not yet, what stays and why. It names nobody.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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
    /// All together.
    pub fn sum(&self) -> u64 {
        let Self {
            questions,
            replies,
            answers,
            comments,
            forms,
            names,
            pieces,
        } = self;
        questions + replies + answers + comments + forms + names + pieces
    }
}

/// What is not done yet, and is done later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// The collector has not erased the reports.
    Reports,
    /// Bytes of what was deleted may be left in the log beside the file.
    Traces,
}

/// What was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Beside the log.
    #[serde(flatten)]
    pub words: Words,
    /// Single reports; absent until they are erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports: Option<u64>,
    /// Page loads, counted under no name since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_loads: Option<u64>,
}

/// What stays, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What.
    pub class: Cow<'static, str>,
    /// Why.
    pub why: Cow<'static, str>,
}

/// What the owner is told of an erasure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    #[serde(default)]
    pub kept: Vec<Kept>,
}
