//! A viewer is erased, or what somebody wrote has run out: it goes from the room's memory, and whoever ordered it waits
//! until it is gone from the disk.

use super::{Fresh, Task};
use crate::room::Published;
use crate::room::pending::Answered;
use liveroom_rules::private::erase::{self, Erasure};
use liveroom_rules::record::Record;
use liveroom_rules::retention;
use liveroom_rules::room::Verdict;
use std::collections::HashSet;
use tokio::sync::oneshot;

impl Task {
    /// Takes what is a viewer's out of memory, if a record that was just folded orders that for the first time. What is on
    /// its way to the log came later, and stays.
    pub(super) fn forget_erased(&mut self, record: &Record, verdict: &Verdict) {
        let Some(erasure) = erase::ordered(record, verdict) else {
            return;
        };
        // It waits on the disk, where whoever erases the reports finds it.
        self.room.private.remove(&erasure.place);
        if let Some(whose) = erasure.whose
            && erasure.position == record.position
        {
            let pending = &self.pending;
            self.room.private.erase(whose, |place| pending.names(place));
        }
    }

    /// Has it done on the disk and in the collector, and then tells who ordered it.
    pub(super) fn erase(
        &self,
        erasure: Erasure,
        answered: Option<(oneshot::Sender<Answered>, Answered)>,
    ) {
        let (eraser, room) = (self.place.ground.eraser.clone(), self.room.id().clone());
        tokio::spawn(async move {
            eraser.perform(&room, erasure).await;
            if let Some((done, answer)) = answered {
                // Whoever asked may have gone: what was done stays done.
                let _ = done.send(answer);
            }
        });
    }

    /// Has it written down how long the room keeps what, if that is other than before.
    pub(super) fn note_retention(&mut self) {
        let now = retention::of_room(&self.room);
        if std::mem::replace(&mut self.retention, now) != now {
            self.place.ground.log.keeps(self.room.id(), &now);
        }
    }

    /// Takes places out of memory whose time has run out, and tells whoever comes from now on nothing of them.
    pub(super) fn lose(&mut self, places: &HashSet<String>) {
        self.room.lose(places);
        let damaged = self.damaged.as_ref().map(|(position, _)| *position);
        let anew = Published::of(&self.room, None, damaged);
        self.published.send_replace(std::sync::Arc::new(anew));
        self.fresh = self.fresh.max(Some(Fresh::Tally));
    }
}
