//! Time as steps of equal length, and what is marked on it.

use super::interval::{Rate, wilson};
use crate::collector::{Counted, MINUTE};
use crate::facts::{Deed, Scope, Sums};
use liveroom_protocol::identity::Label;
use liveroom_protocol::time::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// Steps that are told at most.
const MOST: u64 = 400;
/// How many minutes a step may have.
const LENGTHS: [u64; 8] = [1, 2, 5, 10, 30, 60, 360, 1_440];

/// One step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Minute {
    /// When it begins.
    pub at: u64,
    /// The most viewers connected at once, where that was looked at.
    pub viewers: Option<u32>,
    /// Distinct viewers who acted in a minute; of several minutes the most. Not known of a brand alone.
    pub active: Option<u32>,
    /// Those who acted, of the viewers of the minute; of several minutes in the one with the most viewers.
    pub participation: Option<Rate>,
    /// Ballots cast.
    pub votes: u64,
    /// Questions asked.
    pub questions: u64,
    /// All that viewers did.
    pub acts: u64,
    /// Units sold.
    pub units_sold: u64,
    /// Browsers that reported; of several minutes the most. Not known of a brand alone.
    pub browsers: Option<u64>,
    /// Refusals that browsers reported.
    pub refused: u64,
    /// Errors that browsers reported.
    pub errors: u64,
}

/// A mark.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Marked {
    /// When.
    pub at: Timestamp,
    /// What happened.
    pub what: &'static str,
    /// To which activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// Its widget.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub widget: Option<&'static str>,
    /// What its card says first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// In which show.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// Who was on air from then on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on_air: Vec<Label>,
}

/// How long a step is.
pub(super) fn step(scope: &Scope) -> u64 {
    let span = scope.to.saturating_sub(scope.from);
    let fits = |minutes: &u64| span / (minutes * MINUTE) <= MOST;
    let minutes = LENGTHS.into_iter().find(fits);
    // Years: as few days as do.
    minutes.map_or(span / MOST / MINUTE * MINUTE + MINUTE, |n| n * MINUTE)
}

/// The steps from the first to the last, quiet ones too.
pub(super) fn minutes(sums: &Sums, counted: &Counted, scope: &Scope, step: u64) -> Vec<Minute> {
    let mut steps: BTreeMap<u64, Minute> = BTreeMap::new();
    let whole = scope.brand.is_none();
    let mut at = scope.from;
    while at < scope.to {
        steps.insert(
            at,
            Minute {
                at,
                active: whole.then_some(0),
                browsers: whole.then_some(0),
                ..Minute::default()
            },
        );
        at += step;
    }
    let mut each = |minute: u64, change: &mut dyn FnMut(&mut Minute)| {
        // What is reported of a show once it is over is of no step.
        if minute >= scope.to {
            return;
        }
        if let Some((_, step)) = steps.range_mut(..=minute).next_back() {
            change(step);
        }
    };
    for (minute, deeds) in &sums.minutes {
        each(*minute, &mut |step| {
            step.votes += deeds.get(Deed::Votes);
            step.questions += deeds.get(Deed::Questions);
            step.acts += deeds.acts();
            step.units_sold += deeds.get(Deed::UnitsSold);
        });
    }
    for (minute, most) in &counted.viewers {
        each(*minute, &mut |step| {
            // A minute with few viewers says little: one of one is no livelier than half of a thousand.
            if step.viewers.is_none_or(|viewers| *most > viewers) {
                let active = sums.active.get(minute).copied().unwrap_or(0);
                step.viewers = Some(*most);
                step.participation = Some(wilson(active.into(), (*most).max(active).into()));
            }
        });
    }
    for (minute, active) in &sums.active {
        each(*minute, &mut |step| {
            step.active = step.active.max(Some(*active))
        });
    }
    for (minute, browsers) in &counted.reporting {
        each(*minute, &mut |step| {
            step.browsers = step.browsers.max(Some(*browsers))
        });
    }
    for count in &counted.counts {
        each(count.minute, &mut |step| {
            if count.is_refusal() {
                step.refused += count.count;
            } else if count.is_error() {
                step.errors += count.count;
            }
        });
    }
    steps.into_values().collect()
}

/// The marks, with what their activities are called.
pub(super) fn marks(sums: &Sums) -> Vec<Marked> {
    let marks = sums.marks.iter().map(|mark| {
        let activity = mark.activity.as_ref();
        let known = activity.and_then(|id| sums.activities.iter().find(|known| known.id == *id));
        Marked {
            at: mark.at,
            what: mark.what.name(),
            activity: activity.map(ToString::to_string),
            widget: known.map(|known| known.widget),
            label: known.map(|known| known.label.clone()),
            show: mark.show.as_ref().map(ToString::to_string),
            on_air: mark.on_air.clone(),
        }
    });
    marks.collect()
}
