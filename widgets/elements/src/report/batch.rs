//! One batch out of the records that wait: reports of one session, and its ledger as the last.

use super::moment::rfc3339;
use super::object::Object;
use super::policy::AGE_MS;
use liveroom::json::Json;

/// The type of the report that ends every batch.
pub const LEDGER: &str = "live.room.ledger";

/// Records of one session, oldest first, as the shell keeps them.
#[derive(Debug, Default)]
pub struct Lot<'a> {
    /// The page load that wrote them.
    pub session: &'a str,
    /// The room they are from.
    pub source: &'a str,
    /// Reports written down in the session so far, as far as the shell knows.
    pub created: u64,
    /// What became of them, the other fields of [`Ledger`](liveroom_protocol::engagement::Ledger) as a JSON object.
    pub settled: &'a str,
    /// The records.
    pub rows: Vec<Row<'a>>,
    /// Reports that the batch may hold, without the ledger.
    pub most: usize,
    /// Bytes that the batch may have, with the ledger.
    pub bytes: usize,
    /// The device's clock, milliseconds since 1970.
    pub now: u64,
    /// A fresh id for the ledger: each attempt has a ledger of its own.
    pub id: &'a str,
}

/// One record.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Its number in its session.
    pub sequence: u64,
    /// When it was written, on the device's clock.
    pub at: u64,
    /// The report without what only an attempt knows: session, sequence, time of sending.
    pub text: &'a str,
}

/// What to send, or what to drop first. Places are those in [`Lot::rows`].
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// What to send; absent if something is to be dropped first, or nothing fits.
    pub body: Option<String>,
    /// How many records are in it, from the first.
    pub take: usize,
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
        } else if !is_object(row.text) {
            batch.damaged.push(place);
        }
    }
    if !batch.too_old.is_empty() || !batch.damaged.is_empty() {
        return batch;
    }
    let sent = rfc3339(lot.now);
    let mut body = String::from("[");
    let mut created = lot.created;
    let mut last = String::new();
    for row in lot.rows.iter().take(lot.most.max(1)) {
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
        batch.take += 1;
    }
    if batch.take > 0 {
        body.push_str(&last);
        body.push(']');
        batch.body = Some(body);
    }
    batch
}

/// A record with what this attempt knows.
fn complete(lot: &Lot, row: &Row, sent: &str) -> String {
    let attempt = Object::new()
        .text("session", lot.session)
        .text("sequence", &ordered(row.sequence))
        .text("senttime", sent)
        .end();
    joined(row.text, &attempt)
}

fn ledger(lot: &Lot, created: u64, sent: &str) -> String {
    let data = joined(&Object::new().number("created", created).end(), lot.settled);
    Object::new()
        .text("specversion", "1.0")
        .text("id", lot.id)
        .text("source", lot.source)
        .text("type", LEDGER)
        .text("time", sent)
        .text("datacontenttype", "application/json")
        .raw("data", &data)
        .text("session", lot.session)
        .text("sequence", &ordered(created))
        .text("senttime", sent)
        .end()
}

/// A number as the CloudEvents extension `sequence` has it: ten digits, so that texts compare as the numbers do.
fn ordered(sequence: u64) -> String {
    let digits = sequence.to_string();
    let zeros = "0000000000".get(digits.len()..).unwrap_or_default();
    [zeros, &digits].concat()
}

/// Two JSON objects with at least one field each as one.
fn joined(first: &str, second: &str) -> String {
    let first = first.strip_suffix('}').unwrap_or(first);
    let second = second.strip_prefix('{').unwrap_or(second);
    [first, ",", second].concat()
}

/// Whether a text is a JSON object with at least one field, to which more can be added.
fn is_object(text: &str) -> bool {
    text.starts_with("{\"") && text.ends_with('}') && Json::parse(text).is_ok()
}

#[cfg(test)]
mod tests;
