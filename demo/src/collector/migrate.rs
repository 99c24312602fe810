//! A file of an earlier version becomes one of this: what is stored already is counted, in the order in which it came.

use super::counters;
use super::event::Event;
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, TransactionBehavior};

/// The reports themselves, in every version.
pub(super) const TABLES: &str = "
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
pub(super) fn migrate(connection: &mut Connection, version: u32) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(counters::TABLES)?;
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
            counters::count(&transaction, &event, Timestamp(row.get(9)?))?;
        }
    }
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()
}
