//! How an owner sets a room up.

use crate::about::Address;
use crate::erase::Retention;
use crate::identity::{Label, Level};
use crate::profile::Profile;
use crate::time::Span;
use serde::{Deserialize, Serialize};

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
    /// Words that no question may hold, compared without case and width; none at first, at most 200.
    /// A word counts as a whole one, also spelled out (`b a d`); in scripts that write no spaces it counts anywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blocked: Option<Vec<Label>>,
    /// The page on which viewers take part, where the short address `/r/{room}` leads; the server's own at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<Address>,
    /// For how many days it keeps what of viewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
    /// The rules of which place it follows, in their newest version; `none` at first. What is open keeps what it opened under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// Whether nothing opens that only one person has seen: whoever did not compose it approves it first. False at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval: Option<bool>,
}
