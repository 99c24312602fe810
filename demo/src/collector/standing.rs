//! Of which tier and segments browsers' viewers are: the room says so, never a report, and only of page loads that report.
//!
//! What rooms say is kept in memory for a day or two after a viewer came, and written beside a page load once a report of it
//! names that viewer. Of viewers who do not report nothing is written.

use super::Collector;
use super::counted::Within;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::{Label, Standing};
use liveroom_protocol::time::{Span, Timestamp};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How long all that came is kept together; then it is the older half, and what was older goes.
const DAY: Span = Span(86_400_000);
/// Viewers of one half; where more come, the older half goes earlier.
const VIEWERS: usize = 100_000;

/// The tier and the segments of one viewer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Group {
    /// The tier of membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// The page's segments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Label>,
}

/// What rooms said of viewers who came, by room and name in reports.
#[derive(Default)]
pub(super) struct Standings(Mutex<Halves>);

#[derive(Default)]
struct Halves {
    new: HashMap<String, Group>,
    old: HashMap<String, Group>,
    since: Timestamp,
}

impl Halves {
    /// Lets go of what is older than a day, and of the older half where there are too many.
    fn turn(&mut self, now: Timestamp) {
        let age = now.since(self.since);
        if age >= Span(2 * DAY.0) {
            *self = Self {
                since: now,
                ..Self::default()
            };
        } else if age >= DAY {
            self.old = std::mem::take(&mut self.new);
            // Not now: what came yesterday goes tomorrow, however late it is seen to.
            self.since = self.since.after(DAY);
        }
        if self.new.len() >= VIEWERS {
            self.old = std::mem::take(&mut self.new);
            self.since = now;
        }
    }
}

fn key(room: &RoomId, me: &str) -> String {
    [room.as_str(), "/", me].concat()
}

impl Standings {
    fn halves(&self) -> MutexGuard<'_, Halves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn know(&self, room: &RoomId, me: &str, group: Group, now: Timestamp) {
        let mut halves = self.halves();
        halves.turn(now);
        let key = key(room, me);
        halves.old.remove(&key);
        // Also where it is of none: who was of one, and is of it no more.
        halves.new.insert(key, group);
    }

    fn forget(&self, room: &RoomId, me: &str) {
        let key = key(room, me);
        let mut halves = self.halves();
        halves.new.remove(&key);
        halves.old.remove(&key);
    }

    /// The group of a viewer as it is written beside a page load; nothing where the room said nothing of them.
    pub(super) fn of(&self, room: &RoomId, me: &str, now: Timestamp) -> Option<String> {
        let key = key(room, me);
        let mut halves = self.halves();
        halves.turn(now);
        let group = halves.new.get(&key).or_else(|| halves.old.get(&key))?;
        serde_json::to_string(group).ok()
    }
}

impl Collector {
    /// Hears from a room of which tier and segments a viewer is whose page is being told this name for reports.
    pub(crate) fn know(&self, room: &RoomId, me: &str, standing: &Standing) {
        let group = Group {
            tier: standing.tier.clone(),
            segments: standing.segments.clone(),
        };
        let now = self.0.clock.now();
        self.0.standings.know(room, me, group, now);
    }

    /// Lets go of what is too old, also where nobody comes any more.
    pub(super) fn turn(&self) {
        self.0.standings.halves().turn(self.0.clock.now());
    }

    /// Knows nothing any more of a viewer who is erased.
    pub(super) fn forget(&self, room: &RoomId, me: &str) {
        self.0.standings.forget(room, me);
    }
}

/// The groups of browsers, by their names in this reading: of several page loads of one viewer, what was known last.
pub(super) fn groups(
    connection: &Connection,
    within: &Within,
    numbers: &HashMap<String, u32>,
) -> rusqlite::Result<HashMap<u32, Group>> {
    let mut groups = HashMap::new();
    let mut statement = connection.prepare(
        "SELECT coalesce(me, session), standing FROM page_loads WHERE room = ?1 AND standing IS NOT NULL ORDER BY last, id",
    )?;
    let mut rows = statement.query([within.room.as_str()])?;
    while let Some(row) = rows.next()? {
        let Some(number) = numbers.get(row.get_ref(0)?.as_str()?) else {
            continue;
        };
        if let Ok(group) = serde_json::from_str(row.get_ref(1)?.as_str()?) {
            groups.insert(*number, group);
        }
    }
    Ok(groups)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_room_said_is_let_go_of_within_two_days() {
        let standings = Standings::default();
        let room = RoomId::parse("den").expect("it is an id");
        let at = |tenths: u64| Timestamp(1_000_000_000_000 + DAY.0 / 10 * tenths);
        let known = |me: &str, tenths| standings.of(&room, me, at(tenths)).is_some();
        standings.know(&room, "first", Group::default(), at(0));
        standings.know(&room, "m", Group::default(), at(5));
        assert!(known("m", 9) && known("m", 19), "of yesterday");
        standings.know(&room, "n", Group::default(), at(19));
        assert!(!known("m", 20) && known("n", 20));
        assert!(!known("n", 45), "nobody came for days");
    }

    #[test]
    fn a_crowd_drives_out_those_who_came_before_it() {
        let mut halves = Halves::default();
        let now = Timestamp(1_000_000_000_000);
        halves.turn(now);
        let fill = |halves: &mut Halves, name: &str| {
            for number in 0..VIEWERS {
                halves
                    .new
                    .insert(format!("{name}{number}"), Group::default());
            }
            halves.turn(now);
        };
        fill(&mut halves, "a");
        assert_eq!((halves.new.len(), halves.old.len()), (0, VIEWERS));
        fill(&mut halves, "b");
        assert!(halves.old.contains_key("b0") && !halves.old.contains_key("a0"));
    }
}
