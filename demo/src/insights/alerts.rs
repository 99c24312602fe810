//! What a streamer wants to be told while a show runs, at thresholds of the streamer's own.

mod participation;

use crate::collector::{Count, Counted, MINUTE};
use crate::facts::Sums;
use liveroom_protocol::alert::{Alert, Kind, Thresholds};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use serde_json::{Map, Value};

/// Minutes that are compared with as many before them.
const SPAN: u64 = 3;
/// The largest threshold of a count.
const MOST: u64 = 100_000;

/// Reads what somebody set; a sentence if it is none.
pub fn thresholds(text: &[u8]) -> Result<Thresholds, String> {
    let object: Map<String, Value> =
        serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let set: Thresholds =
        serde_json::from_value(Value::Object(object)).map_err(|error| error.to_string())?;
    let limits = [
        ("stock_low", set.stock_low, MOST),
        ("participation_falls", set.participation_falls, 100),
        ("refusals_rise", set.refusals_rise, MOST),
        ("errors_rise", set.errors_rise, MOST),
        ("silent_minutes", set.silent_minutes, 1_440),
    ];
    match limits.into_iter().find(|(_, value, most)| value > most) {
        Some((name, _, most)) => Err(format!("{name} is at most {most}, and 0 for never")),
        None => Ok(set),
    }
}

/// What alerts are raised from.
#[derive(Clone, Copy, Debug)]
pub struct Recent<'a> {
    /// The room's facts of at least [`Recent::BACK`] before now.
    pub sums: &'a Sums,
    /// What was reported in the same time.
    pub counted: &'a Counted,
    /// The minute of the last report, however long ago.
    pub last_report: Option<u64>,
    /// The minute since which somebody has been here all the time; nothing where that is not known of anybody yet.
    pub here_since: Option<u64>,
    /// Now, by the room's clock.
    pub now: Timestamp,
    /// Viewers connected now.
    pub viewers: u32,
}

impl Recent<'_> {
    /// How far back alerts look, in milliseconds; whole minutes and the one that runs.
    pub const BACK: u64 = 2 * SPAN * MINUTE;
}

/// The alerts of now.
pub(super) fn of(recent: &Recent<'_>, thresholds: &Thresholds) -> Vec<Alert> {
    let Recent {
        counted, now, sums, ..
    } = *recent;
    let mut alerts = stock(sums, thresholds.stock_low);
    let minute = now.0 - now.0 % MINUTE;
    alerts.extend(participation::falls(recent, thresholds.participation_falls));
    // Of what goes wrong the running minute counts too: sooner is better.
    let late = |at: u64| at <= minute && at + SPAN * MINUTE > minute;
    let early = |at: u64| late(at + SPAN * MINUTE);
    let reported = |counts_for: fn(&Count) -> bool, when: &dyn Fn(u64) -> bool| -> u64 {
        let counts = counted.counts.iter();
        let counts = counts.filter(|count| when(count.minute) && counts_for(count));
        counts.map(|count| count.count).sum()
    };
    let mut rises = |alert: Kind, threshold: u64, counts_for: fn(&Count) -> bool| {
        let (before, last) = (reported(counts_for, &early), reported(counts_for, &late));
        if threshold > 0 && last >= threshold && last > before {
            alerts.push(plain(alert, last, Some(before)));
        }
    };
    rises(
        Kind::RefusalsRise,
        thresholds.refusals_rise,
        Count::is_refusal,
    );
    rises(Kind::ErrorsRise, thresholds.errors_rise, Count::is_error);
    alerts.extend(silent(recent, minute, thresholds.silent_minutes));
    alerts
}

/// Nothing is reported, although somebody is here who could: since the last report or, where nobody was here then, since somebody is.
fn silent(recent: &Recent<'_>, minute: u64, least: u64) -> Option<Alert> {
    let here = recent.here_since.filter(|_| recent.viewers > 0)?;
    let since = recent.last_report.map_or(here, |last| last.max(here));
    let minutes = minute.saturating_sub(since) / MINUTE;
    (least > 0 && minutes >= least).then(|| plain(Kind::SilentMinutes, minutes, None))
}

fn stock(sums: &Sums, low: u64) -> Vec<Alert> {
    let open = sums
        .activities
        .iter()
        .filter(|known| known.phase == Phase::Open);
    let alerts = open.filter_map(|known| {
        let (left, _) = known.stock.filter(|(left, _)| low > 0 && *left <= low)?;
        Some(Alert {
            activity: Some(known.id.clone()),
            label: Some(known.label.clone()),
            ..plain(Kind::StockLow, left, None)
        })
    });
    alerts.collect()
}

const fn plain(alert: Kind, value: u64, before: Option<u64>) -> Alert {
    Alert {
        alert,
        value,
        before,
        activity: None,
        label: None,
    }
}
