//! What a fold notes of a room's events, to be handed over together.

use super::lots::{Kept, Lot, Row};
use liveroom_protocol::id::Epoch;
use liveroom_rules::events::events;
use liveroom_rules::record::Position;
use liveroom_rules::room::Room;

/// The notes of one room.
#[derive(Debug)]
pub(crate) struct Notes {
    source: String,
    epoch: Option<Epoch>,
    /// All that records up to here did was handed over.
    told: Position,
    /// What is kept is of another log.
    stale: bool,
    rows: Vec<Row>,
}

impl Notes {
    /// Notes what comes after what is kept.
    pub(super) fn new(source: String, kept: Option<Kept>) -> Self {
        let (epoch, told) = kept.map_or((None, 0), |kept| (Some(kept.epoch), kept.derived));
        Self {
            source,
            epoch,
            told,
            stale: false,
            rows: Vec::new(),
        }
    }

    /// Notes what the last record did.
    pub(crate) fn note(&mut self, room: &Room) {
        let Some(epoch) = room.epoch() else { return };
        if self.epoch.as_ref() != Some(epoch) {
            // Another log: what was kept of the one before is no part of it.
            self.stale = self.epoch.is_some();
            self.epoch = Some(epoch.clone());
            self.told = 0;
        }
        if room.position() <= self.told || room.happened().is_empty() {
            return;
        }
        let noted = events(room, epoch, &self.source).map(|(cursor, event)| Row {
            position: cursor.position,
            number: cursor.number,
            body: serde_json::to_string(&event).expect("an event is texts and numbers"),
            kind: event.kind,
        });
        self.rows.extend(noted);
    }

    /// The log ends here; says whether anything was told that it does not hold.
    pub(super) const fn end(&mut self, position: Position) -> bool {
        let further = self.told > position;
        if further {
            self.told = position;
        }
        further || std::mem::replace(&mut self.stale, false)
    }

    /// Leaves out what was noted: what follows is refused until that is made anew.
    pub(crate) fn skip(&mut self) {
        if let Some(row) = self.rows.last() {
            self.told = row.position;
        }
        self.rows.clear();
    }

    /// What there is to hand over.
    pub(super) fn lot(&mut self) -> Option<Lot> {
        let to = self.rows.last()?.position;
        let from = std::mem::replace(&mut self.told, to);
        Some(Lot {
            epoch: self.epoch.clone()?,
            from,
            rows: std::mem::take(&mut self.rows),
        })
    }
}
