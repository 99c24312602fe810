//! What must be met to enter, and what of it is met as far as the room knows.

use super::Sheet;
use crate::parts::clock::digits;
use crate::parts::icon::{Icon, icon};
use crate::parts::tag::{class, el, say, tag, text};
use crate::words::apart;
use liveroom_protocol::lottery::Condition;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Span;
use yew::prelude::*;

/// Draws the conditions until this viewer has entered, or nobody can any more.
pub(super) fn conditions(sheet: Sheet) -> Html {
    let conditions = &sheet.card.conditions;
    if conditions.is_empty() || sheet.mine.entered || sheet.tally.phase == Phase::Closed {
        return Html::default();
    }
    let rows = conditions.iter().enumerate();
    let rows = rows.map(|(place, condition)| row(sheet, place, condition));
    let title = say(&sheet.scene.words, "lottery.to_enter");
    el(
        "div",
        "conditions",
        vec![
            el("p", "lottery__head", vec![title]),
            el("ul", "conditions__rows", rows.collect()),
        ],
    )
}

/// Whether a word is asked for, which is typed into a field.
pub(super) fn asks_word(sheet: Sheet) -> bool {
    let word = |condition: &Condition| matches!(condition, Condition::Keyword { .. });
    sheet.card.conditions.iter().any(word)
}

fn row(sheet: Sheet, place: usize, condition: &Condition) -> Html {
    let scene = sheet.scene;
    let words = &scene.words;
    // Nothing is known of a viewer whom the room does not know yet, and nothing of a word before it is sent.
    let known = scene.taking_part && !matches!(condition, Condition::Keyword { .. });
    let told = sheet.mine.met.get(place).copied().filter(|_| known);
    let (enough, progress) = match condition {
        Condition::Watched { for_ms } => watched(sheet, *for_ms),
        _ => (false, None),
    };
    let met = told.map(|met| met || enough);
    let sign = match met {
        Some(true) => icon(Icon::Check),
        _ => el("span", "condition__open", vec![]),
    };
    let state = met.map(|met| {
        let key = if met { "lottery.met" } else { "lottery.unmet" };
        el("span", "condition__state", vec![say(words, key)])
    });
    let progress = progress.filter(|_| met == Some(false));
    let said = vec![
        el(
            "span",
            "condition__what",
            vec![text(what(sheet, condition))],
        ),
        progress
            .map(|line| el("span", "condition__state", vec![text(line)]))
            .or(state)
            .unwrap_or_default(),
    ];
    tag(
        "li",
        &["class"],
        vec![Some(class(
            "condition",
            &[("condition--met", met == Some(true))],
        ))],
        vec![sign, el("span", "condition__said", said)],
    )
}

/// Whether this viewer has been seen for so long, and for how long in words.
fn watched(sheet: Sheet, due: Span) -> (bool, Option<String>) {
    let Some(watched) = sheet.watched() else {
        return (false, None);
    };
    // A second that has begun is not seen yet.
    let whole = Span(watched.0 / 1_000 * 1_000);
    let line = digits(sheet.scene, whole);
    let line = sheet.scene.words.fill("lottery.so_far", "{time}", &line);
    (watched.0 >= due.0, Some(line))
}

fn what(sheet: Sheet, condition: &Condition) -> String {
    let words = &sheet.scene.words;
    let say = |key| words.say(key).to_owned();
    match condition {
        Condition::Keyword {
            word: Some(word), ..
        } => words.fill("lottery.if_word", "{word}", &apart(word.as_str())),
        Condition::Keyword { word: None, .. } => say("lottery.if_keyword"),
        Condition::Watched { for_ms } => words.fill(
            "lottery.if_watched",
            "{time}",
            &digits(sheet.scene, *for_ms),
        ),
        Condition::Voted { poll: None } => say("lottery.if_voted"),
        Condition::Voted { poll: Some(poll) } => {
            words.fill("lottery.if_voted_in", "{poll}", &apart(poll.as_str()))
        }
        Condition::Attested { what } => match what.as_str() {
            "followed" => say("lottery.if_followed"),
            "shared" => say("lottery.if_shared"),
            "bought" => say("lottery.if_bought"),
            "adult" => say("lottery.if_adult"),
            other => words.fill("lottery.if_attested", "{what}", &apart(other)),
        },
        Condition::Unknown => say("lottery.if_unknown"),
    }
}
