//! Bringing in a run out of a file: it takes the place of this one, so where this one is not empty it is asked first.

use super::names::{name, named};
use super::{Plan, RUN_BYTES, Run, Timestamp};
use std::rc::Rc;

impl Plan {
    /// Reads a run that somebody exported. Where nothing is planned it is brought in, and how much is said; else it is offered.
    /// Says what is wrong with it, if it is none.
    pub(crate) fn import(&mut self, text: &str, stamp: Timestamp) -> Result<Option<usize>, String> {
        self.offered = None;
        if text.len() > RUN_BYTES {
            return Err(super::TOO_LARGE.into());
        }
        let run: Run = serde_json::from_str(text)
            .map_err(|no| format!("The file is no run of show: {no}."))?;
        let run = named(run)
            .checked()
            .map_err(|no| crate::form::sentence(&no))?;
        if run.cues.is_empty() && run.templates.is_empty() {
            return Err("The file is no run of show: nothing is planned in it.".into());
        }
        self.offered = Some(Rc::new(run));
        let free = self.run.cues.is_empty() && self.run.templates.is_empty();
        Ok(free.then(|| self.bring(stamp)).flatten())
    }

    /// Puts what was offered in the place of this run; says how much that is.
    pub(crate) fn bring(&mut self, stamp: Timestamp) -> Option<usize> {
        let mut run = self.offered.take().map(Rc::unwrap_or_clone)?;
        let count = run.cues.len();
        name(&mut run.cues, 0..count, stamp);
        self.next = 0;
        self.put(run);
        Some(count)
    }
}
