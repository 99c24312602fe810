//! The run of show at this desk: what is planned, what of it was done, and whether the room has it as it is here.

use crate::board::Activity;
use liveroom_protocol::command::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::{CUES, RUN_BYTES, TEMPLATES};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::run::{Cue, Kept, Missing, Rehearsed, Run, SCHEMA};
use liveroom_protocol::time::{Span, Timestamp};
use std::collections::HashSet;
use std::rc::Rc;

pub(crate) mod examples;
pub(crate) mod feed;
mod keep;
mod names;
mod rehearse;
#[cfg(test)]
mod tests;

pub(crate) use keep::{Ask, Standing, Unsaved};
use names::{lasts, name, named};

/// How much later than planned something still opens by itself, in milliseconds: a desk that comes back opens nothing that is long past.
const LATE_MS: u64 = 10_000;

/// The run of show as this desk has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// What is planned.
    pub(crate) run: Rc<Run>,
    /// The place of what comes next.
    pub(crate) next: usize,
    /// Whether the room has it so.
    pub(crate) standing: Standing,
    /// What the room would refuse, as it was rehearsed last; nothing after any change.
    pub(crate) missing: Option<Rc<Vec<Missing>>>,
    /// What may open itself does, at this desk and until it is left.
    pub(crate) auto: bool,
    /// What became of the last thing that was brought in or asked for.
    pub(crate) note: Option<String>,
    /// The place of what is being changed in the composer.
    pub(crate) editing: Option<ActivityId>,
    /// What opened itself here: once, whatever the room said.
    tried: HashSet<ActivityId>,
    /// What was seen to be opened, at this desk or another.
    seen: HashSet<ActivityId>,
    keep: keep::Keep,
    told: rehearse::Told,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            run: Rc::new(Run {
                schema: SCHEMA,
                ..Run::default()
            }),
            next: 0,
            standing: Standing::default(),
            missing: None,
            auto: false,
            note: None,
            editing: None,
            tried: HashSet::new(),
            seen: HashSet::new(),
            keep: keep::Keep::default(),
            told: Vec::new(),
        }
    }
}

/// A change of what is planned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// From one place to another.
    Move(usize, usize),
    /// The same again, right after it.
    Duplicate(usize),
    /// Away with it.
    Remove(usize),
    /// Planned at another time; none: after what comes before.
    At(usize, Option<Span>),
    /// Planned for another time.
    Lasts(usize, Option<Span>),
    /// Opens itself, or no longer does.
    Auto(usize, bool),
    /// Keeps it among the templates.
    Keep(usize),
    /// Adds a template at the end.
    Use(usize),
    /// Away with a template.
    Forget(usize),
    /// All of it once more, under new names.
    Again,
    /// Nothing is planned any more; templates stay.
    Clear,
}

impl Plan {
    /// Does a change; says whether anything is another now.
    pub(crate) fn change(&mut self, change: &Change, stamp: Timestamp) -> bool {
        let mut run = (*self.run).clone();
        let cues = &mut run.cues;
        let has = |place: usize| place < self.run.cues.len();
        match *change {
            Change::Move(from, to) if has(from) && has(to) && from != to => {
                let cue = cues.remove(from);
                cues.insert(to, cue);
            }
            Change::Duplicate(place) if has(place) && cues.len() < CUES => {
                let cue = Cue {
                    at_ms: None,
                    ..cues[place].clone()
                };
                cues.insert(place + 1, cue);
                name(cues, place + 1..place + 2, stamp);
            }
            Change::Remove(place) if has(place) => {
                cues.remove(place);
            }
            Change::At(place, at) if has(place) => cues[place].at_ms = at,
            Change::Lasts(place, lasts) if has(place) => cues[place].lasts_ms = lasts,
            Change::Auto(place, auto) if has(place) => {
                cues[place].auto = auto && cues[place].may_open_itself();
            }
            Change::Keep(place) if has(place) && run.templates.len() < TEMPLATES => {
                let mut cue = cues[place].clone();
                cue.rename(None);
                run.templates.push(Cue {
                    at_ms: None,
                    auto: false,
                    ..cue
                });
            }
            Change::Use(place) if place < run.templates.len() && cues.len() < CUES => {
                cues.push(run.templates[place].clone());
                let last = cues.len() - 1;
                name(cues, last..last + 1, stamp);
            }
            Change::Forget(place) if place < run.templates.len() => {
                run.templates.remove(place);
            }
            Change::Again => {
                let all = 0..cues.len();
                name(cues, all, stamp);
                self.next = 0;
                self.tried.clear();
            }
            Change::Clear => {
                cues.clear();
                self.next = 0;
            }
            _ => return false,
        }
        self.put(run)
    }

    /// Adds cues at the end, each under a name of its own; says why not, if it cannot.
    pub(crate) fn add(&mut self, cues: Vec<Cue>, stamp: Timestamp) -> Result<(), String> {
        let mut run = (*self.run).clone();
        let first = run.cues.len();
        run.cues.extend(cues);
        let new = first..run.cues.len();
        name(&mut run.cues, new, stamp);
        self.checked(run)
    }

    /// Takes a run that a desk can go through, or says what is wrong with it.
    fn checked(&mut self, run: Run) -> Result<(), String> {
        let run = run.checked().map_err(|no| crate::form::sentence(&no))?;
        self.put(run);
        Ok(())
    }

    /// Puts a draft in the place of the one that is being changed, else at the end.
    pub(crate) fn take(&mut self, draft: Command, stamp: Timestamp) -> Result<(), String> {
        let place = self.editing.take().and_then(|name| {
            let mut cues = self.run.cues.iter();
            cues.position(|cue| cue.name() == Some(&name))
        });
        let lasts = lasts(&draft);
        let mut cue = Cue {
            draft,
            at_ms: None,
            lasts_ms: lasts,
            auto: false,
        };
        let Some(place) = place else {
            return self.add(vec![cue], stamp);
        };
        let mut run = (*self.run).clone();
        let old = &run.cues[place];
        cue.rename(old.name().cloned());
        cue.at_ms = old.at_ms;
        cue.auto = old.auto && cue.may_open_itself();
        run.cues[place] = cue;
        self.checked(run)
    }

    /// Brings in a run that somebody exported, in the place of this one; says what is wrong with it, if it cannot.
    pub(crate) fn import(&mut self, text: &str, stamp: Timestamp) -> Result<usize, String> {
        if text.len() > RUN_BYTES {
            return Err("The file is larger than a run of show may be (256 KiB).".into());
        }
        let run: Run = serde_json::from_str(text)
            .map_err(|no| format!("The file is no run of show: {no}."))?;
        let mut run = named(run)
            .checked()
            .map_err(|no| crate::form::sentence(&no))?;
        if run.cues.is_empty() && run.templates.is_empty() {
            return Err("The file is no run of show: nothing is planned in it.".into());
        }
        let count = run.cues.len();
        name(&mut run.cues, 0..count, stamp);
        self.next = 0;
        self.put(run);
        Ok(count)
    }

    /// The run as a file, without this desk's own names.
    pub(crate) fn export(&self) -> String {
        serde_json::to_string_pretty(&*self.run).unwrap_or_default()
    }

    /// Goes on, or back, without opening anything.
    pub(crate) fn step(&mut self, by: isize) {
        let last = self.run.cues.len().saturating_sub(1);
        self.next = self.next.saturating_add_signed(by).min(last);
    }

    /// Goes on where what came next has been opened, whichever desk did it; once each, so that one can go back to it.
    pub(crate) fn pass(&mut self, known: &[Activity]) {
        let run = Rc::clone(&self.run);
        for (place, cue) in run.cues.iter().enumerate() {
            let is_opened = |activity: &&Activity| {
                Some(activity.id()) == cue.name() && activity.times().phase != Phase::Ready
            };
            let opened = known.iter().find(is_opened);
            if let Some(opened) = opened
                && self.seen.insert(opened.id().clone())
                && place == self.next
            {
                self.next = place + 1;
            }
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
            if is_due && !is_known && self.tried.insert(name.clone()) {
                self.next = place + 1;
                return Some(cue.clone());
            }
        }
        None
    }

    /// Takes another run in the place of this one, which is to be saved.
    fn put(&mut self, run: Run) -> bool {
        let changed = *self.run != run;
        if changed {
            self.show(run);
            self.note = None;
            self.keep.dirty = true;
        }
        changed
    }

    /// Shows another run; what came next still does, wherever it went. Before the first was opened, the first comes next.
    fn show(&mut self, run: Run) {
        let next = self.run.cues.get(self.next).filter(|_| self.next > 0);
        let next =
            next.and_then(|cue| run.cues.iter().position(|other| other.name() == cue.name()));
        self.next = next.unwrap_or(self.next).min(run.cues.len());
        self.run = Rc::new(run);
        self.missing = None;
        self.told.clear();
    }
}
