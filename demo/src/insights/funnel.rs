//! How far browsers got: each step a part of the step before it, so that no rate can pass 1.

use super::interval::{Rate, wilson};
use crate::collector::{Counted, Reach, Step};
use serde::Serialize;
use std::collections::HashMap;

/// Browsers by how far they got, all of the population *reports*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Funnel {
    /// Reported anything.
    pub browsers: u64,
    /// Saw a widget.
    pub seen: u64,
    /// Of those, acted.
    pub acted: Option<Rate>,
    /// Of those, were accepted.
    pub outcome: Option<Rate>,
    /// Of those, ordered.
    pub ordered: Option<Rate>,
}

const STEPS: [Step; 4] = [Step::Seen, Step::Acted, Step::Outcome, Step::Ordered];

/// How far a browser got in one activity: the first steps that it made without leaving one out.
fn depth(has: impl Fn(Step) -> bool) -> usize {
    STEPS.iter().take_while(|step| has(**step)).count()
}

/// The funnel of what is wanted of browsers' ways. A browser counts once, with the activity in which it got farthest.
pub(super) fn of(counted: &Counted, wanted: impl Fn(&Reach) -> bool) -> Funnel {
    // The same activity in several places (another streamer, another show) is one way through.
    let mut ways: HashMap<(u32, &str), [bool; 4]> = HashMap::new();
    let mut farthest: HashMap<u32, usize> = HashMap::new();
    for reach in counted.reach.iter().filter(|reach| wanted(reach)) {
        let Some(place) = counted.places.get(&reach.place) else {
            continue;
        };
        farthest.entry(reach.browser).or_default();
        let steps = ways
            .entry((reach.browser, place.activity.as_str()))
            .or_default();
        join(steps, *reach);
    }
    for ((browser, _), steps) in ways {
        let got = depth(|step| steps[usize::from(step.number()) - 1]);
        let farthest = farthest.entry(browser).or_default();
        *farthest = got.max(*farthest);
    }
    let at_least = |least: usize| farthest.values().filter(|got| **got >= least).count() as u64;
    let [seen, acted, outcome, ordered] = [1, 2, 3, 4].map(at_least);
    Funnel {
        browsers: farthest.len() as u64,
        seen,
        acted: Some(wilson(acted, seen)),
        outcome: Some(wilson(outcome, acted)),
        ordered: Some(wilson(ordered, outcome)),
    }
}

fn join(steps: &mut [bool; 4], reach: Reach) {
    for (had, step) in steps.iter_mut().zip(STEPS) {
        *had |= reach.has(step);
    }
}
