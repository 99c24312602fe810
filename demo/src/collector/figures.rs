//! Reading reports back: by what they are, and page load by page load with the ledger that it sent.

use super::{Collector, Failed};
use liveroom_protocol::engagement::Ledger;
use rusqlite::{Connection, OpenFlags, Row};
use serde_json::Value;
use std::time::Duration;

/// The type of the reports that carry a ledger; they count as none themselves.
pub(super) const LEDGER: &str = "live.room.ledger";

/// Which reports; all of them by default.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which<'a> {
    /// From this source only.
    pub source: Option<&'a str>,
    /// Of this page load only.
    pub session: Option<&'a str>,
    /// Of this type only.
    pub kind: Option<&'a str>,
}

/// One report as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Unique with `source`.
    pub id: String,
    /// Where it came from.
    pub source: String,
    /// What it is.
    pub kind: String,
    /// The activity it is about.
    pub subject: Option<String>,
    /// When it happened, as the sender wrote it.
    pub time: Option<String>,
    /// The page load it belongs to.
    pub session: Option<String>,
    /// Its number in the page load.
    pub sequence: Option<u64>,
    /// When its first attempt to arrive was sent, on the sender's clock.
    pub sent: Option<String>,
    /// When it arrived, on the server's clock, milliseconds since 1970.
    pub received: u64,
    /// Its data.
    pub data: Value,
    /// How often it came again, the same.
    pub again: u64,
    /// How often another report came under its name.
    pub conflicts: u64,
}

/// One page load.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// Which.
    pub session: String,
    /// Reports stored of it, ledgers not counted.
    pub stored: u64,
    /// The highest number among them.
    pub highest: u64,
    /// The ledger that knew most.
    pub ledger: Ledger,
}

impl Session {
    /// Reports that were made and are neither here nor counted as dropped: they wait in a browser. Below zero, something is wrong.
    pub fn waiting(&self) -> i64 {
        let dropped: u64 = self.ledger.dropped.values().sum();
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        whole(self.ledger.created) - whole(self.stored) - whole(dropped)
    }
}

impl Collector {
    /// How many reports there are, ledgers counted like any other.
    pub fn count(&self, which: Which<'_>) -> Result<u64, Failed> {
        let sql = format!("SELECT count(*) FROM reports {WHERE}");
        let count = self
            .read()?
            .query_row(&sql, which.values(), |row| row.get(0))?;
        Ok(count)
    }

    /// The reports in the order of arrival.
    pub fn reports(&self, which: Which<'_>) -> Result<Vec<Stored>, Failed> {
        let sql = format!(
            "SELECT id, source, kind, subject, time, session, sequence, sent, received, data, again, conflicts
             FROM reports {WHERE} ORDER BY row"
        );
        let connection = self.read()?;
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map(which.values(), stored)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The page loads of a source, each with what it said of itself.
    pub fn sessions(&self, source: &str) -> Result<Vec<Session>, Failed> {
        let connection = self.read()?;
        let mut statement = connection.prepare(
            "SELECT session, sum(kind <> ?2), max(CASE WHEN kind <> ?2 THEN sequence ELSE 0 END),
                    (SELECT data FROM reports l WHERE l.source = r.source AND l.session = r.session AND l.kind = ?2
                     ORDER BY data ->> 'created' DESC, data ->> 'stored' DESC, row DESC LIMIT 1)
             FROM reports r WHERE source = ?1 AND session IS NOT NULL GROUP BY session ORDER BY min(row)",
        )?;
        let rows = statement.query_map((source, LEDGER), |row| {
            let ledger: Option<String> = row.get(3)?;
            Ok(Session {
                session: row.get(0)?,
                stored: row.get(1)?,
                highest: row.get::<_, Option<u64>>(2)?.unwrap_or_default(),
                // Anybody can send a ledger; one that cannot be read is none.
                ledger: ledger
                    .and_then(|text| serde_json::from_str(&text).ok())
                    .unwrap_or_default(),
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A connection that can only read, of the caller's own.
    pub(super) fn read(&self) -> Result<Connection, Failed> {
        let connection = Connection::open_with_flags(
            &self.0.path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        connection.busy_timeout(Duration::from_secs(5))?;
        Ok(connection)
    }
}

const WHERE: &str = "WHERE (?1 IS NULL OR source = ?1) AND (?2 IS NULL OR session = ?2) AND (?3 IS NULL OR kind = ?3)";

impl<'a> Which<'a> {
    fn values(self) -> (Option<&'a str>, Option<&'a str>, Option<&'a str>) {
        (self.source, self.session, self.kind)
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let data: String = row.get(9)?;
    Ok(Stored {
        id: row.get(0)?,
        source: row.get(1)?,
        kind: row.get(2)?,
        subject: row.get(3)?,
        time: row.get(4)?,
        session: row.get(5)?,
        sequence: row.get(6)?,
        sent: row.get(7)?,
        received: row.get(8)?,
        data: serde_json::from_str(&data).unwrap_or_default(),
        again: row.get(10)?,
        conflicts: row.get(11)?,
    })
}
