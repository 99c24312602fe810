//! An entrant signs in: the browser's entry becomes the account's, or is taken back where the account has one.

use super::Lottery;
use crate::pseudonym::Pseudonym;

impl Lottery {
    /// Says whether anything changed. `barred`: the account has won too often elsewhere to win here.
    ///
    /// A list that is fixed stays as it is; whoever stands on it is found under the account, and so are prizes.
    pub(crate) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym, barred: bool) -> bool {
        if let Some(won) = self.won_before.remove(&device) {
            *self.won_before.entry(account).or_default() += won;
        }
        let Some(tickets) = self.entries.get(&device).copied() else {
            return false;
        };
        let has_own = self.entries.contains_key(&account);
        if let Some(closing) = &mut self.closing {
            rename(closing.viewers.iter_mut(), device, account);
            let wins = self
                .drawing
                .iter_mut()
                .flat_map(|drawing| &mut drawing.wins);
            rename(wins.map(|win| &mut win.who), device, account);
            if has_own {
                return true;
            }
            self.entered_as.insert(account, device);
        } else if has_own {
            self.tickets -= u64::from(tickets);
            self.came.retain(|who| *who != device);
        }
        self.entries.remove(&device);
        if !has_own {
            self.entries.insert(account, tickets);
            rename(self.came.iter_mut(), device, account);
        }
        if self.closing.is_none() {
            self.exclude_too(device, account, barred);
        }
        true
    }

    /// Whoever was excluded as a browser is excluded with the account.
    fn exclude_too(&mut self, device: Pseudonym, account: Pseudonym, barred: bool) {
        self.excluded.forget(device);
        let (before, after) = (self.key.entrant(device), self.key.entrant(account));
        if let Some(reason) = self.excluded.reason(&before) {
            self.excluded.name(after, reason);
        }
        self.note_entrant(account, barred);
    }
}

fn rename<'a>(all: impl Iterator<Item = &'a mut Pseudonym>, from: Pseudonym, to: Pseudonym) {
    for who in all.filter(|who| **who == from) {
        *who = to;
    }
}
