//! What need not be kept any more: found and deleted by the time at which it was written.

use super::writer::Head;
use crate::inventory::Kind;
use liveroom_protocol::erase::Retention;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::seal::{Lost, Pieces, Sealed};
use rusqlite::{Connection, Transaction};

/// A room, as far as it matters how long it keeps what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) room: RoomId,
    /// What its owner said.
    pub(crate) retention: Retention,
    /// When it ended.
    pub(crate) sealed_at: Option<Timestamp>,
}

/// Which places: of these kinds, written before then.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) before: Timestamp,
}

/// What of an ended room has run out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) words: bool,
    pub(crate) names: bool,
    pub(crate) log: bool,
}

pub(super) fn rooms(connection: &Connection) -> rusqlite::Result<Vec<Kept>> {
    let rows = connection
        .prepare_cached(
            "SELECT name, retention, sealed.at FROM rooms LEFT JOIN sealed ON sealed.room = rooms.id",
        )?
        .query_map([], |row| {
            let retention: Option<String> = row.get(1)?;
            let retention = retention.and_then(|text| serde_json::from_str(&text).ok());
            let sealed_at: Option<u64> = row.get(2)?;
            Ok((row.get::<_, String>(0)?, retention.unwrap_or_default(), sealed_at))
        })?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let named = rows.into_iter().filter_map(|(name, retention, sealed_at)| {
        Some(Kept {
            room: RoomId::parse(name).ok()?,
            retention,
            sealed_at: sealed_at.map(Timestamp),
        })
    });
    Ok(named.collect())
}

pub(super) fn places(
    connection: &Connection,
    room: &str,
    wanted: &Wanted,
) -> rusqlite::Result<Vec<String>> {
    let places = connection
        .prepare_cached(
            "SELECT key FROM private WHERE room = (SELECT id FROM rooms WHERE name = ?1) AND at < ?2",
        )?
        .query_map((room, wanted.before.0), |row| row.get::<_, String>(0))?
        .collect::<rusqlite::Result<Vec<_>>>()?;
    let fits = |place: &String| Kind::of(place).is_some_and(|kind| wanted.kinds.contains(&kind));
    Ok(places.into_iter().filter(fits).collect())
}

/// Deletes it, and says how many parts and records it was.
pub(super) fn perform(
    transaction: &Transaction<'_>,
    head: &Head,
    ended: Ended,
    now: Timestamp,
) -> rusqlite::Result<usize> {
    let mut count = 0;
    if ended.words || ended.names {
        let views: String = transaction.query_row(
            "SELECT views FROM sealed WHERE room = ?1",
            [head.row],
            |row| row.get(0),
        )?;
        let odd = |error: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
        let mut room: Sealed = serde_json::from_str(&views).map_err(odd)?;
        let Ended { words, names, .. } = ended;
        let lost = room.erase(Pieces::All { words, names }, None, now);
        if lost != Lost::default() {
            count += lost.words() + lost.names();
            let views = serde_json::to_string(&room).map_err(odd)?;
            transaction.execute(
                "UPDATE sealed SET views = ?2 WHERE room = ?1",
                (head.row, views),
            )?;
        }
    }
    if ended.log {
        // Only of a room that has ended: its views remain.
        count += transaction.execute(
            "DELETE FROM records WHERE room = ?1 AND room IN (SELECT room FROM sealed)",
            [head.row],
        )?;
    }
    Ok(count)
}
