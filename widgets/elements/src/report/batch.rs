//! One batch out of the records that wait: reports of one session, and its ledger as the last.

use super::moment::rfc3339;
use super::object::Object;
use super::policy::AGE_MS;
use liveroom_protocol::engagement::Ledger;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// The type of the report that ends every batch.
pub const LEDGER: &str = "live.room.ledger";

/// Records of one session, oldest first, as the shell keeps them.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Lot {
    /// The page load that wrote them.
    pub session: String,
    /// The room they are from.
    pub source: String,
    /// What is known of the session so far.
    pub ledger: Ledger,
    /// The records.
    pub rows: Vec<Row>,
    /// Reports that the batch may hold, without the ledger.
    pub most: usize,
    /// Bytes that the batch may have, with the ledger.
    pub bytes: usize,
    /// The device's clock, milliseconds since 1970.
    pub now: u64,
    /// A fresh id for the ledger: each attempt has a ledger of its own.
    pub id: String,
}

/// One record.
#[derive(Debug, Deserialize)]
pub struct Row {
    /// Its number in its session.
    pub sequence: u64,
    /// When it was written, on the device's clock.
    pub at: u64,
    /// The report without what only an attempt knows: session, sequence, time of sending.
    pub text: String,
}

/// What to send, or what to drop first. Places are those in [`Lot::rows`].
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Batch {
    /// What to send; absent if something is to be dropped first, or nothing fits.
    pub body: Option<String>,
    /// The records in it.
    pub take: Vec<usize>,
    /// Records that waited too long.
    pub too_old: Vec<usize>,
    /// Records that storage gave back as something else.
    pub damaged: Vec<usize>,
}

/// Makes a batch of as many records as fit. What is too old or damaged comes out alone, so that the next ledger counts it.
pub fn batch(lot: &Lot) -> Batch {
    let mut batch = Batch::default();
    for (place, row) in lot.rows.iter().enumerate() {
        if row.at.saturating_add(AGE_MS) < lot.now {
            batch.too_old.push(place);
        } else if !is_object(&row.text) {
            batch.damaged.push(place);
        }
    }
    if !batch.too_old.is_empty() || !batch.damaged.is_empty() {
        return batch;
    }
    let sent = rfc3339(lot.now);
    let mut body = String::from("[");
    let mut created = lot.ledger.created;
    let mut last = String::new();
    for (place, row) in lot.rows.iter().enumerate().take(lot.most.max(1)) {
        let report = complete(lot, row, &sent);
        // The ledger never claims more than what this batch and those before it hold.
        let ledger = ledger(lot, created.max(row.sequence), &sent);
        if body.len() + report.len() + ledger.len() + 2 > lot.bytes {
            break;
        }
        created = created.max(row.sequence);
        body.push_str(&report);
        body.push(',');
        last = ledger;
        batch.take.push(place);
    }
    if !batch.take.is_empty() {
        body.push_str(&last);
        body.push(']');
        batch.body = Some(body);
    }
    batch
}

/// A record with what this attempt knows.
fn complete(lot: &Lot, row: &Row, sent: &str) -> String {
    let attempt = Object::new()
        .text("session", &lot.session)
        .number("sequence", row.sequence)
        .text("senttime", sent)
        .end();
    let mut report = row.text.clone();
    report.pop();
    report.push(',');
    report.push_str(attempt.get(1..).unwrap_or("}"));
    report
}

fn ledger(lot: &Lot, created: u64, sent: &str) -> String {
    let data = Ledger {
        created,
        ..lot.ledger.clone()
    };
    // Numbers under names: writing them to memory cannot fail.
    let data = serde_json::to_string(&data).unwrap_or_default();
    Object::new()
        .text("specversion", "1.0")
        .text("id", &lot.id)
        .text("source", &lot.source)
        .text("type", LEDGER)
        .text("time", sent)
        .text("datacontenttype", "application/json")
        .raw("data", &data)
        .text("session", &lot.session)
        .number("sequence", created)
        .text("senttime", sent)
        .end()
}

/// Whether a text is a JSON object with at least one field, to which more can be added.
fn is_object(text: &str) -> bool {
    text.starts_with("{\"")
        && text.ends_with('}')
        && serde_json::from_str::<IgnoredAny>(text).is_ok()
}

#[cfg(test)]
mod tests;
