//! A buyer signs in: the browser's claims become the account's, within what one may have.

use super::Deal;
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use liveroom_protocol::deal::Standing;

impl Deal {
    /// Says whether anything changed. What is ordered or sold stays; reservations that are too many go back, the newest first.
    pub(crate) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym) -> bool {
        let Some(places) = self.of.remove(&device) else {
            return false;
        };
        for place in &places {
            if let Some(held) = self.claims.get_mut(place) {
                held.who = account;
            }
        }
        let own = self.of.entry(account).or_default();
        own.extend(&places);
        own.sort_unstable();
        let is_reserved = |place: &&Position| self.claims[*place].standing == Standing::Reserved;
        let reserved: Vec<Position> = places.iter().rev().filter(is_reserved).copied().collect();
        for place in reserved {
            if self.units_of(account) <= self.draft.limit {
                break;
            }
            // A reservation can always be given back.
            let _ = self.move_to(place, Standing::Returned);
        }
        true
    }
}
