//! What is reported: CloudEvents 1.0 in batches, and the ledger that each batch carries.
//!
//! See <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md> and its JSON batch format.
//! [`Data`] is what a report says, [`kinds`] the one table of types and fields; `REPORTS.md` is that table for people.

mod data;
pub mod kinds;

pub use data::Data;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The media type of a batch; a closing page sends the same bytes as `text/plain`, which needs no preflight.
pub const BATCH_TYPE: &str = "application/cloudevents-batch+json";

/// One report. `D` is its data: JSON of at most 8 KiB.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Report"))]
pub struct Report<D> {
    /// Always `1.0`.
    pub specversion: String,
    /// Unique with `source`; the same pair is the same report.
    pub id: String,
    /// The room's address, or `urn:liveroom:{room}` where there is none.
    pub source: String,
    /// `live.<widget>.<what>`, `live.room.<what>` or `page.<what>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The activity it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// When it was made, on the room's clock, RFC 3339.
    pub time: String,
    /// The page load it belongs to.
    pub session: String,
    /// Counts up by one within a session, from 1: a gap is a loss. Text of ten digits, as CloudEvents' `sequence` extension
    /// wants what can be ordered as text; a number is read too.
    #[serde(with = "sequence")]
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub sequence: u64,
    /// When this attempt was sent, RFC 3339 on the device's clock; set anew for each attempt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub senttime: Option<String>,
    /// The report stands for so many: the page wanted the reports of one page load in so many only. Absent: for itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sampledrate: Option<u32>,
    /// Always `application/json`.
    pub datacontenttype: String,
    /// What happened.
    pub data: D,
}

/// Why a report was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Dropped {
    /// The queue was full; the oldest went of those that were never sent.
    QueueFull,
    /// It was older than the queue keeps.
    TooOld,
    /// It was larger than a report may be.
    TooLarge,
    /// The endpoint will never take it (an answer of 400 to 499 other than 408, 410, 413, 425, 429).
    Refused,
    /// The endpoint said 410: no more in this session.
    Gone,
    /// Consent was withdrawn before it was sent.
    Consent,
    /// It could not be written down.
    Storage,
}

/// The data of `live.room.ledger`, the last report of every batch: created = stored + dropped + waiting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Ledger {
    /// Reports written down in this session so far.
    pub created: u64,
    /// Of those, seen to be stored by the endpoint.
    pub stored: u64,
    /// Of those, dropped, by reason.
    pub dropped: BTreeMap<Dropped, u64>,
}

/// A number as text of ten digits, and back from that or from a number.
mod sequence {
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
    }

    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(sequence: &u64, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&format_args!("{sequence:010}"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
        match Either::deserialize(from)? {
            Either::Number(sequence) => Ok(sequence),
            Either::Text(text) => text
                .parse()
                .map_err(|_| de::Error::custom("sequence is digits")),
        }
    }
}
