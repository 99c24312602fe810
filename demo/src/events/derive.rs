//! Making a room's missing events from its log: of one that has ended, or whose events could not be written.

use super::Events;
use crate::log::SqliteLog;
use liveroom_protocol::id::RoomId;
use liveroom_rules::log::Unavailable;
use liveroom_rules::room::Room;

/// Folds the log from its beginning, and writes what is missing; says whether all is written. Blocks.
pub(super) fn derive(events: &Events, log: &SqliteLog, id: &RoomId) -> Result<bool, Unavailable> {
    let mut notes = events.notes(id);
    let mut room = Room::new(id.clone());
    loop {
        let batch = log.read_after(id, room.position())?;
        for record in &batch.records {
            if room.fold(record).is_err() {
                // What stands before the damage is told.
                return Ok(events.take_now(id, &mut notes));
            }
            notes.note(&room);
        }
        if !events.take_now(id, &mut notes) {
            return Ok(false);
        }
        if batch.records.is_empty() || batch.damaged.is_some() {
            return Ok(true);
        }
    }
}
