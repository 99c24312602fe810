//! When it was lively: the moments worth a short clip, also as WebVTT chapters.

use crate::collector::MINUTE;
use crate::facts::{Scope, Sums};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A moment has this many acts in its liveliest minute at least.
const LEAST: u64 = 3;
/// Moments that are told; the liveliest.
const MOST: usize = 12;

/// A lively moment: minutes in a row with at least one and a half times as many acts as the minutes between the first act and the
/// last have on average.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chapter {
    /// When it begins.
    pub from: u64,
    /// Until before when.
    pub to: u64,
    /// What viewers did in it.
    pub acts: u64,
    /// The activity in which they did most.
    pub activity: String,
    /// What its card says first.
    pub label: String,
}

/// The moments in the order of time.
pub(super) fn of(sums: &Sums, scope: &Scope) -> Vec<Chapter> {
    let acts: BTreeMap<u64, u64> = sums
        .minutes
        .iter()
        .map(|(minute, deeds)| (*minute, deeds.acts()))
        .filter(|(_, acts)| *acts > 0)
        .collect();
    let (Some((first, _)), Some((last, _))) = (acts.first_key_value(), acts.last_key_value())
    else {
        return Vec::new();
    };
    let minutes = (last - first) / MINUTE + 1;
    let all: u64 = acts.values().sum();
    // acts / 1 ≥ 1.5 · all / minutes, in whole numbers.
    let lively = |count: u64| count >= LEAST && 2 * count * minutes >= 3 * all;
    // A single lively minute of a short show is one too.
    let lively = |count: u64| lively(count) || (minutes == 1 && count >= LEAST);
    let mut found: Vec<(u64, u64)> = Vec::new();
    for (minute, _) in acts.iter().filter(|(_, count)| lively(**count)) {
        match found.last_mut() {
            Some((_, to)) if *to == *minute => *to += MINUTE,
            _ => found.push((*minute, minute + MINUTE)),
        }
    }
    let mut chapters: Vec<Chapter> = found
        .into_iter()
        .map(|(from, to)| chapter(sums, from, to.min(scope.to)))
        .collect();
    chapters.sort_by_key(|chapter| std::cmp::Reverse(chapter.acts));
    chapters.truncate(MOST);
    chapters.sort_by_key(|chapter| chapter.from);
    chapters
}

fn chapter(sums: &Sums, from: u64, to: u64) -> Chapter {
    let mut by_activity: BTreeMap<usize, u64> = BTreeMap::new();
    for ((_, number), acts) in sums.acts.range((from, 0)..(to, 0)) {
        *by_activity.entry(*number).or_default() += acts;
    }
    let most = by_activity
        .iter()
        .max_by_key(|(number, acts)| (**acts, std::cmp::Reverse(**number)));
    let activity = most.and_then(|(number, _)| sums.activities.get(*number));
    Chapter {
        from,
        to,
        acts: by_activity.values().sum(),
        activity: activity
            .map(|known| known.id.to_string())
            .unwrap_or_default(),
        label: activity
            .map(|known| known.label.clone())
            .unwrap_or_default(),
    }
}

/// The chapters as a WebVTT file (<https://www.w3.org/TR/webvtt1/>), for a recording that begins at `start`.
pub fn webvtt(chapters: &[Chapter], start: u64) -> String {
    let mut text = String::from("WEBVTT\n");
    for (number, chapter) in chapters.iter().enumerate() {
        let from = time(chapter.from.saturating_sub(start));
        let to = time(chapter.to.saturating_sub(start));
        // A cue that ends before it begins is none: it was before the recording.
        if chapter.to <= start {
            continue;
        }
        let title = line(&chapter.label);
        // Writing into a text does not fail.
        let _ = write!(text, "\n{}\n{from} --> {to}\n{title}\n", number + 1);
    }
    text
}

/// A cue's text is one line, and nothing in it is markup or looks like a time.
fn line(text: &str) -> String {
    let plain = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() {
        String::from("…")
    } else {
        plain
    }
}

fn time(ms: u64) -> String {
    let (hours, minutes) = (ms / 3_600_000, ms / 60_000 % 60);
    let (seconds, part) = (ms / 1_000 % 60, ms % 1_000);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{part:03}")
}
