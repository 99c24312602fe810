//! Writing reports: one file, one thread, many batches a commit; the first of a pair of source and id wins.

use super::batch::{Ground, Receipt, reports};
use super::event::Event;
use super::migrate::connect;
use super::standing::Standings;
use super::{Failed, Limits, delete, thresholds};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::{Builder, JoinHandle};
use tokio::sync::oneshot;

/// Batches that may wait for the writer.
const JOBS: usize = 1_000;
/// Batches of one commit.
const COMMIT: usize = 200;

/// Why a batch was not stored. It may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unavailable {
    /// Too many wait.
    Busy,
    /// The disk, or the file's own limit, is full.
    Full,
    /// A room has as many reports as it may.
    RoomFull,
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
    pub(super) fn open(
        path: &Path,
        limits: &Limits,
        standings: Arc<Standings>,
    ) -> Result<Self, Failed> {
        let connection = connect(path, limits.file_bytes)?;
        let ground = Ground {
            standings,
            room_bytes: limits.room_bytes,
        };
        let (jobs, waiting) = sync_channel(JOBS);
        let writer = Builder::new()
            .name(String::from("reports"))
            .spawn(move || run(connection, &waiting, &ground))
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

fn run(mut connection: Connection, waiting: &Receiver<Job>, ground: &Ground) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        jobs.extend(waiting.try_iter().take(COMMIT - 1));
        let together = commit(&mut connection, &jobs, ground);
        let alone = together.is_err() && jobs.len() > 1;
        for (place, job) in jobs.into_iter().enumerate() {
            let result = match &together {
                Ok(receipts) => receipts
                    .get(place)
                    .copied()
                    .unwrap_or(Err(Unavailable::Broken)),
                // One batch must not fail the others.
                Err(_) if alone => commit(&mut connection, std::slice::from_ref(&job), ground)
                    .and_then(|receipts| {
                        receipts
                            .first()
                            .copied()
                            .unwrap_or(Err(Unavailable::Broken))
                    }),
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

fn commit(
    connection: &mut Connection,
    jobs: &[Job],
    ground: &Ground,
) -> Result<Vec<Result<Receipt, Unavailable>>, Unavailable> {
    let mut write = || {
        // At once a writer: a reader that becomes one is not made to wait for another program, but fails.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut receipts = Vec::with_capacity(jobs.len());
        for job in jobs {
            let mut receipt = Receipt::default();
            match &job.work {
                Work::Reports(events, received) => {
                    receipts.push(reports(&transaction, events, *received, ground)?);
                    continue;
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
            receipts.push(Ok(receipt));
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
