//! What a streamer orders. A viewer's page never decodes one of these.

use crate::id::ActivityId;
use crate::identity::{Label, Level};
use crate::time::Span;
use crate::{poll, show};
use serde::{Deserialize, Serialize};

/// A streamer's order. The closed list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
pub enum Command {
    /// Start a show.
    #[serde(rename = "show.start")]
    ShowStart(show::Start),
    /// End the show; what is open is closed.
    #[serde(rename = "show.end")]
    ShowEnd,
    /// Say who is on air.
    #[serde(rename = "show.on_air")]
    OnAir {
        /// Ids of those on air.
        on_air: Vec<Label>,
    },
    /// Compose a poll without opening it.
    #[serde(rename = "poll.prepare")]
    PollPrepare(Box<poll::Draft>),
    /// Compose a poll and open it at once.
    #[serde(rename = "poll.open")]
    PollOpen(Box<poll::Draft>),
    /// Open what was prepared.
    #[serde(rename = "open")]
    Open {
        /// Which activity.
        activity: ActivityId,
    },
    /// Close before the deadline, or where there is none.
    #[serde(rename = "close")]
    Close {
        /// Which activity.
        activity: ActivityId,
    },
    /// Give more time.
    #[serde(rename = "extend")]
    Extend {
        /// Which activity.
        activity: ActivityId,
        /// How much more; counted from now where there was no deadline.
        by_ms: Span,
    },
    /// Take nothing for now, and stop the clock.
    #[serde(rename = "pause")]
    Pause {
        /// Which activity.
        activity: ActivityId,
    },
    /// Go on after a pause.
    #[serde(rename = "resume")]
    Resume {
        /// Which activity.
        activity: ActivityId,
    },
    /// Open again after closing; the card says so.
    #[serde(rename = "reopen")]
    Reopen {
        /// Which activity.
        activity: ActivityId,
        /// For how long; until it is closed, if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closes_in_ms: Option<Span>,
    },
    /// Begin a new run with nothing in it: open if it was open or paused, else ready.
    #[serde(rename = "reset")]
    Reset {
        /// Which activity.
        activity: ActivityId,
    },
    /// Show the results, and the right answers of a quiz.
    #[serde(rename = "reveal")]
    Reveal {
        /// Which activity.
        activity: ActivityId,
    },
    /// Take it off every page; closes it if it is open.
    #[serde(rename = "put_away")]
    PutAway {
        /// Which activity.
        activity: ActivityId,
    },
    /// Set the room up.
    #[serde(rename = "room.set")]
    RoomSet(Settings),
    /// End the room for good: its views are written once, its key is destroyed.
    #[serde(rename = "room.seal")]
    RoomSeal,
}

impl Command {
    /// The activity it is about, where it is about one that exists or is named.
    pub fn activity(&self) -> Option<&ActivityId> {
        match self {
            Self::PollPrepare(draft) | Self::PollOpen(draft) => draft.activity.as_ref(),
            Self::Open { activity }
            | Self::Close { activity }
            | Self::Extend { activity, .. }
            | Self::Pause { activity }
            | Self::Resume { activity }
            | Self::Reopen { activity, .. }
            | Self::Reset { activity }
            | Self::Reveal { activity }
            | Self::PutAway { activity } => Some(activity),
            Self::ShowStart(_)
            | Self::ShowEnd
            | Self::OnAir { .. }
            | Self::RoomSet(_)
            | Self::RoomSeal => None,
        }
    }
}

/// How a room is set up. What is absent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Settings {
    /// The least identity its activities take unless they say otherwise; `device` at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// How much later than the room viewers see the picture; 0 at first, at most 120,000 ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<Span>,
    /// Origins of pages that may connect (`https://shop.example`); none at first, when only the server's own pages may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origins: Option<Vec<String>>,
}
