//! What comes late, of viewers who were erased, from browsers that had kept it: it is dropped, and counted.
//!
//! It is known by keyed hashes; nothing else of the viewer is kept for that.

use super::counters::room_of;
use super::event::Event;
use super::{Collector, Failed};
use crate::chance::random;
use hmac::{Hmac, KeyInit, Mac};
use liveroom_protocol::time::Timestamp;
use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;
use sha2::Sha256;

/// The tables; an older file gets them when it is opened.
pub(super) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS erased_key (key BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS erased (
    -- A keyed hash of a viewer's name in reports or of a page load.
    mark BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    -- How many reports came late and were dropped.
    late INTEGER NOT NULL DEFAULT 0,
    -- By which order, and how much it deleted: so that asking again is told the same.
    by_order TEXT,
    reports INTEGER NOT NULL DEFAULT 0,
    page_loads INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
";

impl Collector {
    /// How many reports came late, of viewers who were erased, and were dropped. Blocks.
    pub fn late(&self) -> Result<u64, Failed> {
        let sum = "SELECT coalesce(sum(late), 0) FROM erased";
        Ok(self.read()?.query_row(sum, [], |row| row.get(0))?)
    }
}

/// Whether a report is of somebody who was erased, from before that; then it is counted as late, and not to be stored.
pub(super) fn is_late(
    transaction: &Transaction<'_>,
    event: &Event,
    received: Timestamp,
) -> rusqlite::Result<bool> {
    let any = "SELECT EXISTS (SELECT 1 FROM erased)";
    if !transaction
        .prepare_cached(any)?
        .query_row([], |row| row.get::<_, bool>(0))?
    {
        return Ok(false);
    }
    let Some(room) = room_of(&event.source) else {
        return Ok(false);
    };
    let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
    let text = |name| data.get(name).and_then(Value::as_str);
    // A page load that was erased is over; a viewer may come again.
    let load = event.session.as_ref();
    let load = load.map(|session| (["load", event.source.as_str(), session.as_str()], None));
    let happened = data.get("at").and_then(Value::as_u64);
    let happened = happened.filter(|at| *at <= received.0).unwrap_or(0);
    let me = text("me").map(|me| (["me", room.as_str(), me], Some(happened)));
    for (named, happened) in load.into_iter().chain(me) {
        let mark = mark(transaction, named)?;
        let late = transaction
            .prepare_cached(
                "UPDATE erased SET late = late + 1 WHERE mark = ?1 AND (?2 IS NULL OR at >= ?2)",
            )?
            .execute((&mark[..], happened))?;
        if late > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// HMAC-SHA-256 of the parts, under a key of this file.
pub(super) fn mark(transaction: &Transaction<'_>, parts: [&str; 3]) -> rusqlite::Result<[u8; 32]> {
    let known = transaction
        .prepare_cached("SELECT key FROM erased_key")?
        .query_row([], |row| row.get::<_, [u8; 32]>(0))
        .optional()?;
    let key = match known {
        Some(key) => key,
        None => {
            let key = random::<32>().map_err(|_| rusqlite::Error::InvalidQuery)?;
            transaction.execute("INSERT INTO erased_key (key) VALUES (?1)", [&key[..]])?;
            key
        }
    };
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    Ok(mac.finalize().into_bytes().into())
}

/// Whether there is nothing to tell of.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
pub(super) const fn is_none(count: &usize) -> bool {
    *count == 0
}
