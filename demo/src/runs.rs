//! Where runs of show are kept: a file of its own, since they are the desk's and no part of any room's log.

use crate::Error;
use liveroom_protocol::id::RoomId;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::spawn_blocking;

const TABLES: &str = "
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS runs (
    room TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    body TEXT NOT NULL
) STRICT;
";

/// The runs of show of all rooms.
#[derive(Clone)]
pub(crate) struct Runs {
    file: Arc<Mutex<Connection>>,
}

/// What became of saving one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is kept, under this number.
    Kept(u64),
    /// Another was saved since, under this number; nothing was changed.
    Other(u64),
}

impl Runs {
    /// Opens the file, or makes it.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let wrong = |error: rusqlite::Error| Error::Runs(error.to_string());
        let file = Connection::open(path).map_err(wrong)?;
        file.execute_batch(TABLES).map_err(wrong)?;
        Ok(Self {
            file: Arc::new(Mutex::new(file)),
        })
    }

    /// The run of a room with its number; 0 where there is none.
    pub(crate) async fn load(&self, room: RoomId) -> rusqlite::Result<(u64, Option<String>)> {
        self.work(move |file| {
            let row = file
                .query_row(
                    "SELECT version, body FROM runs WHERE room = ?1",
                    [room.as_str()],
                    |row| Ok((row.get(0)?, Some(row.get(1)?))),
                )
                .optional()?;
            Ok(row.unwrap_or((0, None)))
        })
        .await
    }

    /// Keeps a run in the place of the one of that number, and of no other.
    pub(crate) async fn save(
        &self,
        room: RoomId,
        version: u64,
        body: String,
    ) -> rusqlite::Result<Saved> {
        self.work(move |file| {
            let change = file.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let known: u64 = change
                .query_row(
                    "SELECT version FROM runs WHERE room = ?1",
                    [room.as_str()],
                    |row| row.get(0),
                )
                .optional()?
                .unwrap_or(0);
            if known != version {
                return Ok(Saved::Other(known));
            }
            change.execute(
                "INSERT INTO runs (room, version, body) VALUES (?1, ?2, ?3)
                 ON CONFLICT (room) DO UPDATE SET version = excluded.version, body = excluded.body",
                (room.as_str(), version + 1, body),
            )?;
            change.commit()?;
            Ok(Saved::Kept(version + 1))
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let file = Arc::clone(&self.file);
        let done =
            spawn_blocking(move || work(&mut file.lock().unwrap_or_else(PoisonError::into_inner)));
        // A task that is cut off is one of a server that stops.
        done.await
            .unwrap_or(Err(rusqlite::Error::QueryReturnedNoRows))
    }
}
