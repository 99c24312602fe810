//! What alerts are raised at, by room: kept beside what is counted, since no room decides by it, and nothing of it is anybody's.

use super::{Collector, Failed, MINUTE};
use liveroom_protocol::id::RoomId;
use rusqlite::{OptionalExtension, Transaction};

/// Silence is told of a day at most.
const DAY: u64 = 1_440 * MINUTE;

/// The table; added to a file that lacks it, whatever its version.
pub(super) const TABLE: &str = "
CREATE TABLE IF NOT EXISTS thresholds (
    room TEXT PRIMARY KEY,
    -- As JSON.
    text TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Writes what was set for a room.
pub(super) fn keep(
    transaction: &Transaction<'_>,
    room: &RoomId,
    text: &str,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR REPLACE INTO thresholds (room, text) VALUES (?1, ?2)")?
        .execute((room.as_str(), text))
        .map(drop)
}

impl Collector {
    /// What was set for a room, as the text that was given; nothing where nothing was set. Blocks.
    pub fn thresholds(&self, room: &RoomId) -> Result<Option<String>, Failed> {
        let sql = "SELECT text FROM thresholds WHERE room = ?1";
        let text = self
            .read()?
            .query_row(sql, [room.as_str()], |row| row.get(0));
        Ok(text.optional()?)
    }

    /// The minute since which a room has never been empty, by what was noted of each minute until `minute`; a day back at most, and
    /// nothing where nobody was noted in that minute or the one before. Blocks.
    pub fn here_since(&self, room: &RoomId, minute: u64) -> Result<Option<u64>, Failed> {
        let connection = self.read()?;
        let mut statement = connection.prepare(
            "SELECT minute FROM viewers WHERE room = ?1 AND minute > ?2 AND minute <= ?3 AND most > 0 ORDER BY minute DESC",
        )?;
        let from = minute.saturating_sub(DAY);
        let rows =
            statement.query_map((room.as_str(), from, minute), |row| row.get::<_, u64>(0))?;
        let mut since = None;
        for row in rows {
            let at = row?;
            if at + MINUTE < since.unwrap_or(minute) {
                break;
            }
            since = Some(at);
        }
        Ok(since)
    }

    /// Sets them; whether they are written.
    pub(crate) async fn set_thresholds(&self, room: RoomId, text: String) -> bool {
        let kept = self.0.store.thresholds(room, text).await;
        if let Err(why) = &kept {
            tracing::warn!("thresholds of alerts were not kept: {why:?}");
        }
        kept.is_ok()
    }
}
