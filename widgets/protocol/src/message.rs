//! The frames between a page and a room: JSON objects told apart by `type`.

use crate::command::Command;
use crate::desk::Desk;
use crate::id::{ActivityId, Epoch, RequestId, RoomId};
use crate::identity::{Label, Level, Role};
use crate::news::{Action, Item};
use crate::profile::{Check, Checks, Stamp};
use crate::refusal::Refusal;
use crate::show::Show;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod pages;

pub use pages::{Found, More, Page, Similar};

/// What a page sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToRoom {
    /// The first message, within 5 s.
    Hello(Hello),
    /// A new token before the old one ends.
    Renew {
        /// The token.
        token: String,
    },
    /// Ask for a device key, before the first action of a viewer who has no token.
    Mint,
    /// A viewer's action.
    Act(Act),
    /// A streamer's command.
    Command(Order),
    /// Ask for a page of questions; answered by `page`.
    More(More),
    /// Ask which questions of a list are likely the same as what is typed; answered by `similar`, and kept nowhere.
    Similar(Similar),
    /// Ask what the room would say to commands; answered by `checked`.
    Check(Check),
    /// Ask for the time; answered at once by `pong`.
    Ping {
        /// Any number of the asker's, given back.
        sent: f64,
    },
    /// The page is hidden, or seen again: figures come more seldom while it is hidden.
    Hidden {
        /// Whether it is hidden.
        hidden: bool,
    },
}

/// Who asks, and what they know already.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Hello {
    /// The version of the format that the page speaks.
    pub version: u16,
    /// The widgets it can show.
    pub kinds: Vec<String>,
    /// The page's token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The device key that the room minted for this browser.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// Where the page sits.
    pub seat: Seat,
    /// The log it knew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// The highest rev it knew of that log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rev: Option<u64>,
}

/// Where a page sits in the room; what it is sent depends on it, and a desk needs a role that may see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Seat {
    /// Among the viewers.
    #[default]
    Viewer,
    /// At the desk.
    Desk,
    /// In the picture: an overlay takes no part.
    Overlay,
}

/// A viewer's action as a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Act {
    /// Makes asking again safe.
    pub id: RequestId,
    /// In which activity.
    pub activity: ActivityId,
    /// In which run; the present one if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u32>,
    /// What is done.
    pub action: Action,
    /// What the page says of this viewer, signed: a JWT like the viewer's token, with `attest`, a list of words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attest: Option<String>,
}

/// A streamer's command as a request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Request"))]
pub struct Order {
    /// Makes asking again safe.
    pub id: RequestId,
    /// What is ordered.
    pub command: Command,
}

/// What a room sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "a message lives for the length of one call"
)]
pub enum FromRoom {
    /// The answer to `hello`.
    Welcome(Welcome),
    /// The device key asked for by `mint`; the page keeps it before it acts.
    Device {
        /// The key.
        device: String,
    },
    /// News of activities.
    News(News),
    /// The answer to `more`.
    Page(Page),
    /// What the desk alone is told of an activity, before the tally that it belongs to; whole, and bounded.
    Desk(Desk),
    /// The answer to `similar`.
    Similar(Found),
    /// The answer to `check`.
    Checked(Checks),
    /// The show, and the room's own state; when it changes, and on joining.
    Room(RoomNews),
    /// The answer to a request.
    Answer(Answer),
    /// The answer to `ping`; also unasked, without `sent`, when the room's clock was set.
    Pong {
        /// The asker's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sent: Option<f64>,
        /// The room's clock.
        at: Timestamp,
    },
    /// A message that is no request was refused; if the room then closes the line, `closing`.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The line is closed after this.
        #[serde(default)]
        closing: bool,
    },
    /// A kind that this reader does not know; ignored.
    #[serde(other)]
    Unknown,
}

/// The room as someone who joins finds it. News of all that is shown follows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Welcome {
    /// The version of the format that the room speaks.
    pub version: u16,
    /// Which room.
    pub room: RoomId,
    /// Which log.
    pub epoch: Epoch,
    /// The log was the one the page knew, so that nothing it holds is wrong, only old.
    pub recovered: bool,
    /// The room's clock.
    pub at: Timestamp,
    /// What this page may do.
    pub role: Role,
    /// How sure the room is of this viewer; absent before the first action of a viewer without a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Where the page sits.
    pub seat: Seat,
    /// All activities that are not put away, in the order of opening; others are to be forgotten.
    pub activities: Vec<ActivityId>,
    /// This page's pseudonym for reports, other than the one in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<String>,
}

/// News of activities, of one log.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct News {
    /// Which log; a page forgets all it knew of another. May be absent where a page drives the room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// The room's clock, where a page drives the room; without it no countdown is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What changed.
    #[serde(default)]
    pub news: Vec<Item>,
}

/// The room itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RoomNews {
    /// The log position of the last record that changed it.
    pub rev: u64,
    /// The show that runs, or the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<Show>,
    /// How much later viewers see the picture.
    pub delay_ms: Span,
    /// The state of the log.
    pub state: State,
    /// The screen is cleared: nothing of any activity is shown or told to viewers and overlays until it is restored.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub cleared: bool,
    /// Viewers connected now; only to the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewers: Option<u32>,
    /// Words that no question may hold; only to the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Vec<Label>>,
    /// The rules that what opens now must meet; only to the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
    /// What opens needs the approval of a second person; only to the desk.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approval: bool,
}

/// The state of a room's log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It takes requests.
    #[default]
    Live,
    /// A record is damaged: the last good state is shown, changes are refused.
    Damaged,
    /// It has ended for good.
    Sealed,
}

/// The answer to a request: what the room did, never before it is durable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Answer {
    /// The request's id.
    pub id: RequestId,
    /// Whether it was accepted.
    pub ok: bool,
    /// Accepted: its position in the log, the same whenever it is asked again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// The activity it was about, or that it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// Refused: why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// A key was made: its secret. It lies nowhere; only the same request, asked again, is told it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// An action: what this viewer's own part is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mine: Option<Item>,
}
