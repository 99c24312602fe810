//! The data of a report as the kit writes it; a page may have replaced it, so an endpoint reads it with care.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a report says. What is absent is not known, or does not apply: `REPORTS.md` has which type has which field.
/// `P` is what the page adds to a report of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ReportData"))]
pub struct Data<P> {
    /// The room's name; `page` where a page drives a room without one.
    pub room: String,
    /// When it happened, on the room's clock.
    pub at: Timestamp,
    /// Where the viewer was: `page`, `overlay` or `practice`.
    pub channel: String,
    /// The viewer's pseudonym in this room, as soon as the page was told it; in another room it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub me: Option<String>,
    /// The show that ran.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// Who was on air.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_air: Vec<String>,
    /// Programme time of the viewer's picture, where the page's player has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<Timestamp>,
    /// What the page's `campaign` says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub campaign: BTreeMap<String, String>,
    /// The activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Its widget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub widget: Option<String>,
    /// Which run of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u32>,
    /// Products that it names, a deal's own among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<String>,
    /// The brand that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What the viewer did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<String>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A length of time, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ms: Option<u64>,
    /// What an order is worth, decimal text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// In which currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The code of a `live-error`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The code in a viewer's share link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<String>,
    /// What the page gave to `report()`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<P>,
}
