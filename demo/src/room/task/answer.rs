//! What the fold decided, told to who asked, to the same viewer elsewhere, and to everybody.

use super::Task;
use crate::room::pending::{Answered, Caller};
use crate::room::{Personal, refused};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{Answer, FromRoom, News};
use liveroom_protocol::{Command, Refusal};
use liveroom_rules::private::erase;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Record, What, Who};
use liveroom_rules::room::Verdict;
use liveroom_rules::session::frame;
use liveroom_rules::view;
use std::collections::BTreeSet;

/// Viewers whose own part of an activity changed.
pub(in crate::room) type Touched = BTreeSet<(Pseudonym, ActivityId)>;

impl Task {
    /// Answers who asked for these records, and tells those whose own part changed without their asking.
    pub(super) fn answer(&mut self, verdicts: Vec<(Record, Verdict)>, mut touched: Touched) {
        for (record, verdict) in verdicts {
            let erasure = erase::ordered(&record, &verdict);
            let Some(caller) = self.pending.take(&record.entry) else {
                touched.extend(acted(&record, &verdict));
                if let Some(erasure) = erasure {
                    self.erase(erasure, None);
                }
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
                secret: None,
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
            if answer.ok && makes_key(&record.entry.what) {
                answer.secret = Some(self.place.key.secret(record.entry.who, &answer.id));
            }
            let mut acted = None;
            if let Some((who, activity)) = caller.act.clone() {
                let takes_part = self.takes_part(who, &activity);
                answer.mine = self.mine(who, &activity);
                if answer.ok {
                    self.tell_elsewhere(who, &activity, takes_part, caller.line);
                    // What else touched it in this batch is in the answer.
                    touched.remove(&(who, activity.clone()));
                }
                acted = Some((activity, takes_part));
            }
            let answered = Answered { answer, acted };
            match erasure {
                Some(erasure) => self.erase(erasure, Some((caller.done, answered))),
                // Whoever asked may have gone: what was done stays done.
                None => drop(caller.done.send(answered)),
            }
        }
        self.tell_touched(touched);
    }

    /// Tells viewers their own part, on whichever line they are.
    pub(super) fn tell_touched(&self, touched: Touched) {
        for (who, activity) in touched {
            let takes_part = self.takes_part(who, &activity);
            self.tell_elsewhere(who, &activity, takes_part, None);
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
        self.place.seats.tell(who, but, || {
            let item = self.mine(who, activity)?;
            let epoch = self.room.epoch().cloned();
            let (at, news) = (None, vec![item]);
            Some(Personal {
                activity: activity.clone(),
                acted,
                frame: frame(&FromRoom::News(News { epoch, at, news })),
            })
        });
    }
}

/// Whether the answer to it has a secret.
fn makes_key(what: &What) -> bool {
    match what {
        What::Command(ordered) => matches!(ordered.command, Command::KeyMake(_)),
        What::Come(_) => true,
        What::Found(_)
        | What::Act(_)
        | What::Tick
        | What::Watch(_)
        | What::Vacated
        | What::SignIn(_) => false,
    }
}

/// Who acted where by a record that was accepted.
pub(in crate::room) fn acted(
    record: &Record,
    verdict: &Verdict,
) -> Option<(Pseudonym, ActivityId)> {
    match (&record.entry.who, &record.entry.what, verdict) {
        (Who::Viewer(who), What::Act(act), Verdict::Accepted { .. }) => {
            Some((*who, act.activity.clone()))
        }
        _ => None,
    }
}
