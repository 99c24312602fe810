//! Someone who asked or voted signs in: what the browser wrote is the account's, and a vote counts once.

use super::{Qna, index};
use crate::pseudonym::Pseudonym;
use liveroom_protocol::qna::QuestionId;

impl Qna {
    /// Says whether anything changed.
    pub(crate) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym) -> bool {
        let asker = self.askers.remove(&device);
        let votes = self.votes_of.remove(&device);
        let mut changed = asker.is_some() || votes.is_some();
        if let Some(asker) = asker {
            let own = self.askers.entry(account).or_default();
            own.asked.extend(asker.asked);
            own.asked.sort_unstable();
            own.last = own.last.max(asker.last);
        }
        for id in votes.into_iter().flatten() {
            // The set takes the account's vote once, whether it was there or not.
            self.recount(id, |question| {
                question.votes.remove(&device) && question.votes.insert(account)
            });
            self.votes_of.entry(account).or_default().insert(id);
        }
        let theirs = |id: QuestionId, own: &Self| {
            let question = &own.questions[index(id)];
            question.who == device
                || question.flags.contains(&device)
                || question.replies.iter().any(|reply| reply.who == device)
        };
        for id in (1..=self.asked_in_all())
            .filter(|id| theirs(*id, self))
            .collect::<Vec<_>>()
        {
            changed = true;
            let question = &mut self.questions[index(id)];
            if question.who == device {
                question.who = account;
            }
            if question.flags.remove(&device) {
                question.flags.insert(account);
            }
            for reply in question
                .replies
                .iter_mut()
                .filter(|reply| reply.who == device)
            {
                reply.who = account;
            }
        }
        changed
    }
}
