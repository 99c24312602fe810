//! What is in the viewer's sight and for how long: pure, told of every change with the steady clock's time.
//!
//! *Seen* is at least half of the widget (30 % of a very large one, or what fills half of the view, as the observer judges) for one second
//! without a break with the tab in front, as the Media Rating Council's viewability guideline has it.

use super::About;

/// How long a widget must be in sight without a break to count as seen.
pub(crate) const SEEN_MS: u64 = 1_000;
/// How often watch time is reported while the page is in front.
pub(crate) const HEARTBEAT_MS: u64 = 60_000;
/// Shorter sums of visible time wait for more.
const LEAST_MS: u64 = 1_000;

/// What is to be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sighting {
    /// An activity was seen.
    Seen(About),
    /// An activity was in sight for so many milliseconds since the last such report.
    Visible(About, u64),
    /// The page was in front for so many milliseconds since the last such report.
    Watch(u64),
}

/// A length of time that is measured in stretches.
#[derive(Debug, Default)]
struct Stopwatch {
    since: Option<u64>,
    sum: u64,
}

impl Stopwatch {
    fn run(&mut self, running: bool, now: u64) {
        match (self.since, running) {
            (None, true) => self.since = Some(now),
            (Some(since), false) => {
                self.sum += now.saturating_sub(since);
                self.since = None;
            }
            (None, false) | (Some(_), true) => {}
        }
    }

    /// The sum so far, of stretches that ended and of the one that runs.
    fn total(&self, now: u64) -> u64 {
        self.sum + self.since.map_or(0, |since| now.saturating_sub(since))
    }

    /// Takes the sum and goes on from nothing.
    fn take(&mut self, now: u64) -> u64 {
        let total = self.total(now);
        self.sum = 0;
        self.since = self.since.map(|_| now);
        total
    }
}

/// One activity that is, or was lately, in sight of some element.
#[derive(Debug)]
struct Watched {
    about: About,
    elements: Vec<u32>,
    /// When the present stretch without a break began.
    since: Option<u64>,
    seen: bool,
    visible: Stopwatch,
}

/// All that is in sight of one room's elements.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    front: bool,
    watch: Stopwatch,
    watched: Vec<Watched>,
}

impl Sight {
    /// An element shows `about` in sight of the viewer, or (`None`) nothing of its own is in sight.
    pub(crate) fn look(&mut self, element: u32, about: Option<&About>, now: u64) {
        for watched in &mut self.watched {
            if about != Some(&watched.about) {
                watched.elements.retain(|other| *other != element);
            }
        }
        if let Some(about) = about {
            let at = self.watched.iter().position(|w| w.about == *about);
            let at = at.unwrap_or_else(|| {
                self.watched.push(Watched {
                    about: about.clone(),
                    elements: Vec::new(),
                    since: None,
                    seen: false,
                    visible: Stopwatch::default(),
                });
                self.watched.len() - 1
            });
            if let Some(watched) = self.watched.get_mut(at)
                && !watched.elements.contains(&element)
            {
                watched.elements.push(element);
            }
        }
        self.settle(now);
    }

    /// The tab came to the front, or went from it.
    pub(crate) fn front(&mut self, front: bool, now: u64) {
        self.front = front;
        self.watch.run(front, now);
        self.settle(now);
    }

    /// What is in sight may be reported as seen once more: consent has come.
    pub(crate) fn again(&mut self) {
        for watched in &mut self.watched {
            watched.seen = false;
        }
    }

    /// What is due by now.
    pub(crate) fn due(&mut self, now: u64) -> Vec<Sighting> {
        let mut due = Vec::new();
        for watched in &mut self.watched {
            let long = watched.since.is_some_and(|since| now >= since + SEEN_MS);
            if long && !watched.seen {
                watched.seen = true;
                due.push(Sighting::Seen(watched.about.clone()));
            }
        }
        if self.watch.total(now) >= HEARTBEAT_MS {
            due.append(&mut self.sums(now));
        }
        due
    }

    /// All sums that are worth a report; for the heartbeat, and when the page goes from the front or the room ends.
    pub(crate) fn sums(&mut self, now: u64) -> Vec<Sighting> {
        let mut sums = Vec::new();
        for watched in &mut self.watched {
            if watched.visible.total(now) >= LEAST_MS {
                let ms = watched.visible.take(now);
                sums.push(Sighting::Visible(watched.about.clone(), ms));
            }
        }
        if self.watch.total(now) >= LEAST_MS {
            sums.push(Sighting::Watch(self.watch.take(now)));
        }
        self.watched
            .retain(|w| !w.elements.is_empty() || w.visible.sum > 0);
        sums
    }

    /// In how many milliseconds something falls due; `None` while nothing can.
    pub(crate) fn next(&self, now: u64) -> Option<u64> {
        let seen = self.watched.iter().filter(|watched| !watched.seen);
        let seen = seen
            .filter_map(|watched| watched.since)
            .map(|s| s + SEEN_MS);
        let beat = self
            .front
            .then(|| now + HEARTBEAT_MS.saturating_sub(self.watch.total(now)));
        let next = seen.chain(beat).min()?;
        Some(next.saturating_sub(now))
    }

    fn settle(&mut self, now: u64) {
        for watched in &mut self.watched {
            let running = self.front && !watched.elements.is_empty();
            watched.visible.run(running, now);
            watched.since = running.then(|| watched.since.unwrap_or(now));
        }
    }
}

#[cfg(test)]
mod tests;
