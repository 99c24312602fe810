//! What a quiz tells once the right answers are revealed: which they are, whether this viewer was right, who was quick.

use super::Sheet;
use crate::parts::icon::{Icon, icon};
use crate::parts::tag::{el, say, text};
use crate::words::apart;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::poll::{BoardRow, Card, Mine};
use yew::prelude::*;

/// How an option is marked after the reveal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It is a right answer.
    Right,
    /// This viewer chose it, and it is not.
    Wrong,
}

impl Mark {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Right => "quiz.right",
            Self::Wrong => "quiz.yours",
        }
    }

    pub(super) fn icon(self) -> Icon {
        match self {
            Self::Right => Icon::Check,
            Self::Wrong => Icon::Cross,
        }
    }
}

/// Returns the mark of an option; None before the reveal.
pub(super) fn mark(card: &Card, mine: &Mine, option: &OptionId) -> Option<Mark> {
    let right = card.right.as_ref()?;
    if right.contains(option) {
        Some(Mark::Right)
    } else {
        mine.choices.contains(option).then_some(Mark::Wrong)
    }
}

/// Returns whether this viewer was right; None before the reveal, and without a vote.
///
/// Where one option may be chosen any right one is right, else all of them and no other.
pub(super) fn was_right(card: &Card, mine: &Mine) -> Option<bool> {
    let right = card.right.as_ref()?;
    let none_wrong = mine.choices.iter().all(|id| right.contains(id));
    let all = card.max_choices == 1 || mine.choices.len() == right.len();
    mine.has_voted().then_some(none_wrong && all)
}

/// Returns the verdict in words, for the card and for the live region; None before the reveal.
pub(super) fn verdict_words(sheet: Sheet) -> Option<String> {
    let words = &sheet.scene.words;
    let right = sheet.card.right.as_ref()?;
    let answers = sheet
        .card
        .options
        .iter()
        .filter(|option| right.contains(&option.id));
    let answers = words.list(answers.map(|option| option.text.as_str()));
    let answers = words.fill("quiz.answer", "{list}", &answers);
    Some(match was_right(sheet.card, sheet.mine) {
        Some(true) => words.say("quiz.yes").to_owned(),
        Some(false) => {
            let mut text = words.say("quiz.no").to_owned();
            text.push_str(words.say("join"));
            text.push_str(&answers);
            text
        }
        None => answers,
    })
}

/// Draws the verdict: the loud moment of a quiz.
pub(super) fn verdict(sheet: Sheet) -> Html {
    let Some(verdict) = verdict_words(sheet) else {
        return Html::default();
    };
    let verdict = el("span", "poll__verdict-words", vec![text(verdict)]);
    match was_right(sheet.card, sheet.mine) {
        Some(true) => el(
            "p",
            "poll__verdict poll__verdict--right",
            vec![icon(Icon::Check), verdict],
        ),
        Some(false) => el("p", "poll__verdict", vec![icon(Icon::Cross), verdict]),
        None => el("p", "poll__verdict", vec![verdict]),
    }
}

/// Draws the board of quick right answers, with this viewer's own row marked.
pub(super) fn board(sheet: Sheet) -> Html {
    let board = &sheet.card.board;
    if board.is_empty() {
        return Html::default();
    }
    let title = el(
        "p",
        "board__title",
        vec![say(&sheet.scene.words, "quiz.board")],
    );
    let rows = board.iter().map(|row| board_row(sheet, row)).collect();
    el("div", "board", vec![title, el("ol", "board__rows", rows)])
}

fn board_row(sheet: Sheet, row: &BoardRow) -> Html {
    let (words, format) = (&sheet.scene.words, &*sheet.scene.format);
    let own = sheet.mine.label.as_ref() == Some(&row.name);
    let tenths = u32::try_from(row.after_ms.0 / 100).unwrap_or(u32::MAX);
    let time = words.fill("quiz.seconds", "{n}", &format.tenths(tenths));
    let mut name = vec![text(apart(&row.name))];
    if own {
        name.push(el("span", "board__own", vec![say(words, "quiz.you")]));
    }
    let class = if own {
        "board__row board__row--own"
    } else {
        "board__row"
    };
    el(
        "li",
        class,
        vec![
            el("span", "board__rank", vec![text(format.number(row.rank))]),
            el("span", "board__name", name),
            el("span", "board__time", vec![text(time)]),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(names: &[&str]) -> Vec<OptionId> {
        names
            .iter()
            .map(|name| OptionId::parse(*name).unwrap())
            .collect()
    }

    fn verdict(max_choices: u8, right: &[&str], chosen: &[&str]) -> Option<bool> {
        let card = Card {
            max_choices,
            right: Some(ids(right)),
            ..Card::default()
        };
        let mine = Mine {
            choices: ids(chosen),
            ..Mine::default()
        };
        was_right(&card, &mine)
    }

    #[test]
    fn a_viewer_was_right_with_the_right_answers_and_no_other() {
        assert_eq!(verdict(1, &["a"], &["a"]), Some(true));
        assert_eq!(verdict(1, &["a"], &["b"]), Some(false));
        assert_eq!(verdict(1, &["a", "b"], &["b"]), Some(true));
        assert_eq!(verdict(0, &["a", "b"], &["b", "a"]), Some(true));
        assert_eq!(verdict(0, &["a", "b"], &["a"]), Some(false));
        assert_eq!(verdict(0, &["a", "b"], &["a", "b", "c"]), Some(false));
        assert_eq!(verdict(1, &["a"], &[]), None);
    }

    #[test]
    fn nothing_is_marked_before_the_reveal() {
        let [a, b] = ["a", "b"].map(|name| OptionId::parse(name).unwrap());
        let mine = Mine {
            choices: vec![b.clone()],
            ..Mine::default()
        };
        let hidden = Card {
            quiz: true,
            ..Card::default()
        };
        assert_eq!(mark(&hidden, &mine, &b), None);
        assert_eq!(was_right(&hidden, &mine), None);
        let told = Card {
            right: Some(vec![a.clone()]),
            ..hidden
        };
        assert_eq!(mark(&told, &mine, &a), Some(Mark::Right));
        assert_eq!(mark(&told, &mine, &b), Some(Mark::Wrong));
    }
}
