//! What viewers did and saw, told to the endpoint that the page named, and to the page first.
//!
//! [`Reporter`] belongs to a room. It composes reports, holds them back while consent is pending, and hands them to the
//! shell through [`Port`]; the shell offers each to the page as `live-engagement`, writes it down and sends it, asking
//! [`decide`] what to do. No report holds a question's text, a choice, an address of a page or a name.
//!
//! `widgets/protocol/REPORTS.md` is the table of types and fields.
//! An act that the room answered is one `outcome` if it was accepted, else one `refused`.

use liveroom_protocol::Widget;
use liveroom_protocol::id::ActivityId;

pub mod batch;
mod compose;
mod consent;
mod decide;
#[cfg(target_arch = "wasm32")]
mod javascript;
mod moment;
pub(crate) mod object;
pub mod policy;
mod port;
mod reporter;
mod sight;

pub use compose::named;
pub use consent::{Consent, Gate};
pub use decide::decide;
#[cfg(target_arch = "wasm32")]
pub use javascript::{Reports, report_decide};
pub use moment::{Moment, rfc3339};
pub use port::{Composed, Port};
pub use reporter::{NotReported, Reporter};

/// The activity that a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The kind of widget.
    pub widget: Widget,
    /// Which activity.
    pub activity: ActivityId,
    /// Which run of it.
    pub run: u32,
    /// The widget's own `report` attribute, an absolute address; the room's if absent.
    pub endpoint: Option<String>,
}

/// How a room reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// The room's name.
    pub room: String,
    /// The room's address, or `urn:liveroom:{room}` where there is none.
    pub source: String,
    /// By which way viewers take part: `page`, `overlay`, `practice`.
    pub channel: String,
    /// The room's `report` attribute, an absolute address; `None`: reports are offered to the page and go nowhere.
    pub endpoint: Option<String>,
    /// The page's campaign as a JSON object.
    pub campaign: Option<String>,
}
