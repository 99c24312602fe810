//! Keeping a run of show with the room: one request at a time, and never over what another desk has saved.

use super::{Kept, Plan, Rehearsed, Run};
use liveroom_protocol::Refusal;
use liveroom_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// How long after it was looked at the room is asked again, in milliseconds.
const AGAIN_MS: u64 = 15_000;

/// Whether the room has the run as it is here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The room was not asked yet.
    #[default]
    Unknown,
    /// It has.
    Saved,
    /// It is being told.
    Saving,
    /// It could not be told, and why.
    Failed(String),
    /// Another desk has saved another one since.
    Other,
}

/// What is asked of the room about the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ask {
    /// `GET`, `PUT` or `POST`.
    pub(crate) method: &'static str,
    /// The version that is known here.
    pub(crate) version: u64,
    /// The run, where it is told.
    pub(crate) body: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Keep {
    version: u64,
    /// What is here is not what was told last.
    pub(super) dirty: bool,
    /// A request is on its way, of this kind.
    under_way: Option<&'static str>,
    looked: Option<Timestamp>,
    /// What was told last.
    told: Option<Rc<Run>>,
    /// What was told and never answered: the room may have kept it all the same.
    lost: Option<Rc<Run>>,
}

/// A run that the room is not known to have, as a tab keeps it until it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Unsaved {
    /// The version that it is a change of; [`OTHERS`] once another desk has changed that.
    version: u64,
    run: Run,
}

/// No version that a room ever has.
const OTHERS: u64 = u64::MAX;

#[derive(Deserialize)]
struct Refused {
    refusal: Refusal,
}

impl Unsaved {
    pub(crate) fn new((version, run): (u64, Rc<Run>)) -> Self {
        let run = Rc::unwrap_or_clone(run);
        Self { version, run }
    }
}

impl Plan {
    /// What is to be asked of the room now, if anything.
    pub(crate) fn ask(&mut self, now: Timestamp) -> Option<Ask> {
        if self.keep.under_way.is_some() {
            return None;
        }
        let old = |at: Timestamp| now.since(at).0 >= AGAIN_MS;
        let look = self.keep.looked.is_none_or(old);
        match (&self.standing, self.keep.dirty) {
            (Standing::Unknown, _) | (Standing::Saved, false) if look => {
                self.keep.looked = Some(now);
                Some(self.asks("GET"))
            }
            (Standing::Saved, true) => {
                self.standing = Standing::Saving;
                self.keep.dirty = false;
                Some(self.asks("PUT"))
            }
            (Standing::Failed(_), true) if look => {
                self.keep.looked = Some(now);
                self.standing = Standing::Saving;
                self.keep.dirty = false;
                Some(self.asks("PUT"))
            }
            _ => None,
        }
    }

    /// A dry run.
    pub(crate) fn rehearse(&mut self) -> Option<Ask> {
        let free = self.keep.under_way.is_none();
        free.then(|| self.asks("POST"))
    }

    /// What the room is not known to have: the version that it is a change of, and the run.
    pub(crate) fn unsaved(&self) -> Option<(u64, Rc<Run>)> {
        let told = self.keep.under_way == Some("PUT");
        let version = match self.standing {
            Standing::Other => OTHERS,
            Standing::Unknown | Standing::Saved | Standing::Saving | Standing::Failed(_) => {
                self.keep.version
            }
        };
        (self.keep.dirty || told).then(|| (version, Rc::clone(&self.run)))
    }

    /// The plan as a tab left it that ended before the room had all of it.
    pub(crate) fn left(unsaved: Option<Unsaved>) -> Self {
        let mut plan = Self::default();
        let left = unsaved.and_then(|left| Some((left.version, left.run.checked().ok()?)));
        if let Some((version, run)) = left {
            plan.run = Rc::new(run);
            plan.keep.version = version;
            plan.keep.dirty = true;
            // It may have been told, and its answer not been waited for.
            plan.keep.lost = Some(Rc::clone(&plan.run));
        }
        plan
    }

    /// Takes what another desk saved in the place of what is here, or the other way round.
    pub(crate) fn settle(&mut self, theirs: bool) {
        self.keep.lost = None;
        if theirs {
            self.keep.dirty = false;
            // Of theirs only the number is known: whatever the room has is another.
            self.keep.version = OTHERS;
            self.standing = Standing::Unknown;
            self.keep.looked = None;
        } else {
            self.keep.dirty = true;
            self.standing = Standing::Saved;
        }
    }

    /// Takes the room's answer: the status, and the text.
    pub(crate) fn answered(&mut self, status: u16, text: &str) {
        let method = self.keep.under_way.take().unwrap_or("GET");
        let refused = || {
            serde_json::from_str::<Refused>(text).map_or_else(
                |_| format!("The room answered {status}."),
                |refused| crate::order::why(&refused.refusal),
            )
        };
        match (method, status) {
            ("GET", 304) => self.standing = Standing::Saved,
            ("GET", 200) => match serde_json::from_str::<Kept>(text) {
                Ok(Kept { version, run }) => self.loaded(version, run),
                Err(no) => self.note = Some(format!("The run of show could not be read: {no}.")),
            },
            ("PUT", 200) => {
                if let Ok(kept) = serde_json::from_str::<Kept>(text) {
                    self.keep.version = kept.version;
                }
                self.keep.lost = None;
                self.standing = Standing::Saved;
            }
            ("PUT", 412) if self.keep.lost.is_some() => {
                // Is it this desk's own, of which no answer came?
                self.keep.dirty = true;
                self.keep.looked = None;
                self.standing = Standing::Unknown;
            }
            ("PUT", 412) => {
                if let Ok(kept) = serde_json::from_str::<Kept>(text) {
                    self.keep.version = kept.version;
                }
                self.keep.dirty = true;
                self.standing = Standing::Other;
            }
            ("PUT", _) => {
                if status == 0 || status >= 500 {
                    self.keep.lost = self.keep.told.take();
                }
                self.keep.dirty = true;
                self.standing = Standing::Failed(refused());
            }
            ("POST", 200) => {
                let said = serde_json::from_str::<Rehearsed>(text);
                self.rehearsal = said.ok().map(Rc::new);
            }
            _ => self.note = Some(refused()),
        }
    }

    fn loaded(&mut self, version: u64, run: Option<Run>) {
        // The room has what this is a change of: it can be told.
        if self.keep.dirty && version == self.keep.version {
            self.standing = Standing::Saved;
            return;
        }
        if let Some(lost) = self.keep.lost.take() {
            let is_own = run.as_ref() == Some(&*lost);
            self.keep.version = version;
            self.keep.dirty = !is_own || *lost != *self.run;
            self.standing = match is_own {
                true => Standing::Saved,
                false => Standing::Other,
            };
            return;
        }
        // What was typed meanwhile is told next, and is then another desk's matter.
        if self.keep.dirty {
            self.standing = Standing::Saved;
            return;
        }
        self.keep.version = version;
        self.standing = Standing::Saved;
        if let Some(run) = run.filter(|run| *run != *self.run) {
            self.show(run);
        }
    }

    fn asks(&mut self, method: &'static str) -> Ask {
        self.keep.under_way = Some(method);
        if method == "PUT" {
            self.keep.told = Some(Rc::clone(&self.run));
        }
        let body = match method {
            "GET" => String::new(),
            _ => serde_json::to_string(&*self.run).unwrap_or_default(),
        };
        Ask {
            method,
            version: self.keep.version,
            body,
        }
    }
}

#[cfg(test)]
mod tests;
