//! A poll through its life: not yet open, open, closed, revealed; of every kind, for every viewer.

use super::{NOW, PollState, surroundings};
use crate::scene::Scene;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::identity::{Eligible, Level, Role};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{BoardRow, Card, Choice, Mine, Results, Scale, Tally};
use liveroom_protocol::text::Text;
use liveroom_protocol::time::{Span, Timestamp};

/// Returns a poll in every state, in the order of its life.
pub fn poll_states() -> Vec<PollState> {
    let mut states = life();
    states.extend(kinds());
    states.extend(quizzes());
    states.extend(surroundings::states());
    states
}

fn life() -> Vec<PollState> {
    let colours = colours;
    let hidden = |results| Card {
        results,
        ..colours()
    };
    let unseen = |phase| Tally {
        votes: None,
        ..tally(phase, &[540, 410, 254])
    };
    vec![
        state("ready", colours(), tally(Phase::Ready, &[0, 0, 0]), &[]),
        state(
            "open",
            hidden(Results::AfterVoting),
            unseen(Phase::Open),
            &[],
        ),
        state("open-empty", colours(), tally(Phase::Open, &[0, 0, 0]), &[]),
        state(
            "open-results",
            colours(),
            tally(Phase::Open, &[540, 410, 254]),
            &[],
        ),
        state(
            "acted",
            colours(),
            tally(Phase::Open, &[540, 411, 254]),
            &["2"],
        ),
        state(
            "acted-hidden",
            hidden(Results::AfterClosing),
            unseen(Phase::Open),
            &["2"],
        ),
        state(
            "acted-for-good",
            Card {
                can_change: false,
                ..colours()
            },
            tally(Phase::Open, &[540, 411, 254]),
            &["2"],
        ),
        state(
            "nearly-over",
            colours(),
            closing(7_000, &[540, 411, 254]),
            &["2"],
        ),
        state("ending", colours(), closing(0, &[540, 411, 254]), &["2"]),
        state(
            "minutes-left",
            colours(),
            closing(400_000, &[12, 9, 4]),
            &[],
        ),
        state(
            "no-deadline",
            colours(),
            Tally {
                closes_at: None,
                ..tally(Phase::Open, &[12, 9, 4])
            },
            &[],
        ),
        state(
            "paused",
            colours(),
            Tally {
                closes_at: None,
                left_ms: Some(Span(45_000)),
                ..tally(Phase::Paused, &[540, 411, 254])
            },
            &[],
        ),
        state(
            "closed",
            colours(),
            tally(Phase::Closed, &[540, 411, 254]),
            &["1"],
        ),
        state(
            "closed-tie",
            colours(),
            tally(Phase::Closed, &[411, 254, 411]),
            &[],
        ),
        state(
            "closed-nobody",
            colours(),
            tally(Phase::Closed, &[0, 0, 0]),
            &[],
        ),
        state(
            "closed-hidden",
            hidden(Results::OnReveal),
            unseen(Phase::Closed),
            &["3"],
        ),
        state(
            "reopened",
            Card {
                reopened: true,
                ..colours()
            },
            tally(Phase::Open, &[540, 411, 254]),
            &[],
        ),
    ]
}

fn kinds() -> Vec<PollState> {
    let several = Card {
        max_choices: 2,
        ..colours()
    };
    let long = Card {
        question: "Which of these should we show next, slowly and from every side, before the last part of the evening?".into(),
        options: options(&[
            "The rain jacket with the sealed seams, the two-way zip and the hood that folds away into its own collar",
            "折りたたみ式の軽量レインジャケット、収納袋つき、全五色からお選びいただけます",
            "السترة المقاومة للمطر ذات الغطاء القابل للطي",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverkaufsstelle",
            "🧥🌧️👨‍👩‍👧‍👦🏳️‍🌈",
        ]),
        max_choices: 0,
        ..colours()
    };
    let mut pictures = colours();
    for (option, picture) in pictures.options.iter_mut().zip(["coral", "moss", "ink"]) {
        let file = ["/gallery/", picture, ".svg"].concat();
        option.image = Some(file);
    }
    let members = Card {
        level: Level::Token,
        who: Eligible {
            tiers: ["Gold", "Silver"]
                .into_iter()
                .filter_map(|tier| Text::parse(tier).ok())
                .collect(),
            roles: vec![Role::Moderator],
            ..Eligible::default()
        },
        ..colours()
    };
    vec![
        state(
            "several",
            several.clone(),
            Tally {
                voters: 4,
                ..closing(84_000, &[3, 2, 1])
            },
            &["1", "3"],
        ),
        state("several-open", several, tally(Phase::Open, &[0, 0, 0]), &[]),
        state(
            "long",
            long,
            tally(Phase::Closed, &[12, 480, 12, 1, 7]),
            &["2"],
        ),
        state(
            "pictures",
            pictures.clone(),
            tally(Phase::Open, &[0, 0, 0]),
            &[],
        ),
        state(
            "pictures-closed",
            pictures,
            tally(Phase::Closed, &[12, 480, 12]),
            &["1"],
        ),
        state(
            "scale",
            scale(1, 5),
            Tally {
                votes: None,
                ..tally(Phase::Open, &[4, 9, 40, 120, 61])
            },
            &[],
        ),
        state(
            "scale-acted",
            scale(1, 5),
            tally(Phase::Open, &[4, 9, 40, 121, 61]),
            &["4"],
        ),
        state(
            "scale-ten",
            scale(0, 10),
            tally(Phase::Closed, &[1, 0, 2, 4, 9, 12, 30, 61, 80, 44, 21]),
            &["8"],
        ),
        state("members", members, tally(Phase::Open, &[0, 0, 0]), &[]),
    ]
}

fn quizzes() -> Vec<PollState> {
    let quiz = Card {
        question: "How many litres does the pack hold?".into(),
        options: options(&["18", "24", "32"]),
        quiz: true,
        results: Results::OnReveal,
        named: true,
        level: Level::Token,
        ..colours()
    };
    let told = Card {
        right: Some(ids(&["2"])),
        ..quiz.clone()
    };
    let board = Card {
        board: [
            (1, "Noor", 1_900),
            (2, "#7F3A", 2_400),
            (2, "李雷", 2_400),
            (4, "Ana María", 6_120),
        ]
        .into_iter()
        .map(|(rank, name, after)| BoardRow {
            rank,
            name: name.into(),
            after_ms: Span(after),
        })
        .collect(),
        ..told.clone()
    };
    let over = Tally {
        revealed: true,
        ..tally(Phase::Closed, &[88, 240, 61])
    };
    let label = |name: &str, mut state: PollState| {
        state.mine.label = Some(name.into());
        state
    };
    vec![
        state(
            "quiz",
            quiz,
            Tally {
                votes: None,
                ..tally(Phase::Open, &[88, 240, 61])
            },
            &["1"],
        ),
        label("#7F3A", state("quiz-right", board, over.clone(), &["2"])),
        state("quiz-wrong", told.clone(), over.clone(), &["1"]),
        state("quiz-away", told, over, &[]),
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
            label: None,
        },
        scene: Scene {
            now: Some(NOW),
            ..Scene::default()
        },
    }
}

/// The poll that most states show.
pub(super) fn colours() -> Card {
    Card {
        question: "Which colour shall we unpack next?".into(),
        options: options(&["Coral", "Moss green", "Ink"]),
        max_choices: 1,
        can_change: true,
        opened_at: Some(Timestamp(NOW.0 - 36_000)),
        ..Card::default()
    }
}

fn scale(min: u8, max: u8) -> Card {
    Card {
        question: "How was the show?".into(),
        options: (min..=max)
            .map(|step| Choice {
                id: id(&step.to_string()),
                text: step.to_string(),
                image: None,
            })
            .collect(),
        scale: Some(Scale {
            min,
            max,
            low: Text::parse("Not for me").ok(),
            high: Text::parse("Loved it").ok(),
        }),
        ..colours()
    }
}

fn options(texts: &[&str]) -> Vec<Choice> {
    let option = |(place, text): (usize, &&str)| Choice {
        id: id(&(place + 1).to_string()),
        text: (*text).into(),
        image: None,
    };
    texts.iter().enumerate().map(option).collect()
}

/// A tally with a deadline 24 seconds away while open.
pub(super) fn tally(phase: Phase, votes: &[u32]) -> Tally {
    Tally {
        phase,
        closes_at: (phase == Phase::Open).then_some(Timestamp(NOW.0 + 24_000)),
        left_ms: None,
        voters: votes.iter().sum(),
        votes: Some(votes.to_vec()),
        revealed: false,
    }
}

fn closing(left: u64, votes: &[u32]) -> Tally {
    Tally {
        closes_at: Some(Timestamp(NOW.0 + left)),
        ..tally(Phase::Open, votes)
    }
}

fn ids(names: &[&str]) -> Vec<OptionId> {
    names.iter().map(|name| id(name)).collect()
}

fn id(name: &str) -> OptionId {
    OptionId::parse(name).expect("the gallery's ids are ids")
}
