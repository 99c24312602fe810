//! A voter signs in: the browser's ballot becomes the account's, or is taken back where the account has one.

use super::Poll;
use crate::pseudonym::Pseudonym;

impl Poll {
    /// Says whether anything changed. What is over stays as it was counted.
    pub(crate) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym, is_over: bool) -> bool {
        let has_own = self.ballots.contains_key(&account);
        if has_own && is_over {
            return false;
        }
        let Some(ballot) = self.ballots.remove(&device) else {
            return false;
        };
        if has_own {
            self.count(ballot.chosen, 0);
            self.survey.forget(device);
        } else {
            self.ballots.insert(account, ballot);
            self.survey.rename(device, account);
        }
        for place in self.board.iter_mut().filter(|place| place.who == device) {
            place.who = account;
        }
        true
    }
}
