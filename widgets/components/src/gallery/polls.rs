//! A poll through its life: not yet open, open, closed, revealed; of every kind, for every viewer.

use super::cards::{
    board, colours, ids, kept_back, long, members, pictures, quiz, scale, several, survey, told,
};
use super::{NOW, PollState, surroundings};
use crate::scene::Scene;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::phase::Phase::{Closed, Open, Paused, Ready};
use liveroom_protocol::poll::{Card, Mine, Results, Tally};
use liveroom_protocol::time::{Span, Timestamp};

const NONE: &[u32] = &[0, 0, 0];
const MANY: &[u32] = &[540, 411, 254];

/// Returns a poll in every state, in the order of its life.
pub fn poll_states() -> Vec<PollState> {
    let mut states = open();
    states.extend(over());
    states.extend(kinds());
    states.extend(quizzes());
    states.extend(surveys());
    states.extend(surroundings::states());
    states
}

fn open() -> Vec<PollState> {
    let first = Card {
        can_change: false,
        ..colours()
    };
    let reopened = Card {
        reopened: true,
        ..colours()
    };
    let endless = Tally {
        closes_at: None,
        ..tally(Open, MANY)
    };
    let (after_voting, after_closing) = (
        kept_back(Results::AfterVoting),
        kept_back(Results::AfterClosing),
    );
    vec![
        state("ready", colours(), tally(Ready, NONE), &[]),
        state("open", after_voting, unseen(tally(Open, MANY)), &[]),
        state("open-empty", colours(), tally(Open, NONE), &[]),
        state("open-results", colours(), tally(Open, MANY), &[]),
        state("acted", colours(), tally(Open, MANY), &["2"]),
        state(
            "acted-hidden",
            after_closing,
            unseen(tally(Open, MANY)),
            &["2"],
        ),
        state("acted-for-good", first, tally(Open, MANY), &["2"]),
        state("nearly-over", colours(), closing(7_000, MANY), &["2"]),
        state("ending", colours(), closing(0, MANY), &["2"]),
        state("minutes-left", colours(), closing(400_000, MANY), &[]),
        state("no-deadline", colours(), endless, &[]),
        state("reopened", reopened, tally(Open, MANY), &[]),
    ]
}

fn over() -> Vec<PollState> {
    let left_ms = Some(Span(45_000));
    let hidden = kept_back(Results::OnReveal);
    let off = Card {
        cancelled: Some("two of the colours are not made any more".into()),
        ..colours()
    };
    vec![
        state(
            "paused",
            colours(),
            Tally {
                left_ms,
                ..tally(Paused, MANY)
            },
            &[],
        ),
        state("closed", colours(), tally(Closed, MANY), &["1"]),
        state(
            "closed-tie",
            colours(),
            tally(Closed, &[411, 254, 411]),
            &[],
        ),
        state("closed-nobody", colours(), tally(Closed, NONE), &[]),
        state("closed-hidden", hidden, unseen(tally(Closed, MANY)), &["3"]),
        state("cancelled", off, unseen(tally(Closed, MANY)), &["1"]),
    ]
}

fn kinds() -> Vec<PollState> {
    let two_each = Tally {
        voters: 4,
        ..closing(84_000, &[3, 2, 1])
    };
    let (five, ten) = ([4, 9, 40, 121, 61], [1, 0, 2, 4, 9, 12, 30, 61, 80, 44, 21]);
    vec![
        state("several", several(), two_each, &["1", "3"]),
        state("several-open", several(), tally(Open, NONE), &[]),
        state("long", long(), tally(Closed, &[12, 480, 12, 1, 7]), &["2"]),
        state("pictures", pictures(), tally(Open, NONE), &[]),
        state(
            "pictures-closed",
            pictures(),
            tally(Closed, &[12, 480, 12]),
            &["1"],
        ),
        state("scale", scale(1, 5), unseen(tally(Open, &five)), &[]),
        state("scale-acted", scale(1, 5), tally(Open, &five), &["4"]),
        state("scale-ten", scale(0, 10), tally(Closed, &ten), &["8"]),
        state("members", members(), tally(Open, NONE), &[]),
    ]
}

fn surveys() -> Vec<PollState> {
    let counted = |phase| Tally {
        parts: vec![vec![140, 61, 30], vec![90, 70]],
        ..tally(phase, &[4, 9, 40, 121, 61])
    };
    let answered = |name, phase| {
        let mut state = state(name, survey(), counted(phase), &["4"]);
        state.mine.parts = vec![ids(&["1", "3"]), Vec::new()];
        state.mine.commented = true;
        state
    };
    let silent = Card {
        results: Results::AfterVoting,
        ..survey()
    };
    vec![
        state(
            "survey",
            silent,
            unseen(tally(Open, &[4, 9, 40, 121, 61])),
            &[],
        ),
        answered("survey-acted", Open),
        answered("survey-closed", Closed),
    ]
}

fn quizzes() -> Vec<PollState> {
    let over = || Tally {
        revealed: true,
        ..tally(Closed, &[88, 240, 61])
    };
    let mut right = state("quiz-right", board(), over(), &["2"]);
    right.mine.label = Some("#7F3A".into());
    vec![
        state("quiz", quiz(), unseen(tally(Open, &[88, 240, 61])), &["1"]),
        right,
        state("quiz-wrong", told(), over(), &["1"]),
        state("quiz-away", told(), over(), &[]),
    ]
}

/// A state in plain surroundings.
pub(super) fn state(name: &'static str, card: Card, tally: Tally, choices: &[&str]) -> PollState {
    PollState {
        name,
        card,
        tally,
        mine: Mine {
            choices: ids(choices),
            ..Mine::default()
        },
        scene: Scene {
            now: Some(NOW),
            ..Scene::default()
        },
    }
}

/// A tally with a deadline 24 seconds away while open.
pub(super) fn tally(phase: Phase, votes: &[u32]) -> Tally {
    Tally {
        phase,
        closes_at: (phase == Open).then_some(Timestamp(NOW.0 + 24_000)),
        left_ms: None,
        voters: votes.iter().sum(),
        votes: Some(votes.to_vec()),
        revealed: false,
        parts: Vec::new(),
    }
}

fn closing(left: u64, votes: &[u32]) -> Tally {
    Tally {
        closes_at: Some(Timestamp(NOW.0 + left)),
        ..tally(Open, votes)
    }
}

fn unseen(tally: Tally) -> Tally {
    Tally {
        votes: None,
        ..tally
    }
}
