//! How far browsers got: each step a part of the step before it, so that no rate can pass 1.

use super::interval::{Rate, wilson};
use crate::collector::{Counted, Reach, Step};
use liveroom_protocol::Widget;
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
    /// Saw a deal.
    pub deal_seen: u64,
    /// Of those that acted in a deal, were accepted in it: they claimed.
    pub claimed: Option<Rate>,
    /// Of those, ordered.
    pub ordered: Option<Rate>,
    /// Of those that saw a deal, ordered.
    pub conversion: Option<Rate>,
}

const STEPS: [Step; 4] = [Step::Seen, Step::Acted, Step::Outcome, Step::Ordered];

/// How far a browser got in one activity: the first steps that it made without leaving one out.
fn depth(has: impl Fn(Step) -> bool) -> usize {
    STEPS.iter().take_while(|step| has(**step)).count()
}

/// How far a browser got: in whichever activity it got farthest, and in whichever deal.
#[derive(Clone, Copy, Debug, Default)]
struct Farthest {
    any: usize,
    deal: usize,
}

/// The funnel of what is wanted of browsers' ways. A browser counts once, with the activity in which it got farthest.
pub(super) fn of(counted: &Counted, wanted: impl Fn(&Reach) -> bool) -> Funnel {
    // The same activity in several places (another streamer, another show) is one way through.
    let mut ways: HashMap<(u32, &str), ([bool; 4], bool)> = HashMap::new();
    let mut farthest: HashMap<u32, Farthest> = HashMap::new();
    for reach in counted.reach.iter().filter(|reach| wanted(reach)) {
        let Some(place) = counted.places.get(&reach.place) else {
            continue;
        };
        farthest.entry(reach.browser).or_default();
        let (steps, deal) = ways
            .entry((reach.browser, place.activity.as_str()))
            .or_default();
        join(steps, *reach);
        *deal |= place.widget == Widget::Deal.name();
    }
    for ((browser, _), (steps, deal)) in ways {
        let got = depth(|step| steps[usize::from(step.number()) - 1]);
        let farthest = farthest.entry(browser).or_default();
        farthest.any = got.max(farthest.any);
        if deal {
            farthest.deal = got.max(farthest.deal);
        }
    }
    let count = |got: fn(&Farthest) -> usize, least: usize| {
        farthest.values().filter(|far| got(far) >= least).count() as u64
    };
    let [seen, acted, outcome] = [1, 2, 3].map(|least| count(|far| far.any, least));
    // Who votes is accepted too, and no nearer to an order for it.
    let [deal_seen, deal_acted, claimed, ordered] =
        [1, 2, 3, 4].map(|least| count(|far| far.deal, least));
    Funnel {
        browsers: farthest.len() as u64,
        seen,
        acted: Some(wilson(acted, seen)),
        outcome: Some(wilson(outcome, acted)),
        deal_seen,
        claimed: Some(wilson(claimed, deal_acted)),
        ordered: Some(wilson(ordered, claimed)),
        conversion: Some(wilson(ordered, deal_seen)),
    }
}

impl Funnel {
    /// Its rates, by the names of their figures.
    pub(super) const fn rates(&self) -> [(&'static str, Option<Rate>); 5] {
        [
            ("acted", self.acted),
            ("outcome", self.outcome),
            ("claimed", self.claimed),
            ("ordered", self.ordered),
            ("conversion", self.conversion),
        ]
    }
}

fn join(steps: &mut [bool; 4], reach: Reach) {
    for (had, step) in steps.iter_mut().zip(STEPS) {
        *had |= reach.has(step);
    }
}
