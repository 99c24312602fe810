//! What lies beside the log for nothing: the words of requests that were refused. Whoever keeps the log deletes them.

use crate::record::Record;
use crate::room::{Room, Verdict};
use std::collections::HashSet;

/// Places that only refused requests have named so far.
///
/// A refused request may come again and be accepted, when its words lie where they lay: so a place is emptied only as far
/// as the log was folded, and only if no later record names it.
#[derive(Clone, Debug, Default)]
pub struct Spare(HashSet<String>);

impl Spare {
    /// Notes what became of a record, which the room has just folded.
    pub fn note(&mut self, room: &Room, record: &Record, verdict: &Verdict) {
        let Some(hidden) = record.entry.what.hidden() else {
            return;
        };
        match verdict {
            Verdict::Accepted { .. } => drop(self.0.remove(&hidden.key)),
            // What came under an id that was accepted with other content may name the very words that were accepted.
            Verdict::Refused(_) if room.has_taken(&record.entry) => {}
            Verdict::Refused(_) => drop(self.0.insert(hidden.key.clone())),
        }
    }

    /// Takes out those that nothing still on its way to the log names, to be deleted.
    pub fn take(&mut self, on_its_way: impl Fn(&str) -> bool) -> Vec<String> {
        self.0.extract_if(|place| !on_its_way(place)).collect()
    }
}
