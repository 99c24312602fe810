//! What a room tells a back end: CloudEvents 1.0, made from folded records alone, the same for ever.
//!
//! No words of any person are in them, and no name of a viewer: a claim is named by its claim id, a win by its number.
//! See <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md>.

use crate::id::{ActivityId, Epoch};
use crate::news::Widget;
use serde::{Deserialize, Serialize};
use std::fmt;

mod data;

pub use data::{By, Data, Outcome};

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RoomEvent"))]
pub struct Event {
    /// Always `1.0`.
    pub specversion: String,
    /// A [`Cursor`]: the event's name for ever, and what to ask with for those that follow it.
    pub id: String,
    /// The room's address, `https://…/v1/rooms/{room}`, or `urn:liveroom:{room}` where the server was not told its own.
    pub source: String,
    /// `live.<widget>.<what>` or `live.room.<what>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The activity it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<ActivityId>,
    /// When it happened, on the room's clock, RFC 3339.
    pub time: String,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// What there is to know of it.
    pub data: Data,
}

/// Where an event stands: `EPOCH-POSITION-NUMBER`, of which log, by which record, and the how manieth of that record from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The log.
    pub epoch: Epoch,
    /// The position of the record.
    pub position: u64,
    /// Which of what that record did.
    pub number: u32,
}

/// What happened: the closed list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An activity opened, also again.
    Opened,
    /// Its time to open by itself came, and it may not: something is missing.
    HeldBack,
    /// It takes no actions for now.
    Paused,
    /// It goes on.
    Resumed,
    /// It closed.
    Closed,
    /// Its results, or its price, were shown.
    Revealed,
    /// It was called off.
    Cancelled,
    /// It was emptied for a new run.
    Reset,
    /// It is off every page.
    PutAway,
    /// A lottery was drawn from.
    Drawn,
    /// Somebody won a prize.
    Won,
    /// A viewer claimed a prize, or units of a deal.
    Claimed,
    /// A prize was handed over.
    Fulfilled,
    /// A prize was not claimed in time, or taken back.
    Forfeited,
    /// A viewer gave a claim back, or it was called off with its deal.
    Released,
    /// A claim's time was over.
    Expired,
    /// A claim was settled: sold, or returned.
    Ordered,
    /// A show started.
    ShowStarted,
    /// A show ended.
    ShowEnded,
    /// Others are on air.
    HandedOver,
    /// The room has ended.
    Sealed,
    /// Somebody should look.
    Alert,
    /// A webhook was tried out. It is no part of what can be read again.
    Test,
}

impl What {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::Opened,
        Self::HeldBack,
        Self::Paused,
        Self::Resumed,
        Self::Closed,
        Self::Revealed,
        Self::Cancelled,
        Self::Reset,
        Self::PutAway,
        Self::Drawn,
        Self::Won,
        Self::Claimed,
        Self::Fulfilled,
        Self::Forfeited,
        Self::Released,
        Self::Expired,
        Self::Ordered,
        Self::ShowStarted,
        Self::ShowEnded,
        Self::HandedOver,
        Self::Sealed,
        Self::Alert,
        Self::Test,
    ];

    /// The last word of its type.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::HeldBack => "held_back",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Closed => "closed",
            Self::Revealed => "revealed",
            Self::Cancelled => "cancelled",
            Self::Reset => "reset",
            Self::PutAway => "put_away",
            Self::Drawn => "drawn",
            Self::Won => "won",
            Self::Claimed => "claimed",
            Self::Fulfilled => "fulfilled",
            Self::Forfeited => "forfeited",
            Self::Released => "released",
            Self::Expired => "expired",
            Self::Ordered => "ordered",
            Self::ShowStarted => "show_started",
            Self::ShowEnded => "show_ended",
            Self::HandedOver => "handed_over",
            Self::Sealed => "sealed",
            Self::Alert => "alert",
            Self::Test => "test",
        }
    }

    /// Whether it is of the room as a whole, also where it names an activity.
    pub const fn is_of_room(self) -> bool {
        matches!(
            self,
            Self::ShowStarted
                | Self::ShowEnded
                | Self::HandedOver
                | Self::Sealed
                | Self::Alert
                | Self::Test
        )
    }

    /// Its type, as an event carries it.
    pub fn kind(self, widget: Option<Widget>) -> String {
        let widget = widget.filter(|_| !self.is_of_room());
        let of = widget.map_or("room", Widget::name);
        format!("live.{of}.{}", self.word())
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.epoch, self.position, self.number)
    }
}

impl std::str::FromStr for Cursor {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "a cursor is the id of an event, EPOCH-POSITION-NUMBER";
        let mut parts = text.rsplitn(3, '-');
        let mut next = || parts.next().ok_or(WRONG);
        let (number, position, epoch) = (next()?, next()?, next()?);
        let cursor = Self {
            epoch: Epoch::parse(epoch).map_err(|_| WRONG)?,
            position: position.parse().map_err(|_| WRONG)?,
            number: number.parse().map_err(|_| WRONG)?,
        };
        // One event has one name: `+1` and `01` are other texts.
        if cursor.to_string() == text {
            Ok(cursor)
        } else {
            Err(WRONG)
        }
    }
}
