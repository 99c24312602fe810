//! Which role may order what: one table, asked before the log and again by the fold.

use liveroom_protocol::Command;
use liveroom_protocol::identity::Role;

/// Whether a role may give a command.
pub const fn may(role: Role, command: &Command) -> bool {
    match command {
        Command::RoomSet(_) | Command::RoomSeal => matches!(role, Role::Owner),
        Command::Close { .. } | Command::Pause { .. } | Command::PutAway { .. } => {
            matches!(
                role,
                Role::Owner | Role::Streamer | Role::Operator | Role::Moderator
            )
        }
        Command::ShowStart(_)
        | Command::ShowEnd
        | Command::OnAir { .. }
        | Command::PollPrepare(_)
        | Command::PollOpen(_)
        | Command::Open { .. }
        | Command::Extend { .. }
        | Command::Resume { .. }
        | Command::Reopen { .. }
        | Command::Reset { .. }
        | Command::Reveal { .. } => matches!(role, Role::Owner | Role::Streamer | Role::Operator),
    }
}

/// Whether a role may sit at the desk, where hidden totals and right answers are seen.
pub const fn may_see_desk(role: Role) -> bool {
    match role {
        Role::Owner | Role::Streamer | Role::Operator | Role::Moderator | Role::Analyst => true,
        Role::Viewer | Role::Shop => false,
    }
}

/// Whether a role may read exports, figures and the audit log.
pub const fn may_read_figures(role: Role) -> bool {
    matches!(role, Role::Owner | Role::Analyst)
}
