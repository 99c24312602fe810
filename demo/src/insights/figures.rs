//! The values of figures, each with whose doings it counts.

use super::Referral;
use super::definitions::{DEFINITIONS, Definition, Population, is_of_whole};
use super::funnel;
use crate::collector::{Counted, Reach, Step};
use crate::facts::{Deed, Deeds, Sums};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A value: a count, or money by currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// A count, or milliseconds.
    Count(u64),
    /// Decimal texts by currency.
    Money(BTreeMap<String, String>),
}

/// A figure of all together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figure {
    /// Its value.
    pub value: Value,
    /// What it means.
    #[serde(flatten)]
    pub means: &'static Definition,
}

/// Values by the names of their figures.
pub(super) type Values = BTreeMap<&'static str, Value>;

/// All of them, in the order of the definitions; not of the room as a `whole`, what is of nothing less.
pub(super) fn of(
    sums: &Sums,
    counted: &Counted,
    viewers_now: Option<u32>,
    whole: bool,
) -> Vec<Figure> {
    let mut room = room(&sums.total, sums.participants);
    let most = |values: &BTreeMap<u64, u32>| values.values().copied().max().unwrap_or(0);
    room.extend(viewers_now.map(|now| ("viewers_now", Value::Count(now.into()))));
    room.insert("viewers_most", Value::Count(most(&counted.viewers).into()));
    room.insert("active", Value::Count(most(&sums.active).into()));
    let mut reported = reports(counted, |_| true);
    let dropped = counted
        .dropped
        .values()
        .fold(0, |sum: u64, n| sum.saturating_add(*n));
    reported.insert("dropped", Value::Count(dropped));
    let value = |means: &'static Definition| {
        let values = match means.population {
            Population::Room => &room,
            Population::Reports => &reported,
        };
        let value = values.get(means.figure)?.clone();
        Some(Figure { value, means })
    };
    let known = DEFINITIONS.iter();
    let told = known.filter(|means| whole || !is_of_whole(means.figure));
    told.filter_map(value).collect()
}

/// What the room knows; how many viewers only where that is known.
pub(super) fn room(deeds: &Deeds, participants: Option<u64>) -> Values {
    let counts = Deed::ALL.map(|deed| (deed.name(), Value::Count(deeds.get(deed))));
    let mut values = Values::from(counts);
    values.extend(participants.map(|count| ("participants", Value::Count(count))));
    values.insert("order_value", money_of(deeds.value()));
    values
}

/// What was reported from the places that are wanted.
pub(super) fn reports(counted: &Counted, wanted: impl Fn(i64) -> bool) -> Values {
    let (mut visible, mut watched, mut refused, mut errors) = (0, 0, 0, 0);
    let (mut page, mut shares) = (0, 0);
    for count in counted.counts.iter().filter(|count| wanted(count.place)) {
        match count.kind.as_str() {
            "live.room.watch" => watched += count.ms,
            _ if count.is_error() => errors += count.count,
            "live.room.acted" => shares += count.count,
            kind if kind.starts_with("page.") => page += count.count,
            kind if kind.ends_with(".visible") => visible += count.ms,
            _ if count.is_refusal() => refused += count.count,
            _ => {}
        }
    }
    let mut value: BTreeMap<String, u128> = BTreeMap::new();
    for (place, _, currency, amount) in &counted.values {
        if wanted(*place) {
            *value.entry(currency.clone()).or_default() += amount;
        }
    }
    let mut values = browsers(counted, |reach| wanted(reach.place));
    values.extend([
        ("visible_ms", Value::Count(visible)),
        ("watch_ms", Value::Count(watched)),
        ("refused", Value::Count(refused)),
        ("errors", Value::Count(errors)),
        ("page", Value::Count(page)),
        ("shares", Value::Count(shares)),
        ("reported_order_value", money_of(&value)),
    ]);
    values
}

/// How many browsers got how far, of the ways that are wanted.
pub(super) fn browsers(counted: &Counted, wanted: impl Fn(&Reach) -> bool) -> Values {
    let funnel = funnel::of(counted, &wanted);
    let browsers = |step: Step| {
        let reach = counted.reach.iter();
        let reach = reach.filter(|reach| reach.has(step) && wanted(reach));
        let browsers: BTreeSet<u32> = reach.map(|reach| reach.browser).collect();
        Value::Count(browsers.len() as u64)
    };
    let step = |rate: Option<super::Rate>| Value::Count(rate.map_or(0, |rate| rate.count));
    Values::from([
        ("browsers", Value::Count(funnel.browsers)),
        ("seen", Value::Count(funnel.seen)),
        ("acted", step(funnel.acted)),
        ("outcome", step(funnel.outcome)),
        ("deal_seen", Value::Count(funnel.deal_seen)),
        ("claimed", step(funnel.claimed)),
        ("ordered", step(funnel.ordered)),
        ("sharers", browsers(Step::Shared)),
        ("arrivals", browsers(Step::Arrived)),
    ])
}

/// Counts by reason or code, of the types that end so.
pub(super) fn details(counted: &Counted, ending: &str) -> BTreeMap<String, u64> {
    let mut details = BTreeMap::new();
    let counts = counted.counts.iter();
    for count in
        counts.filter(|count| count.kind.starts_with("live.") && count.kind.ends_with(ending))
    {
        *details.entry(count.detail.clone()).or_default() += count.count;
    }
    details
}

/// Share links that are told; those by which most arrived.
const LINKS: usize = 20;

/// The share links by which most page loads arrived.
pub(super) fn referrals(counted: &Counted) -> Vec<Referral> {
    let by_code = details(counted, ".room.arrived").into_iter();
    let mut all: Vec<Referral> = by_code
        .map(|(code, arrivals)| Referral { code, arrivals })
        .collect();
    all.sort_by_key(|link| std::cmp::Reverse(link.arrivals));
    all.truncate(LINKS);
    all
}

fn money_of(values: &BTreeMap<String, u128>) -> Value {
    let texts = values.iter();
    Value::Money(
        texts
            .map(|(currency, value)| (currency.clone(), money(*value)))
            .collect(),
    )
}

/// Ten-thousandths as a decimal number with two places at least, exactly.
pub fn money(ten_thousandths: u128) -> String {
    let mut text = format!(
        "{}.{:04}",
        ten_thousandths / 10_000,
        ten_thousandths % 10_000
    );
    while text.ends_with('0') && text.rsplit('.').next().is_some_and(|part| part.len() > 2) {
        text.pop();
    }
    text
}
