//! Viewers, told apart: by how many something was done.

use super::{Deed, Facts, minute};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::activity::Body;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Room;
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

    /// Of votes that the browser and the account had both cast one was taken back: where the browser took part last.
    pub(super) fn merge_votes(&mut self, device: Pseudonym, at: Timestamp, room: &Room) {
        for &(number, votes) in room.merged() {
            let deed = match room.activities()[number].body {
                Body::Qna(_) => Deed::QuestionVotesWithdrawn,
                Body::Poll(_) | Body::Lottery(_) | Body::Deal(_) => Deed::VotesWithdrawn,
            };
            let person = self.people.get(&device).copied();
            let place = (0..self.places.len()).rfind(|place| {
                self.places[*place].activity == number
                    && person.is_some_and(|person| self.took_part[*place].has(person))
            });
            if let Some(place) = place {
                self.cell(at, place).add(deed, votes as u64);
            }
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
