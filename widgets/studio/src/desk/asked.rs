//! What a button asks before it does it.

use super::{button_id, forget};
use crate::control::Control;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;

/// A button that waits for its second step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Of an activity, in a run of it: another run is another matter.
    Activity(ActivityId, u32, Control),
    /// The end of the show.
    ShowEnd,
    /// A viewer who is to be forgotten.
    Forget,
}

impl Asked {
    /// The name in the page of the button that asked.
    pub(super) fn button(&self) -> String {
        match self {
            Self::Activity(id, _, control) => button_id(id, control.place()),
            Self::ShowEnd => "show-end".to_owned(),
            Self::Forget => forget::FORGET.to_owned(),
        }
    }

    /// Whether a command is what was asked about.
    pub(super) fn gives(&self, command: &Command) -> bool {
        match self {
            Self::Activity(id, _, control) => control.command(id.clone()) == *command,
            Self::ShowEnd => matches!(command, Command::ShowEnd),
            Self::Forget => matches!(command, Command::ViewerErase(_)),
        }
    }
}
