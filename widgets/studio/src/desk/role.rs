//! What the role of a desk keeps it from: its buttons say so, rather than that the room refuses what they do.

use liveroom_protocol::Command;
use liveroom_protocol::identity::Role;
use liveroom_protocol::permit;

/// What a button says that another role may press.
pub(super) const NOT_YOURS: &str = "Your role may not do this.";

/// Why a role gives no such command; before the room has greeted nothing is known of it.
pub(super) fn refused(role: Option<Role>, command: &Command) -> Option<&'static str> {
    let role = role?;
    (!permit::may(role, command)).then_some(NOT_YOURS)
}

/// Whether a role opens, takes back, corrects and brings back.
pub(super) fn directs(role: Option<Role>) -> bool {
    role.is_some_and(|role| permit::may(role, &Command::ScreenRestore))
}
