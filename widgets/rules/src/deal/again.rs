//! A deal that begins anew: whether it may, and with what.

use super::Deal;
use liveroom_protocol::deal::Standing;
use liveroom_protocol::{Reason, Refusal};

impl Deal {
    /// A new run would give away again what somebody has.
    pub(crate) fn may_reset(&self) -> Result<(), Refusal> {
        if self
            .claims
            .values()
            .any(|held| held.standing != Standing::Returned)
        {
            return Err(Refusal::because(
                Reason::StillOpen,
                "some units are claimed or sold: make another deal",
            ));
        }
        Ok(())
    }

    pub(crate) fn reset(&mut self) {
        self.claims.clear();
        self.of.clear();
        self.due.clear();
        self.cancelled = None;
        self.price_shown = !self.draft.price_hidden;
    }
}
