//! Taking in what the log gave back, and what to do when it gives nothing or nothing that can be trusted.

use super::answer::Touched;
use super::{AGAIN, Fresh, Task};
use crate::facts::Facts;
use crate::metrics::Held;
use crate::room::open::{self, Folded};
use crate::status::unavailable;
use liveroom_protocol::message::State;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::log::{Batch, Unavailable};
use liveroom_rules::record::{Damage, Position, Record, What};
use liveroom_rules::room::Verdict;
use tokio::time::Instant;

/// Questions whose words are learnt at a time: a fraction of a millisecond each, and nobody is served meanwhile.
const LEARN: usize = 50;

impl Task {
    /// Folds what the log gave back and answers who asked for it; true if the room has ended.
    pub(super) async fn take(&mut self, batch: Result<Batch, Unavailable>) -> bool {
        let batch = match batch {
            Ok(batch) => batch,
            Err(why) => {
                self.fail(&why).await;
                tokio::time::sleep(AGAIN).await;
                return false;
            }
        };
        let mut verdicts: Vec<(Record, Verdict)> = Vec::with_capacity(batch.records.len());
        let mut touched = Touched::new();
        let mut damaged = batch.damaged.map(|position| (position, Damage::Unreadable));
        for record in batch.records {
            match self.fold(&record) {
                Ok(verdict) => {
                    let touches = self.room.touched();
                    touched.extend(touches.map(|(who, activity)| (who, activity.clone())));
                    verdicts.push((record, verdict));
                }
                Err(damage) => {
                    damaged = Some((record.position, damage));
                    break;
                }
            }
        }
        let events = &self.place.ground.events;
        events.take(self.room.id(), &mut self.notes);
        self.room.learn(LEARN);
        if self.fresh == Some(Fresh::Phase) {
            for activity in self.watching.look(&self.room) {
                touched.extend(self.watching.here().map(|who| (who, activity.clone())));
            }
        }
        let ended = self.room.state() == State::Sealed;
        if ended && let Err(why) = open::finish(&self.place.ground.log, &self.room).await {
            // It is done when the room is next opened.
            tracing::warn!("room {}: not sealed yet: {}", self.room.id(), why.0);
        }
        self.publish_if_due();
        self.answer(verdicts, touched);
        self.forget_refused();
        if let Some((position, damage)) = damaged {
            self.damage(position, &damage);
        }
        ended
    }

    fn fold(&mut self, record: &Record) -> Result<Verdict, Damage> {
        let due = self.room.next_due().is_some_and(|due| due <= record.at);
        let before = Facts::before(&self.room, record);
        let verdict = self.room.fold(record)?;
        self.spare.note(&self.room, record, &verdict);
        self.forget_erased(record, &verdict);
        self.facts.take(before, record, &verdict, &self.room);
        self.notes.note(&self.room);
        self.watching.folded(record);
        let fresh = match record.entry.what {
            _ if due => Fresh::Phase,
            What::Act(_) | What::SignIn(_) => Fresh::Tally,
            // Nobody else is told who is here.
            What::Watch(_) | What::Vacated => return Ok(verdict),
            What::Command(_) => {
                self.note_retention();
                Fresh::Phase
            }
            What::Found(_) | What::Tick | What::Come(_) => Fresh::Phase,
        };
        self.to_order |= fresh == Fresh::Phase;
        self.fresh = self.fresh.max(Some(fresh));
        Ok(verdict)
    }

    /// Deletes the words of what was refused.
    fn forget_refused(&mut self) {
        let places = self.spare.take(|place| self.pending.names(place));
        if places.is_empty() {
            return;
        }
        for place in &places {
            self.room.private.remove(place);
        }
        let (log, folded) = (&self.place.ground.log, self.room.position());
        log.forget(self.room.id(), places, folded);
    }

    /// Shows the last good state from now on, and tells those who wait that nothing of theirs was done.
    fn damage(&mut self, position: Position, damage: &Damage) {
        open::report(self.room.id(), position, damage);
        self.room.damage();
        self.damaged = Some((position, Held::new(&self.place.ground.metrics.damaged)));
        self.fresh = Some(Fresh::Phase);
        self.publish_if_due();
        let refusal = self.closed().unwrap_or_else(unavailable);
        self.refuse_all(&refusal);
    }

    /// Why the room takes no changes.
    pub(super) fn closed(&self) -> Option<Refusal> {
        match (self.room.state(), &self.damaged) {
            (State::Sealed, _) => Some(Reason::Sealed.into()),
            (State::Damaged, Some((position, _))) => Some(Refusal::because(
                Reason::Damaged,
                format!(
                    "the log of this room is damaged at {position}: it shows its last good state and takes no changes"
                ),
            )),
            (State::Damaged, None) => Some(Reason::Damaged.into()),
            (State::Live, _) => None,
        }
    }

    /// The log took nothing: callers are told so, and the room is folded again from what the log holds.
    pub(super) async fn fail(&mut self, why: &Unavailable) {
        tracing::warn!("room {}: the log took nothing: {}", self.room.id(), why.0);
        self.place.ground.metrics.unavailable.inc();
        self.refuse_all(&unavailable());
        self.ticked = None;
        self.to_order = true;
        self.ordered.clear();
        self.rest_until = Instant::now() + AGAIN;
        match open::fold(
            &self.place.ground,
            self.room.id(),
            &self.place.key,
            self.room.position(),
        )
        .await
        {
            Ok(Folded {
                room,
                facts,
                notes,
                damaged,
                touched,
            }) => {
                self.room = room;
                self.facts = facts;
                self.notes = notes;
                self.damaged = damaged
                    .map(|position| (position, Held::new(&self.place.ground.metrics.damaged)));
                self.fresh = Some(Fresh::Phase);
                self.watching.doubt();
                self.tell_touched(touched);
            }
            // What was folded came from the log, and stays true.
            Err(why) => {
                tracing::warn!("room {}: the log cannot be read: {}", self.room.id(), why.0)
            }
        }
    }
}
