//! Questions and answers: viewers ask and vote, those who run the room approve and answer.

use crate::about::About;
use crate::identity::{Eligible, Label, Level};
use crate::limits::ASK_CHARS;
use crate::phase::Phase;
use crate::text::Text;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

pub mod similar;

mod change;
mod draft;

pub use change::Change;
pub use draft::Draft;

/// A question's number in its activity, from 1, in the order of asking.
pub type QuestionId = u32;

/// The words of a question or a reply.
pub type Words = Text<ASK_CHARS>;

/// The list as everybody may know it; sent when it changes, and on joining. The questions are entries of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QnaCard"))]
#[serde(default)]
pub struct Card {
    /// What it is called.
    pub title: String,
    /// A question is shown to others once it was approved; so by default.
    #[serde(default = "yes")]
    pub approval: bool,
    /// One may ask without a name to other viewers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Viewers may reply to questions.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub replies: bool,
    /// Tags that a question may carry.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// How many questions one viewer may ask.
    pub most: u32,
    /// The least identity it takes.
    pub level: Level,
    /// Whom it is for.
    #[serde(skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// When it opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// Its words were corrected after a viewer had acted in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// It was called off, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// The label, and what it is about.
    #[serde(skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

/// The list's numbers; absolute, and small.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QnaTally"))]
#[serde(default)]
pub struct Tally {
    /// Where it is in its life.
    pub phase: Phase,
    /// When it opens by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// When it closes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    /// While paused: how much time is left of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_ms: Option<Span>,
    /// How many questions are shown, all pages together.
    pub questions: u32,
    /// How many of those were answered.
    pub answered: u32,
    /// How many wait for approval; only to the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting: Option<u32>,
    /// The first page: what is pinned, what is being answered, the thirty with the most votes, the twenty newest.
    /// To the desk also the fifty that have waited longest.
    pub list: Vec<Row>,
}

/// A question's number and its votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Row(pub QuestionId, pub u32);

/// One question with its answer and replies; a card of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Question {
    /// Its number.
    pub id: QuestionId,
    /// The log position of the last record that changed it.
    pub rev: u64,
    /// What was asked; absent once its author was erased.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Who asked, if the asker has a name and gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When.
    pub asked_at: Timestamp,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// What became of it.
    pub standing: Standing,
    /// It stands above the others.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// The answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// The log position of the record that gave the answer, which another answer names that takes its place; only to the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_rev: Option<u64>,
    /// Replies of viewers, in their order, at most fifty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Reply>,
    /// The question it was merged into.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<QuestionId>,
    /// How many viewers reported it; only to the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flags: Option<u32>,
    /// While it waits: questions asked before it that are likely the same, the most alike first; only to the desk.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub similar: Vec<QuestionId>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QuestionStanding"))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for approval; only its author and the desk see it.
    #[default]
    Waiting,
    /// Shown.
    Shown,
    /// Being answered now.
    Answering,
    /// Answered, in text or on air.
    Answered,
    /// Not shown.
    Dismissed,
}

/// An answer in text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QuestionAnswer"))]
pub struct Answer {
    /// What it says.
    pub text: String,
    /// It was made by a machine; shown wherever it is seen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub automatic: bool,
    /// Only the asker is told it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

/// A viewer's reply to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reply {
    /// What it says.
    pub text: String,
    /// Who replied, if they have a name and gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// It is not shown to viewers: it waits for approval, or was dismissed; only to the desk.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waiting: bool,
}

/// What one viewer did in a list of questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QnaMine"))]
#[serde(default)]
pub struct Mine {
    /// This viewer's own questions, also those that wait or were dismissed, with private answers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Question>,
    /// The questions voted for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub voted: Vec<QuestionId>,
    /// When the next question may be asked, if not now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again_at: Option<Timestamp>,
}

/// Ask a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ask {
    /// What is asked. Needed; absent only in the log, which holds no one's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
    /// Without a name to other viewers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Some of the card's tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
}

/// Reply to a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplyTo {
    /// Which question.
    pub question: QuestionId,
    /// What is replied. Needed; absent only in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
}

/// How a page of questions is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QuestionOrder"))]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Most votes first; of equals the older.
    #[default]
    Top,
    /// Newest first.
    Newest,
    /// Without an answer, most votes first.
    Unanswered,
    /// What waits for approval, longest first; only for the desk.
    Waiting,
    /// What was dismissed, newest first; only for the desk.
    Dismissed,
}

fn yes() -> bool {
    true
}
