//! What one connection has been sent and what it is due: pure, the same in the server and in a practice room.
//!
//! A [`Sheet`] holds every form of every activity at one moment, each serialised once and shared.
//! A [`Session`] remembers revs only, so that a slow connection is owed at most the newest of each part.

use crate::pseudonym::Pseudonym;
use crate::record::Position;
use crate::room::Room;
use crate::view::{self, Audience};
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::message::{FromRoom, News, RoomNews, Seat, State};
use liveroom_protocol::news::Item;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

mod sheet;

pub use sheet::Sheet;

/// One message as text.
pub fn frame(message: &FromRoom) -> Arc<str> {
    serde_json::to_string(message)
        .expect("a message has no map with keys that are not text")
        .into()
}

/// What one connection has been sent.
#[derive(Clone, Debug)]
pub struct Session {
    seat: Seat,
    /// Whose it is, once the room knows them.
    who: Option<Pseudonym>,
    epoch: Option<Epoch>,
    sent: HashMap<ActivityId, Sent>,
    acted: HashSet<ActivityId>,
    /// The revs of the entries that it has.
    entries: HashMap<ActivityId, HashMap<u32, Position>>,
    room: Option<(Position, State)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sent {
    run: u32,
    card: Position,
    tally: Position,
    audience: Audience,
}

impl Session {
    /// A connection that has just said hello, whose it is, and in which activities its viewer has acted already.
    pub fn new(seat: Seat, who: Option<Pseudonym>, acted: HashSet<ActivityId>) -> Self {
        Self {
            seat,
            who,
            epoch: None,
            sent: HashMap::new(),
            acted,
            entries: HashMap::new(),
            room: None,
        }
    }

    /// The activities in which a viewer has acted.
    pub fn acted_in(room: &Room, who: Pseudonym) -> HashSet<ActivityId> {
        room.activities()
            .iter()
            .filter(|activity| view::acted(activity, who))
            .map(|activity| activity.id.clone())
            .collect()
    }

    /// Takes note of whose it is: the room knows them from now on.
    pub fn become_viewer(&mut self, who: Pseudonym) {
        self.who = Some(who);
    }

    /// Takes note of whether its viewer now takes part in an activity; decides which form it is due next.
    pub fn note(&mut self, activity: &ActivityId, acted: bool) {
        if acted {
            self.acted.insert(activity.clone());
        } else {
            self.acted.remove(activity);
        }
    }

    /// The frames it is due, oldest activity first, after which it has been sent them.
    pub fn due(&mut self, sheet: &Sheet) -> Vec<Arc<str>> {
        if self.epoch != sheet.epoch {
            self.epoch.clone_from(&sheet.epoch);
            self.sent.clear();
            self.entries.clear();
            self.room = None;
        }
        let mut frames = Vec::new();
        if self.room != Some(sheet.room.0) {
            self.room = Some(sheet.room.0);
            let [all, desk] = &sheet.room.1;
            let form = if self.seat == Seat::Desk { desk } else { all };
            frames.extend(form.clone());
        }
        if sheet.cleared && self.seat != Seat::Desk {
            // What they were sent is hidden by their pages; what is new waits, and who comes now has nothing.
            return frames;
        }
        self.forget_gone(sheet, &mut frames);
        let (seat, who) = (self.seat, self.who);
        for page in sheet.pages.iter().filter(|page| page.is_for(seat, who)) {
            let before = self
                .sent
                .get(&page.activity)
                .copied()
                .filter(|sent| sent.run == page.run);
            if before.is_none() && self.sent.contains_key(&page.activity) {
                // A new run: nobody has acted in it yet.
                self.acted.remove(&page.activity);
            }
            let audience = self.audience(&page.activity);
            let other_form = before.is_none_or(|sent| sent.audience != audience);
            let form = audience as usize;
            if other_form || before.is_some_and(|sent| sent.card < page.card.rev) {
                frames.push(Arc::clone(&page.card.by[form]));
            }
            if other_form || before.is_some_and(|sent| sent.tally < page.tally.rev) {
                if before.is_none() {
                    self.entries.remove(&page.activity);
                }
                // What the tally names comes before it.
                let entries = &page.entries[form];
                if !entries.is_empty() || self.entries.contains_key(&page.activity) {
                    let has = self.entries.entry(page.activity.clone()).or_default();
                    entries.due(has, &mut frames);
                }
                frames.extend(page.desk.clone().filter(|_| self.seat == Seat::Desk));
                frames.push(Arc::clone(&page.tally.by[form]));
            }
            let sent = Sent {
                run: page.run,
                card: page.card.rev,
                tally: page.tally.rev,
                audience,
            };
            self.sent.insert(page.activity.clone(), sent);
        }
        frames
    }

    fn forget_gone(&mut self, sheet: &Sheet, frames: &mut Vec<Arc<str>>) {
        let (seat, who) = (self.seat, self.who);
        let gone: Vec<(ActivityId, u32)> = self
            .sent
            .iter()
            .filter(|(id, _)| {
                !sheet
                    .pages
                    .iter()
                    .any(|page| page.activity == **id && page.is_for(seat, who))
            })
            .map(|(id, sent)| (id.clone(), sent.run))
            .collect();
        for (activity, run) in gone {
            self.sent.remove(&activity);
            self.entries.remove(&activity);
            // What was taken back may open again, and then nobody has acted in it.
            self.acted.remove(&activity);
            let item = Item {
                activity,
                run,
                rev: sheet.position,
                card: None,
                tally: None,
                mine: None,
                entries: Vec::new(),
                flags: 0,
                ruled: None,
                gone: true,
            };
            frames.push(frame(&FromRoom::News(News {
                epoch: sheet.epoch.clone(),
                at: None,
                news: vec![item],
            })));
        }
    }

    fn audience(&self, activity: &ActivityId) -> Audience {
        match self.seat {
            Seat::Desk => Audience::Desk,
            Seat::Viewer if self.acted.contains(activity) => Audience::Acted,
            Seat::Viewer | Seat::Overlay => Audience::Public,
        }
    }
}

/// The room's own news with the number of viewers, for the desk.
pub fn desk_frame(news: RoomNews) -> Arc<str> {
    frame(&FromRoom::Room(news))
}
