//! Whether fewer of the viewers act than before, while they can do the same: that nobody votes once a poll has closed is no news.

use super::{Recent, SPAN, plain};
use crate::collector::MINUTE;
use crate::facts::{Activity, Moment, Sums};
use liveroom_protocol::alert::{Alert, Kind};
use liveroom_protocol::phase::Phase;
use std::collections::BTreeSet;

/// Viewers who must have been active before, so that fewer of them mean something.
const ENOUGH: u64 = 5;

/// Viewers who acted, minute by minute, and viewers who could have.
#[derive(Clone, Copy, Default)]
struct Part {
    active: u64,
    viewers: u64,
}

/// Raised where, of the viewers of the last minutes, so many percent fewer acted than of the viewers before. Both are counted over
/// the minutes in which something was open of each widget that they acted in before; one of each is open still.
pub(super) fn falls(recent: &Recent<'_>, percent: u64) -> Option<Alert> {
    let sums = recent.sums;
    let minute = recent.now.0 - recent.now.0 % MINUTE;
    // Whole minutes only: the one that runs has always fewer.
    let late = minute.saturating_sub(SPAN * MINUTE)..minute;
    let early = late.start.saturating_sub(SPAN * MINUTE)..late.start;
    let widgets = acted_in(sums, &early);
    let open = |known: &&Activity| known.phase == Phase::Open;
    let now = sums.activities.iter().filter(open);
    let now: BTreeSet<&str> = now.map(|known| known.widget).collect();
    if percent == 0 || widgets.is_empty() || !widgets.is_subset(&now) {
        return None;
    }
    let spans = spans(recent);
    let was_open = |minute: u64| {
        let overlaps = |from: u64, to: u64| from < minute + MINUTE && to > minute;
        widgets.iter().all(|widget| {
            let mut own = spans.iter().filter(|(of, ..)| of == widget);
            own.any(|(_, from, to)| overlaps(*from, *to))
        })
    };
    let part = |minutes: std::ops::Range<u64>| {
        let minutes = minutes.step_by(usize::try_from(MINUTE).unwrap_or(1));
        minutes
            .filter(|minute| was_open(*minute))
            .fold(Part::default(), |part, minute| {
                let active = sums.active.get(&minute).copied().unwrap_or(0);
                // Some act without a connection; and of a minute that was not looked at, now is the best that is known.
                let viewers = recent.counted.viewers.get(&minute).copied();
                let viewers = viewers.unwrap_or(recent.viewers).max(active);
                Part {
                    active: part.active + u64::from(active),
                    viewers: part.viewers + u64::from(viewers),
                }
            })
    };
    let (before, last) = (part(early), part(late));
    let fell = last.active * before.viewers * 100
        <= before.active * last.viewers * 100_u64.saturating_sub(percent);
    let told = before.active >= ENOUGH && last.viewers > 0 && fell;
    told.then(|| {
        plain(
            Kind::ParticipationFalls,
            last.in_thousand(),
            Some(before.in_thousand()),
        )
    })
}

impl Part {
    /// Of a thousand viewers; of nobody nobody.
    fn in_thousand(self) -> u64 {
        (self.active * 1_000).checked_div(self.viewers).unwrap_or(0)
    }
}

/// The widgets in which viewers acted.
fn acted_in(sums: &Sums, when: &std::ops::Range<u64>) -> BTreeSet<&'static str> {
    let acts = sums.acts.range((when.start, 0)..(when.end, 0));
    let acts = acts.filter(|(_, acts)| **acts > 0);
    let known = acts.filter_map(|((_, number), _)| sums.activities.get(*number));
    known.map(|known| known.widget).collect()
}

/// From when until when something was open, and of which widget, as far as the marks of this time tell.
fn spans(recent: &Recent<'_>) -> Vec<(&'static str, u64, u64)> {
    let mut spans = Vec::new();
    for known in &recent.sums.activities {
        let marks = recent.sums.marks.iter();
        let own = marks.filter(|mark| mark.activity.as_ref() == Some(&known.id));
        let turns: Vec<(u64, bool)> = own
            .filter_map(|mark| match mark.what {
                Moment::Opened => Some((mark.at.0, true)),
                Moment::Paused | Moment::Closed => Some((mark.at.0, false)),
                Moment::ShowStarted
                | Moment::ShowEnded
                | Moment::HandedOver
                | Moment::Revealed
                | Moment::Drawn
                | Moment::Cancelled
                | Moment::Reset => None,
            })
            .collect();
        // Before its first turn it was what it turned from; where there was none, what it is.
        let first = turns.first().map(|(_, opened)| !opened);
        let mut since = first.unwrap_or(known.phase == Phase::Open).then_some(0);
        for (at, opened) in turns {
            if let Some(from) = since.take() {
                spans.push((known.widget, from, at));
            }
            since = opened.then_some(at);
        }
        spans.extend(since.map(|from| (known.widget, from, u64::MAX)));
    }
    spans
}
