//! What is burnt into a picture: nothing that may be wrong, and nothing that vanishes at a stroke.

use super::mount::Mount;
use super::{At, Look, Room};
use crate::connection::Line;
use liveroom::Scene;
use std::rc::Rc;

/// How long a picture shows what it was told last, once nothing is heard any more; then nothing, rather than what may be wrong.
const STALE_MS: u64 = 5_000;
/// How long a card takes to go from a picture; `styles/frame.css` fades it meanwhile.
const LEAVE_MS: u64 = 220;

impl Room {
    /// When what a picture shows may be wrong, because nothing was heard any more.
    pub(super) fn goes_stale(&self) -> Option<u64> {
        let doubted = match self.connection.line() {
            Line::Lost(since) => since,
            // A page that slept knows nothing of how the line is until it has asked.
            Line::Live | Line::Slow => self.connection.doubted(),
            Line::Off | Line::Joining => return None,
        };
        self.config.overlay.then_some(doubted + STALE_MS)
    }

    pub(super) fn is_stale(&self, at: At) -> bool {
        self.goes_stale()
            .is_some_and(|stale| stale <= at.now.steady)
    }

    /// What goes from a picture goes gently: as it was, for a moment more.
    pub(super) fn linger(&self, mount: &mut Mount, look: Option<Look>, at: At) -> Option<Look> {
        let before = mount.look.as_ref().filter(|_| self.config.overlay);
        let (None, Some(before)) = (&look, before) else {
            mount.leaves = None;
            return look;
        };
        let before = before.clone();
        mount.ticks = None;
        // A page that slept shows no moment more of what was stale long ago.
        let begins = self.goes_stale().filter(|_| self.is_stale(at));
        let gone = begins.unwrap_or(at.now.steady) + LEAVE_MS;
        if *mount.leaves.get_or_insert(gone) <= at.now.steady {
            mount.leaves = None;
            return None;
        }
        Some(Look {
            scene: Rc::new(Scene {
                leaving: true,
                ..(*before.scene).clone()
            }),
            ..before
        })
    }
}
