//! What a room's exact facts and its viewers' reports add up to: each figure with its definition, its population and its count.
//!
//! Two populations, never mixed in one ratio: *room*, what the room itself accepted and saw, is exact and of everybody;
//! *reports* is what browsers said whose viewers consented, and how many of them there are is stated beside.
//!
//! [`definitions`] is the one table of figures, [`figures`] their values, [`interval`] how sure a rate is, [`funnel`] how far
//! browsers got, [`timeline`] minutes and marks, [`moments`] when it was lively, [`now`] how activities stand,
//! [`airtime`] how long rows were on air, [`alerts`] what a streamer wants to be told,
//! [`export`] all of it as one table.

mod airtime;
mod alerts;
mod definitions;
mod export;
mod figures;
mod funnel;
mod interval;
mod moments;
mod now;
mod rows;
mod timeline;

pub use alerts::{Recent, thresholds};
pub use definitions::{DEFINITIONS, Definition, Population};
pub use export::{HEADINGS, Line, lines};
pub use figures::money;
pub use interval::{Rate, wilson};
pub use moments::{Chapter, webvtt};
pub use now::Now;

use crate::collector::{Counted, MINUTE};
use crate::facts::{By, Scope, Sums};
use figures::Figure;
use funnel::Funnel;
use liveroom_protocol::alert::{Alert, Thresholds};
use liveroom_protocol::engagement::Dropped;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::Timestamp;
use rows::Row;
use serde::Serialize;
use std::collections::BTreeMap;
use timeline::{Marked, Minute};

/// What is asked of a room's figures.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Of which time, and which show.
    pub scope: Scope,
    /// By what they are told apart: the first is that of the page's rows, the others go into exports.
    pub by: Vec<By>,
}

/// All figures of a room within some time.
#[derive(Clone, Debug, Serialize)]
pub struct Insights {
    /// Which room.
    pub room: RoomId,
    /// When this was put together, by the room's clock.
    pub at: Timestamp,
    /// The room's last record that is counted.
    pub position: u64,
    /// Within what.
    pub scope: Within,
    /// By what the rows are told apart.
    pub by: By,
    /// Viewers connected now; nothing of a time that is over, nor of a brand alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewers_now: Option<u32>,
    /// The shows of the room, oldest first.
    pub shows: Vec<Show>,
    /// The figures of all together.
    pub figures: Vec<Figure>,
    /// How much of the audience reports.
    pub coverage: Coverage,
    /// How far browsers got.
    pub funnel: Funnel,
    /// By minute, or by several where there are many.
    pub minutes: Vec<Minute>,
    /// What is marked.
    pub timeline: Vec<Marked>,
    /// When it was lively.
    pub moments: Vec<Chapter>,
    /// One by one.
    pub rows: Vec<Row>,
    /// One by one by all that was asked for besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub further: Vec<Rows>,
    /// The activities as they are now; of a show its own.
    pub activities: Vec<Now>,
    /// Refusals that browsers reported, by reason.
    pub refused: BTreeMap<String, u64>,
    /// Errors that browsers reported, by code.
    pub errors: BTreeMap<String, u64>,
    /// Reports that browsers dropped, by reason.
    pub dropped: BTreeMap<Dropped, u64>,
    /// Share links by which most page loads arrived, by their codes.
    pub referrals: Vec<Referral>,
    /// What the streamer wants to be told.
    pub alerts: Vec<Alert>,
    /// What every figure means.
    pub definitions: &'static [Definition],
}

/// Figures told apart by one thing.
#[derive(Clone, Debug, Serialize)]
pub struct Rows {
    /// By what.
    pub by: By,
    /// One by one.
    pub rows: Vec<Row>,
}

/// A share link's code, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Referral {
    /// The code, by which nobody but its viewer's page knows whose it is.
    pub code: String,
    /// Page loads that arrived by it.
    pub arrivals: u64,
}

/// Within what.
#[derive(Clone, Debug, Serialize)]
pub struct Within {
    /// The show, if it is one.
    pub show: Option<String>,
    /// The brand, where nothing else may be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// From when.
    pub from: u64,
    /// Until before when.
    pub to: u64,
    /// How long a step of `minutes` is, in milliseconds.
    pub step: u64,
    /// From when on all is kept, where something was forgotten.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<u64>,
}

/// How much of the audience reports: two counts side by side, and no ratio, since neither is part of the other.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Coverage {
    /// Browsers that reported anything.
    pub browsers_reporting: u64,
    /// The most viewers connected at once; not known of a brand alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub viewers_most: Option<u32>,
    /// Viewers of whom the room accepted something, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub participants: Option<u64>,
    /// When the last report came that is counted here: its minute.
    pub last_report: Option<u64>,
}

/// Puts it together. Within a brand nothing is told of other brands' activities, nor of the room as a whole.
pub fn insights(
    room: RoomId,
    asked: &Asked,
    sums: Sums,
    mut counted: Counted,
    mut alerts: Vec<Alert>,
    (at, connected): (Timestamp, u32),
) -> Insights {
    let scope = &asked.scope;
    let whole = scope.brand.is_none();
    // Viewers are of no show: those who came after it are not its.
    counted.viewers.retain(|minute, _| *minute < scope.to);
    if !whole {
        let own = |id: &str| sums.activities.iter().any(|known| known.id.as_str() == id);
        alerts.retain(|alert| alert.activity.as_ref().is_some_and(|id| own(id.as_str())));
        counted = counted.only(|place| own(&place.activity));
    }
    let counted = &counted;
    let viewers_now = (whole && is_now(&sums, scope, at)).then_some(connected);
    let most = counted.viewers.values().copied().max();
    let step = timeline::step(scope);
    let funnel = funnel::of(counted, |_| true);
    let mut by = asked.by.iter().map(|by| Rows {
        by: *by,
        rows: rows::of(&sums, counted, *by, (scope, at)),
    });
    let first = by.next();
    Insights {
        at,
        position: sums.position,
        scope: Within {
            show: scope.show.clone(),
            brand: scope.brand.clone(),
            from: scope.from,
            to: scope.to,
            step,
            since: (sums.since > scope.from).then_some(sums.since),
        },
        by: first.as_ref().map(|rows| rows.by).unwrap_or_default(),
        viewers_now,
        figures: figures::of(&sums, counted, viewers_now, whole),
        coverage: Coverage {
            browsers_reporting: funnel.browsers,
            viewers_most: whole.then(|| most.max(viewers_now).unwrap_or(0)),
            participants: sums.participants,
            last_report: counted.last,
        },
        minutes: timeline::minutes(&sums, counted, scope, step),
        timeline: timeline::marks(&sums),
        moments: moments::of(&sums, scope),
        rows: first.map(|rows| rows.rows).unwrap_or_default(),
        further: by.collect(),
        activities: now::of(&room, &sums, scope),
        refused: figures::details(counted, ".refused"),
        errors: figures::details(counted, ".error"),
        dropped: counted.dropped.clone(),
        referrals: figures::referrals(counted),
        alerts,
        definitions: DEFINITIONS,
        funnel,
        shows: sums.shows,
        room,
    }
}

/// Whether this moment is of what is asked for.
fn is_now(sums: &Sums, scope: &Scope, at: Timestamp) -> bool {
    let mut shows = sums.shows.iter();
    let ended = |name: &String| {
        let show = shows.find(|show| show.id.as_str() == name);
        show.is_some_and(|show| show.ended_at.is_some())
    };
    scope.to > at.0 && !scope.show.as_ref().is_some_and(ended)
}

/// The alerts of now, from what was seen of the last minutes.
pub fn alerts(recent: &Recent<'_>, thresholds: &Thresholds) -> Vec<Alert> {
    alerts::of(recent, thresholds)
}

/// The minute that an instant lies in, and the one after it.
pub(crate) const fn minutes_of(at: u64) -> (u64, u64) {
    let begin = at - at % MINUTE;
    (begin, begin + MINUTE)
}

#[cfg(test)]
mod tests;
