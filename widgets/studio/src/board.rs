//! What the room has told the desk: the show, and every activity by its newest news.

use liveroom_protocol::Refusal;
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{FromRoom, News, RoomNews, Seat, Welcome};
use liveroom_protocol::news::Item;
use liveroom_protocol::show::Show;
use std::rc::Rc;

mod activity;
mod held;
mod seen;

pub(crate) use activity::{Activity, Deal, Lottery, Poll, Qna, Questions, Times};
use held::Held;
pub(crate) use seen::{Found, Seen};

/// The room as the desk knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Board {
    /// The log that the room has now.
    pub(crate) epoch: Option<Epoch>,
    /// What this desk may do; absent until the room has greeted.
    pub(crate) role: Option<Role>,
    /// The room let this page sit at the desk.
    pub(crate) seated: bool,
    /// Why the room closed the line to this page; until it greets again.
    pub(crate) refused: Option<Refusal>,
    /// The show and the state of the log.
    pub(crate) room: RoomNews,
    /// The activities in the order in which the desk learnt of them, so that none ever moves.
    activities: Vec<Held>,
}

impl Board {
    /// Takes in a message.
    pub(crate) fn hear(&mut self, message: FromRoom) {
        match message {
            FromRoom::Welcome(welcome) => self.welcome(&welcome),
            FromRoom::News(news) => self.news(news),
            FromRoom::Desk(desk) => {
                self.turn_to(desk.epoch.as_ref());
                let place = self.place(&desk.activity, desk.run);
                self.activities[place].seen.take(desk);
            }
            FromRoom::Room(mut room) if room.rev >= self.room.rev => {
                // The number of viewers comes in messages of its own, more often than the rest.
                room.viewers = room.viewers.or(self.room.viewers);
                // Those have what is for everybody; the rest stays as it was told.
                if room.blocked.is_none() {
                    room.blocked = self.room.blocked.take();
                    room.profile = self.room.profile;
                    room.approval = self.room.approval;
                }
                self.room = room;
            }
            FromRoom::Page(page) => {
                let mut held = self.activities.iter_mut();
                if let Some(held) = held.find(|held| held.id == page.asked.activity) {
                    held.look(page);
                }
            }
            FromRoom::Refused { refusal, closing } if closing => self.refused = Some(refusal),
            FromRoom::Room(_)
            | FromRoom::Device { .. }
            | FromRoom::Answer(_)
            | FromRoom::Similar(_)
            | FromRoom::Checked(_)
            | FromRoom::Pong { .. }
            | FromRoom::Refused { .. }
            | FromRoom::Unknown => {}
        }
    }

    /// The show, while it runs.
    pub(crate) fn show(&self) -> Option<&Show> {
        self.room
            .show
            .as_ref()
            .filter(|show| show.ended_at.is_none())
    }

    /// All activities that can be shown, in steady places.
    pub(crate) fn activities(&self) -> Vec<Activity> {
        self.activities.iter().filter_map(Held::whole).collect()
    }

    /// What there is to be seen to in an activity.
    pub(crate) fn seen(&self, id: &ActivityId, run: u32) -> Seen {
        let held = self.activities.iter().find(|held| held.id == *id);
        held.map(|held| held.seen.of_run(run)).unwrap_or_default()
    }

    /// Takes what was looked up in an activity.
    pub(crate) fn found(&mut self, id: &ActivityId, found: Found) {
        if let Some(held) = self.activities.iter_mut().find(|held| held.id == *id) {
            held.seen.found = Some(Rc::new(found));
        }
    }

    fn welcome(&mut self, welcome: &Welcome) {
        self.turn_to(Some(&welcome.epoch));
        self.role = Some(welcome.role);
        self.refused = None;
        self.seated = welcome.seat == Seat::Desk;
        self.activities
            .retain(|activity| welcome.activities.contains(&activity.id));
    }

    fn news(&mut self, news: News) {
        self.turn_to(news.epoch.as_ref());
        for item in news.news {
            self.item(item);
        }
    }

    /// Forgets all if this is another log.
    fn turn_to(&mut self, epoch: Option<&Epoch>) {
        let Some(epoch) = epoch.filter(|epoch| self.epoch.as_ref() != Some(epoch)) else {
            return;
        };
        *self = Self {
            epoch: Some(epoch.clone()),
            role: self.role,
            seated: self.seated,
            ..Self::default()
        };
    }

    fn item(&mut self, item: Item) {
        if item.gone {
            self.activities
                .retain(|activity| activity.id != item.activity);
            return;
        }
        let place = self.place(&item.activity, item.run);
        self.activities[place].take(item);
    }

    /// The place of an activity; one that is new comes last.
    fn place(&mut self, id: &ActivityId, run: u32) -> usize {
        let known = self.activities.iter().position(|held| held.id == *id);
        known.unwrap_or_else(|| {
            self.activities.push(Held::new(id.clone(), run));
            self.activities.len() - 1
        })
    }
}

#[cfg(test)]
mod tests;
