//! Writing the log: one thread and one connection for all rooms, many requests a commit.

use super::erasing::{self, Erasing};
use super::expired::{self, Ended};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::{Append, Unavailable};
use liveroom_rules::private::PrivateValue;
use liveroom_rules::record::{Position, checksum};
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;

use crate::Clock;

/// How long a commit waits for company when others came along with it before.
const GATHER: Duration = Duration::from_millis(2);

/// Jobs in one commit.
const JOBS: usize = 2_000;

/// Something to write, and who waits until it is durable.
pub(super) struct Job {
    pub(super) room: RoomId,
    pub(super) work: Work,
    /// Told how many rows it was about.
    pub(super) done: oneshot::Sender<Result<usize, Unavailable>>,
}

pub(super) enum Work {
    /// Make the room, if it is not there, with this key.
    Make([u8; 32]),
    /// Write records and what belongs to them.
    Append(Vec<Append>),
    /// Write private values without a record; one that is there is replaced.
    Keep(Vec<PrivateValue>),
    /// Erase a viewer, a step of it.
    Erase(Erasing),
    /// Delete what an ended room need not keep any more.
    Expire(Ended),
    /// Take note of how long the room keeps what.
    Keeps(String),
    /// Delete what lies in these places, except where a record after this position names one.
    Forget(Vec<String>, Position),
    /// Write the views that remain, and destroy the key and what lay beside the log.
    Seal(String),
}

/// A room's row, and the last record of its log.
#[derive(Clone, Copy, Debug)]
pub(super) struct Head {
    pub(super) row: i64,
    position: Position,
    at: Timestamp,
}

type Heads = HashMap<RoomId, Head>;

/// Writes until nobody can ask any more; `grown` is told of a room's last position after each commit.
pub(super) fn run(
    mut connection: Connection,
    jobs: &Receiver<Job>,
    clock: &Clock,
    grown: impl Fn(&RoomId, Position),
) {
    let mut heads = Heads::new();
    let mut company = false;
    while let Ok(first) = jobs.recv() {
        let mut batch = gather(first, jobs, company);
        company = batch.len() > 1;
        // Whoever asked has been told that nothing was done, and asks again: to write it twice would only take time.
        batch.retain(|job| !(job.done.is_closed() && matches!(job.work, Work::Append(_))));
        let results = commit_all(&mut connection, &batch, clock, &mut heads);
        for (job, result) in batch.into_iter().zip(results) {
            if result.is_ok()
                && let Some(head) = heads.get(&job.room)
            {
                grown(&job.room, head.position);
            }
            // Whoever asked may have gone; what was written stays.
            let _ = job.done.send(result);
        }
    }
    leave_nothing_beside(&connection);
}

/// Writes all into the file itself. Whoever closes a file last may be a reader, which would leave what was deleted beside it.
fn leave_nothing_beside(connection: &Connection) {
    if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)") {
        tracing::warn!(
            "what was written lies beside its file until the server starts again: {error}"
        );
    }
}

fn gather(first: Job, jobs: &Receiver<Job>, company: bool) -> Vec<Job> {
    let until = Instant::now() + if company { GATHER } else { Duration::ZERO };
    let mut batch = vec![first];
    while batch.len() < JOBS {
        match jobs.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(job) => batch.push(job),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
        }
    }
    batch
}

/// Commits the batch at once; if that fails, each job alone, so that one cannot fail the others.
fn commit_all(
    connection: &mut Connection,
    batch: &[Job],
    clock: &Clock,
    heads: &mut Heads,
) -> Vec<Result<usize, Unavailable>> {
    match commit(connection, batch, clock, heads) {
        Ok(counts) => counts.into_iter().map(Ok).collect(),
        Err(error) if batch.len() == 1 => vec![Err(error)],
        Err(_) => batch
            .iter()
            .map(|job| {
                commit(connection, std::slice::from_ref(job), clock, heads)
                    .map(|counts| counts.iter().sum())
            })
            .collect(),
    }
}

/// All of the jobs or none, durable on return.
fn commit(
    connection: &mut Connection,
    jobs: &[Job],
    clock: &Clock,
    heads: &mut Heads,
) -> Result<Vec<usize>, Unavailable> {
    let mut grown = Heads::new();
    let mut write = || {
        let transaction = connection.transaction()?;
        let mut counts = Vec::with_capacity(jobs.len());
        for job in jobs {
            let known = grown.get(&job.room).or_else(|| heads.get(&job.room));
            let mut head = match known {
                Some(head) => *head,
                None => find(&transaction, &job.room, clock.now())?,
            };
            counts.push(perform(&transaction, &job.work, &mut head, clock)?);
            grown.insert(job.room.clone(), head);
        }
        transaction.commit()?;
        Ok(counts)
    };
    let mut counts = write().map_err(|error: rusqlite::Error| Unavailable(error.to_string()))?;
    let deletes = |job: &Job| matches!(job.work, Work::Seal(_) | Work::Erase(_) | Work::Expire(_));
    // What was deleted, a key, a word, lies in the write-ahead log until that is emptied. If a reader holds it now, the next
    // checkpoint does it; whoever asks for it alone is told.
    if jobs.iter().any(deletes) {
        let is_empty = erasing::empty_log(connection);
        for (job, count) in jobs.iter().zip(&mut counts) {
            if matches!(job.work, Work::Erase(Erasing::Traces)) {
                *count = usize::from(!(is_empty && erasing::note_clean(connection)));
            }
        }
    }
    heads.extend(grown);
    Ok(counts)
}

/// The room's row and last record; the row is made if there is none.
fn find(transaction: &Transaction<'_>, room: &RoomId, now: Timestamp) -> rusqlite::Result<Head> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO rooms (name, made) VALUES (?1, ?2)")?
        .execute((room.as_str(), now.0))?;
    let row = transaction
        .prepare_cached("SELECT id FROM rooms WHERE name = ?1")?
        .query_row([room.as_str()], |row| row.get(0))?;
    let last = transaction
        .prepare_cached(
            "SELECT position, at FROM records WHERE room = ?1 ORDER BY position DESC LIMIT 1",
        )?
        .query_row([row], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (position, at) = last.unwrap_or((0, 0));
    Ok(Head {
        row,
        position,
        at: Timestamp(at),
    })
}

fn perform(
    transaction: &Transaction<'_>,
    work: &Work,
    head: &mut Head,
    clock: &Clock,
) -> rusqlite::Result<usize> {
    match work {
        Work::Make(key) => transaction
            .prepare_cached("UPDATE rooms SET key = ?2 WHERE id = ?1 AND key IS NULL AND id NOT IN (SELECT room FROM sealed)")?
            .execute((head.row, &key[..])),
        Work::Append(appends) => {
            for append in appends {
                write(transaction, append, head, clock.now())?;
            }
            Ok(appends.len())
        }
        Work::Keep(values) => {
            for value in values {
                keep(transaction, (head, clock.now()), value, "INSERT OR REPLACE")?;
            }
            Ok(values.len())
        }
        Work::Erase(what) => erasing::perform(transaction, head, what, clock.now()),
        Work::Expire(ended) => expired::perform(transaction, head, *ended, clock.now()),
        Work::Keeps(retention) => transaction
            .prepare_cached("UPDATE rooms SET retention = ?2 WHERE id = ?1")?
            .execute((head.row, retention)),
        Work::Forget(places, folded) => {
            let mut count = 0;
            for place in places {
                count += transaction
                    .prepare_cached("DELETE FROM private WHERE room = ?1 AND key = ?2 AND NOT EXISTS
                        (SELECT 1 FROM records WHERE room = ?1 AND position > ?3 AND instr(body, ?2) > 0)")?
                    .execute((head.row, place, folded))?;
            }
            Ok(count)
        }
        Work::Seal(views) => {
            transaction.execute("INSERT OR IGNORE INTO sealed (room, at, views) VALUES (?1, ?2, ?3)", (head.row, head.at.0, views))?;
            // But for whose reports are still to be erased.
            transaction.execute("DELETE FROM private WHERE room = ?1 AND key NOT GLOB 'erase/*'", [head.row])?;
            transaction.execute("UPDATE rooms SET key = NULL WHERE id = ?1", [head.row])
        }
    }
}

fn write(
    transaction: &Transaction<'_>,
    append: &Append,
    head: &mut Head,
    now: Timestamp,
) -> rusqlite::Result<()> {
    for value in &append.private {
        keep(transaction, (head, now), value, "INSERT OR IGNORE")?;
    }
    head.position += 1;
    head.at = head.at.max(now);
    let body = append.entry.to_json();
    let sum = checksum(head.position, head.at, &body);
    transaction
        .prepare_cached(
            "INSERT INTO records (room, position, at, body, sum) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((head.row, head.position, head.at.0, body, sum))
        .map(drop)
}

fn keep(
    transaction: &Transaction<'_>,
    (head, now): (&Head, Timestamp),
    value: &PrivateValue,
    how: &'static str,
) -> rusqlite::Result<()> {
    let owner = value.owner.map(|owner| owner.to_string());
    transaction
        .prepare_cached(&format!(
            "{how} INTO private (room, key, owner, value, at) VALUES (?1, ?2, ?3, ?4, ?5)"
        ))?
        .execute((head.row, &value.key, owner, &value.value, now.0))
        .map(drop)
}
