//! What a room asks of the page around it. The room decides, the shell does.

use crate::report::About;
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::money::Money;
use liveroom_protocol::qna::QuestionId;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Refusal};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Ask the page's `tokenProvider`.
    AskToken,
    /// Open a line: a socket's address, or `local:` and a room's name.
    OpenLine(String),
    /// Close it; nothing is to be heard of it any more.
    HangUp,
    /// Send a frame on the line.
    Send(String),
    /// Post frames by HTTP.
    Post {
        /// Where to.
        address: String,
        /// A JSON array of frames.
        body: String,
    },
    /// Keep the device key for this room.
    KeepDevice(String),
    /// The frame at hand is the newest that holds this part of an activity.
    Keep {
        /// Which activity.
        activity: ActivityId,
        /// `card`, `tally` or `mine`.
        part: &'static str,
        /// Of which rev.
        rev: u64,
    },
    /// The frame at hand is the newest that holds these cards within an activity.
    KeepEntries {
        /// Which activity.
        activity: ActivityId,
        /// Their numbers.
        entries: Vec<QuestionId>,
    },
    /// The frame at hand is the newest `welcome`, or the newest of the `room`.
    KeepFrame(&'static str),
    /// Nothing of this activity is to be kept.
    Forget(ActivityId),
    /// Nothing of any activity is to be kept.
    ForgetAll,
    /// Keep a request until it is answered.
    Hold {
        /// Its name.
        id: RequestId,
        /// It, as a frame.
        text: String,
    },
    /// The request was answered.
    Release(RequestId),
    /// The frame at hand answers a request that is not one of a viewer: a command.
    Answered(RequestId),
    /// The room lets this page in no more: its refusal as JSON.
    Barred(String),
    /// Dispatch `live-outcome`; if it is not cancelled the refusal is shown.
    Outcome {
        /// From which widget; 0 for the room.
        element: u32,
        /// Its detail as JSON.
        detail: String,
        /// The activity.
        activity: ActivityId,
        /// The no, if it is one.
        refusal: Option<Refusal>,
    },
    /// Tell the page of a failure.
    Error {
        /// What kind.
        code: &'static str,
        /// What to do about it.
        message: String,
    },
    /// Say a line in the live region.
    Say(String),
    /// Check the draw of this lottery.
    Check {
        /// Which lottery.
        activity: ActivityId,
        /// The room's own address; empty in a practice room.
        address: String,
        /// The whole draw; else whether this viewer's entry is on its list.
        whole: bool,
    },
    /// Show these in the dock, oldest first: `widget activity`, one a line.
    Dock(String),
    /// Something may look different: draw in the next frame.
    Draw,
    /// Tell the reporter.
    Report(Told),
    /// Go on by this action with what the viewer began.
    Act {
        /// In which activity.
        activity: ActivityId,
        /// What.
        action: Action,
    },
    /// Call the page's cart with a claim.
    Order {
        /// Of which activity.
        activity: ActivityId,
        /// It as JSON.
        claim: String,
        /// Until when it is reserved.
        until: Timestamp,
    },
    /// Ask the page's shop what it knows of a product.
    Product(String),
}

/// What the reporter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The viewer acted.
    Acted {
        /// On what.
        about: About,
        /// How.
        act: &'static str,
    },
    /// The room accepted it.
    Outcome {
        /// On what.
        about: About,
        /// What.
        act: &'static str,
    },
    /// An order was made: the page's cart took it, or the shop has settled its claim.
    Ordered {
        /// On what.
        about: About,
        /// The log and the claim, so that it is told but once.
        once: String,
        /// What it is worth.
        value: Option<Money>,
    },
    /// It was refused.
    Refused {
        /// On what.
        about: About,
        /// What.
        act: &'static str,
        /// Why.
        reason: String,
    },
    /// What an activity's card says that it is about, as fields of JSON; nothing for nothing.
    Card(ActivityId, String),
    /// The pseudonym of this page.
    Me(Option<String>),
    /// The show that runs, and who is on air.
    Show(Option<String>, Vec<String>),
}
