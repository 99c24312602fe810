//! What is a widget's own in an activity: the closed list, one variant a widget.

use crate::poll::Poll;
use liveroom_protocol::Widget;
use liveroom_protocol::time::Timestamp;

/// What is the widget's own: the closed list.
#[derive(Clone, Debug)]
pub enum Body {
    /// A poll.
    Poll(Poll),
}

impl Body {
    /// Which widget it is.
    pub const fn widget(&self) -> Widget {
        match self {
            Self::Poll(_) => Widget::Poll,
        }
    }

    /// Empties it for a new run.
    pub(super) fn reset(&mut self) {
        match self {
            Self::Poll(poll) => poll.reset(),
        }
    }

    /// Takes in the secret that is told at the reveal, and what follows from it.
    pub(super) fn reveal(&mut self, told: Option<&str>, opened_at: Option<Timestamp>) {
        match self {
            Self::Poll(poll) => poll.reveal(told, opened_at),
        }
    }

    /// Whether a reveal must wait until it has closed, lest the secret be acted upon.
    pub(super) const fn reveals_after_closing(&self, hidden: bool) -> bool {
        match self {
            Self::Poll(_) => hidden,
        }
    }
}
