//! What alerts are raised at, by room: kept beside what is counted, since no room decides by it, and nothing of it is anybody's.

use super::{Collector, Failed};
use liveroom_protocol::id::RoomId;
use rusqlite::{OptionalExtension, Transaction};

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

    /// Sets them; whether they are written.
    pub(crate) async fn set_thresholds(&self, room: RoomId, text: String) -> bool {
        let kept = self.0.store.thresholds(room, text).await;
        if let Err(why) = &kept {
            tracing::warn!("thresholds of alerts were not kept: {why:?}");
        }
        kept.is_ok()
    }
}
