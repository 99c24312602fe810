//! A viewer is erased: what showed their words or their name is news, and no number changes.

use super::Room;
use crate::activity::Body;
use crate::pseudonym::Pseudonym;
use crate::record::Who;
use std::collections::HashSet;

impl Room {
    /// Makes news of all that showed a viewer's words or name. What they chose, won and claimed stays.
    pub(super) fn forget(&mut self, whose: Option<Pseudonym>) {
        let Some(who) = whose else { return };
        for number in 0..self.activities.len() {
            let position = self.position;
            let target = &mut self.activities[number];
            let shown = match &mut target.body {
                Body::Poll(poll) => poll.forget(who, position),
                Body::Lottery(lottery) => lottery.names(who),
                Body::Qna(qna) => qna.forget(who, position),
                // A deal shows nobody's name, and takes no words.
                Body::Deal(_) => false,
            };
            if !shown {
                continue;
            }
            target.card_rev = position;
            target.tally_rev = position;
            self.touched.push((who, number));
            if let Body::Qna(qna) = &self.activities[number].body {
                let asked = qna.asked_by(who).iter();
                for id in asked {
                    self.private.alike.forget(&self.activities[number], *id);
                }
            }
        }
    }

    /// Takes out of memory what lies beside the log no more.
    pub fn lose(&mut self, places: &HashSet<String>) {
        for place in places {
            self.private.remove(place);
        }
        for activity in &self.activities {
            let Body::Qna(qna) = &activity.body else {
                continue;
            };
            for id in 1..=qna.asked_in_all() {
                let question = qna.question(id);
                if question.is_ok_and(|asked| places.contains(&asked.hidden.key)) {
                    self.private.alike.forget(activity, id);
                }
            }
        }
    }

    /// All viewers of whom the room has anything: who was accepted with a request, or has a value beside the log.
    pub fn viewers(&self) -> HashSet<Pseudonym> {
        let asked = self.accepted.requesters().filter_map(|who| match who {
            Who::Viewer(who) => Some(who),
            Who::Room | Who::Staff(..) => None,
        });
        asked.chain(self.private.owners()).collect()
    }
}
