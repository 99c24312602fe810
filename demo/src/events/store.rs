//! `events.db`: one thread that writes, in the order in which it was asked, and readers off the runtime's threads.

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;
use tokio::sync::oneshot;

/// Connections kept for the next read.
const IDLE: usize = 4;
/// How long whoever blocks waits for the writer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Rooms with how far their logs are told of; events; webhooks with how far each has come, and their latest deliveries.
///
/// `rooms.derived` is the position of the last record whose events are kept. The secret of a webhook signs what is sent to it.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, epoch TEXT NOT NULL, derived INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS events (
    room INTEGER NOT NULL, position INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (room, position, number)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hooks (
    room TEXT NOT NULL, id TEXT NOT NULL, made INTEGER NOT NULL, generation INTEGER NOT NULL,
    url TEXT NOT NULL, types TEXT NOT NULL, secret BLOB NOT NULL,
    -- active, failing or gone
    state TEXT NOT NULL,
    -- All up to here was taken.
    position INTEGER NOT NULL, number INTEGER NOT NULL,
    -- The end of what is being sent: the same again until it is taken.
    to_position INTEGER, to_number INTEGER,
    -- Failures in a row, since when, and when it is tried again.
    tries INTEGER NOT NULL DEFAULT 0, since INTEGER, next_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room, id)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries (
    row INTEGER PRIMARY KEY, room TEXT NOT NULL, hook TEXT NOT NULL, at INTEGER NOT NULL, name TEXT NOT NULL,
    count INTEGER NOT NULL, status INTEGER, said TEXT, took_ms INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS deliveries_by_hook ON deliveries (room, hook, row);
";

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// The thread that writes; it ends once nobody can ask it any more, and all that was asked is done.
pub(crate) type Writer = JoinHandle<()>;

/// The file.
pub(crate) struct Store {
    path: PathBuf,
    jobs: Sender<Job>,
    idle: Mutex<Vec<Connection>>,
}

impl Store {
    pub(super) fn open(path: &Path) -> rusqlite::Result<(Self, Writer)> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // Survives a killed process. What a power cut takes is made anew from the log, or delivered again.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.set_prepared_statement_cache_capacity(32);
        connection.execute_batch(TABLES)?;
        let (jobs, waiting) = channel();
        let writer = Builder::new()
            .name("events".to_owned())
            .spawn(move || run(connection, &waiting));
        let writer =
            writer.map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        let store = Self {
            path: path.to_owned(),
            jobs,
            idle: Mutex::default(),
        };
        Ok((store, writer))
    }

    /// Does something after all that was asked before; nobody waits for it.
    pub(crate) fn begin(&self, work: impl FnOnce(&mut Connection) + Send + 'static) {
        // If the writer has ended, so has the server.
        let _ = self.jobs.send(Box::new(work));
    }

    /// Does something, and gives what came of it.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let (done, written) = oneshot::channel();
        self.begin(move |file| {
            // Whoever asked may have gone; what was written stays.
            let _ = done.send(work(file));
        });
        written.await.unwrap_or(Err(ended()))
    }

    /// The same so that it outlives a power cut: what somebody said, and no log holds.
    pub(crate) async fn write_for_good<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        self.write(move |file| {
            file.pragma_update(None, "synchronous", "FULL")?;
            let done = work(file);
            file.pragma_update(None, "synchronous", "NORMAL")?;
            done
        })
        .await
    }

    /// Does something, and blocks until it is done.
    pub(super) fn finish<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> rusqlite::Result<T> {
        let (done, written) = sync_channel(1);
        self.begin(move |file| {
            let _ = done.send(work(file));
        });
        written.recv_timeout(PATIENCE).unwrap_or(Err(ended()))
    }

    /// Reads with a connection of its own; blocks.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let kept = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match kept {
            Some(connection) => connection,
            None => reader(&self.path)?,
        };
        let result = read(&connection)?;
        // A connection that failed is not used again.
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(connection);
        }
        Ok(result)
    }
}

fn run(mut connection: Connection, waiting: &Receiver<Job>) {
    while let Ok(job) = waiting.recv() {
        job(&mut connection);
    }
}

fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

fn ended() -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure("the thread that writes events does not answer".into())
}
