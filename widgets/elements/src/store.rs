//! All that the room told this page, newest of each part; what is older is left.

use crate::face::Face;
use crate::picture::{Picture, Show};
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::message::{News, Page, RoomNews};
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::QuestionId;
use liveroom_protocol::{Mine, Widget};

mod entry;
mod took;

pub use entry::Entry;
pub use took::Took;

/// The names of the parts, for what the shell keeps.
pub const PARTS: [&str; 3] = ["card", "tally", "mine"];

/// The room as this page knows it.
#[derive(Clone, Debug, Default)]
pub struct Store {
    /// Which log it is told from.
    pub epoch: Option<Epoch>,
    /// The room itself.
    pub room: RoomNews,
    entries: Vec<Entry>,
}

impl Store {
    /// Takes note of the log that is told from; what another log told is forgotten. Whether something was.
    pub fn enter(&mut self, epoch: Option<&Epoch>) -> bool {
        let other = epoch.is_some() && self.epoch.is_some() && self.epoch.as_ref() != epoch;
        if other {
            self.entries.clear();
            self.room = RoomNews::default();
        }
        if epoch.is_some() {
            self.epoch = epoch.cloned();
        }
        other
    }

    /// Takes the list of all that is shown; others are forgotten, and told to be.
    /// If nothing was `recovered`, any rev is taken next: the room may know less than this page did.
    pub fn welcome(&mut self, listed: &[ActivityId], recovered: bool) -> Vec<ActivityId> {
        let is_listed = |entry: &Entry| listed.contains(&entry.activity);
        let gone = self
            .entries
            .iter()
            .filter(|entry| !is_listed(entry))
            .map(|entry| entry.activity.clone())
            .collect();
        self.entries.retain(is_listed);
        if !recovered {
            for entry in &mut self.entries {
                entry.revs = [None; 3];
            }
            self.room.rev = 0;
        }
        gone
    }

    /// Takes the room's own news, if it is not older than what is known.
    pub fn take_room(&mut self, room: RoomNews) -> bool {
        let newer = room.rev >= self.room.rev;
        if newer {
            self.room = room;
        }
        newer
    }

    /// Takes all items of a piece of news that are not older than what is known, and says of each what was taken.
    pub fn take(&mut self, news: News) -> Vec<(ActivityId, u32, u64, Took)> {
        self.enter(news.epoch.as_ref());
        news.news
            .into_iter()
            .map(|item| {
                let (activity, run, rev) = (item.activity.clone(), item.run, item.rev);
                (activity, run, rev, self.take_item(item))
            })
            .collect()
    }

    /// Takes one item, if it is not older than what is known.
    pub fn take_item(&mut self, item: Item) -> Took {
        let Item {
            activity,
            run,
            rev,
            card,
            tally,
            mine,
            entries,
            flags: _,
            ruled: _,
            gone,
        } = item;
        let place = self.place(&activity);
        let mut took = Took::default();
        if gone {
            if let Some(entry) = place.and_then(|place| self.entries.get_mut(place))
                && run >= entry.run
                && entry.revs.iter().flatten().all(|known| rev >= *known)
            {
                entry.gone = Some(rev);
                entry.revs = [None; 3];
                entry.shown = None;
                took.gone = true;
            }
            return took;
        }
        let Some(widget) = Face::widget_of(
            card.as_ref(),
            tally.as_ref(),
            mine.as_ref(),
            entries.first(),
        ) else {
            return took;
        };
        let place = place.unwrap_or_else(|| {
            self.entries.push(Entry::new(activity, widget, run));
            self.entries.len() - 1
        });
        let Some(entry) = self.entries.get_mut(place) else {
            return took;
        };
        let older = |known: Option<u64>| known.is_some_and(|known| rev < known);
        let back = entry.gone.is_some_and(|gone| rev <= gone && rev > 0);
        if run < entry.run || back || entry.shunned.is_some_and(|shunned| rev <= shunned) {
            return took;
        }
        entry.gone = None;
        // Of what was shunned before anything of it was known, the kind is learnt now.
        if entry.revs == [None; 3] && entry.face.widget() != widget {
            entry.face = Face::new(widget);
        }
        if run > entry.run {
            entry.run = run;
            entry.revs = [None; 3];
            entry.face.forget_mine();
        }
        let was = entry.face.phase();
        if let (Face::Deal(deal), Some(Mine::Deal(mine))) = (&entry.face, &mine)
            && !older(entry.revs[2])
        {
            took.sold = deal.sold_since(mine);
        }
        took.parts = [
            card.is_some_and(|card| !older(entry.revs[0]) && entry.face.take_card(card)),
            tally.is_some_and(|tally| !older(entry.revs[1]) && entry.face.take_tally(tally)),
            mine.is_some_and(|mine| !older(entry.revs[2]) && entry.face.take_mine(mine)),
        ];
        // Cards within it have revs of their own.
        took.entries = entry.face.take_entries(entries);
        for (known, taken) in entry.revs.iter_mut().zip(took.parts) {
            if taken {
                *known = Some(rev);
            }
        }
        // What opens now was opened last.
        let opens =
            matches!(was, Phase::Ready | Phase::Closed) && entry.face.phase() == Phase::Open;
        if opens {
            let entry = self.entries.remove(place);
            self.entries.push(entry);
        }
        took
    }

    /// Takes a page of a long list, if it is of the run that is known: the numbers of the cards that were taken.
    pub fn take_page(&mut self, page: Page) -> Vec<QuestionId> {
        let Page {
            asked,
            run,
            list,
            entries,
            total,
        } = page;
        let place = self.place(&asked.activity);
        let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) else {
            return Vec::new();
        };
        if entry.run != run || entry.gone.is_some() || entry.shunned.is_some() {
            return Vec::new();
        }
        // What is like what is typed is no page, and counts nothing.
        entry.face.take_page(&list, entries, total == 0)
    }

    /// Takes this viewer's part as the page that drives the room gave it.
    pub fn set_mine(&mut self, activity: &ActivityId, mine: Mine) {
        let place = self.place(activity);
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) {
            entry.face.take_mine(mine);
        }
    }

    /// Shows whatever the viewer's picture has reached; in how many milliseconds to look again.
    pub fn show(&mut self, picture: &Picture) -> Option<u64> {
        let mut again = None::<u64>;
        for entry in &mut self.entries {
            entry.face.note(picture.now);
            // Card and tally come in two frames: a new run is shown when both are there.
            let whole = entry.revs[0].is_some() && entry.revs[1].is_some();
            if !whole || entry.gone.is_some() || entry.is_shown() {
                continue;
            }
            let opening = entry.face.opening();
            // What is on screen is followed at once, all but its opening.
            let follows = entry.shown.as_ref().is_some_and(|shown| {
                shown.phase() != Phase::Ready && shown.opening().at == opening.at
            });
            match picture.show(&opening) {
                Show::In(ms) if !follows => again = Some(again.map_or(ms, |other| other.min(ms))),
                Show::In(_) => entry.shown = Some(entry.face.clone()),
                Show::Now(late) => {
                    if !follows {
                        entry.late = late;
                    }
                    entry.shown = Some(entry.face.clone());
                }
            }
        }
        again
    }

    /// The activities of a kind that may be shown, opened last at the end; none while the screen is cleared.
    pub fn shown(&self, widget: Option<Widget>) -> Vec<&Entry> {
        let mut shown: Vec<&Entry> = self
            .entries
            .iter()
            .filter(|entry| match &entry.shown {
                _ if self.room.cleared => false,
                Some(face) => widget.is_none_or(|widget| face.widget() == widget),
                None => false,
            })
            .collect();
        shown.sort_by_key(|entry| entry.shown.as_ref().map(order));
        shown
    }

    /// One activity.
    pub fn entry(&self, activity: &ActivityId) -> Option<&Entry> {
        self.place(activity)
            .and_then(|place| self.entries.get(place))
    }

    /// What is known of one activity, to add to it what this page found out by itself.
    pub fn known_mut(&mut self, activity: &ActivityId) -> Option<&mut Face> {
        let place = self.place(activity)?;
        self.entries.get_mut(place).map(|entry| &mut entry.face)
    }

    /// All that is known, shown or not, for `status`.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// No item of this rev or less is taken of an activity.
    pub fn shun(&mut self, activity: ActivityId, rev: u64) {
        let place = self.place(&activity).unwrap_or_else(|| {
            self.entries.push(Entry::new(activity, Widget::Poll, 0));
            self.entries.len() - 1
        });
        if let Some(entry) = self.entries.get_mut(place) {
            entry.shunned = entry.shunned.max(Some(rev));
        }
    }

    /// The highest rev known of the log.
    pub fn rev(&self) -> Option<u64> {
        let revs = self.entries.iter().flat_map(|entry| entry.revs);
        revs.flatten().max().map(|rev| rev.max(self.room.rev))
    }

    fn place(&self, activity: &ActivityId) -> Option<usize> {
        self.entries
            .iter()
            .position(|entry| entry.activity == *activity)
    }
}

/// What is open or was goes after what is only announced; of those, the one opened last.
fn order(face: &Face) -> (bool, u64) {
    (
        face.phase() != Phase::Ready,
        face.opening().at.map_or(0, |at| at.0),
    )
}

#[cfg(test)]
mod tests;
