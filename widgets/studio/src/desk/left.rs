//! What a tab keeps of its desk for the one that comes after it, by a reload or a fault.

use super::Desk;
use crate::border::Port;
use crate::form::Form;
use crate::plan::{Plan, Unsaved, Went};
use liveroom_protocol::run::Run;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What is typed, what of the run of show the room is not known to have, and where the show is in it.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Left {
    pub(super) form: Form,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unsaved: Option<Unsaved>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) went: Option<Went>,
}

/// What was kept last of the run: the version and the run, if the room is not known to have it, and where the show is in it.
#[derive(Default)]
pub(super) struct Kept {
    unsaved: Option<(u64, Rc<Run>)>,
    went: Option<Went>,
}

impl Left {
    /// The plan as the desk before this one left it.
    pub(super) fn plan(&self) -> Plan {
        let mut plan = Plan::left(self.unsaved.clone());
        if let Some(went) = self.went.clone() {
            plan.go_on(went);
        }
        plan
    }
}

impl Desk {
    pub(super) fn keep(&self, port: &Port) {
        let left = Left {
            form: (*self.form).clone(),
            unsaved: self.plan.unsaved().map(Unsaved::new),
            went: self.plan.went(),
        };
        // What cannot be written is not kept; it is still in the page.
        if let Ok(text) = serde_json::to_string(&left) {
            port.keep(&text);
        }
    }

    /// Keeps the run of show as long as the room is not known to have it, and where the show is in it.
    pub(super) fn keep_plan(&mut self, port: &Port) {
        let (unsaved, went) = (self.plan.unsaved(), self.plan.went());
        let same = match (&unsaved, &self.kept.unsaved) {
            (None, None) => true,
            (Some((version, run)), Some((of, kept))) => version == of && Rc::ptr_eq(run, kept),
            (None, Some(_)) | (Some(_), None) => false,
        };
        if !same || went != self.kept.went {
            self.kept = Kept { unsaved, went };
            self.keep(port);
        }
    }
}
