//! What the room has told the desk: the show, and every activity by its newest news.

use liveroom_protocol::Refusal;
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{FromRoom, News, RoomNews, Seat, Welcome};
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Tally};
use liveroom_protocol::show::Show;
use std::rc::Rc;

/// The room as the desk knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Board {
    epoch: Option<Epoch>,
    /// What this desk may do; absent until the room has greeted.
    pub(crate) role: Option<Role>,
    /// The room let this page sit at the desk.
    pub(crate) seated: bool,
    /// Why the room closed the line to this page; until it greets again.
    pub(crate) refused: Option<Refusal>,
    /// The show and the state of the log.
    pub(crate) room: RoomNews,
    /// The activities in the order in which the desk learnt of them, so that none ever moves.
    activities: Vec<Activity>,
}

/// One activity; shown once both its parts are known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Activity {
    /// Its name.
    pub(crate) id: ActivityId,
    /// Which run of it.
    pub(crate) run: u32,
    card: Part<Card>,
    tally: Part<Tally>,
}

#[derive(Clone, Debug, PartialEq)]
struct Part<T> {
    rev: u64,
    known: Option<Rc<T>>,
}

/// A poll whose card and tally are known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Poll {
    /// Its name.
    pub(crate) id: ActivityId,
    /// Which run of it.
    pub(crate) run: u32,
    /// Its card, with the right answers of a quiz.
    pub(crate) card: Rc<Card>,
    /// Its tally, with the numbers that viewers may not see.
    pub(crate) tally: Rc<Tally>,
}

impl<T> Part<T> {
    const UNKNOWN: Self = Self {
        rev: 0,
        known: None,
    };

    fn take(&mut self, rev: u64, news: T) {
        if self.known.is_none() || rev >= self.rev {
            *self = Self {
                rev,
                known: Some(Rc::new(news)),
            };
        }
    }
}

impl Board {
    /// Takes in a message.
    pub(crate) fn hear(&mut self, message: FromRoom) {
        match message {
            FromRoom::Welcome(welcome) => self.welcome(&welcome),
            FromRoom::News(news) => self.news(news),
            FromRoom::Room(mut room) if room.rev >= self.room.rev => {
                // The number of viewers comes in messages of its own, more often than the rest.
                room.viewers = room.viewers.or(self.room.viewers);
                self.room = room;
            }
            FromRoom::Refused { refusal, closing } if closing => self.refused = Some(refusal),
            FromRoom::Room(_)
            | FromRoom::Device { .. }
            | FromRoom::Answer(_)
            | FromRoom::Page(_)
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

    /// All polls that can be shown, in steady places.
    pub(crate) fn polls(&self) -> Vec<Poll> {
        let whole = |activity: &Activity| {
            let (card, tally) = (activity.card.known.clone()?, activity.tally.known.clone()?);
            Some(Poll {
                id: activity.id.clone(),
                run: activity.run,
                card,
                tally,
            })
        };
        self.activities.iter().filter_map(whole).collect()
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
        let card = item.card.and_then(|card| match card {
            liveroom_protocol::Card::Poll(card) => Some(card),
            liveroom_protocol::Card::Lottery(_)
            | liveroom_protocol::Card::Qna(_)
            | liveroom_protocol::Card::Deal(_)
            | liveroom_protocol::Card::Unknown => None,
        });
        let tally = item.tally.and_then(|tally| match tally {
            liveroom_protocol::Tally::Poll(tally) => Some(tally),
            liveroom_protocol::Tally::Lottery(_)
            | liveroom_protocol::Tally::Qna(_)
            | liveroom_protocol::Tally::Deal(_)
            | liveroom_protocol::Tally::Unknown => None,
        });
        let known = self
            .activities
            .iter()
            .position(|activity| activity.id == item.activity);
        let place = known.unwrap_or_else(|| {
            let activity = Activity {
                id: item.activity,
                run: item.run,
                card: Part::UNKNOWN,
                tally: Part::UNKNOWN,
            };
            self.activities.push(activity);
            self.activities.len() - 1
        });
        let activity = &mut self.activities[place];
        if item.run < activity.run {
            return;
        }
        if item.run > activity.run {
            // The numbers of the run before are not those of this one; the card may come in a message of its own.
            activity.run = item.run;
            activity.card.rev = 0;
            activity.tally = Part::UNKNOWN;
        }
        if let Some(card) = card {
            activity.card.take(item.rev, card);
        }
        if let Some(tally) = tally {
            activity.tally.take(item.rev, tally);
        }
    }
}

impl Poll {
    /// Whether viewers can act, or will be able to go on.
    pub(crate) fn is_on(&self) -> bool {
        matches!(self.tally.phase, Phase::Open | Phase::Paused)
    }

    /// Whether it closes by itself, or did, or will: before it opens nobody can tell from its card.
    pub(crate) fn has_deadline(&self) -> bool {
        !self.is_on() || self.tally.closes_at.is_some() || self.tally.left_ms.is_some()
    }

    /// Whether viewers see the numbers now, as far as one rule holds for all of them.
    pub(crate) fn is_told(&self) -> bool {
        use liveroom_protocol::poll::Results;
        let closed = self.tally.phase == Phase::Closed;
        self.tally.revealed
            || match self.card.results {
                Results::Always => true,
                Results::AfterVoting | Results::AfterClosing => closed,
                Results::OnReveal => false,
            }
    }
}

#[cfg(test)]
mod tests;
