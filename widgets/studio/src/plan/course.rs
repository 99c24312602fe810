//! Where a show is in its run: what comes next, and what was opened of it, whichever desk did it. The tab keeps both, since the room
//! shows no desk what was put away.

use super::Plan;
use crate::board::Activity;
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::run::Cue;
use liveroom_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashSet};
use std::rc::Rc;

/// How much later than planned something still opens by itself, in milliseconds: a desk that comes back opens nothing that is long past.
const LATE_MS: u64 = 10_000;

/// What is done of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Course {
    /// The log in which it was done.
    epoch: Option<Epoch>,
    /// What opened itself here: once, whatever the room said.
    tried: HashSet<ActivityId>,
    /// What was opened, at this desk or another, as far as this desk knows.
    opened: BTreeSet<ActivityId>,
    /// Somebody went on or back at this desk, or an earlier one in this tab did.
    steered: bool,
    /// What came next when the desk before this one ended; known until the run is.
    left_at: Option<ActivityId>,
}

/// The same as a tab keeps it for the desk that comes after this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Went {
    epoch: Epoch,
    /// The place of what comes next, and its name, by which it is found once the run is another.
    place: usize,
    next: Option<ActivityId>,
    opened: BTreeSet<ActivityId>,
}

impl Course {
    pub(super) fn again(&mut self) {
        self.tried.clear();
    }

    pub(super) fn left_at(&mut self) -> Option<ActivityId> {
        self.left_at.take()
    }
}

impl Plan {
    /// Goes on where the desk before this one was.
    pub(crate) fn go_on(&mut self, went: Went) {
        self.next = went.place;
        self.course = Course {
            epoch: Some(went.epoch),
            opened: went.opened,
            steered: true,
            left_at: went.next,
            ..Course::default()
        };
        let run = Rc::clone(&self.run);
        if !run.cues.is_empty() {
            let next = self.course.left_at();
            let place = run.cues.iter().position(|cue| cue.name() == next.as_ref());
            self.next = place.unwrap_or(self.next).min(run.cues.len());
        }
    }

    /// Where it is, for the desk that comes after this one; nothing before the room has greeted, or while all is as at the beginning.
    pub(crate) fn went(&self) -> Option<Went> {
        let Course {
            opened, left_at, ..
        } = &self.course;
        let began = self.next > 0 || !opened.is_empty();
        let epoch = self.course.epoch.clone().filter(|_| began)?;
        let next = self.run.cues.get(self.next).and_then(Cue::name);
        Some(Went {
            epoch,
            place: self.next,
            next: left_at.as_ref().or(next).cloned(),
            opened: opened.clone(),
        })
    }

    /// Takes note of the log that the room has now: in another one nothing of this was opened.
    pub(crate) fn turn_to(&mut self, epoch: Option<&Epoch>) {
        let known = self.course.epoch.as_ref();
        if epoch.is_none() || known == epoch {
            return;
        }
        if known.is_some() {
            self.course = Course::default();
            self.next = 0;
        }
        self.course.epoch = epoch.cloned();
    }

    /// Whether a cue was opened, as far as this desk knows: also where its activity was put away since.
    pub(crate) fn was_opened(&self, name: &ActivityId) -> bool {
        self.course.opened.contains(name)
    }

    /// Goes on, or back, without opening anything.
    pub(crate) fn step(&mut self, by: isize) {
        let last = self.run.cues.len().saturating_sub(1);
        self.next = self.next.saturating_add_signed(by).min(last);
        self.course.steered = true;
    }

    /// Goes on to what comes after a cue that the room opened, or has opened already.
    pub(crate) fn done(&mut self, name: &ActivityId) {
        self.course.opened.insert(name.clone());
        self.course.steered = true;
        let mut cues = self.run.cues.iter();
        if let Some(place) = cues.position(|cue| cue.name() == Some(name)) {
            self.next = place + 1;
        }
    }

    /// Goes on where what came next has been opened, whichever desk did it; once each, so that one can go back to it. A desk that has
    /// just come goes to what follows on what was opened last: what is before that may have been put away, or skipped.
    pub(crate) fn pass(&mut self, known: &[Activity]) {
        let run = Rc::clone(&self.run);
        let mut last = None;
        for (place, cue) in run.cues.iter().enumerate() {
            let is_opened = |activity: &&Activity| {
                Some(activity.id()) == cue.name() && activity.times().phase != Phase::Ready
            };
            let Some(opened) = known.iter().find(is_opened) else {
                continue;
            };
            last = last.max(opened.opened_at().map(|at| (at, place)));
            if self.course.opened.insert(opened.id().clone()) && place == self.next {
                self.next = place + 1;
            }
        }
        if let Some((_, place)) = last.filter(|_| !self.course.steered) {
            self.next = place + 1;
        }
    }

    /// What opens itself now, if this desk is to see to that: once each, and nothing that is long past.
    pub(crate) fn due(
        &mut self,
        started: Timestamp,
        now: Timestamp,
        known: &[Activity],
    ) -> Option<Cue> {
        if !self.auto {
            return None;
        }
        let times = self.run.times();
        let run = Rc::clone(&self.run);
        for (place, (cue, at)) in run.cues.iter().zip(times).enumerate() {
            let late = now.0.checked_sub(started.after(at).0);
            let name = cue.name()?;
            let is_due = cue.auto && cue.may_open_itself() && late.is_some_and(|ms| ms < LATE_MS);
            let is_known = known.iter().any(|activity| activity.id() == name);
            let is_new = !is_known && !self.was_opened(name);
            if is_due && is_new && self.course.tried.insert(name.clone()) {
                self.next = place + 1;
                self.course.steered = true;
                return Some(cue.clone());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
