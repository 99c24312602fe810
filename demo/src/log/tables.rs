//! The tables of `log.db`, and how a connection to it is set up.

use super::erasing;
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, OpenFlags, Transaction};
use std::path::Path;
use std::time::Duration;

/// Records and private values of all rooms; `room` is the row of `rooms`.
///
/// `rooms.key` makes pseudonyms; it is gone once the room is sealed.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS rooms (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, key BLOB, made INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS records (
    room INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, sum INTEGER NOT NULL,
    PRIMARY KEY (room, position)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS secrets (
    name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
";

/// What lies beside the logs, and what remains of rooms that have ended: tables in which something is erased.
const ERASABLE: [(&str, &str); 2] = [
    (
        "private",
        "(room INTEGER NOT NULL, key TEXT NOT NULL, owner TEXT, value TEXT NOT NULL, at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room, key)) STRICT, WITHOUT ROWID",
    ),
    (
        "sealed",
        "(room INTEGER PRIMARY KEY, at INTEGER NOT NULL, views TEXT NOT NULL) STRICT",
    ),
];
const BY_OWNER: &str =
    "CREATE INDEX IF NOT EXISTS private_by_owner ON private (room, owner) WHERE owner IS NOT NULL";

fn erasable() -> String {
    let tables = ERASABLE.iter();
    let tables =
        tables.map(|(name, columns)| format!("CREATE TABLE IF NOT EXISTS {name} {columns};\n"));
    tables.chain([format!("{BY_OWNER};\n")]).collect()
}

/// Writes these tables anew. `secure_delete` overwrites what is deleted, but not the copies of it that were left in the free
/// space of other pages when rows were moved: some of a thousand. A table that is written in order has none, and the pages
/// of the old one are overwritten as they become free.
pub(super) fn write_anew(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for (name, columns) in ERASABLE {
        transaction.execute_batch(&format!(
            "CREATE TABLE anew {columns};
             INSERT INTO anew SELECT * FROM {name} ORDER BY 1, 2;
             DROP TABLE {name};
             ALTER TABLE anew RENAME TO {name};"
        ))?;
    }
    transaction.execute_batch(BY_OWNER)
}

/// Opens the one connection that writes.
///
/// `synchronous=FULL` makes a commit survive a power cut; `secure_delete` overwrites what is erased.
pub(super) fn writer(
    path: &Path,
    most_bytes: Option<u64>,
    now: Timestamp,
) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.set_prepared_statement_cache_capacity(32);
    connection.execute_batch(TABLES)?;
    connection.execute_batch(&erasable())?;
    connection.execute_batch(erasing::TABLES)?;
    complete(&connection, now)?;
    if let Some(bytes) = most_bytes {
        let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = (bytes / page).max(1);
        connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    // What a server that was stopped in between had deleted.
    erasing::empty_log(&connection);
    Ok(connection)
}

/// Adds what the file of an earlier version lacks. What it does not say the age of counts as written now.
fn complete(connection: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    let has = |table: &str, column: &str| {
        connection.query_row(
            "SELECT count(*) > 0 FROM pragma_table_info(?1) WHERE name = ?2",
            [table, column],
            |row| row.get::<_, bool>(0),
        )
    };
    if !has("private", "at")? {
        connection.execute_batch("ALTER TABLE private ADD COLUMN at INTEGER NOT NULL DEFAULT 0")?;
        connection.execute("UPDATE private SET at = ?1", [now.0])?;
    }
    if !has("rooms", "retention")? {
        connection.execute_batch("ALTER TABLE rooms ADD COLUMN retention TEXT")?;
    }
    Ok(())
}

/// Opens a connection that reads.
pub(super) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

/// The server's secret: the one that is there, else `fresh`.
pub(super) fn secret(connection: &Connection, fresh: [u8; 32]) -> rusqlite::Result<[u8; 32]> {
    connection.execute(
        "INSERT OR IGNORE INTO secrets (name, value) VALUES ('server', ?1)",
        [&fresh[..]],
    )?;
    connection.query_row(
        "SELECT value FROM secrets WHERE name = 'server'",
        [],
        |row| row.get(0),
    )
}
