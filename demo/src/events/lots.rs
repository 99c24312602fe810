//! How events are kept in the file and read from it.

use liveroom_protocol::event::{Cursor, Event};
use liveroom_protocol::id::{Epoch, RoomId};
use liveroom_rules::record::Position;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// One event as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) position: Position,
    pub(crate) number: u32,
    pub(crate) kind: String,
    /// Its JSON.
    pub(crate) body: String,
}

/// Events of one room in their order: all of the records after `from` up to the last one's.
#[derive(Debug)]
pub(super) struct Lot {
    pub(super) epoch: Epoch,
    pub(super) from: Position,
    pub(super) rows: Vec<Row>,
}

impl Lot {
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn to(&self) -> Position {
        self.rows.last().map_or(self.from, |row| row.position)
    }
}

/// What is kept of a room: of which log, and up to which record.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) epoch: Epoch,
    pub(super) derived: Position,
}

/// A place among events: those after it have a higher position, or the same and a higher number.
pub(crate) type Place = (Position, u32);

/// Some events of a room in their order.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// Of which log; nothing of a room that never did anything.
    pub(crate) epoch: Option<Epoch>,
    pub(crate) rows: Vec<Row>,
}

pub(super) fn kept(file: &Connection, room: &RoomId) -> rusqlite::Result<Option<Kept>> {
    Ok(find(file, room)?.map(|(_, kept)| kept))
}

fn find(file: &Connection, room: &RoomId) -> rusqlite::Result<Option<(i64, Kept)>> {
    file.prepare_cached("SELECT id, epoch, derived FROM rooms WHERE name = ?1")?
        .query_row([room.as_str()], |row| {
            let epoch: String = row.get(1)?;
            let epoch = Epoch::parse(epoch).map_err(|error| {
                rusqlite::Error::FromSqlConversionFailure(
                    1,
                    rusqlite::types::Type::Text,
                    error.into(),
                )
            })?;
            let derived = row.get(2)?;
            Ok((row.get(0)?, Kept { epoch, derived }))
        })
        .optional()
}

/// Writes a lot; false if what comes before it is missing. What is there already stays.
pub(super) fn keep(file: &mut Connection, room: &RoomId, lot: &Lot) -> rusqlite::Result<bool> {
    let transaction = file.transaction()?;
    let (id, derived) = match find(&transaction, room)? {
        Some((id, kept)) if kept.epoch == lot.epoch => (id, kept.derived),
        other => {
            let id = other.map(|(id, _)| id);
            (anew(&transaction, room, id, &lot.epoch)?, 0)
        }
    };
    if lot.from > derived {
        return Ok(false);
    }
    for row in lot.rows.iter().filter(|row| row.position > derived) {
        insert(&transaction, id, row)?;
    }
    transaction
        .prepare_cached("UPDATE rooms SET derived = max(derived, ?2) WHERE id = ?1")?
        .execute((id, lot.to()))?;
    transaction.commit()?;
    Ok(true)
}

/// Begins a room, or begins it again: of another log nothing stays, and webhooks read it from its beginning.
fn anew(
    transaction: &Transaction<'_>,
    room: &RoomId,
    id: Option<i64>,
    epoch: &Epoch,
) -> rusqlite::Result<i64> {
    if let Some(id) = id {
        transaction.execute("DELETE FROM events WHERE room = ?1", [id])?;
        transaction.execute(
            "UPDATE hooks SET position = 0, number = 0, to_position = NULL, to_number = NULL WHERE room = ?1",
            [room.as_str()],
        )?;
    }
    transaction
        .prepare_cached(
            "INSERT INTO rooms (name, epoch, derived) VALUES (?1, ?2, 0)
             ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, derived = 0 RETURNING id",
        )?
        .query_row((room.as_str(), epoch.as_str()), |row| row.get(0))
}

fn insert(transaction: &Transaction<'_>, id: i64, row: &Row) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO events (room, position, number, kind, body) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute((id, row.position, row.number, &row.kind, &row.body))
        .map(drop)
}

/// Forgets what stands behind the end of a room's log, or all of another log; webhooks that were further go on from there.
pub(super) fn cut(
    file: &mut Connection,
    room: &RoomId,
    epoch: &Epoch,
    end: Position,
) -> rusqlite::Result<()> {
    let transaction = file.transaction()?;
    let Some((id, kept)) = find(&transaction, room)? else {
        return Ok(());
    };
    if kept.epoch != *epoch {
        anew(&transaction, room, Some(id), epoch)?;
        return transaction.commit();
    }
    if kept.derived <= end {
        return Ok(());
    }
    transaction.execute(
        "DELETE FROM events WHERE room = ?1 AND position > ?2",
        (id, end),
    )?;
    transaction.execute("UPDATE rooms SET derived = ?2 WHERE id = ?1", (id, end))?;
    transaction.execute(
        "UPDATE hooks SET position = ?2, number = ?3, to_position = NULL, to_number = NULL WHERE room = ?1 AND position > ?2",
        (room.as_str(), end, u32::MAX),
    )?;
    transaction.commit()
}

/// Adds an event that no record made, after all that the room did; gives where it stands.
pub(super) fn add(
    file: &mut Connection,
    room: &RoomId,
    mut event: Event,
) -> rusqlite::Result<Position> {
    let transaction = file.transaction()?;
    let Some((id, Kept { epoch, derived })) = find(&transaction, room)? else {
        return Ok(0);
    };
    let number = transaction
        .prepare_cached(
            "SELECT coalesce(max(number) + 1, 0) FROM events WHERE room = ?1 AND position = ?2",
        )?
        .query_row((id, derived), |row| row.get(0))?;
    let cursor = Cursor {
        epoch,
        position: derived,
        number,
    };
    event.id = cursor.to_string();
    let body = serde_json::to_string(&event).expect("an event is texts and numbers");
    let row = Row {
        position: derived,
        number,
        kind: event.kind,
        body,
    };
    insert(&transaction, id, &row)?;
    transaction.commit()?;
    Ok(derived)
}

/// The events after a place, at most so many.
pub(super) fn page(
    file: &Connection,
    room: &RoomId,
    after: Option<Place>,
    limit: usize,
) -> rusqlite::Result<Page> {
    let Some((id, Kept { epoch, .. })) = find(file, room)? else {
        return Ok(Page::default());
    };
    let (position, number) = match after {
        Some((position, number)) => (position, i64::from(number)),
        None => (0, -1),
    };
    let mut statement = file.prepare_cached(
        "SELECT position, number, kind, body FROM events
         WHERE room = ?1 AND (position, number) > (?2, ?3) ORDER BY position, number LIMIT ?4",
    )?;
    let rows = statement.query_map((id, position, number, limit), |row| {
        Ok(Row {
            position: row.get(0)?,
            number: row.get(1)?,
            kind: row.get(2)?,
            body: row.get(3)?,
        })
    })?;
    let rows = rows.collect::<rusqlite::Result<Vec<Row>>>()?;
    Ok(Page {
        epoch: Some(epoch),
        rows,
    })
}

/// The place of a room's last event, and of which log.
pub(crate) fn last(file: &Connection, room: &RoomId) -> rusqlite::Result<Option<(Epoch, Place)>> {
    let Some((id, Kept { epoch, .. })) = find(file, room)? else {
        return Ok(None);
    };
    let place = file
        .prepare_cached("SELECT position, number FROM events WHERE room = ?1 ORDER BY position DESC, number DESC LIMIT 1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(place.map(|place| (epoch, place)))
}
