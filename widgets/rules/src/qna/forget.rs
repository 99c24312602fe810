//! A viewer is erased: their questions and replies stay in their places, with their votes and without words.

use super::{Qna, index};
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use liveroom_protocol::qna::QuestionId;

/// Questions of which pages are told that words were erased. A page that missed more than these asks for the list anew.
const ERASED: usize = 100;

impl Qna {
    /// Makes news of what a viewer asked and replied, and says whether there was any.
    pub(crate) fn forget(&mut self, who: Pseudonym, position: Position) -> bool {
        let asked = self.asked_by(who).to_vec();
        for id in &asked {
            // It may be asked again, since nobody can read any more that it was.
            let print = &self.questions[index(*id)].hidden.print;
            if self.by_print.get(print) == Some(id) {
                self.by_print.remove(print);
            }
        }
        let theirs = (1..).zip(&self.questions).filter(|(_, question)| {
            question.who == who || question.replies.iter().any(|reply| reply.who == who)
        });
        let theirs: Vec<QuestionId> = theirs.map(|(id, _)| id).collect();
        for id in &theirs {
            self.questions[index(*id)].rev = position;
            self.erased.retain(|other| other != id);
            self.erased.push_back(*id);
        }
        let over = self.erased.len().saturating_sub(ERASED);
        self.erased.drain(..over);
        !theirs.is_empty()
    }

    /// Those that lost words, the last of them: pages that have them are told.
    pub(crate) fn erased(&self) -> impl Iterator<Item = QuestionId> {
        self.erased.iter().copied()
    }
}
