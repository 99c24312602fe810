//! What a streamer composes: a list of questions before it is one.

use super::yes;
use crate::about::About;
use crate::id::ActivityId;
use crate::identity::{Eligible, Label, Level};
use crate::lottery::Title;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// A list of questions to prepare or to open. Only `title` is needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "QnaDraft"))]
pub struct Draft {
    /// The name it is to have; the room makes one if it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// What it is called.
    pub title: Title,
    /// A question is shown to others once it was approved; true by default.
    #[serde(default = "yes")]
    pub approval: bool,
    /// One may ask without a name to other viewers; false by default.
    #[serde(default)]
    pub anonymous: bool,
    /// Viewers may reply; false by default.
    #[serde(default)]
    pub replies: bool,
    /// Tags that a question may carry, at most 32.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// How many questions one viewer may ask: 10 by default, at most 100.
    #[serde(default = "ten")]
    pub most: u32,
    /// The least time between two questions of one viewer: 10 s by default, at most an hour.
    #[serde(default = "ten_seconds")]
    pub every_ms: Span,
    /// The least identity it takes; the room's by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whom it is for; everyone by default.
    #[serde(default, skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// How long until it opens by itself; when the streamer opens it, if absent. Viewers see it until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_in_ms: Option<Span>,
    /// How long it is open; until it is closed, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_in_ms: Option<Span>,
    /// Prepared: viewers see it as not yet open.
    #[serde(default)]
    pub announce: bool,
    /// The label, and what it is about.
    #[serde(default, skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

fn ten() -> u32 {
    10
}

fn ten_seconds() -> Span {
    Span(10_000)
}
