//! The polls that the gallery asks, of every kind.

use super::NOW;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::identity::{Eligible, Level, Role};
use liveroom_protocol::poll::{BoardRow, Card, Choice, Part, Results, Scale};
use liveroom_protocol::text::Text;
use liveroom_protocol::time::{Span, Timestamp};

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

/// The same poll with its numbers kept back.
pub(super) fn kept_back(results: Results) -> Card {
    Card {
        results,
        ..colours()
    }
}

pub(super) fn several() -> Card {
    Card {
        max_choices: 2,
        ..colours()
    }
}

/// Long texts in several scripts.
pub(super) fn long() -> Card {
    Card {
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
    }
}

/// Options with pictures, which the gallery page serves under `/pages/gallery/`.
pub(super) fn pictures() -> Card {
    let mut card = colours();
    for (option, picture) in card.options.iter_mut().zip(["coral", "moss", "ink"]) {
        option.image = Some(["/pages/gallery/", picture, ".svg"].concat());
    }
    card
}

pub(super) fn members() -> Card {
    let tiers = ["Gold", "Silver"].into_iter();
    Card {
        level: Level::Token,
        who: Eligible {
            tiers: tiers.filter_map(|tier| Text::parse(tier).ok()).collect(),
            roles: vec![Role::Moderator],
            ..Eligible::default()
        },
        ..colours()
    }
}

pub(super) fn scale(min: u8, max: u8) -> Card {
    let step = |step: u8| Choice {
        id: id(&step.to_string()),
        text: step.to_string(),
        image: None,
    };
    Card {
        question: "How was the show?".into(),
        options: (min..=max).map(step).collect(),
        scale: Some(Scale {
            min,
            max,
            low: Text::parse("Not for me").ok(),
            high: Text::parse("Loved it").ok(),
        }),
        ..colours()
    }
}

/// A scale, a choice of several, and words.
pub(super) fn survey() -> Card {
    let part = |question: &str, options: &[&str], max_choices| Part {
        question: question.into(),
        options: self::options(options),
        max_choices,
        scale: None,
    };
    Card {
        parts: vec![
            part("What should come back?", &["Cooking", "Guests", "Deals"], 0),
            part("When would you watch?", &["Weekdays", "Weekends"], 1),
        ],
        comment: Some("What else would you tell us?".into()),
        ..scale(1, 5)
    }
}

pub(super) fn quiz() -> Card {
    Card {
        question: "How many litres does the pack hold?".into(),
        options: options(&["18", "24", "32"]),
        quiz: true,
        results: Results::OnReveal,
        named: true,
        level: Level::Token,
        ..colours()
    }
}

/// The quiz once its answer is told.
pub(super) fn told() -> Card {
    Card {
        right: Some(ids(&["2"])),
        ..quiz()
    }
}

/// The same with a board, on which two are equally quick.
pub(super) fn board() -> Card {
    let row = |(rank, name, after): (u32, &str, u64)| BoardRow {
        rank,
        name: name.into(),
        after_ms: Span(after),
    };
    let rows = [
        (1, "Noor", 1_900),
        (2, "#7F3A", 2_400),
        (2, "李雷", 2_400),
        (4, "Ana María", 6_120),
    ];
    Card {
        board: rows.map(row).into(),
        ..told()
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

pub(super) fn ids(names: &[&str]) -> Vec<OptionId> {
    names.iter().map(|name| id(name)).collect()
}

fn id(name: &str) -> OptionId {
    OptionId::parse(name).expect("the gallery's ids are ids")
}
