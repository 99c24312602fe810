//! Signing in during a show: what a browser did without an account becomes the account's, and nothing counts twice.
//!
//! Where only the browser took part, its part is the account's: ballot, entry, questions, votes, claims, prizes, and how long it
//! watched. Where both did, the account's own counts and the browser's is taken back; of a deal that allows fewer units than both
//! hold, the browser's reservations go back to the shelf, the newest first. What has closed stays as it was counted: a tally, a list of
//! entrants and a proof do not change any more, and prizes that the browser won are the account's to claim.
//!
//! From then on the browser without its account takes no second part where the account has one.

use super::Room;
use crate::activity::{Activity, Body};
use crate::lottery;
use crate::pseudonym::Pseudonym;
use crate::view;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Action, Reason, Refusal};

impl Room {
    /// Whether it must be written down that an account came in a browser that is known by a device key.
    pub fn is_new_here(&self, device: Pseudonym, account: Pseudonym) -> bool {
        // Where both took part and it has closed, nothing would change.
        let would_change = |known: &Activity| {
            view::acted(known, device)
                && (known.phase != Phase::Closed || !view::acted(known, account))
        };
        self.accounts.get(&device) != Some(&account) || self.activities.iter().any(would_change)
    }

    /// Who an account was in browsers that it signed in with.
    pub fn devices_of(&self, account: Pseudonym) -> impl Iterator<Item = Pseudonym> {
        let all = self.accounts.iter();
        all.filter(move |(_, signed)| **signed == account)
            .map(|(device, _)| *device)
    }

    pub(super) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym) {
        if device == account {
            return;
        }
        self.accounts.insert(device, account);
        self.visits.sign_in(device, account, self.at);
        if self.silenced.contains(&device) {
            self.silenced.insert(account);
        }
        for number in 0..self.activities.len() {
            self.sign_in_to(number, device, account);
        }
    }

    fn sign_in_to(&mut self, number: usize, device: Pseudonym, account: Pseudonym) {
        let barred = match &self.activities[number].body {
            Body::Lottery(lottery) => lottery::is_barred(self, lottery, account),
            Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => false,
        };
        let target = &mut self.activities[number];
        let before = target.due();
        if target.flags.remove(&device) {
            target.flags.insert(account);
        }
        let is_over = target.phase == Phase::Closed;
        let votes = |body: &Body| match body {
            Body::Poll(poll) => {
                usize::from(poll.has_voted(device)) + usize::from(poll.has_voted(account))
            }
            Body::Qna(qna) => qna.voted_by(device).len() + qna.voted_by(account).len(),
            Body::Lottery(_) | Body::Deal(_) => 0,
        };
        let cast = votes(&target.body);
        let changed = match &mut target.body {
            Body::Poll(poll) => poll.sign_in(device, account, is_over),
            Body::Lottery(lottery) => lottery.sign_in(device, account, barred),
            Body::Qna(qna) => qna.sign_in(device, account),
            Body::Deal(deal) => deal.sign_in(device, account),
        };
        if !changed {
            return;
        }
        let merged = cast - votes(&target.body);
        if merged > 0 {
            self.merged.push((number, merged));
        }
        target.tally_rev = self.position;
        if target.body.shows_acts_on_card() {
            target.card_rev = self.position;
        }
        self.touched.extend([(device, number), (account, number)]);
        self.schedule(number, before);
    }

    /// Refuses a second part to a browser whose account has one.
    pub(super) fn is_not_twice(
        &self,
        number: usize,
        who: Pseudonym,
        action: &Action,
    ) -> Result<(), Refusal> {
        let counts = match action {
            Action::PollVote(_)
            | Action::PollAnswer(_)
            | Action::LotteryEnter(_)
            | Action::QnaVote { .. }
            | Action::DealClaim(_) => true,
            Action::PollWithdraw
            | Action::LotteryClaim(_)
            | Action::QnaAsk(_)
            | Action::QnaWithdraw { .. }
            | Action::QnaReply(_)
            | Action::DealRelease { .. }
            | Action::DealOrder { .. }
            | Action::Flag { .. } => false,
        };
        let account = self.accounts.get(&who).filter(|_| counts);
        if account.is_some_and(|account| view::acted(&self.activities[number], *account)) {
            let why =
                "this browser signed in and took part with its account: sign in again to go on";
            return Err(Refusal::because(Reason::NeedsSignIn, why));
        }
        Ok(())
    }
}
