//! A lottery that begins anew: what the next run needs, and what stays of the last.

use super::{Excluded, Lottery, draft, terms};
use crate::draw::Key;
use crate::record::Fixed;
use liveroom_protocol::Refusal;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::lottery::Proof;
use liveroom_protocol::profile::Stamp;

/// What a new run begins with.
pub(crate) struct Next {
    terms: String,
    fixed: Fixed,
    key: [u8; 32],
}

impl Lottery {
    /// What the next run needs before its first entry, or why it cannot begin.
    pub(crate) fn next(
        &self,
        fixed: Option<&Fixed>,
        (room, profile): (&RoomId, Option<Stamp>),
        run: u32,
    ) -> Result<Next, Refusal> {
        let (fixed, key) = draft::fixed(fixed, run, profile)?;
        let terms = terms(&self.draft, room, run, fixed.profile)?;
        Ok(Next { terms, fixed, key })
    }

    /// Begins the next run.
    pub(crate) fn begin(&mut self, next: Next) {
        self.key = Key::new(next.key);
        self.fixed = next.fixed;
        self.terms = next.terms;
    }

    /// Empties it; what is known of the run that ends stays for whoever checks it.
    pub(crate) fn reset(&mut self, past: Proof) {
        self.past.push(past);
        self.keep_winners();
        self.seed_told = None;
        self.entries.clear();
        self.came.clear();
        self.tickets = 0;
        self.excluded = Excluded::default();
        self.entered_as.clear();
        self.closing = None;
        self.drawing = None;
        self.cancelled = None;
    }
}
