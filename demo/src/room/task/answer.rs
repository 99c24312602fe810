//! What the fold decided, told to who asked, to the same viewer elsewhere, and to everybody.

use super::Task;
use crate::room::pending::{Answered, Caller};
use crate::room::{Personal, refused};
use liveroom_protocol::Refusal;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{Answer, FromRoom, News};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::Record;
use liveroom_rules::room::Verdict;
use liveroom_rules::session::frame;
use liveroom_rules::view;

impl Task {
    /// Answers who asked for these records.
    pub(super) fn answer(&mut self, verdicts: Vec<(Record, Verdict)>) {
        for (record, verdict) in verdicts {
            let Some(caller) = self.pending.take(&record.entry) else {
                continue;
            };
            let metrics = &self.place.ground.metrics;
            metrics.answer.observe(caller.since.elapsed().as_secs_f64());
            let mut answer = Answer {
                id: record.entry.id,
                ok: false,
                position: None,
                activity: None,
                refusal: None,
                mine: None,
            };
            match verdict {
                Verdict::Accepted { position, activity } => {
                    metrics.accepted.inc();
                    answer.ok = true;
                    answer.position = Some(position);
                    answer.activity = activity;
                }
                Verdict::Refused(refusal) => {
                    metrics.refuse(refusal.reason);
                    answer.refusal = Some(refusal);
                }
            }
            let mut acted = None;
            if let Some((who, activity)) = caller.act.clone() {
                let takes_part = self.takes_part(who, &activity);
                answer.mine = view::mine(&self.room, who, &activity);
                if answer.ok {
                    self.tell_elsewhere(who, &activity, takes_part, caller.line);
                }
                acted = Some((activity, takes_part));
            }
            // Whoever asked may have gone: what was done stays done.
            let _ = caller.done.send(Answered { answer, acted });
        }
    }

    /// Tells everybody who waits that nothing was done.
    pub(super) fn refuse_all(&mut self, refusal: &Refusal) {
        for (id, Caller { done, .. }) in self.pending.take_all() {
            self.place.ground.metrics.refuse(refusal.reason);
            let _ = done.send(refused(id, refusal.clone()));
        }
    }

    fn takes_part(&self, who: Pseudonym, activity: &ActivityId) -> bool {
        let activity = self.room.activity(activity);
        activity.is_some_and(|activity| view::acted(activity, who))
    }

    fn tell_elsewhere(&self, who: Pseudonym, activity: &ActivityId, acted: bool, but: Option<u64>) {
        let Some(item) = view::mine(&self.room, who, activity) else {
            return;
        };
        self.place.seats.tell(who, but, || Personal {
            activity: activity.clone(),
            acted,
            frame: frame(&FromRoom::News(News {
                epoch: self.room.epoch().cloned(),
                at: None,
                news: vec![item],
            })),
        });
    }
}
