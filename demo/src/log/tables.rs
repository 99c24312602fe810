//! The tables of `log.db`, and how a connection to it is set up.

use rusqlite::{Connection, OpenFlags};
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
CREATE TABLE IF NOT EXISTS private (
    room INTEGER NOT NULL, key TEXT NOT NULL, owner TEXT, value TEXT NOT NULL,
    PRIMARY KEY (room, key)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS private_by_owner ON private (room, owner) WHERE owner IS NOT NULL;
CREATE TABLE IF NOT EXISTS sealed (
    room INTEGER PRIMARY KEY, at INTEGER NOT NULL, views TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS secrets (
    name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
";

/// Opens the one connection that writes.
///
/// `synchronous=FULL` makes a commit survive a power cut; `secure_delete` overwrites what is erased.
pub(super) fn writer(path: &Path, most_bytes: Option<u64>) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.set_prepared_statement_cache_capacity(32);
    connection.execute_batch(TABLES)?;
    if let Some(bytes) = most_bytes {
        let page: u64 = connection.pragma_query_value(None, "page_size", |row| row.get(0))?;
        let pages = (bytes / page).max(1);
        connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
    }
    Ok(connection)
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
