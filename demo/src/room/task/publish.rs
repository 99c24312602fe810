//! Telling everybody: at once when it was quiet or a phase has changed, else when the tick comes.

use super::{Fresh, Task};
use crate::room::Published;
use std::sync::Arc;
use tokio::time::Instant;

impl Task {
    /// Tells what is fresh, if it need not wait.
    pub(super) fn publish_if_due(&mut self) {
        let now = Instant::now();
        let Some(fresh) = self.fresh else { return };
        if self.pace.next(now) <= now {
            self.publish();
        } else if fresh == Fresh::Phase {
            let before = Arc::clone(&self.published.borrow());
            let next = self.look(&before);
            if next.sheet.is_urgent(&before.sheet)
                || next.news != before.news
                || !Arc::ptr_eq(&next.keys, &before.keys)
            {
                self.send(&before, next);
            } else {
                self.fresh = Some(Fresh::Tally);
            }
        }
    }

    /// Tells what is fresh.
    pub(super) fn publish(&mut self) {
        let before = Arc::clone(&self.published.borrow());
        let next = self.look(&before);
        self.send(&before, next);
    }

    fn look(&self, before: &Published) -> Published {
        let damaged = self.damaged.as_ref().map(|(position, _)| *position);
        Published::of(&self.room, Some(&before.sheet), damaged)
    }

    fn send(&mut self, before: &Published, next: Published) {
        let bytes = next.sheet.weight(&before.sheet);
        self.pace
            .went(Instant::now(), bytes, self.place.seats.viewers());
        self.fresh = None;
        self.published.send_replace(Arc::new(next));
    }
}
