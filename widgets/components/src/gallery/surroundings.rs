//! The same poll in every surrounding: on its way, refused, not connected, small, in the picture.

use super::polls::{colours, state, tally};
use super::{NOW, PollState};
use crate::scene::{Link, Pending, Scene};
use liveroom_protocol::Action;
use liveroom_protocol::Reason;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::Vote;
use liveroom_protocol::time::Timestamp;

pub(super) fn states() -> Vec<PollState> {
    let plain = || Scene {
        now: Some(NOW),
        ..Scene::default()
    };
    let pending = || {
        let choices = colours()
            .options
            .into_iter()
            .take(1)
            .map(|option| option.id);
        let choices = choices.collect();
        Some(Pending {
            action: Action::PollVote(Vote { choices }),
        })
    };
    let lost = Link::Lost {
        since: Some(Timestamp(NOW.0 - 95_000)),
    };
    let refused = |reason: Reason| Scene {
        refusal: Some(reason.into()),
        ..plain()
    };
    let open = |name, scene| with(name, Phase::Open, scene);
    vec![
        open(
            "acting",
            Scene {
                pending: pending(),
                ..plain()
            },
        ),
        open("refused", refused(Reason::Unavailable)),
        open("refused-sign-in", refused(Reason::NeedsSignIn)),
        open(
            "lost",
            Scene {
                link: lost,
                ..plain()
            },
        ),
        open(
            "lost-acting",
            Scene {
                link: lost,
                pending: pending(),
                ..plain()
            },
        ),
        open(
            "slow",
            Scene {
                link: Link::Slow,
                ..plain()
            },
        ),
        open(
            "newer",
            Scene {
                newer: true,
                ..plain()
            },
        ),
        open(
            "chip",
            Scene {
                chip: true,
                ..plain()
            },
        ),
        with(
            "chip-closed",
            Phase::Closed,
            Scene {
                chip: true,
                ..plain()
            },
        ),
        open(
            "overlay",
            Scene {
                overlay: true,
                taking_part: false,
                ..plain()
            },
        ),
        with(
            "overlay-closed",
            Phase::Closed,
            Scene {
                overlay: true,
                taking_part: false,
                ..plain()
            },
        ),
        open(
            "preview",
            Scene {
                taking_part: false,
                ..plain()
            },
        ),
    ]
}

fn with(name: &'static str, phase: Phase, scene: Scene) -> PollState {
    PollState {
        scene,
        ..state(name, colours(), tally(phase, &[540, 410, 254]), &[])
    }
}
