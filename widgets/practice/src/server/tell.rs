//! What pages are told unasked or in answer: what became of a request, whose part is what now, that something failed.

use super::Server;
use crate::line::LineId;
use crate::log::Place;
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::message::{Answer, FromRoom, News};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Entry, Position, Record, What, Who};
use liveroom_rules::room::Verdict;
use liveroom_rules::session::frame;
use liveroom_rules::view;
use std::rc::Rc;
use std::sync::Arc;

impl Server {
    /// Tells who waits for a record what became of it, and its viewer's other pages what their part is now.
    pub(super) fn tell(&mut self, record: &Record, verdict: &Verdict) {
        if !self.open {
            return;
        }
        let asked = self
            .waiting
            .iter()
            .position(|waiting| {
                waiting.place.get() == record.position && waiting.id == record.entry.id
            })
            .map(|number| self.waiting.swap_remove(number).line);
        if let Some(line) = asked {
            let answer = self.answer(&record.entry, verdict);
            self.push(line, &FromRoom::Answer(answer));
        }
        if let (What::Act(act), Who::Viewer(who), Verdict::Accepted { .. }) =
            (&record.entry.what, record.entry.who, verdict)
        {
            self.tell_viewer(who, &act.activity, asked);
        }
        let touched: Vec<_> = (self.room.touched())
            .map(|(who, activity)| (who, activity.clone()))
            .collect();
        for (who, activity) in touched {
            self.tell_viewer(who, &activity, None);
        }
    }

    fn tell_viewer(&mut self, who: Pseudonym, activity: &ActivityId, asked: Option<LineId>) {
        let acted = self
            .room
            .activity(activity)
            .is_some_and(|activity| view::acted(activity, who));
        let news = view::mine(&self.room, who, activity).map(|mine| {
            frame(&FromRoom::News(News {
                epoch: self.room.epoch().cloned(),
                at: None,
                news: vec![mine],
            }))
        });
        for (id, line) in &mut self.lines {
            if line.who(self.key.as_ref()) != Some(who) {
                continue;
            }
            if let Some(session) = &mut line.session {
                session.note(activity, acted);
                let other = asked != Some(*id);
                self.out
                    .extend(news.clone().filter(|_| other).map(|news| (*id, news)));
            }
        }
    }

    fn answer(&self, entry: &Entry, verdict: &Verdict) -> Answer {
        let mine = match (&entry.what, entry.who) {
            (What::Act(act), Who::Viewer(who)) => view::mine(&self.room, who, &act.activity),
            _ => None,
        };
        let id = entry.id.clone();
        match verdict {
            Verdict::Accepted { position, activity } => Answer {
                id,
                ok: true,
                position: Some(*position),
                activity: activity.clone(),
                refusal: None,
                secret: None,
                mine,
            },
            Verdict::Refused(refusal) => Answer {
                mine,
                ..refused(id, refusal.clone())
            },
        }
    }

    /// The log cannot be trusted from here on: the room shows what it is, and takes no changes.
    pub(super) fn damage(&mut self, position: Position) {
        self.damaged = Some(position);
        self.room.damage();
        self.refuse_waiting(&damaged(position));
        let news = frame(&FromRoom::Room(view::room_news(&self.room, None)));
        for (id, line) in &self.lines {
            if line.session.is_some() {
                self.out.push_back((*id, Arc::clone(&news)));
            }
        }
    }

    /// The request that was to stand at this place could not be written.
    pub(crate) fn fail(&mut self, place: &Place, said: &str) {
        let failed = self
            .waiting
            .iter()
            .position(|waiting| Rc::ptr_eq(&waiting.place, place));
        if let Some(number) = failed {
            let waiting = self.waiting.swap_remove(number);
            self.refuse(waiting.line, waiting.id, unavailable(said));
        }
    }

    /// Refuses all that waits for the log.
    pub(super) fn refuse_waiting(&mut self, refusal: &Refusal) {
        for waiting in std::mem::take(&mut self.waiting) {
            self.refuse(waiting.line, waiting.id, refusal.clone());
        }
    }

    pub(super) fn push(&mut self, line: LineId, message: &FromRoom) {
        self.out.push_back((line, frame(message)));
    }

    pub(super) fn refuse(&mut self, line: LineId, id: RequestId, refusal: Refusal) {
        self.push(line, &FromRoom::Answer(refused(id, refusal)));
    }
}

fn refused(id: RequestId, refusal: Refusal) -> Answer {
    Answer {
        id,
        ok: false,
        position: None,
        activity: None,
        refusal: Some(refusal),
        secret: None,
        mine: None,
    }
}

pub(super) fn unavailable(said: &str) -> Refusal {
    Refusal::because(
        Reason::Unavailable,
        format!("this browser could not store it ({said}): ask again with the same id"),
    )
}

pub(super) fn damaged(position: Position) -> Refusal {
    Refusal::because(
        Reason::Damaged,
        format!(
            "record {position} of this practice room is damaged: clear this site's data, or take another room"
        ),
    )
}
