//! Questions and answers through their life, and in every surrounding.

use super::{NOW, State};
use crate::qna::Known;
use crate::scene::{Link, Pending, Scene};
use liveroom_protocol::news::Entry;
use liveroom_protocol::phase::Phase::{self, Closed, Open, Paused, Ready};
use liveroom_protocol::qna::{
    Answer, Ask, Card, Mine, Question, QuestionId, Reply, Row, Standing, Tally,
};
use liveroom_protocol::text::Text;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Reason};
use std::rc::Rc;

/// Returns a list of questions in every state, in the order of its life.
pub(super) fn states() -> Vec<State> {
    let mut states = life();
    states.extend(own());
    states.extend(around());
    states
}

/// The questions of a state as a component takes them.
pub(super) fn known(state: &State) -> Vec<Known> {
    let liveroom_protocol::Tally::Qna(tally) = &state.tally else {
        return Vec::new();
    };
    let votes = |id| tally.list.iter().find(|row| row.0 == id);
    let known = state.entries.iter().filter_map(|entry| match entry {
        Entry::Qna(question) => Some(Known {
            question: Rc::new(question.clone()),
            offered: false,
            votes: votes(question.id).map_or(0, |row| row.1),
        }),
        Entry::Poll(_) | Entry::Unknown => None,
    });
    known.collect()
}

fn life() -> Vec<State> {
    let opens = |tally: &mut Tally| tally.opens_at = Some(Timestamp(NOW.0 + 84_000));
    let left = |tally: &mut Tally| tally.left_ms = Some(Span(45_000));
    let off = Card {
        cancelled: Some("our guest could not come".into()),
        ..card()
    };
    let soon = |tally: &mut Tally| tally.closes_at = Some(Timestamp(NOW.0 + 7_000));
    vec![
        state("qna-ready", Ready, card(), Vec::new(), |_| {}),
        state("qna-ready-opens", Ready, card(), Vec::new(), opens),
        state("qna-open-empty", Open, card(), Vec::new(), |_| {}),
        state("qna-open", Open, card(), questions(), |_| {}),
        state("qna-nearly-over", Open, card(), questions(), soon),
        state("qna-long", Open, card(), long(), |_| {}),
        state("qna-many", Open, card(), many(), |_| {}),
        state("qna-paused", Paused, card(), questions(), left),
        state("qna-closed", Closed, card(), questions(), |_| {}),
        state("qna-cancelled", Closed, off, questions(), |_| {}),
        state("qna-closed-nobody", Closed, card(), Vec::new(), |_| {}),
    ]
}

fn own() -> Vec<State> {
    let mut states = vec![
        with("qna-acted", |_, mine| mine.voted = vec![1, 3]),
        with("qna-waits", |_, mine| {
            mine.asked = vec![asked(11, "Where is it made?", Standing::Waiting)];
        }),
        with("qna-dismissed", |_, mine| {
            mine.asked = vec![asked(11, "First!!!", Standing::Dismissed)];
        }),
        with("qna-merged", |_, mine| {
            let merged = asked(11, "Is the zip watertight?", Standing::Shown);
            mine.asked = vec![Question {
                merged_into: Some(3),
                ..merged
            }];
        }),
        with("qna-private", |_, mine| {
            let mut told = asked(12, "Where is my parcel 4711?", Standing::Answered);
            told.answer = answer(
                "It left this morning and is with you tomorrow.",
                [false, true],
            );
            mine.asked = vec![told];
        }),
        with("qna-own", |_, mine| {
            mine.asked = vec![asked(1, "Which sizes are left?", Standing::Shown)];
        }),
    ];
    let full = Card { most: 1, ..card() };
    let mut state = state("qna-most", Open, full, questions(), |_| {});
    mine(&mut state).asked = vec![asked(1, "Which sizes are left?", Standing::Shown)];
    states.push(state);
    states
}

fn around() -> Vec<State> {
    let since = Some(Timestamp(NOW.0 - 95_000));
    let overlay = |scene: &mut Scene| {
        scene.overlay = true;
        scene.taking_part = false;
    };
    let ask = Action::QnaAsk(Ask {
        text: Text::parse("Is the zip waterproof?").ok(),
        anonymous: false,
        tags: Vec::new(),
    });
    let pending = Pending { action: ask };
    let mut closed = with("qna-chip-closed", |scene, _| scene.chip = true);
    if let liveroom_protocol::Tally::Qna(tally) = &mut closed.tally {
        tally.phase = Closed;
    }
    let mut sponsored = with("qna-ad", |_, _| {});
    if let liveroom_protocol::Card::Qna(card) = &mut sponsored.card {
        card.about.ad = Text::parse("Anzeige: Beispiel AG").ok();
        card.who.tiers = Text::parse("Gold").into_iter().collect();
        card.who.points = Some(1_500);
    }
    vec![
        sponsored,
        with("qna-acting", |scene, _| {
            scene.pending = Some(pending.clone())
        }),
        with("qna-refused", |scene, _| {
            scene.refusal = Some(Reason::Duplicate.into());
        }),
        with("qna-refused-sign-in", |scene, _| {
            scene.refusal = Some(Reason::NeedsSignIn.into());
        }),
        with("qna-lost", |scene, _| scene.link = Link::Lost { since }),
        with("qna-slow", |scene, _| scene.link = Link::Slow),
        with("qna-newer", |scene, _| scene.newer = true),
        with("qna-chip", |scene, _| scene.chip = true),
        closed,
        with("qna-overlay", |scene, _| overlay(scene)),
        with("qna-preview", |scene, _| scene.taking_part = false),
    ]
}

fn with(name: &'static str, change: impl Fn(&mut Scene, &mut Mine)) -> State {
    let mut state = state(name, Open, card(), questions(), |_| {});
    let mut part = std::mem::take(mine(&mut state));
    change(&mut state.scene, &mut part);
    *mine(&mut state) = part;
    state
}

fn mine(state: &mut State) -> &mut Mine {
    match &mut state.mine {
        liveroom_protocol::Mine::Qna(mine) => mine,
        _ => unreachable!("it is a list of questions"),
    }
}

fn state(
    name: &'static str,
    phase: Phase,
    card: Card,
    list: Vec<(Question, u32)>,
    change: impl Fn(&mut Tally),
) -> State {
    let rows = list
        .iter()
        .map(|(question, votes)| Row(question.id, *votes));
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let answered = list.iter();
    let answered = answered.filter(|(question, _)| question.standing == Standing::Answered);
    let mut tally = Tally {
        phase,
        closes_at: (phase == Open).then_some(Timestamp(NOW.0 + 400_000)),
        questions: count(list.len()),
        answered: count(answered.count()),
        list: rows.collect(),
        ..Tally::default()
    };
    change(&mut tally);
    State {
        name,
        card: liveroom_protocol::Card::Qna(card),
        tally: liveroom_protocol::Tally::Qna(tally),
        mine: liveroom_protocol::Mine::Qna(Mine::default()),
        entries: list.into_iter().map(|(one, _)| Entry::Qna(one)).collect(),
        scene: Scene {
            now: Some(NOW),
            ..Scene::default()
        },
    }
}

fn card() -> Card {
    Card {
        title: "Ask us about the jacket".into(),
        approval: true,
        anonymous: true,
        replies: true,
        tags: labels(&["Size", "Material", "Delivery"]),
        most: 10,
        opened_at: Some(Timestamp(NOW.0 - 360_000)),
        ..Card::default()
    }
}

fn labels<const N: usize>(names: &[&str]) -> Vec<Text<N>> {
    let labels = names.iter().filter_map(|name| Text::parse(name).ok());
    labels.collect()
}

fn asked(id: QuestionId, text: &str, standing: Standing) -> Question {
    Question {
        id,
        text: Some(text.into()),
        asked_at: Timestamp(NOW.0 - 300_000 + u64::from(id) * 10_000),
        standing,
        ..Question::default()
    }
}

fn answer(text: &str, [automatic, private]: [bool; 2]) -> Option<Answer> {
    Some(Answer {
        text: text.into(),
        automatic,
        private,
    })
}

/// A question in each standing, with votes.
fn questions() -> Vec<(Question, u32)> {
    let mut sizes = asked(1, "Which sizes are left?", Standing::Shown);
    sizes.tags = labels(&["Size"]);
    sizes.by = Some("Noor".into());
    let mut now = asked(
        2,
        "Could you show the hood from behind?",
        Standing::Answering,
    );
    now.by = Some("李雷".into());
    let mut zip = asked(3, "Is the zip waterproof?", Standing::Answered);
    zip.tags = labels(&["Material"]);
    zip.answer = answer(
        "Yes. It is taped from inside, and tested for two hours of heavy rain.",
        [true, false],
    );
    zip.replies = vec![
        Reply {
            text: "Mine stayed dry for a week in Bergen.".into(),
            by: Some("Ana María".into()),
            waiting: false,
        },
        Reply {
            text: "Same here.".into(),
            by: None,
            waiting: false,
        },
    ];
    let mut rules = asked(4, "When is the next show?", Standing::Shown);
    rules.pinned = true;
    let live = asked(5, "Does it fit over a suit?", Standing::Answered);
    let erased = Question {
        text: None,
        ..asked(6, "", Standing::Shown)
    };
    vec![
        (sizes, 128),
        (now, 96),
        (zip, 41),
        (rules, 3),
        (live, 12),
        (erased, 1),
    ]
}

/// Long texts in several scripts.
fn long() -> Vec<(Question, u32)> {
    let texts = [
        "I have been looking for a jacket that I can wear on the bicycle in winter as well as in the mountains in summer, and that packs down small enough for the bag that I carry to work every day: would you say that this one is all of that, or would two be wiser?\n\nAnd in which order?",
        "この折りたたみ式の軽量レインジャケットは、洗濯機で洗っても撥水性能が落ちませんか？",
        "هل السترة مقاومة للمطر الغزير أم للرذاذ فقط؟",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverkaufsstelle?",
        "🧥🌧️👨‍👩‍👧‍👦🏳️‍🌈",
    ];
    let one = |(id, text): (QuestionId, &str)| (asked(id, text, Standing::Shown), 1_204_000 / id);
    (1..).zip(texts).map(one).collect()
}

fn many() -> Vec<(Question, u32)> {
    let one = |id: QuestionId| {
        let text = ["Is size ", &id.to_string(), " in stock?"].concat();
        (asked(id, &text, Standing::Shown), 100 - id)
    };
    (1..=60).map(one).collect()
}
