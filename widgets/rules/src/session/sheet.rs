//! Every form of every activity at one moment, each serialised once and shared by all who are sent it.

mod entries;
mod sealed;

use entries::Entries;

use super::frame;
use crate::activity::Activity;
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use crate::room::Room;
use crate::view::{self, Audience, View};
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::message::{FromRoom, News, Seat, State};
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::Ruled;
use std::collections::BTreeSet;
use std::sync::Arc;

/// All frames of a room at one moment.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Which log.
    pub epoch: Option<Epoch>,
    /// The position of the last record in it.
    pub position: Position,
    pub(super) pages: Vec<Page>,
    /// A log that turns out to be damaged changes the state without a record: so both tell what is new. For all, and for
    /// the desk.
    pub(super) room: ((Position, State), [Option<Arc<str>>; 2]),
    /// Viewers and overlays are told nothing of activities.
    pub(super) cleared: bool,
}

/// The frames of one activity.
#[derive(Clone, Debug)]
pub(super) struct Page {
    pub(super) activity: ActivityId,
    pub(super) run: u32,
    /// Whether viewers may see it; the desk may see all that was not put away.
    shown: bool,
    /// It was put away, and is told only to these viewers, who still have something of it.
    held: Option<BTreeSet<Pseudonym>>,
    phase: Phase,
    pub(super) card: Forms,
    pub(super) tally: Forms,
    /// By audience.
    pub(super) entries: [Entries; 3],
    /// What the desk can see to.
    pub(super) desk: Option<Arc<str>>,
}

/// The frames of one part, by audience.
#[derive(Clone, Debug)]
pub(super) struct Forms {
    pub(super) rev: Position,
    pub(super) by: [Arc<str>; 3],
}

impl Sheet {
    /// Writes the frames of a room; parts whose rev is that of `before` are taken from there.
    pub fn of(room: &Room, before: Option<&Self>) -> Self {
        let same_log = before.filter(|before| before.epoch.as_ref() == room.epoch());
        let held = room
            .activities
            .iter()
            .filter(|activity| view::is_held(activity));
        let pages = held
            .chain(view::shown(room, Audience::Desk))
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
            cleared: room.cleared,
            room: (
                (news.rev, news.state),
                [news, view::desk_news(room)].map(|news| Some(frame(&FromRoom::Room(news)))),
            ),
        }
    }

    /// What is told to a viewer in a seat, in the order of opening.
    pub fn activities(&self, seat: Seat, who: Option<Pseudonym>) -> Vec<ActivityId> {
        self.pages
            .iter()
            .filter(|page| page.is_for(seat, who))
            .map(|page| page.activity.clone())
            .collect()
    }

    /// Whether a phase, a run, a card or for whom it is is other than in `before`: such news never waits for a tick.
    pub fn is_urgent(&self, before: &Self) -> bool {
        self.epoch != before.epoch
            || self.room.0 != before.room.0
            || self.pages.len() != before.pages.len()
            || self.pages.iter().zip(&before.pages).any(|(new, old)| {
                let is =
                    |page: &'_ Page| (page.run, page.phase, page.card.rev, page.held.is_some());
                new.activity != old.activity || is(new) != is(old)
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
            held: activity.put_away.then(|| activity.body.holders().collect()),
            phase: activity.phase,
            card: old_card.map_or_else(
                || {
                    Forms::of(activity.card_rev, &views, epoch, |view| {
                        (Some(view.card.clone()), None, 0, None)
                    })
                },
                |old| old.card.clone(),
            ),
            tally: Forms::of(activity.tally_rev, &views, epoch, |view| {
                (
                    None,
                    Some(view.tally.clone()),
                    view.flags,
                    view.ruled.clone(),
                )
            }),
            entries: [0, 1, 2].map(|form: usize| {
                let before = old.map(|old| &old.entries[form]);
                Entries::of(&views[form], before, epoch)
            }),
            desk: view::desk(room, activity).map(|desk| frame(&FromRoom::Desk(desk))),
        }
    }

    pub(super) fn is_for(&self, seat: Seat, who: Option<Pseudonym>) -> bool {
        match (seat, &self.held) {
            (Seat::Viewer, Some(held)) => who.is_some_and(|who| held.contains(&who)),
            (Seat::Overlay | Seat::Desk, Some(_)) => false,
            (Seat::Viewer | Seat::Overlay, None) => self.shown,
            (Seat::Desk, None) => true,
        }
    }
}

type Parts = (
    Option<liveroom_protocol::Card>,
    Option<liveroom_protocol::Tally>,
    u32,
    Option<Box<Ruled>>,
);

impl Forms {
    fn of(
        rev: Position,
        views: &[View; 3],
        epoch: Option<&Epoch>,
        part: impl Fn(&View) -> Parts,
    ) -> Self {
        let write = |view: &View| {
            let (card, tally, flags, ruled) = part(view);
            let item = Item {
                activity: view.activity.clone(),
                run: view.run,
                rev,
                card,
                tally,
                mine: None,
                entries: Vec::new(),
                flags,
                ruled,
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
