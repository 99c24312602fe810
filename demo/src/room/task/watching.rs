//! How long viewers watch: what the seats tell of comings and goings, and the facts that the log is given of them.
//!
//! A room in which nothing asks for it keeps this in memory alone. Once something asks, each visit is two records, and a server
//! that is killed loses nothing but the time since its last record.

use super::Task;
use crate::room::seats::Move;
use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::identity::Standing;
use liveroom_protocol::news::Item;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_rules::log::Append;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Entry, Record, Watch, What, Who};
use liveroom_rules::room::Room;
use liveroom_rules::view;
use std::collections::{BTreeSet, HashMap, HashSet};
use tokio::sync::mpsc;

/// A room that counts how long viewers watch writes at least this often: so much may be lost of it when the server is killed.
const BEAT: Span = Span(60_000);
/// Facts of one append.
const BATCH: usize = 1_000;

/// What is known of who is here.
pub(super) struct Watching {
    pub(super) moves: mpsc::UnboundedReceiver<Move>,
    seen: HashMap<Pseudonym, Seen>,
    /// Those of whom the log may have to be told something.
    stale: BTreeSet<Pseudonym>,
    /// Those of whom a fact was appended and is not folded yet.
    written: HashSet<Pseudonym>,
    /// Something asks for it.
    asked: bool,
    /// The activities that ask, of which viewers were told how far they are.
    told: BTreeSet<ActivityId>,
    /// The log has people here whom another server saw: nothing is true of anybody until that is set right.
    to_vacate: bool,
    /// That was appended.
    vacating: bool,
    /// Makes ids.
    count: u64,
}

/// A viewer as this server saw them.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Since when they are here.
    since: Option<Timestamp>,
    /// How long they were here before, of which the log knows nothing.
    before: Span,
}

impl Watching {
    pub(super) fn new(moves: mpsc::UnboundedReceiver<Move>, room: &Room) -> Self {
        Self {
            moves,
            seen: HashMap::new(),
            stale: BTreeSet::new(),
            written: HashSet::new(),
            asked: room.asks_for_watching(),
            told: asking(room).collect(),
            to_vacate: room.has_anybody(),
            vacating: false,
            count: 0,
        }
    }

    /// A viewer came or went.
    pub(super) fn moved(&mut self, Move { who, came }: Move, now: Timestamp, room: &Room) {
        let known = self.is_logged(who, room);
        let seen = self.seen.entry(who).or_default();
        match (came, seen.since) {
            (true, None) => seen.since = Some(now),
            (false, Some(since)) => {
                seen.since = None;
                if !known {
                    seen.before.0 = seen.before.0.saturating_add(now.since(since).0);
                }
            }
            (true, Some(_)) | (false, None) => return,
        }
        self.stale.insert(who);
    }

    /// The log has the viewer as being here, or was told so just now.
    fn is_logged(&self, who: Pseudonym, room: &Room) -> bool {
        !self.to_vacate && (room.has_here(who) || self.written.contains(&who))
    }

    /// How long a viewer has been here by now.
    pub(super) fn watched(&self, who: Pseudonym, now: Timestamp, room: &Room) -> Span {
        // Whoever another server saw was here until its last record.
        let logged = room.watched(who, if self.to_vacate { room.at() } else { now });
        if !self.to_vacate && room.has_here(who) {
            return logged;
        }
        let seen = self.seen.get(&who).copied().unwrap_or_default();
        let here = seen.since.map_or(0, |since| now.since(since).0);
        Span(logged.0.saturating_add(seen.before.0).saturating_add(here))
    }

    /// A record was folded.
    pub(super) fn folded(&mut self, record: &Record) {
        match (&record.entry.what, record.entry.who) {
            (What::Watch(watch), Who::Viewer(who)) => {
                self.written.remove(&who);
                self.stale.insert(who);
                if let (Watch::Came { .. }, Some(seen)) = (watch, self.seen.get_mut(&who)) {
                    seen.before = Span(0);
                }
            }
            (What::SignIn(signed), Who::Viewer(who)) => {
                // What the log knew is moved there.
                if let Some(device) = self.seen.get_mut(&signed.device) {
                    let before = std::mem::take(&mut device.before);
                    let seen = self.seen.entry(who).or_default();
                    seen.before.0 = seen.before.0.saturating_add(before.0);
                }
            }
            (What::Vacated, Who::Room) => {
                self.to_vacate = false;
                self.vacating = false;
                self.all_stale();
            }
            _ => {}
        }
    }

    /// What the room asks for may have changed. Returns the activities that ask since.
    pub(super) fn look(&mut self, room: &Room) -> Vec<ActivityId> {
        let asked = room.asks_for_watching();
        if asked && !self.asked {
            self.all_stale();
        }
        self.asked = asked;
        let now: BTreeSet<ActivityId> = asking(room).collect();
        let new = now.difference(&self.told).cloned().collect();
        self.told = now;
        new
    }

    /// The log took nothing: all that was written is in doubt.
    pub(super) fn doubt(&mut self) {
        self.written.clear();
        self.vacating = false;
        self.stale.extend(self.seen.keys());
    }

    fn all_stale(&mut self) {
        self.stale.extend(self.seen.keys());
    }

    /// When the room has to write something, so that a server that is killed loses little of what was seen.
    pub(super) fn beat(&self, room: &Room) -> Option<Timestamp> {
        (self.asked && !self.to_vacate && room.has_anybody()).then(|| room.at().after(BEAT))
    }

    /// Those who are here now.
    pub(super) fn here(&self) -> impl Iterator<Item = Pseudonym> {
        let here = self.seen.iter().filter(|(_, seen)| seen.since.is_some());
        here.map(|(who, _)| *who)
    }

    /// Whether the log has to be told that nobody is here, before anything else is written.
    pub(super) fn must_vacate(&self) -> bool {
        self.to_vacate && !self.vacating
    }

    /// Whether the log may have to be told something.
    pub(super) fn owes(&self) -> bool {
        self.must_vacate() || (!self.to_vacate && !self.stale.is_empty())
    }

    /// The facts that the log lacks.
    pub(super) fn facts(&mut self, now: Timestamp, room: &Room) -> Vec<Append> {
        if self.to_vacate {
            self.vacating = true;
            return vec![self.append(now, Who::Room, What::Vacated)];
        }
        let mut facts = Vec::new();
        while facts.len() < BATCH
            && let Some(who) = self.stale.pop_first()
        {
            if self.written.contains(&who) {
                // Looked at again once that is folded.
                continue;
            }
            let seen = self.seen.get(&who).copied().unwrap_or_default();
            let what = match (seen.since, room.has_here(who)) {
                (Some(since), false) if self.asked => Watch::Came {
                    before_ms: Span(seen.before.0.saturating_add(now.since(since).0)),
                },
                (None, true) => Watch::Went,
                (Some(_) | None, true | false) => continue,
            };
            self.written.insert(who);
            facts.push(self.append(now, Who::Viewer(who), What::Watch(what)));
        }
        facts
    }

    fn append(&mut self, now: Timestamp, who: Who, what: What) -> Append {
        self.count += 1;
        let id = RequestId::parse(format!("watch-{}-{}", now.0, self.count))
            .expect("a word and numbers are an id");
        Append {
            entry: Entry { who, id, what },
            private: Vec::new(),
        }
    }
}

/// The activities in which viewers are shown how long they have watched.
fn asking(room: &Room) -> impl Iterator<Item = ActivityId> {
    let shown = room.activities().iter().filter(|it| it.is_shown());
    let asks = shown.filter(|it| room.asks_in(&it.id));
    asks.map(|it| it.id.clone())
}

impl Task {
    /// What the room knows of a viewer in an activity at this moment, beside what their token says.
    pub(super) fn watched_in(&self, who: Pseudonym, activity: &ActivityId) -> Option<Span> {
        let now = self.place.ground.clock.now().max(self.room.at());
        let asks = self.room.asks_in(activity);
        asks.then(|| self.watching.watched(who, now, &self.room))
    }

    /// A viewer's own part of an activity.
    pub(super) fn mine(&self, who: Pseudonym, activity: &ActivityId) -> Option<Item> {
        let standing = Standing {
            watched_ms: self.watched_in(who, activity),
            ..Standing::default()
        };
        view::mine_as(&self.room, who, &standing, activity)
    }
}
