//! Erasing beside the log: what is deleted in one transaction, and the rows that say how far each erasure has come.
//!
//! A viewer's name in reports lies under `erase/…` beside the log until their reports are erased too: so nothing that was
//! ordered is forgotten, whenever the server stops.

use super::tables;
use super::writer::Head;
use crate::erase::{self, Progress};
use liveroom_protocol::erase::{Erase, Words};
use liveroom_protocol::id::RequestId;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::private::erase::{Erasure, PLACE};
use liveroom_rules::seal::{Pieces, Sealed};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

/// The table of erasures.
pub(super) const TABLES: &str = "
CREATE TABLE IF NOT EXISTS erasures (
    room INTEGER NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL,
    -- The request, where no log has it since the room had ended.
    request TEXT,
    -- Where the viewer's name in reports lies until those are erased.
    place TEXT,
    -- How much lay beside the log, by what it was, as JSON.
    words TEXT NOT NULL,
    -- How much the collector erased; nothing until it has.
    reports INTEGER, page_loads INTEGER,
    -- No bytes of it are left in the log beside the file.
    clean INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (room, position)) STRICT, WITHOUT ROWID;
";

/// What an erasure asks of the writer.
pub(super) enum Erasing {
    /// The words and the name, once.
    Words(Erasure),
    /// The reports were erased, so many of so many page loads.
    Reports {
        position: u64,
        reports: u64,
        page_loads: u64,
    },
    /// What was ordered of a room that has ended.
    Sealed { request: RequestId, erase: Erase },
    /// Nothing but that no traces are left.
    Traces,
}

/// Does it, and says how many rows it was about.
pub(super) fn perform(
    transaction: &Transaction<'_>,
    head: &Head,
    what: &Erasing,
    now: Timestamp,
) -> rusqlite::Result<usize> {
    match what {
        Erasing::Words(erasure) => words(transaction, head, erasure, now),
        Erasing::Reports {
            position,
            reports,
            page_loads,
        } => {
            transaction.execute(
                "DELETE FROM private WHERE room = ?1 AND key =
                     (SELECT place FROM erasures WHERE room = ?1 AND position = ?2)",
                (head.row, position),
            )?;
            transaction.execute(
                "UPDATE erasures SET reports = ?3, page_loads = ?4, place = NULL WHERE room = ?1 AND position = ?2",
                (head.row, position, reports, page_loads),
            )
        }
        Erasing::Sealed { request, erase } => sealed(transaction, head, request, erase, now),
        Erasing::Traces => tables::write_anew(transaction).map(|()| 0),
    }
}

/// Deletes what is a viewer's, once for each order: what they write later is not part of it. What a record after the order's
/// own names came later.
fn words(
    transaction: &Transaction<'_>,
    head: &Head,
    erasure: &Erasure,
    now: Timestamp,
) -> rusqlite::Result<usize> {
    let known: Option<Option<u64>> = transaction
        .query_row(
            "SELECT reports FROM erasures WHERE room = ?1 AND position = ?2",
            (head.row, erasure.position),
            |row| row.get(0),
        )
        .optional()?;
    if let Some(reports) = known {
        if reports.is_some() {
            // It was asked again after it was done.
            transaction.execute(
                "DELETE FROM private WHERE room = ?1 AND key = ?2",
                (head.row, &erasure.place),
            )?;
        }
        return Ok(0);
    }
    let mut words = Words::default();
    if let Some(whose) = erasure.whose {
        let mut statement = transaction.prepare_cached(
            "DELETE FROM private WHERE room = ?1 AND owner = ?2 AND NOT EXISTS
                 (SELECT 1 FROM records WHERE room = ?1 AND position > ?3 AND instr(body, private.key) > 0)
             RETURNING key",
        )?;
        let mut rows = statement.query((head.row, whose.to_string(), erasure.position))?;
        while let Some(row) = rows.next()? {
            erase::count(&mut words, row.get_ref(0)?.as_str().unwrap_or_default());
        }
    }
    let count = usize::try_from(words.sum()).unwrap_or(usize::MAX);
    insert(
        transaction,
        head,
        (erasure.position, now),
        None,
        Some(&erasure.place),
        &words,
    )?;
    Ok(count)
}

fn insert(
    transaction: &Transaction<'_>,
    head: &Head,
    (position, at): (u64, Timestamp),
    request: Option<&RequestId>,
    place: Option<&str>,
    words: &Words,
) -> rusqlite::Result<usize> {
    // Where there is no name in reports there are none to erase.
    let reports = place.is_none().then_some(0);
    let words = serde_json::to_string(words).unwrap_or_default();
    transaction.execute(
        "INSERT INTO erasures (room, position, at, request, place, words, reports, page_loads)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        (
            head.row,
            position,
            at.0,
            request.map(RequestId::as_str),
            place,
            words,
            reports,
        ),
    )
}

/// Takes pieces out of the views of a room that has ended, or takes note of whose reports are to be erased; once for a request.
fn sealed(
    transaction: &Transaction<'_>,
    head: &Head,
    request: &RequestId,
    erase: &Erase,
    now: Timestamp,
) -> rusqlite::Result<usize> {
    let known = "SELECT 1 FROM erasures WHERE room = ?1 AND request = ?2";
    let known = transaction.query_row(known, (head.row, request.as_str()), |_| Ok(()));
    if known.optional()?.is_some() {
        return Ok(0);
    }
    let views: String = transaction.query_row(
        "SELECT views FROM sealed WHERE room = ?1",
        [head.row],
        |row| row.get(0),
    )?;
    let unreadable =
        |error: serde_json::Error| rusqlite::Error::ToSqlConversionFailure(error.into());
    let mut room: Sealed = serde_json::from_str(&views).map_err(unreadable)?;
    let lost = room.erase(Pieces::These(&erase.pieces), Some("owner"), now);
    let views = serde_json::to_string(&room).map_err(unreadable)?;
    transaction.execute(
        "UPDATE sealed SET views = ?2 WHERE room = ?1",
        (head.row, views),
    )?;
    let place = match &erase.me {
        Some(me) => {
            let place = format!("{PLACE}{}", room.position);
            transaction.execute(
                "INSERT INTO private (room, key, value, at) VALUES (?1, ?2, ?3, ?4)",
                (head.row, &place, String::from(*me), now.0),
            )?;
            Some(place)
        }
        None => None,
    };
    let words = erase::of_pieces(&lost);
    let count = usize::try_from(words.sum()).unwrap_or(usize::MAX);
    let when = (room.position, now);
    insert(
        transaction,
        head,
        when,
        Some(request),
        place.as_deref(),
        &words,
    )?;
    Ok(count)
}

/// Empties the log beside the file; whether nobody's reading was in the way.
pub(super) fn empty_log(connection: &Connection) -> bool {
    let mut busy = true;
    let asked = connection.pragma(None, "wal_checkpoint", "TRUNCATE", |row| {
        busy = row.get::<_, i64>(0)? != 0;
        Ok(())
    });
    asked.is_ok() && !busy
}

/// Takes note that no traces are left of what was erased, since the tables were written anew and the log beside the file
/// is empty.
pub(super) fn note_clean(connection: &Connection) -> bool {
    let noted = "UPDATE erasures SET clean = 1 WHERE clean = 0 AND reports IS NOT NULL";
    connection.execute(noted, []).is_ok()
}

/// How far erasures have come: those of a room, or those of all that are not done.
pub(super) fn read(
    connection: &Connection,
    room: Option<&str>,
) -> rusqlite::Result<Vec<(String, Progress)>> {
    connection
        .prepare_cached(
            "SELECT rooms.name, position, at, request, words, reports, page_loads, clean,
                 (SELECT value FROM private WHERE private.room = erasures.room AND key = place)
             FROM erasures JOIN rooms ON rooms.id = erasures.room
             WHERE rooms.name = ?1 OR (?1 IS NULL AND clean = 0) ORDER BY position",
        )?
        .query_map([room], |row| Ok((row.get(0)?, progress(row)?)))?
        .collect()
}

fn progress(row: &Row<'_>) -> rusqlite::Result<Progress> {
    let words: String = row.get(4)?;
    Ok(Progress {
        position: row.get(1)?,
        at: Timestamp(row.get(2)?),
        request: row.get(3)?,
        words: serde_json::from_str(&words).unwrap_or_default(),
        reports: row.get(5)?,
        page_loads: row.get(6)?,
        clean: row.get(7)?,
        me: row.get(8)?,
    })
}

/// The rooms in which an erasure may have been ordered and not begun: who folds their logs knows.
pub(super) fn rooms_to_open(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare(
            "SELECT DISTINCT rooms.name FROM private JOIN rooms ON rooms.id = private.room
             WHERE private.key GLOB 'erase/*' AND rooms.key IS NOT NULL",
        )?
        .query_map([], |row| row.get(0))?
        .collect()
}
