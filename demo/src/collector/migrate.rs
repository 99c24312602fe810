//! Opening the file. One of an earlier version becomes one of this: what is stored already is counted, in the order in which it came.

use super::event::Event;
use super::standing::Standings;
use super::{Failed, counters, delete, late, share, thresholds};
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// The version of the file. Version 1 counted nothing, version 2 knew no tiers and segments, and not how much is of which room.
const VERSION: u32 = 3;
/// What version 3 has besides in a table of version 2.
const STANDING: &str = "ALTER TABLE page_loads ADD COLUMN standing TEXT;";

/// The reports themselves, in every version.
const TABLES: &str = "
CREATE TABLE reports (
    -- In the order of arrival.
    row INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT,
    time TEXT,
    session TEXT,
    sequence INTEGER,
    sent TEXT,
    -- On this server's clock, milliseconds since 1970.
    received INTEGER NOT NULL,
    data TEXT NOT NULL,
    -- How often it came again, the same.
    again INTEGER NOT NULL DEFAULT 0,
    -- How often another report came under the same name.
    conflicts INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source, id)
) STRICT;
CREATE INDEX reports_session ON reports (source, session, sequence);
CREATE INDEX reports_received ON reports (received);
";

/// Makes the tables of counters and fills them, all or nothing. It takes some seconds for every hundred thousand reports.
fn count_all(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(counters::TABLES)?;
    transaction.execute_batch(share::TABLE)?;
    share::fill(&transaction)?;
    {
        let mut statement = transaction.prepare(
            "SELECT id, source, kind, subject, time, session, sequence, sent, data, received FROM reports ORDER BY row",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let event = Event {
                id: row.get(0)?,
                source: row.get(1)?,
                kind: row.get(2)?,
                subject: row.get(3)?,
                time: row.get(4)?,
                session: row.get(5)?,
                sequence: row.get(6)?,
                sent: row.get(7)?,
                data: row.get(8)?,
            };
            counters::count(
                &transaction,
                &event,
                Timestamp(row.get(9)?),
                &Standings::default(),
            )?;
        }
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

/// Adds what version 2 had not; the shares of the rooms are counted, which takes some seconds for every million reports.
fn add_shares(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(STANDING)?;
    transaction.execute_batch(share::TABLE)?;
    share::fill(&transaction)?;
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

/// Opens the file, and makes it one of this version.
pub(super) fn connect(path: &Path, most_bytes: u64) -> Result<Connection, Failed> {
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
        let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok((connection, version))
    };
    let (mut connection, version) = open().map_err(failed)?;
    match version {
        0 => {
            let (counters, shares) = (counters::TABLES, share::TABLE);
            let make = format!(
                "BEGIN; {TABLES} {counters} {shares} PRAGMA user_version = {VERSION}; COMMIT;"
            );
            connection.execute_batch(&make).map_err(failed)?;
        }
        1 => count_all(&mut connection).map_err(failed)?,
        2 => add_shares(&mut connection).map_err(failed)?,
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
    // Not before, since a file that is full must still become one of this version.
    let limit = || -> rusqlite::Result<()> {
        let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        connection.pragma_update(None, "max_page_count", most_bytes / page.max(1))
    };
    limit().map_err(failed)?;
    // What a server that was stopped in between had deleted, and what it had not.
    delete::clean(&connection);
    Ok(connection)
}
