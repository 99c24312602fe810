//! How long rows were on air, and how many viewers there were then: what makes totals of a long time comparable with those of a short one.

use super::figures::{Value, Values};
use crate::collector::{Counted, MINUTE};
use crate::facts::{By, Moment, Scope, Sums};
use liveroom_protocol::time::Timestamp;
use std::collections::BTreeMap;

/// From when until when.
type Span = (u64, u64);

/// The times of rows, by their keys; nothing where that is not known of this time, or is nothing that rows have.
pub(super) fn of(sums: &Sums, scope: &Scope, at: Timestamp, by: By) -> BTreeMap<String, Vec<Span>> {
    // Of a show that began before, nobody knows here who was on air then.
    let started = |id: &str| {
        sums.marks.iter().any(|mark| {
            mark.what == Moment::ShowStarted
                && mark.show.as_ref().is_some_and(|show| show.as_str() == id)
        })
    };
    let end = scope.to.min(at.0);
    let within = |from: u64, to: u64| (from.max(scope.from), to.min(end));
    let shown = sums.shows.iter().filter(|show| {
        let (from, to) = within(show.started_at.0, show.ended_at.map_or(end, |at| at.0));
        let asked = scope.show.as_deref();
        from < to && asked.is_none_or(|asked| asked == show.id.as_str())
    });
    let mut times: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for show in shown {
        let ended = show.ended_at.map_or(end, |at| at.0);
        match by {
            By::Show => {
                let span = within(show.started_at.0, ended);
                times.entry(show.id.to_string()).or_default().push(span);
            }
            By::Streamer if !started(show.id.as_str()) => return BTreeMap::new(),
            By::Streamer => {
                for (names, from, to) in turns(sums, show.id.as_str(), ended) {
                    let (from, to) = within(from, to);
                    for name in names.into_iter().filter(|_| from < to) {
                        times.entry(name).or_default().push((from, to));
                    }
                }
            }
            By::Activity
            | By::Widget
            | By::Product
            | By::Brand
            | By::Tag
            | By::Channel
            | By::Segment
            | By::Tier => return BTreeMap::new(),
        }
    }
    times
}

/// Who was on air in a show, from when until when; under the empty name nobody.
fn turns(sums: &Sums, show: &str, ended: u64) -> Vec<(Vec<String>, u64, u64)> {
    let of_show = sums.marks.iter().filter(|mark| {
        mark.show.as_ref().is_some_and(|id| id.as_str() == show)
            && matches!(mark.what, Moment::ShowStarted | Moment::HandedOver)
    });
    let marks: Vec<_> = of_show.collect();
    let ends = marks.iter().skip(1).map(|mark| mark.at.0).chain([ended]);
    let turns = marks.iter().zip(ends).map(|(mark, to)| {
        let mut names: Vec<String> = mark
            .on_air
            .iter()
            .map(|name| name.as_str().to_owned())
            .collect();
        if names.is_empty() {
            names.push(String::new());
        }
        (names, mark.at.0, to)
    });
    turns.collect()
}

/// What is told of a row's times.
pub(super) fn values(spans: &[Span], counted: &Counted) -> Values {
    let long: u64 = spans.iter().map(|(from, to)| to - from).sum();
    let most = spans.iter().flat_map(|(from, to)| {
        let first = from - from % MINUTE;
        counted.viewers.range(first..*to).map(|(_, most)| *most)
    });
    let mut values = Values::from([("on_air_ms", Value::Count(long))]);
    values.extend(
        most.max()
            .map(|most| ("viewers_most", Value::Count(most.into()))),
    );
    values
}
