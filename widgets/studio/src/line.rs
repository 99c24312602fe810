//! Whether there is a line to the room, and what time it is there: told by the page twice a second.

use liveroom_protocol::time::Timestamp;
use serde::Deserialize;

/// The line to the room, as the page's room element knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The first line is being made.
    #[default]
    Connecting,
    /// Orders reach the room.
    Live,
    /// Orders reach the room by plain HTTP, slower.
    Slow,
    /// Nothing reaches the room.
    Lost,
}

/// The line at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Line {
    /// Whether orders reach the room.
    pub(crate) state: State,
    /// Since when they do not.
    pub(crate) since: Option<Timestamp>,
    /// The room's clock, as far as the page knows it.
    pub(crate) now: Timestamp,
    /// The room is in this browser.
    pub(crate) practice: bool,
}

impl Line {
    /// Whether an order given now would reach the room.
    pub(crate) const fn is_up(&self) -> bool {
        matches!(self.state, State::Live | State::Slow)
    }
}
