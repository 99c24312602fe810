//! What a command is about.

use super::Command;
use crate::id::ActivityId;

impl Command {
    /// The activity it is about, where it is about one that exists or is named.
    pub fn activity(&self) -> Option<&ActivityId> {
        match self {
            Self::PollPrepare(draft) | Self::PollOpen(draft) => draft.activity.as_ref(),
            Self::LotteryPrepare(draft) | Self::LotteryOpen(draft) => draft.activity.as_ref(),
            Self::QnaPrepare(draft) | Self::QnaOpen(draft) => draft.activity.as_ref(),
            Self::DealPrepare(draft) | Self::DealOpen(draft) => draft.activity.as_ref(),
            Self::Approve { activity }
            | Self::Open { activity }
            | Self::LotteryDraw { activity, .. }
            | Self::LotteryExclude { activity, .. }
            | Self::LotteryForfeit { activity, .. }
            | Self::LotteryFulfil { activity, .. }
            | Self::QnaChange { activity, .. }
            | Self::QnaBlock { activity, .. }
            | Self::DealSettle { activity, .. }
            | Self::DealStock { activity, .. }
            | Self::Cancel { activity, .. }
            | Self::Close { activity }
            | Self::Extend { activity, .. }
            | Self::Pause { activity }
            | Self::Resume { activity }
            | Self::Reopen { activity, .. }
            | Self::Reset { activity }
            | Self::Reveal { activity }
            | Self::TakeBack { activity }
            | Self::PutAway { activity } => Some(activity),
            Self::Correct(correction) => Some(&correction.activity),
            Self::ShowStart(_)
            | Self::ShowEnd
            | Self::OnAir { .. }
            | Self::ViewerErase(_)
            | Self::ScreenClear
            | Self::ScreenRestore
            | Self::RoomSet(_)
            | Self::RoomSeal
            | Self::KeyMake(_)
            | Self::KeyRevoke { .. } => None,
        }
    }
}
