//! One batch of reports into the file: each is new, known already, another under a name that is taken, or too late.

use super::event::Event;
use super::standing::Standings;
use super::store::Unavailable;
use super::{counters, late, share};
use liveroom_protocol::time::Timestamp;
use rusqlite::{OptionalExtension, Transaction};
use serde::Serialize;
use std::sync::Arc;

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Receipt {
    /// Stored now.
    pub(super) stored: usize,
    /// Stored before, the same.
    pub(super) known: usize,
    /// Another report has the name; that one stays.
    pub(super) conflicts: usize,
    /// Of viewers who were erased: dropped.
    #[serde(skip_serializing_if = "late::is_none")]
    pub(super) erased: usize,
}

/// What writing stands on.
pub(super) struct Ground {
    pub(super) standings: Arc<Standings>,
    pub(super) room_bytes: u64,
}

/// Writes a batch; nothing of it where a room of it has as many as it may.
pub(super) fn reports(
    transaction: &Transaction<'_>,
    events: &[Event],
    received: Timestamp,
    ground: &Ground,
) -> rusqlite::Result<Result<Receipt, Unavailable>> {
    transaction.execute_batch("SAVEPOINT batch")?;
    let (mut receipt, mut bytes) = (Receipt::default(), share::Bytes::new());
    for event in events {
        let stored = receipt.stored;
        if late::is_late(transaction, event, received)? {
            receipt.erased += 1;
        } else {
            keep(
                transaction,
                (event, received),
                &ground.standings,
                &mut receipt,
            )?;
        }
        // What is known already takes no more room: who sends it again is told so also where there is none.
        if receipt.stored > stored {
            share::add_event(&mut bytes, event);
            if !share::fits(transaction, &bytes, ground.room_bytes)? {
                transaction.execute_batch("ROLLBACK TO batch; RELEASE batch")?;
                return Ok(Err(Unavailable::RoomFull));
            }
        }
    }
    share::take(transaction, &bytes)?;
    transaction.execute_batch("RELEASE batch")?;
    Ok(Ok(receipt))
}

fn keep(
    transaction: &Transaction<'_>,
    (event, received): (&Event, Timestamp),
    standings: &Standings,
    receipt: &mut Receipt,
) -> rusqlite::Result<()> {
    let known = transaction
        .prepare_cached(
            "SELECT row, kind, subject, time, session, sequence, data FROM reports WHERE source = ?1 AND id = ?2",
        )?
        .query_row((&event.source, &event.id), |row| {
            let same = row.get::<_, String>(1)? == event.kind
                && row.get::<_, Option<String>>(2)? == event.subject
                && row.get::<_, Option<String>>(3)? == event.time
                && row.get::<_, Option<String>>(4)? == event.session
                && row.get::<_, Option<u64>>(5)? == event.sequence
                && row.get::<_, String>(6)? == event.data;
            Ok((row.get::<_, i64>(0)?, same))
        })
        .optional()?;
    let Some((row, same)) = known else {
        receipt.stored += 1;
        transaction
            .prepare_cached(
                "INSERT INTO reports (source, id, kind, subject, time, session, sequence, sent, received, data)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute((
                &event.source,
                &event.id,
                &event.kind,
                &event.subject,
                &event.time,
                &event.session,
                event.sequence,
                &event.sent,
                received.0,
                &event.data,
            ))?;
        return counters::count(transaction, event, received, standings);
    };
    let count = if same {
        receipt.known += 1;
        "UPDATE reports SET again = again + 1 WHERE row = ?1"
    } else {
        receipt.conflicts += 1;
        "UPDATE reports SET conflicts = conflicts + 1 WHERE row = ?1"
    };
    transaction.prepare_cached(count)?.execute([row]).map(drop)
}
