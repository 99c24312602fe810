//! The same poll in every surrounding: on its way, refused, not connected, small, in the picture.

use super::cards::{colours, ids};
use super::polls::{state, tally};
use super::{NOW, PollState};
use crate::scene::{Link, Pending, Scene};
use liveroom_protocol::phase::Phase::{self, Closed, Open};
use liveroom_protocol::poll::Vote;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Reason};

pub(super) fn states() -> Vec<PollState> {
    let since = Some(Timestamp(NOW.0 - 95_000));
    let lost = |scene: &mut Scene| scene.link = Link::Lost { since };
    let overlay = |scene: &mut Scene| {
        scene.overlay = true;
        scene.taking_part = false;
    };
    vec![
        with("acting", Open, acting),
        with("refused", Open, |scene| {
            scene.refusal = Some(Reason::Unavailable.into())
        }),
        with("refused-sign-in", Open, |scene| {
            scene.refusal = Some(Reason::NeedsSignIn.into())
        }),
        with("lost", Open, lost),
        with("lost-acting", Open, |scene| {
            lost(scene);
            acting(scene);
        }),
        with("slow", Open, |scene| scene.link = Link::Slow),
        with("newer", Open, |scene| scene.newer = true),
        with("chip", Open, |scene| scene.chip = true),
        with("chip-closed", Closed, |scene| scene.chip = true),
        with("overlay", Open, overlay),
        with("overlay-closed", Closed, overlay),
        with("preview", Open, |scene| scene.taking_part = false),
    ]
}

fn acting(scene: &mut Scene) {
    let choices = ids(&["1"]);
    let action = Action::PollVote(Vote { choices });
    scene.pending = Some(Pending { action });
}

fn with(name: &'static str, phase: Phase, change: impl Fn(&mut Scene)) -> PollState {
    let mut state = state(name, colours(), tally(phase, &[540, 410, 254]), &[]);
    change(&mut state.scene);
    state
}
