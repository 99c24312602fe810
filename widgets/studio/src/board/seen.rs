//! What there is to be seen to in an activity: the newest of it as the room tells it, and what was looked up.

use liveroom_protocol::desk::{Desk, Listed};
use std::rc::Rc;

/// Claims or entrants of one activity.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Seen {
    /// What the room tells by itself.
    pub(crate) told: Option<Rc<Desk>>,
    /// What was looked up last.
    pub(crate) found: Option<Rc<Found>>,
}

/// What was looked up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    /// By which text.
    pub(crate) text: String,
    /// Before which number.
    pub(crate) before: Option<u64>,
    /// What the room found, or a sentence that says why it found nothing out.
    pub(crate) desk: Result<Desk, String>,
}

impl Seen {
    /// Takes what is not older than what is known.
    pub(super) fn take(&mut self, desk: Desk) {
        let known = self.told.as_ref();
        if known.is_none_or(|known| (desk.run, desk.rev) >= (known.run, known.rev)) {
            self.told = Some(Rc::new(desk));
        }
    }

    /// As far as it is of a run.
    pub(super) fn of_run(&self, run: u32) -> Self {
        let found = self.found.as_ref().filter(|found| {
            let desk = found.desk.as_ref();
            desk.map_or(true, |desk| desk.run == run)
        });
        Self {
            told: self.told.clone().filter(|told| told.run == run),
            found: found.cloned(),
        }
    }

    /// What the room tells by itself.
    pub(crate) fn listed(&self) -> Option<&Listed> {
        self.told.as_ref().map(|told| &told.listed)
    }
}
