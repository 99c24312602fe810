//! Writing reports: one file, one thread, many batches a commit; the first of a pair of source and id wins.

use super::event::Event;
use super::migrate::{TABLES, migrate};
use super::{Failed, counters, delete, late, thresholds};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, Transaction, TransactionBehavior};
use serde::Serialize;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;
use tokio::sync::oneshot;

/// The version of the file. Version 1 counted nothing.
const VERSION: u32 = 2;
/// Batches that may wait for the writer.
const JOBS: usize = 1_000;
/// Batches of one commit.
const COMMIT: usize = 200;

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

/// Why a batch was not stored. It may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unavailable {
    /// Too many wait.
    Busy,
    /// The disk, or the file's own limit, is full.
    Full,
    /// The file cannot be written.
    Broken,
}

struct Job {
    work: Work,
    done: oneshot::Sender<Result<Receipt, Unavailable>>,
}

pub(super) enum Work {
    /// Reports, and when they came.
    Reports(Vec<Event>, Timestamp),
    /// The most viewers of each room at once, and in which minute.
    Viewers(Vec<(RoomId, u32)>, u64),
    /// What a room's alerts are raised at.
    Thresholds(RoomId, String),
    /// Something is deleted, without a trace.
    Delete(delete::Delete),
}

/// The one who writes.
pub(super) struct Store {
    jobs: Option<SyncSender<Job>>,
    writer: Option<JoinHandle<()>>,
}

impl Store {
    pub(super) fn open(path: &Path, most_bytes: u64) -> Result<Self, Failed> {
        let connection = connect(path, most_bytes)?;
        let (jobs, waiting) = sync_channel(JOBS);
        let writer = Builder::new()
            .name(String::from("reports"))
            .spawn(move || run(connection, &waiting))
            .map_err(Failed::Thread)?;
        Ok(Self {
            jobs: Some(jobs),
            writer: Some(writer),
        })
    }

    /// Stores a batch, all of it or nothing; resolves when it is committed.
    pub(super) async fn write(
        &self,
        events: Vec<Event>,
        received: Timestamp,
    ) -> Result<Receipt, Unavailable> {
        self.ask(Work::Reports(events, received)).await
    }

    /// Keeps how many viewers rooms had at once in a minute; the most of several counts.
    pub(super) async fn viewers(
        &self,
        viewers: Vec<(RoomId, u32)>,
        minute: u64,
    ) -> Result<(), Unavailable> {
        self.ask(Work::Viewers(viewers, minute)).await.map(drop)
    }

    /// Keeps what a room's alerts are raised at.
    pub(super) async fn thresholds(&self, room: RoomId, text: String) -> Result<(), Unavailable> {
        self.ask(Work::Thresholds(room, text)).await.map(drop)
    }

    pub(super) async fn ask(&self, work: Work) -> Result<Receipt, Unavailable> {
        let (done, answer) = oneshot::channel();
        let job = Job { work, done };
        let Some(jobs) = &self.jobs else {
            return Err(Unavailable::Broken);
        };
        match jobs.try_send(job) {
            Ok(()) => answer.await.unwrap_or(Err(Unavailable::Broken)),
            Err(TrySendError::Full(_)) => Err(Unavailable::Busy),
            Err(TrySendError::Disconnected(_)) => Err(Unavailable::Broken),
        }
    }
}

impl Drop for Store {
    /// What was taken is written before the file is closed.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has nothing left to wait for.
            let _ = writer.join();
        }
    }
}

fn connect(path: &Path, most_bytes: u64) -> Result<Connection, Failed> {
    let failed = |cause| Failed::Open {
        path: path.to_owned(),
        cause,
    };
    let open = || -> rusqlite::Result<(Connection, u32)> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // Survives a killed process. After a power cut the last moments may be missing, which senders cannot know;
        // for reports that is weighed against a disk's rest.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // What is deleted is written over.
        connection.pragma_update(None, "secure_delete", "ON")?;
        let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        connection.pragma_update(None, "max_page_count", most_bytes / page.max(1))?;
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok((connection, version))
    };
    let (mut connection, version) = open().map_err(failed)?;
    match version {
        0 => {
            let counters = counters::TABLES;
            let make =
                format!("BEGIN; {TABLES} {counters} PRAGMA user_version = {VERSION}; COMMIT;");
            connection.execute_batch(&make).map_err(failed)?;
        }
        1 => migrate(&mut connection, VERSION).map_err(failed)?,
        VERSION => {}
        version => {
            return Err(Failed::Later {
                path: path.to_owned(),
                version,
            });
        }
    }
    connection
        .execute_batch(thresholds::TABLE)
        .map_err(failed)?;
    connection.execute_batch(late::TABLES).map_err(failed)?;
    // What a server that was stopped in between had deleted, and what it had not.
    delete::clean(&connection);
    Ok(connection)
}

fn run(mut connection: Connection, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        jobs.extend(waiting.try_iter().take(COMMIT - 1));
        let together = commit(&mut connection, &jobs);
        let alone = together.is_err() && jobs.len() > 1;
        for (place, job) in jobs.into_iter().enumerate() {
            let result = match &together {
                Ok(receipts) => receipts.get(place).copied().ok_or(Unavailable::Broken),
                // One batch must not fail the others.
                Err(_) if alone => commit(&mut connection, std::slice::from_ref(&job))
                    .map(|receipts| receipts.first().copied().unwrap_or_default()),
                Err(why) => Err(*why),
            };
            let result = match &job.work {
                Work::Delete(what) if result.is_ok() && !what.follow(&connection) => {
                    Err(Unavailable::Busy)
                }
                Work::Delete(_) | Work::Reports(..) | Work::Viewers(..) | Work::Thresholds(..) => {
                    result
                }
            };
            // Who sent it may have gone; what was written stays.
            let _ = job.done.send(result);
        }
    }
}

fn commit(connection: &mut Connection, jobs: &[Job]) -> Result<Vec<Receipt>, Unavailable> {
    let mut write = || {
        // At once a writer: a reader that becomes one is not made to wait for another program, but fails.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut receipts = Vec::with_capacity(jobs.len());
        for job in jobs {
            let mut receipt = Receipt::default();
            match &job.work {
                Work::Reports(events, received) => {
                    for event in events {
                        if late::is_late(&transaction, event, *received)? {
                            receipt.erased += 1;
                        } else {
                            keep(&transaction, event, *received, &mut receipt)?;
                        }
                    }
                }
                Work::Delete(what) => receipt.erased = what.perform(&transaction)?,
                Work::Viewers(viewers, minute) => {
                    for (room, most) in viewers {
                        transaction
                            .prepare_cached(
                                "INSERT INTO viewers (room, minute, most) VALUES (?1, ?2, ?3)
                                 ON CONFLICT DO UPDATE SET most = max(most, excluded.most)",
                            )?
                            .execute((room.as_str(), *minute, *most))?;
                    }
                }
                Work::Thresholds(room, text) => thresholds::keep(&transaction, room, text)?,
            }
            receipts.push(receipt);
        }
        transaction.commit()?;
        Ok(receipts)
    };
    write().map_err(|error: rusqlite::Error| match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Unavailable::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Unavailable::Busy,
        _ => Unavailable::Broken,
    })
}

fn keep(
    transaction: &Transaction<'_>,
    event: &Event,
    received: Timestamp,
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
        return counters::count(transaction, event, received);
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
