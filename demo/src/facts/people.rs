//! Viewers, told apart: by how many something was done.

use super::{Facts, minute};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::pseudonym::Pseudonym;
use std::collections::HashSet;

/// Viewers who are told apart; more are counted in what they do, and not as viewers.
const PEOPLE: usize = 4_000_000;

impl Facts {
    pub(super) fn was_active(&mut self, who: Pseudonym, place: usize, at: Timestamp) {
        let next = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        if self.people.len() >= PEOPLE && !self.people.contains_key(&who) {
            return;
        }
        let person = *self.people.entry(who).or_insert(next);
        self.took_part[place].set(person);
        let minute = minute(at);
        if self.now.0 != minute {
            self.now = (minute, HashSet::new());
        }
        if self.now.1.insert(person) {
            *self.active.entry(minute).or_default() += 1;
        }
    }

    /// Two who are told apart were one viewer all along.
    pub(super) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym) {
        let Some(before) = self.people.remove(&device) else {
            return;
        };
        let after = *self.people.entry(account).or_insert(before);
        if after == before {
            return;
        }
        for place in &mut self.took_part {
            if place.take(before) {
                place.set(after);
            }
        }
    }
}
