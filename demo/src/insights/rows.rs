//! Figures told apart: by activity, widget, product, brand, tag, streamer on air, show, channel, segment or tier.

use super::airtime;
use super::definitions::is_of_whole;
use super::figures::{self, Values};
use super::funnel::{self, Funnel};
use crate::collector::{Counted, Group, Place, Reach};
use crate::facts::{self, Activity, By, Deeds, Scope, Sums};
use liveroom_protocol::time::Timestamp;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// One of them. Where an activity names several products or tags, or several are on air, it counts with each: rows may overlap.
#[derive(Clone, Debug, Serialize)]
pub struct Row {
    /// Its key; empty for what has none: nobody on air, no brand.
    pub key: String,
    /// Its name for people, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The widget, of an activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget: Option<&'static str>,
    /// What the room knows; nothing where only reports know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<Values>,
    /// What was reported; nothing where only the room knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reports: Option<Values>,
    /// How far browsers got, of what was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub funnel: Option<Funnel>,
}

/// The rows, by key, at some moment; within a brand without what is of the room as a whole.
pub(super) fn of(
    sums: &Sums,
    counted: &Counted,
    by: By,
    (scope, at): (&Scope, Timestamp),
) -> Vec<Row> {
    let mut rows = match by {
        By::Segment | By::Tier => by_group(sums, counted, by),
        By::Activity
        | By::Widget
        | By::Product
        | By::Brand
        | By::Tag
        | By::Streamer
        | By::Show
        | By::Channel => by_place(sums, counted, by),
    };
    let times = airtime::of(sums, scope, at, by);
    for row in &mut rows {
        if let (Some(room), Some(spans)) = (&mut row.room, times.get(&row.key)) {
            room.extend(airtime::values(spans, counted));
        }
        for values in [&mut row.room, &mut row.reports].into_iter().flatten() {
            values.retain(|figure, _| scope.brand.is_none() || !is_of_whole(figure));
        }
    }
    rows
}

/// The rows of what reports name themselves, or the activities that they are of.
fn by_place(sums: &Sums, counted: &Counted, by: By) -> Vec<Row> {
    let known: HashMap<&str, &Activity> = sums
        .activities
        .iter()
        .map(|activity| (activity.id.as_str(), activity))
        .collect();
    let mut places: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    for (number, place) in &counted.places {
        for key in keys(place, by, &known) {
            places.entry(key).or_default().insert(*number);
        }
    }
    let facts = sums.rows.get(&by);
    let mut all: BTreeSet<&String> = places.keys().collect();
    all.extend(facts.iter().flat_map(|rows| rows.keys()));
    let rows = all.into_iter().map(|key| {
        let activity = known.get(key.as_str()).filter(|_| by == By::Activity);
        let show = sums
            .shows
            .iter()
            .find(|show| by == By::Show && show.id.as_str() == key);
        let own = places.get(key);
        let wanted = |place: i64| own.is_some_and(|own| own.contains(&place));
        let reached = |reach: &Reach| wanted(reach.place);
        let row = facts.and_then(|rows| rows.get(key));
        // The room knows the channel of relayed viewers only, reports that of pages: neither says nothing was done in the other's.
        let split = by == By::Channel;
        let of_room = !split || row.is_some();
        let of_reports = !split || own.is_some();
        Row {
            key: key.clone(),
            label: activity
                .map(|activity| activity.label.clone())
                .or_else(|| show.and_then(|show| show.title.clone())),
            widget: activity.map(|activity| activity.widget),
            room: of_room.then(|| of_facts(row)),
            reports: of_reports.then(|| figures::reports(counted, wanted)),
            funnel: of_reports.then(|| funnel::of(counted, reached)),
        }
    });
    rows.collect()
}

/// The rows of what viewers are and activities are not: of reports only how far browsers got, since only of those is it known
/// whose they are.
fn by_group(sums: &Sums, counted: &Counted, by: By) -> Vec<Row> {
    let mut browsers: BTreeMap<String, HashSet<u32>> = BTreeMap::new();
    for reach in &counted.reach {
        let group = counted.groups.get(&reach.browser);
        for key in group_keys(group, by) {
            browsers.entry(key).or_default().insert(reach.browser);
        }
    }
    let facts = sums.rows.get(&by);
    let mut all: BTreeSet<&String> = browsers.keys().collect();
    all.extend(facts.iter().flat_map(|rows| rows.keys()));
    let rows = all.into_iter().map(|key| {
        let own = browsers.get(key);
        let wanted = |reach: &Reach| own.is_some_and(|own| own.contains(&reach.browser));
        let row = facts.and_then(|rows| rows.get(key));
        Row {
            key: key.clone(),
            label: None,
            widget: None,
            room: Some(of_facts(row)),
            reports: Some(figures::browsers(counted, wanted)),
            funnel: Some(funnel::of(counted, wanted)),
        }
    });
    rows.collect()
}

/// What the room knows of a row: nothing was done where it has none.
fn of_facts(row: Option<&facts::Row>) -> Values {
    row.map_or_else(
        || figures::room(&Deeds::default(), Some(0)),
        |row| figures::room(&row.deeds, row.participants),
    )
}

/// Under which keys a browser counts; the empty one is none that the room told of.
fn group_keys(group: Option<&Group>, by: By) -> Vec<String> {
    let none = || vec![String::new()];
    let Some(group) = group else {
        return none();
    };
    let labels = match by {
        By::Segment => group.segments.as_slice(),
        _ => group.tier.as_slice(),
    };
    if labels.is_empty() {
        return none();
    }
    let texts = labels.iter().map(|label| label.as_str().to_owned());
    texts.collect()
}

/// Under which keys a place's reports count.
fn keys(place: &Place, by: By, known: &HashMap<&str, &Activity>) -> Vec<String> {
    let one = |text: &str| vec![text.to_owned()];
    match by {
        // What is of the room as a whole belongs to no activity; what is of one that the room does not know, to none either.
        By::Activity | By::Widget | By::Product | By::Brand | By::Tag => known
            .get(place.activity.as_str())
            .map_or_else(Vec::new, |activity| activity.keys(by)),
        By::Streamer if place.on_air.is_empty() => one(""),
        By::Streamer => place.on_air.clone(),
        By::Show => one(&place.show),
        By::Channel => one(&place.channel),
        By::Segment | By::Tier => Vec::new(),
    }
}
