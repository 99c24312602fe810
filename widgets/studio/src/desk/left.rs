//! What a tab keeps of its desk for the one that comes after it, by a reload or a fault.

use super::Desk;
use crate::border::Port;
use crate::form::Form;
use crate::plan::Unsaved;
use liveroom_protocol::run::Run;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// What is typed, and what of the run of show the room is not known to have.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Left {
    pub(super) form: Form,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unsaved: Option<Unsaved>,
}

/// The version and the run that were kept last.
pub(super) type Kept = Option<(u64, Rc<Run>)>;

impl Desk {
    pub(super) fn keep(&self, port: &Port) {
        let left = Left {
            form: (*self.form).clone(),
            unsaved: self.plan.unsaved().map(Unsaved::new),
        };
        // What cannot be written is not kept; it is still in the page.
        if let Ok(text) = serde_json::to_string(&left) {
            port.keep(&text);
        }
    }

    /// Keeps the run of show as long as the room is not known to have it.
    pub(super) fn keep_plan(&mut self, port: &Port) {
        let unsaved = self.plan.unsaved();
        let same = match (&unsaved, &self.kept) {
            (None, None) => true,
            (Some((version, run)), Some((of, kept))) => version == of && Rc::ptr_eq(run, kept),
            (None, Some(_)) | (Some(_), None) => false,
        };
        if !same {
            self.kept = unsaved;
            self.keep(port);
        }
    }
}
