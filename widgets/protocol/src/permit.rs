//! Which role may give which command: one table, which a desk shows, and a room asks before its log and again in its fold.

use crate::Command;
use crate::identity::Role;

/// Whether a role may give a command.
pub const fn may(role: Role, command: &Command) -> bool {
    match command {
        Command::RoomSet(_)
        | Command::RoomSeal
        | Command::ViewerErase(_)
        | Command::KeyMake(_)
        | Command::KeyRevoke { .. } => matches!(role, Role::Owner),
        Command::Close { .. }
        | Command::Pause { .. }
        | Command::PutAway { .. }
        | Command::ScreenClear
        | Command::Cancel { .. }
        | Command::QnaChange { .. }
        | Command::QnaBlock { .. } => {
            matches!(
                role,
                Role::Owner | Role::Streamer | Role::Operator | Role::Moderator
            )
        }
        Command::DealSettle { .. } | Command::LotteryFulfil { .. } => {
            matches!(role, Role::Owner | Role::Shop)
        }
        Command::DealStock { .. } => {
            matches!(
                role,
                Role::Owner | Role::Streamer | Role::Operator | Role::Shop
            )
        }
        Command::ShowStart(_)
        | Command::ShowEnd
        | Command::OnAir { .. }
        | Command::PollPrepare(_)
        | Command::PollOpen(_)
        | Command::LotteryPrepare(_)
        | Command::LotteryOpen(_)
        | Command::LotteryDraw { .. }
        | Command::LotteryExclude { .. }
        | Command::LotteryForfeit { .. }
        | Command::QnaPrepare(_)
        | Command::QnaOpen(_)
        | Command::DealPrepare(_)
        | Command::DealOpen(_)
        | Command::Approve { .. }
        | Command::Open { .. }
        | Command::Extend { .. }
        | Command::Resume { .. }
        | Command::Reopen { .. }
        | Command::Reset { .. }
        | Command::TakeBack { .. }
        | Command::Correct(_)
        | Command::ScreenRestore
        | Command::Reveal { .. } => matches!(role, Role::Owner | Role::Streamer | Role::Operator),
    }
}

/// Whether a role gives any command at all; which, [`may`] says.
pub const fn may_order(role: Role) -> bool {
    match role {
        Role::Owner | Role::Streamer | Role::Operator | Role::Moderator | Role::Shop => true,
        Role::Viewer | Role::Analyst | Role::Partner | Role::Relay => false,
    }
}
