//! What this tab decides as one of the room's servers, without any I/O: frames and records in, frames and requests out.
//!
//! It answers only from records that the log has given back. What it refuses before the log has changed nothing.

use crate::line::{Line, LineId};
use crate::log::Place;
use liveroom_protocol::Refusal;
use liveroom_protocol::desk::Desk;
use liveroom_protocol::id::{ActivityId, RequestId, RoomId};
use liveroom_protocol::lottery::Proof;
use liveroom_protocol::message::State;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_rules::activity::Body;
use liveroom_rules::log::{Append, Batch};
use liveroom_rules::private::erase::{self, Erasure};
use liveroom_rules::private::{self, PrivateValue, Spare};
use liveroom_rules::pseudonym::RoomKey;
use liveroom_rules::record::{Position, Record};
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::session::Sheet;
use liveroom_rules::view;
use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;

mod hear;
mod tell;
#[cfg(test)]
mod tests;

use tell::unavailable;

/// How long after a tick that could not be written the next is tried.
const TICK_AGAIN: Span = Span(1_000);

/// Questions whose words are learnt at a time, so that the page can breathe between two batches.
const LEARN: usize = 100;

/// One of the room's servers.
pub(crate) struct Server {
    room: Room,
    key: Option<RoomKey>,
    /// The log has been folded to its end once; before that requests are not taken.
    open: bool,
    /// The record that could not be taken.
    damaged: Option<Position>,
    sheet: Sheet,
    lines: BTreeMap<LineId, Line>,
    waiting: Vec<Waiting>,
    /// The deadline for which a tick was asked last, and when.
    ticked: Option<(Timestamp, Timestamp)>,
    /// What the room ordered of its own: one that was refused is not ordered again.
    ordered: HashSet<RequestId>,
    /// Words of requests that were refused.
    spare: Spare,
    /// Places of what was erased.
    erased: Vec<String>,
    out: VecDeque<(LineId, Arc<str>)>,
}

/// A request that was handed to the log, and has not come back.
struct Waiting {
    line: LineId,
    id: RequestId,
    place: Place,
}

impl Server {
    /// A server of a room whose log it has not seen yet.
    pub(crate) fn new(room: RoomId) -> Self {
        Self {
            room: Room::new(room),
            key: None,
            open: false,
            damaged: None,
            sheet: Sheet::default(),
            lines: BTreeMap::new(),
            waiting: Vec::new(),
            ticked: None,
            ordered: HashSet::new(),
            spare: Spare::default(),
            erased: Vec::new(),
            out: VecDeque::new(),
        }
    }

    /// The proof of a draw, as far as it has come.
    pub(crate) fn proof(&self, activity: &ActivityId) -> Option<Proof> {
        match &self.room.activity(activity)?.body {
            Body::Lottery(lottery) => Some(view::proof(lottery)),
            Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
        }
    }

    /// What the desk looks up among claims or entrants.
    pub(crate) fn find(
        &self,
        activity: &ActivityId,
        text: &str,
        before: Option<u64>,
    ) -> Result<Desk, Refusal> {
        view::find(&self.room, activity, text, before)
    }

    /// Takes a line for the viewer with this device key.
    pub(crate) fn join(&mut self, line: LineId, identity: String) {
        self.lines.insert(line, Line::new(identity));
    }

    /// Forgets a line; says whether any is left.
    pub(crate) fn leave(&mut self, line: LineId) -> bool {
        self.lines.remove(&line);
        self.waiting.retain(|waiting| waiting.line != line);
        self.out.retain(|(to, _)| *to != line);
        !self.lines.is_empty()
    }

    /// Begins at the beginning of a log, for the first time or because it failed; what waits is told to ask again.
    pub(crate) fn begin(&mut self, key: Option<RoomKey>) {
        self.close();
        self.room = Room::new(self.room.id().clone());
        if let Some(key) = &key {
            self.room.private.keep(private::ticket_key(key));
        }
        self.key = key;
        self.damaged = None;
        self.ordered.clear();
        self.spare = Spare::default();
    }

    /// Takes no requests until the log can be followed again.
    pub(crate) fn close(&mut self) {
        self.open = false;
        self.refuse_waiting(&unavailable("the storage was closed"));
    }

    /// The log has been folded to its end: requests are taken, who has said hello is welcomed.
    pub(crate) fn open(&mut self, now: Timestamp) {
        self.open = true;
        self.sheet = Sheet::of(&self.room, None);
        let lines: Vec<LineId> = self.lines.keys().copied().collect();
        for id in lines {
            let line = &self.lines[&id];
            if line.hello.is_some() && line.epoch.as_ref() != self.room.epoch() {
                self.welcome(id, now);
            }
        }
        self.send(now, true);
    }

    /// Whether these records name private values that are not here yet.
    pub(crate) fn lacks(&self, records: &[Record]) -> bool {
        records.iter().any(|record| {
            let hidden = record.entry.what.hidden();
            hidden.is_some_and(|hidden| self.room.private.value(&hidden.key).is_none())
        })
    }

    /// Folds what the log gave back, answers who asked, and sends the news.
    pub(crate) fn take(&mut self, batch: &Batch, values: Vec<PrivateValue>, now: Timestamp) {
        for value in values {
            self.room.private.keep(value);
        }
        let mut damaged = batch.damaged;
        for record in &batch.records {
            match self.room.fold(record) {
                Ok(verdict) => {
                    if self.room.has_words_of(&record.entry) {
                        self.spare.note(&self.room, record, &verdict);
                    }
                    self.erase(record, &verdict);
                    self.tell(record, &verdict);
                }
                Err(_) => {
                    damaged = Some(record.position);
                    break;
                }
            }
        }
        if let Some(position) = damaged {
            self.damage(position);
        }
        self.room.learn(LEARN);
        if self.open {
            let sheet = Sheet::of(&self.room, Some(&self.sheet));
            let urgent = sheet.is_urgent(&self.sheet);
            self.sheet = sheet;
            self.lines.values_mut().for_each(Line::owe);
            self.send(now, urgent);
        }
    }

    /// Takes what is a viewer's out of memory, if a record orders it and that was not done yet: what they wrote since stays.
    /// In a room that is in use it is done at once; another tab may have emptied the store by then.
    fn erase(&mut self, record: &Record, verdict: &Verdict) {
        let private = &mut self.room.private;
        let open = self.open;
        let waits = |it: &Erasure| open || private.value(&it.place).is_some();
        let Some(erasure) = erase::ordered(record, verdict).filter(waits) else {
            return;
        };
        if let Some(whose) = erasure.whose {
            self.erased.extend(private.erase(whose, |_| false));
        }
        self.erased.push(erasure.place);
    }

    /// The places of words that were refused or erased, to be emptied in the store as well.
    pub(crate) fn spare(&mut self) -> Vec<String> {
        let mut places = self.spare.take(|_| false);
        places.append(&mut self.erased);
        for place in &places {
            self.room.private.remove(place);
        }
        places
    }

    /// Sends what is owed to those who have waited long enough, or to all.
    pub(crate) fn send(&mut self, now: Timestamp, all: bool) {
        for (id, line) in &mut self.lines {
            if line.waits(now).is_some_and(|wait| all || wait.0 == 0) {
                let frames = line.pay(&self.sheet, now);
                self.out
                    .extend(frames.into_iter().map(|frame| (*id, frame)));
            }
        }
    }

    /// What the room itself has to order now: draws that are due. Every tab orders it under one name, and the log does it once.
    pub(crate) fn orders(&mut self) -> Vec<Append> {
        let Some(key) = self.key.as_ref().filter(|_| self.open) else {
            return Vec::new();
        };
        let mut orders = private::room_orders(key, &self.room);
        // What is due no more may fall due again: it was opened anew, say.
        self.ordered
            .retain(|id| orders.iter().any(|order| order.entry.id == *id));
        orders.retain(|order| self.ordered.insert(order.entry.id.clone()));
        orders
    }

    /// How long until there is something to do unasked.
    pub(crate) fn waits(&self, now: Timestamp) -> Option<Span> {
        let lines = self.lines.values().filter_map(|line| line.waits(now));
        lines.chain(self.due().map(|due| due.since(now))).min()
    }

    /// The deadline that has passed, if the log must be told so.
    pub(crate) fn tick(&mut self, now: Timestamp) -> Option<Timestamp> {
        self.due().filter(|due| *due <= now)?;
        let deadline = self.room.next_due()?;
        self.ticked = Some((deadline, now));
        Some(deadline)
    }

    /// When a tick is to be written.
    fn due(&self) -> Option<Timestamp> {
        let takes = self.open && self.room.state() == State::Live;
        let deadline = self.room.next_due().filter(|_| takes)?;
        Some(match self.ticked {
            Some((ticked, at)) if ticked == deadline => at.after(TICK_AGAIN),
            _ => deadline,
        })
    }

    /// Whether the room has just been sealed, when its key is to be destroyed.
    pub(crate) fn must_seal(&mut self) -> bool {
        self.room.state() == State::Sealed && self.key.take().is_some()
    }

    /// The position of the last record folded.
    pub(crate) fn position(&self) -> Position {
        self.room.position()
    }

    /// Whether the log goes on to be read.
    pub(crate) fn is_sound(&self) -> bool {
        self.damaged.is_none()
    }

    /// The next frame to hand to a page.
    pub(crate) fn next_frame(&mut self) -> Option<(LineId, Arc<str>)> {
        self.out.pop_front()
    }
}
