//! What happened, for a back end: a pure function of the fold. Each record is folded, and what it did, and what had fallen due before
//! it, is named once, in order; the same log gives the same events on every server and after every restart.
//!
//! Votes, entries and questions make none, so that a room costs no more for a crowd.
//! An activity is compared with what was told of it last, each time it has changed; claims and wins are noted where they move.

use crate::activity::Activity;
use crate::pseudonym::Pseudonym;
use crate::record::{Position, Who};
use crate::room::Room;
use liveroom_protocol::deal::Standing;
use liveroom_protocol::event::{By, Cursor, Data, Event, What};
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_protocol::news::Widget;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::{Timestamp, rfc3339};

mod look;
mod moves;

use look::Told;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When: a deadline's own moment, also where the record that performed it came later.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// To which activity.
    pub subject: Option<ActivityId>,
    /// Of which widget.
    pub widget: Option<Widget>,
    /// What there is to know of it.
    pub data: Data,
}

/// What moved in a deal or a lottery, noted where it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Moved {
    /// A claim, by the position of its record; it is where it is now.
    Claim {
        place: Position,
        from: Option<Standing>,
        to: Standing,
    },
    /// A win, by its number.
    Win { win: u32, to: Fate },
}

/// What the last record did, and what must be known to tell what the next one does.
#[derive(Clone, Debug, Default)]
pub(crate) struct Events {
    /// When what is being done happens.
    moment: Timestamp,
    /// What does it.
    by: By,
    told: Vec<Told>,
    happened: Vec<Happened>,
}

impl Events {
    /// A record is folded.
    pub(crate) fn begin(&mut self) {
        self.happened.clear();
    }

    /// A deadline is performed.
    pub(crate) const fn deadline(&mut self, moment: Timestamp) {
        self.moment = moment;
        self.by = By::Deadline;
    }

    /// The request itself is decided.
    pub(crate) const fn request(&mut self, at: Timestamp, who: Who) {
        self.moment = at;
        self.by = match who {
            Who::Viewer(Pseudonym(_)) => By::Viewer,
            Who::Staff(..) => By::Command,
            Who::Room => By::Room,
        };
    }

    /// Something happened to the room as a whole.
    pub(crate) fn room(&mut self, what: What, show: Option<&Show>) {
        let data = Data {
            show: show.map(|show| show.id.clone()),
            by: Some(self.by),
            ..Data::default()
        };
        self.happened.push(Happened {
            at: self.moment,
            what,
            subject: None,
            widget: None,
            data,
        });
    }

    /// An activity has changed.
    pub(crate) fn look(&mut self, number: usize, activity: &mut Activity) {
        while self.told.len() <= number {
            self.told.push(Told::default());
        }
        let mut look = look::Look {
            activity,
            at: self.moment,
            by: self.by,
            found: &mut self.happened,
        };
        self.told[number] = look.since(&self.told[number]);
    }
}

impl Room {
    /// What the last record did, and what had fallen due before it.
    pub fn happened(&self) -> &[Happened] {
        &self.events.happened
    }
}

/// An event as it is told: of which log, by which record, and the how manieth of that record.
pub fn event(happened: &Happened, source: &str, cursor: &Cursor) -> Event {
    Event {
        specversion: "1.0".to_owned(),
        id: cursor.to_string(),
        source: source.to_owned(),
        kind: happened.what.kind(happened.widget),
        subject: happened.subject.clone(),
        time: rfc3339(happened.at.0),
        datacontenttype: "application/json".to_owned(),
        data: happened.data.clone(),
    }
}

/// All that a room's last record did, as it is told.
pub fn events<'a>(
    room: &'a Room,
    epoch: &'a Epoch,
    source: &'a str,
) -> impl Iterator<Item = (Cursor, Event)> + 'a {
    (0..).zip(room.happened()).map(move |(number, happened)| {
        let cursor = Cursor {
            epoch: epoch.clone(),
            position: room.position(),
            number,
        };
        let event = event(happened, source, &cursor);
        (cursor, event)
    })
}
