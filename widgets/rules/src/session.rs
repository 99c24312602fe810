//! What one connection has been sent and what it is due: pure, the same in the server and in a practice room.
//!
//! A [`Sheet`] holds every form of every activity at one moment, each serialised once and shared.
//! A [`Session`] remembers revs only, so that a slow connection is owed at most the newest of each part.

use crate::activity::Activity;
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use crate::room::Room;
use crate::view::{self, Audience, View};
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::message::{FromRoom, News, RoomNews, Seat};
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::Phase;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All frames of a room at one moment.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Which log.
    pub epoch: Option<Epoch>,
    /// The position of the last record in it.
    pub position: Position,
    pages: Vec<Page>,
    room: (Position, Option<Arc<str>>),
}

/// The frames of one activity.
#[derive(Clone, Debug)]
struct Page {
    activity: ActivityId,
    run: u32,
    /// Whether viewers may see it; the desk may see all.
    shown: bool,
    phase: Phase,
    card: Forms,
    tally: Forms,
}

/// The frames of one part, by audience.
#[derive(Clone, Debug)]
struct Forms {
    rev: Position,
    by: [Arc<str>; 3],
}

impl Sheet {
    /// Writes the frames of a room; parts whose rev is that of `before` are taken from there.
    pub fn of(room: &Room, before: Option<&Self>) -> Self {
        let same_log = before.filter(|before| before.epoch.as_ref() == room.epoch());
        let pages = view::shown(room, Audience::Desk)
            .into_iter()
            .map(|activity| {
                let old = same_log
                    .and_then(|sheet| sheet.pages.iter().find(|page| page.activity == activity.id));
                Page::of(room, activity, old)
            })
            .collect();
        let news = view::room_news(room, None);
        Self {
            epoch: room.epoch().cloned(),
            position: room.position(),
            pages,
            room: (news.rev, Some(frame(&FromRoom::Room(news)))),
        }
    }

    /// What is shown to a seat, in the order of opening.
    pub fn activities(&self, seat: Seat) -> Vec<ActivityId> {
        self.pages
            .iter()
            .filter(|page| page.is_for(seat))
            .map(|page| page.activity.clone())
            .collect()
    }

    /// Whether a phase, a run or a card is other than in `before`: such news never waits for a tick.
    pub fn is_urgent(&self, before: &Self) -> bool {
        self.epoch != before.epoch
            || self.room.0 != before.room.0
            || self.pages.len() != before.pages.len()
            || self.pages.iter().zip(&before.pages).any(|(new, old)| {
                (&new.activity, new.run, new.phase, new.card.rev)
                    != (&old.activity, old.run, old.phase, old.card.rev)
            })
    }

    /// Bytes of the tallies that differ from `before`, as one viewer would be sent them.
    pub fn weight(&self, before: &Self) -> usize {
        let old = |id: &ActivityId| {
            before
                .pages
                .iter()
                .find(|page| page.activity == *id)
                .map_or(0, |page| page.tally.rev)
        };
        self.pages
            .iter()
            .filter(|page| page.tally.rev > old(&page.activity))
            .map(|page| page.tally.by[0].len())
            .sum()
    }
}

impl Page {
    fn of(room: &Room, activity: &Activity, old: Option<&Self>) -> Self {
        let old = old.filter(|old| old.run == activity.run);
        if let Some(old) = old
            && (old.card.rev, old.tally.rev) == (activity.card_rev, activity.tally_rev)
        {
            return old.clone();
        }
        let views = Audience::ALL.map(|audience| view::look(activity, &room.private, audience));
        let epoch = room.epoch();
        let old_card = old.filter(|old| old.card.rev == activity.card_rev);
        Self {
            activity: activity.id.clone(),
            run: activity.run,
            shown: activity.is_shown(),
            phase: activity.phase,
            card: old_card.map_or_else(
                || {
                    Forms::of(activity.card_rev, &views, epoch, |view| {
                        (Some(view.card.clone()), None)
                    })
                },
                |old| old.card.clone(),
            ),
            tally: Forms::of(activity.tally_rev, &views, epoch, |view| {
                (None, Some(view.tally.clone()))
            }),
        }
    }

    fn is_for(&self, seat: Seat) -> bool {
        match seat {
            Seat::Viewer | Seat::Overlay => self.shown,
            Seat::Desk => true,
        }
    }
}

type Parts = (
    Option<liveroom_protocol::Card>,
    Option<liveroom_protocol::Tally>,
);

impl Forms {
    fn of(
        rev: Position,
        views: &[View; 3],
        epoch: Option<&Epoch>,
        part: impl Fn(&View) -> Parts,
    ) -> Self {
        let write = |view: &View| {
            let (card, tally) = part(view);
            let item = Item {
                activity: view.activity.clone(),
                run: view.run,
                rev,
                card,
                tally,
                mine: None,
                gone: false,
            };
            frame(&FromRoom::News(News {
                epoch: epoch.cloned(),
                at: None,
                news: vec![item],
            }))
        };
        let [public, acted, desk] = views;
        let first = write(public);
        // Most forms are alike, and then share their bytes.
        let share = |view: &View| {
            if part(view) == part(public) {
                Arc::clone(&first)
            } else {
                write(view)
            }
        };
        Self {
            rev,
            by: [Arc::clone(&first), share(acted), share(desk)],
        }
    }
}

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
    epoch: Option<Epoch>,
    sent: HashMap<ActivityId, Sent>,
    acted: HashSet<ActivityId>,
    room_rev: Option<Position>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sent {
    run: u32,
    card: Position,
    tally: Position,
    audience: Audience,
}

impl Session {
    /// A connection that has just said hello, and in which activities its viewer has acted already.
    pub fn new(seat: Seat, acted: HashSet<ActivityId>) -> Self {
        Self {
            seat,
            epoch: None,
            sent: HashMap::new(),
            acted,
            room_rev: None,
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
            self.room_rev = None;
        }
        let mut frames = Vec::new();
        if self.room_rev != Some(sheet.room.0) {
            self.room_rev = Some(sheet.room.0);
            frames.extend(sheet.room.1.clone());
        }
        self.forget_gone(sheet, &mut frames);
        for page in sheet.pages.iter().filter(|page| page.is_for(self.seat)) {
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
        let seat = self.seat;
        let gone: Vec<(ActivityId, u32)> = self
            .sent
            .iter()
            .filter(|(id, _)| {
                !sheet
                    .pages
                    .iter()
                    .any(|page| page.activity == **id && page.is_for(seat))
            })
            .map(|(id, sent)| (id.clone(), sent.run))
            .collect();
        for (activity, run) in gone {
            self.sent.remove(&activity);
            let item = Item {
                activity,
                run,
                rev: sheet.position,
                card: None,
                tally: None,
                mine: None,
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
