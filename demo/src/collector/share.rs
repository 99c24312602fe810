//! How much of the file the single reports of each room take, kept in the transactions that change it: no room's fill what is
//! everybody's. What was counted of reports that are deleted by now is not measured: it is small.

use super::counters::room_of;
use super::erase::sources;
use super::event::Event;
use liveroom_protocol::id::RoomId;
use rusqlite::{Connection, OptionalExtension, Params, Transaction};
use std::collections::BTreeMap;

pub(super) const TABLE: &str = "
CREATE TABLE room_bytes (
    -- Empty for reports of no room, which only a collector that stands alone takes.
    room TEXT PRIMARY KEY,
    bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Bytes of a report besides its texts, about: its numbers, its places in the indexes, and what is counted of it meanwhile.
const AROUND: usize = 300;
/// The bytes of a row of reports, besides those around it.
const OF_ROW: &str =
    "octet_length(source) + octet_length(id) + octet_length(kind) + octet_length(data)
    + coalesce(octet_length(subject), 0) + coalesce(octet_length(time), 0)
    + coalesce(octet_length(session), 0) + coalesce(octet_length(sent), 0)";

/// Bytes by room.
pub(super) type Bytes = BTreeMap<String, u64>;

/// The bytes of a report, as they will be counted of its row.
pub(super) fn add_event(bytes: &mut Bytes, event: &Event) {
    let texts = [&event.subject, &event.time, &event.session, &event.sent];
    let texts = texts.into_iter().flatten().map(String::len).sum::<usize>();
    let all = AROUND + event.source.len() + event.id.len() + event.kind.len() + event.data.len();
    let sum = bytes
        .entry(name(room_of(&event.source).as_ref()))
        .or_default();
    *sum = sum.saturating_add((all + texts) as u64);
}

fn name(room: Option<&RoomId>) -> String {
    room.map_or_else(String::new, ToString::to_string)
}

/// Whether all of it still fits into what a room may take.
pub(super) fn fits(
    transaction: &Transaction<'_>,
    bytes: &Bytes,
    most: u64,
) -> rusqlite::Result<bool> {
    for (room, more) in bytes {
        let taken: Option<u64> = transaction
            .prepare_cached("SELECT bytes FROM room_bytes WHERE room = ?1")?
            .query_row([room], |row| row.get(0))
            .optional()?;
        if taken.unwrap_or(0).saturating_add(*more) > most {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Counts what was stored.
pub(super) fn take(connection: &Connection, bytes: &Bytes) -> rusqlite::Result<()> {
    for (room, more) in bytes {
        connection
            .prepare_cached(
                "INSERT INTO room_bytes (room, bytes) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes",
            )?
            .execute((room, more))?;
    }
    Ok(())
}

/// Deletes reports of a room, and says how many they were.
pub(super) fn delete(
    transaction: &Transaction<'_>,
    room: Option<&RoomId>,
    which: &str,
    values: impl Params,
) -> rusqlite::Result<usize> {
    let sql = format!("DELETE FROM reports WHERE {which} RETURNING {AROUND} + {OF_ROW}");
    let (mut rows, mut bytes) = (0, 0_u64);
    for row in transaction
        .prepare_cached(&sql)?
        .query_map(values, |row| row.get::<_, u64>(0))?
    {
        rows += 1;
        bytes += row?;
    }
    transaction
        .prepare_cached("UPDATE room_bytes SET bytes = max(bytes - ?2, 0) WHERE room = ?1")?
        .execute((name(room), bytes))?;
    Ok(rows)
}

/// Counts a file that was not counted before.
pub(super) fn fill(connection: &Connection) -> rusqlite::Result<()> {
    for source in sources(connection)? {
        let sql = format!("SELECT sum({AROUND} + {OF_ROW}) FROM reports WHERE source = ?1");
        let bytes: u64 = connection.query_row(&sql, [&source], |row| row.get(0))?;
        take(
            connection,
            &Bytes::from([(name(room_of(&source).as_ref()), bytes)]),
        )?;
    }
    Ok(())
}
