//! What a room tells, and what a viewer does: closed lists with one variant a widget.

use crate::id::ActivityId;
use crate::poll;
use serde::{Deserialize, Serialize};

/// The kinds of widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Widget {
    /// A poll or a quiz.
    Poll,
}

impl Widget {
    /// All of them, in the order of the documents.
    pub const ALL: [Self; 1] = [Self::Poll];

    /// Its name, the same in every drawer.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
        }
    }
}

/// What changes seldom: texts, options, pictures. Sent when it changes, and on joining.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "widget", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "an unknown card is kept as seldom as it is sent"
)]
pub enum Card {
    /// Of a poll.
    Poll(poll::Card),
    /// Of a widget that this reader does not know; shown as nothing.
    #[serde(other)]
    Unknown,
}

/// What changes often: phase, deadlines, numbers. Absolute, never a difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "widget", rename_all = "snake_case")]
pub enum Tally {
    /// Of a poll.
    Poll(poll::Tally),
    /// Of a widget that this reader does not know.
    #[serde(other)]
    Unknown,
}

/// What one viewer alone is told: what this viewer did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "widget", rename_all = "snake_case")]
pub enum Mine {
    /// In a poll.
    Poll(poll::Mine),
    /// In a widget that this reader does not know.
    #[serde(other)]
    Unknown,
}

/// What a viewer does.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
pub enum Action {
    /// Vote, or change a vote.
    #[serde(rename = "poll.vote")]
    PollVote(poll::Vote),
    /// Withdraw a vote.
    #[serde(rename = "poll.withdraw")]
    PollWithdraw,
}

impl Action {
    /// The widget it belongs to.
    pub const fn widget(&self) -> Widget {
        match self {
            Self::PollVote(_) | Self::PollWithdraw => Widget::Poll,
        }
    }

    /// What is done, one word.
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::PollVote(_) => "vote",
            Self::PollWithdraw => "withdraw",
        }
    }
}

/// One piece of news about one activity: whichever parts changed.
///
/// A page takes it if `run` is higher than the one it knows, or `run` is equal and `rev` is not lower than the rev of that part
/// (equal: another form of the same state, as when a viewer's own vote has opened the results to them).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item {
    /// Which activity.
    pub activity: ActivityId,
    /// Which run of it; counted up by a reset.
    #[serde(default)]
    pub run: u32,
    /// The log position of the last record that changed these parts.
    #[serde(default)]
    pub rev: u64,
    /// The card, if it is news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<Card>,
    /// The tally, if it is news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
    /// This viewer's own part, if it is news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<Mine>,
    /// It was put away: forget it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}
