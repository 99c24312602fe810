//! What a streamer wants to be told while a show runs, at thresholds of the streamer's own.

use crate::collector::{Counted, MINUTE};
use crate::facts::Sums;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use serde::Serialize;

/// Minutes that are compared with as many before them.
const SPAN: u64 = 3;
/// Viewers who must have been active before, so that fewer of them mean something.
const ENOUGH: u64 = 5;

/// When alerts are raised; zero never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// An open deal has this many units left, or fewer.
    pub stock_low: u64,
    /// Of the viewers who acted in three minutes before, this many in a hundred are missing in the last three.
    pub participation_falls: u64,
    /// This many refusals were reported in the last three minutes, and more than in the three before.
    pub refusals_rise: u64,
    /// The same of errors.
    pub errors_rise: u64,
    /// Viewers are connected, and no report has come for this many minutes.
    pub silent_minutes: u64,
}

impl Thresholds {
    /// What holds where nothing is said.
    pub const USUAL: Self = Self {
        stock_low: 3,
        participation_falls: 50,
        refusals_rise: 10,
        errors_rise: 5,
        silent_minutes: 5,
    };
}

/// What is to be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// Which of the thresholds.
    pub alert: &'static str,
    /// The figure that passed it.
    pub value: u64,
    /// The figure before, where two are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
    /// The activity, where it is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
    /// What its card says first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The alerts of now. They look at the last minutes of what was asked for, and say nothing of a time that is over.
pub(super) fn of(
    sums: &Sums,
    counted: &Counted,
    thresholds: &Thresholds,
    now: Timestamp,
    viewers_now: u32,
) -> Vec<Alert> {
    let mut alerts = stock(sums, thresholds.stock_low);
    let minute = now.0 - now.0 % MINUTE;
    // Whole minutes only: the one that runs has always fewer.
    let late = |at: u64| at < minute && at + SPAN * MINUTE >= minute;
    let early = |at: u64| late(at + SPAN * MINUTE);
    let active = |when: &dyn Fn(u64) -> bool| -> u64 {
        let active = sums.active.iter().filter(|(at, _)| when(**at));
        active.map(|(_, count)| u64::from(*count)).sum()
    };
    let (before, last) = (active(&early), active(&late));
    let falls = thresholds.participation_falls;
    if falls > 0 && before >= ENOUGH && last * 100 <= before * 100_u64.saturating_sub(falls) {
        alerts.push(plain("participation_falls", last, Some(before)));
    }
    // Of what goes wrong the running minute counts too: sooner is better.
    let late = |at: u64| at <= minute && at + SPAN * MINUTE > minute;
    let early = |at: u64| late(at + SPAN * MINUTE);
    for (alert, threshold, ending) in [
        ("refusals_rise", thresholds.refusals_rise, ".refused"),
        ("errors_rise", thresholds.errors_rise, ".room.error"),
    ] {
        let reported = |when: &dyn Fn(u64) -> bool| -> u64 {
            let counts = counted.counts.iter();
            let counts = counts.filter(|count| when(count.minute) && count.kind.ends_with(ending));
            counts.map(|count| count.count).sum()
        };
        let (before, last) = (reported(&early), reported(&late));
        if threshold > 0 && last >= threshold && last > before {
            alerts.push(plain(alert, last, Some(before)));
        }
    }
    let silent = thresholds.silent_minutes;
    if silent > 0
        && viewers_now > 0
        && let Some(last) = counted.last
        && minute >= last + silent * MINUTE
    {
        alerts.push(plain("silent_minutes", (minute - last) / MINUTE, None));
    }
    alerts
}

fn stock(sums: &Sums, low: u64) -> Vec<Alert> {
    let open = sums
        .activities
        .iter()
        .filter(|known| known.phase == Phase::Open);
    let alerts = open.filter_map(|known| {
        let (left, _) = known.stock.filter(|(left, _)| low > 0 && *left <= low)?;
        Some(Alert {
            activity: Some(known.id.to_string()),
            label: Some(known.label.clone()),
            ..plain("stock_low", left, None)
        })
    });
    alerts.collect()
}

const fn plain(alert: &'static str, value: u64, before: Option<u64>) -> Alert {
    Alert {
        alert,
        value,
        before,
        activity: None,
        label: None,
    }
}
