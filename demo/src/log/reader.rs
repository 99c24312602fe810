//! Reading the log: connections that are used again, and what a stored record can be found to be.

use super::tables;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::{Batch, Unavailable};
use liveroom_rules::private::PrivateValue;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Position, Record};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Row};
use std::path::PathBuf;
use std::sync::Mutex;

/// Connections kept for the next read.
const IDLE: usize = 4;

/// Records of one batch: a few milliseconds' work.
const BATCH: usize = 4_096;

/// The connections that read; as many as are asked for at once, a few kept.
#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

/// What a room is to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It has a log and a key.
    Live([u8; 32]),
    /// It has ended; this is all that remains of it.
    Sealed(String),
}

impl Readers {
    pub(super) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Reads with a connection of its own; blocks.
    fn with<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let kept = self.idle.lock().map_or(None, |mut idle| idle.pop());
        let connection = match kept {
            Some(connection) => connection,
            None => tables::reader(&self.path)?,
        };
        let result = read(&connection)?;
        // A connection that failed is not used again.
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < IDLE
        {
            idle.push(connection);
        }
        Ok(result)
    }

    /// Asks anything that is told in rows.
    pub(super) fn ask<T>(
        &self,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Unavailable> {
        self.with(ask)
            .map_err(|error| Unavailable(error.to_string()))
    }

    /// The records after a position, some thousand at most; none if there are none.
    pub(super) fn records(&self, room: &RoomId, after: Position) -> Result<Batch, Unavailable> {
        let mut batch = Batch::default();
        let read = self.with(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT position, at, body, sum FROM records
                 WHERE room = (SELECT id FROM rooms WHERE name = ?1) AND position > ?2 ORDER BY position LIMIT ?3",
            )?;
            let mut rows = statement.query((room.as_str(), after, BATCH))?;
            while let Some(row) = rows.next()? {
                let expected = after + 1 + batch.records.len() as Position;
                match record(row, expected) {
                    Some(record) => batch.records.push(record),
                    None => {
                        batch.damaged = Some(expected);
                        break;
                    }
                }
            }
            Ok(())
        });
        match read {
            Ok(()) => Ok(batch),
            Err(error) if is_damage(&error) => {
                batch.damaged = Some(after + 1 + batch.records.len() as Position);
                Ok(batch)
            }
            Err(error) => Err(Unavailable(error.to_string())),
        }
    }

    /// What the log has of a room; nothing if it was never made.
    pub(super) fn room(&self, room: &RoomId) -> Result<Option<Kept>, Unavailable> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT rooms.key, sealed.views FROM rooms LEFT JOIN sealed ON sealed.room = rooms.id WHERE name = ?1",
                )?
                .query_row([room.as_str()], |row| {
                    Ok(match row.get::<_, Option<String>>(1)? {
                        Some(views) => Kept::Sealed(views),
                        None => Kept::Live(row.get(0)?),
                    })
                })
                .optional()
        })
        .map_err(|error| Unavailable(error.to_string()))
    }

    /// All that lies beside a room's log.
    pub(super) fn private(&self, room: &RoomId) -> Result<Vec<PrivateValue>, Unavailable> {
        self.with(|connection| {
            connection
                .prepare_cached("SELECT key, owner, value FROM private WHERE room = (SELECT id FROM rooms WHERE name = ?1)")?
                .query_map([room.as_str()], |row| {
                    let owner: Option<String> = row.get(1)?;
                    let owner = owner.and_then(|owner| Pseudonym::try_from(owner).ok());
                    Ok(PrivateValue { key: row.get(0)?, owner, value: row.get(2)? })
                })?
                .collect()
        })
        .map_err(|error| Unavailable(error.to_string()))
    }
}

/// The record of a row, unless a record is missing before it or it is not what was written.
fn record(row: &Row<'_>, expected: Position) -> Option<Record> {
    let position: Position = row.get(0).ok()?;
    let body = row.get_ref(2).ok()?.as_str().ok()?;
    let at = Timestamp(row.get(1).ok()?);
    let sum = row.get(3).ok()?;
    (position == expected).then_some(())?;
    Record::read(position, at, body, sum).ok()
}

/// Whether SQLite itself says that the file is broken.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}
