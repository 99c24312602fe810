//! One activity as a page's store holds it.

use crate::face::Face;
use liveroom_protocol::Widget;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::time::Span;

/// One activity.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Which activity.
    pub activity: ActivityId,
    /// Which run of it.
    pub run: u32,
    /// The newest that is known of it.
    pub(super) face: Face,
    pub(super) revs: [Option<u64>; 3],
    /// What may be shown of it: nothing before the viewer's picture is there.
    pub shown: Option<Face>,
    /// How much later its deadline is shown than it is.
    pub late: Span,
    /// The rev at which it was put away; what is older does not bring it back.
    pub(super) gone: Option<u64>,
    /// Items of this rev and less are not taken: one of them made the module trap.
    pub(super) shunned: Option<u64>,
}

impl Entry {
    pub(super) fn new(activity: ActivityId, widget: Widget, run: u32) -> Self {
        Self {
            activity,
            run,
            face: Face::new(widget),
            revs: [None; 3],
            shown: None,
            late: Span(0),
            gone: None,
            shunned: None,
        }
    }

    /// The newest that is known of it, shown or not.
    pub fn known(&self) -> &Face {
        &self.face
    }

    /// Whether all that is known of it is shown.
    pub fn is_shown(&self) -> bool {
        self.shown.as_ref() == Some(&self.face)
    }

    /// Why it is not shown, for `status`.
    pub fn why_not(&self) -> &'static str {
        match (&self.shown, self.gone, self.shunned) {
            (Some(_), _, _) => "shown",
            (None, Some(_), _) => "put away",
            (None, None, Some(_)) => "made the kit trap; shown again when it changes",
            (None, None, None) if self.revs[0].is_none() => "its card has not come",
            (None, None, None) if self.revs[1].is_none() => "its tally has not come",
            (None, None, None) => "waits for the viewer's picture",
        }
    }
}
