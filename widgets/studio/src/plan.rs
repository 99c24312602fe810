//! The run of show at this desk: what is planned, what of it was done, and whether the room has it as it is here.

use liveroom_protocol::command::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::{CUES, RUN_BYTES, TEMPLATES};
use liveroom_protocol::run::{Cue, Kept, Rehearsed, Run, SCHEMA};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

mod bring;
mod course;
pub(crate) mod examples;
pub(crate) mod feed;
mod keep;
mod names;
mod rehearse;
#[cfg(test)]
mod tests;

pub(crate) use course::Went;
pub(crate) use keep::{Ask, Standing, Unsaved};
use names::{lasts, name};

/// What is said of a file that is larger than a run may be.
pub(crate) const TOO_LARGE: &str = "The file is larger than a run of show may be (256 KiB).";

/// The run of show as this desk has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plan {
    /// What is planned.
    pub(crate) run: Rc<Run>,
    /// The place of what comes next.
    pub(crate) next: usize,
    /// Whether the room has it so.
    pub(crate) standing: Standing,
    /// What the room would refuse and warn of, as it was rehearsed last; nothing after any change.
    pub(crate) rehearsal: Option<Rc<Rehearsed>>,
    /// What may open itself does, at this desk and until it is left.
    pub(crate) auto: bool,
    /// What became of the last thing that was brought in or asked for.
    pub(crate) note: Option<String>,
    /// The place of what is being changed in the composer.
    pub(crate) editing: Option<ActivityId>,
    /// A run out of a file, which waits for a yes: it would take the place of this one.
    pub(crate) offered: Option<Rc<Run>>,
    /// How many units there are of each product of a table that does not say it, as typed.
    pub(crate) units: String,
    /// What is done of it.
    course: course::Course,
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
            rehearsal: None,
            auto: false,
            note: None,
            editing: None,
            offered: None,
            units: String::new(),
            course: course::Course::default(),
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
                self.course.again();
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
        if lasts == self::lasts(&old.draft) {
            // It was planned to take longer, or less, than it is open.
            cue.lasts_ms = old.lasts_ms;
        }
        cue.rename(old.name().cloned());
        cue.at_ms = old.at_ms;
        cue.auto = old.auto && cue.may_open_itself();
        run.cues[place] = cue;
        self.checked(run)
    }

    /// The run as a file, without this desk's own names.
    pub(crate) fn export(&self) -> String {
        serde_json::to_string_pretty(&*self.run).unwrap_or_default()
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
        let next = next.and_then(Cue::name).cloned();
        let next = next.or_else(|| self.course.left_at());
        let next = next.and_then(|name| run.cues.iter().position(|cue| cue.name() == Some(&name)));
        self.next = next.unwrap_or(self.next).min(run.cues.len());
        self.run = Rc::new(run);
        self.rehearsal = None;
        self.told.clear();
    }
}
