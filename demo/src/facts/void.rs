//! What was taken back had not been: what was done in it counts nothing.

use super::bits::Bits;
use super::{Facts, minute, number};
use liveroom_protocol::command::Command;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::record::{Record, What};
use liveroom_rules::room::Room;

/// What a record may take back: the number of an activity, when it was opened, and whether that is its first run.
pub(super) fn taken_back(room: &Room, record: &Record) -> Option<(usize, Timestamp, bool)> {
    let What::Command(ordered) = &record.entry.what else {
        return None;
    };
    let Command::TakeBack { activity } = &ordered.command else {
        return None;
    };
    let known = room.activity(activity)?;
    Some((number(room, activity)?, known.opened_at?, known.run == 1))
}

impl Facts {
    /// Forgets what was done in an activity since it opened; an earlier run of the same minute goes with it.
    pub(super) fn void(&mut self, activity: usize, opened: Timestamp, first: bool) {
        let (places, since) = (&self.places, minute(opened));
        let is_void = |place: usize| places[place].activity == activity;
        self.cells
            .retain(|&(minute, place), _| minute < since || !is_void(place));
        if first {
            for (place, bits) in self.took_part.iter_mut().enumerate() {
                if is_void(place) {
                    *bits = Bits::default();
                }
            }
        }
    }
}
