//! What a room tells, and what a viewer does: closed lists with one variant a widget.

use crate::about::Fault;
use crate::id::{ActivityId, ClaimId};
use crate::profile::Ruled;
use crate::qna::QuestionId;
use crate::{deal, lottery, poll, qna};
use serde::{Deserialize, Serialize};

/// The kinds of widget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Widget {
    /// A poll or a quiz.
    Poll,
    /// Prizes and a draw.
    Lottery,
    /// Questions and answers.
    Qna,
    /// A countdown deal.
    Deal,
}

impl Widget {
    /// All of them, in the order of the documents.
    pub const ALL: [Self; 4] = [Self::Poll, Self::Lottery, Self::Qna, Self::Deal];

    /// Its name, the same in every drawer.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Poll => "poll",
            Self::Lottery => "lottery",
            Self::Qna => "qna",
            Self::Deal => "deal",
        }
    }
}

/// What changes seldom: texts, options, pictures. Sent when it changes, and on joining.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "widget", rename_all = "snake_case")]
pub enum Card {
    /// Of a poll.
    Poll(poll::Card),
    /// Of a lottery.
    Lottery(lottery::Card),
    /// Of a list of questions.
    Qna(qna::Card),
    /// Of a deal.
    Deal(deal::Card),
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
    /// Of a lottery.
    Lottery(lottery::Tally),
    /// Of a list of questions.
    Qna(qna::Tally),
    /// Of a deal.
    Deal(deal::Tally),
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
    /// In a lottery.
    Lottery(lottery::Mine),
    /// In a list of questions.
    Qna(qna::Mine),
    /// In a deal.
    Deal(deal::Mine),
    /// In a widget that this reader does not know.
    #[serde(other)]
    Unknown,
}

/// A card of its own within an activity: what a long list in the tally names by number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "widget", rename_all = "snake_case")]
pub enum Entry {
    /// What somebody wrote in a survey.
    Poll(poll::Comment),
    /// A question.
    Qna(qna::Question),
    /// Of a widget that this reader does not know.
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
    /// Answer a survey, or change the answers.
    #[serde(rename = "poll.answer")]
    PollAnswer(poll::Answers),
    /// Enter a draw.
    #[serde(rename = "lottery.enter")]
    LotteryEnter(lottery::Enter),
    /// Claim a prize.
    #[serde(rename = "lottery.claim")]
    LotteryClaim(lottery::Claim),
    /// Ask a question.
    #[serde(rename = "qna.ask")]
    QnaAsk(qna::Ask),
    /// Vote for a question.
    #[serde(rename = "qna.vote")]
    QnaVote {
        /// Which question.
        question: QuestionId,
    },
    /// Take the vote for a question back.
    #[serde(rename = "qna.withdraw")]
    QnaWithdraw {
        /// Which question.
        question: QuestionId,
    },
    /// Reply to a question.
    #[serde(rename = "qna.reply")]
    QnaReply(qna::ReplyTo),
    /// Claim units of a deal.
    #[serde(rename = "deal.claim")]
    DealClaim(deal::Claim),
    /// Give a claim back.
    #[serde(rename = "deal.release")]
    DealRelease {
        /// Which claim.
        claim: ClaimId,
    },
    /// Tell how the order of a claim goes.
    #[serde(rename = "deal.order")]
    DealOrder {
        /// Which claim.
        claim: ClaimId,
        /// How it goes.
        order: deal::Order,
    },
    /// Report an activity, or one of its questions, to those who run the room.
    #[serde(rename = "flag")]
    Flag {
        /// The widget of the activity.
        widget: Widget,
        /// Why.
        why: Fault,
        /// Which question, if it is about one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        question: Option<QuestionId>,
    },
}

impl Action {
    /// The widget it belongs to.
    pub const fn widget(&self) -> Widget {
        match self {
            Self::PollVote(_) | Self::PollWithdraw | Self::PollAnswer(_) => Widget::Poll,
            Self::LotteryEnter(_) | Self::LotteryClaim(_) => Widget::Lottery,
            Self::QnaAsk(_)
            | Self::QnaVote { .. }
            | Self::QnaWithdraw { .. }
            | Self::QnaReply(_) => Widget::Qna,
            Self::DealClaim(_) | Self::DealRelease { .. } | Self::DealOrder { .. } => Widget::Deal,
            Self::Flag { widget, .. } => *widget,
        }
    }

    /// What is done, one word.
    pub const fn verb(&self) -> &'static str {
        match self {
            Self::PollVote(_) | Self::QnaVote { .. } => "vote",
            Self::PollWithdraw | Self::QnaWithdraw { .. } => "withdraw",
            Self::PollAnswer(_) => "answer",
            Self::LotteryEnter(_) => "enter",
            Self::LotteryClaim(_) | Self::DealClaim(_) => "claim",
            Self::QnaAsk(_) => "ask",
            Self::QnaReply(_) => "reply",
            Self::DealRelease { .. } => "release",
            Self::DealOrder { .. } => "order",
            Self::Flag { .. } => "flag",
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
    /// Cards of their own within the activity that are news.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<Entry>,
    /// This viewer's own part, if it is news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<Mine>,
    /// How many viewers reported it; only to the desk, with the tally.
    #[serde(default, skip_serializing_if = "is_none")]
    pub flags: u32,
    /// What holds for it in a room with a profile, or with two people; only to the desk, with the tally.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruled: Option<Box<Ruled>>,
    /// It was put away: forget it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_none(count: &u32) -> bool {
    *count == 0
}
