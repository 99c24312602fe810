//! The options in a row each, or the steps of a scale side by side: the same markup, laid out by the style sheet.

use super::asked::Asked;
use super::ballot::Ballot;
use super::{Sheet, quiz, shares};
use crate::parts::icon::icon;
use crate::parts::tag::{class, el, say, tag, text};
use liveroom_protocol::identity::Label;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::Choice;
use yew::prelude::*;

/// How many may be chosen, where it is not one.
pub(super) fn hint(sheet: Sheet, asked: Asked) -> Html {
    let words = &sheet.scene.words;
    let hint = match asked.most {
        0 => words.say("poll.choose_any").to_owned(),
        1 => return Html::default(),
        most => words.count(&*sheet.scene.format, "poll.choose", u32::from(most)),
    };
    el("span", "poll__hint", vec![text(hint)])
}

/// The options as far as this viewer may know and choose.
pub(super) fn options(
    sheet: Sheet,
    asked: Asked,
    ballot: &Ballot,
    press: &Callback<(usize, usize)>,
) -> Vec<Html> {
    let shares = asked.votes.map(|votes| match (asked.most, asked.part) {
        (1, 0) => shares::shares_of_votes(votes),
        // A further question may be left unanswered.
        _ => shares::shares_of_voters(votes, sheet.tally.voters),
    });
    let rows = asked.options.iter().enumerate().map(|(place, option)| {
        let share = shares.as_ref().and_then(|shares| shares.get(place));
        row(sheet, asked, ballot, press, place, option, share.copied())
    });
    let mut parts = vec![el("div", "poll__options", rows.collect())];
    if let Some(scale) = asked.scale {
        let end = |end: &Option<Label>| foreign(end.as_ref().map_or("", Label::as_str).to_owned());
        parts.push(el(
            "div",
            "poll__ends",
            vec![end(&scale.low), end(&scale.high)],
        ));
    }
    parts
}

/// A text that somebody typed, in its own direction of writing.
fn foreign(typed: String) -> Html {
    tag(
        "span",
        &["dir"],
        vec![Some("auto".into())],
        vec![text(typed)],
    )
}

#[allow(clippy::too_many_arguments, reason = "all of them are drawn")]
fn row(
    sheet: Sheet,
    asked: Asked,
    ballot: &Ballot,
    press: &Callback<(usize, usize)>,
    place: usize,
    option: &Choice,
    share: Option<u8>,
) -> Html {
    let Sheet {
        card,
        tally,
        mine,
        scene,
    } = sheet;
    let chosen = ballot.chosen(asked.part).contains(&option.id);
    let takes = ballot.takes(asked, &option.id);
    let mark = quiz::mark(card, mine, &option.id);
    let leads = tally.phase == Phase::Closed
        && asked
            .votes
            .is_some_and(|votes| shares::leading(votes).contains(&place));
    let right = mark == Some(quiz::Mark::Right);
    let modifiers = [
        ("poll__option--chosen", chosen),
        ("poll__option--leading", leads),
        ("poll__option--right", right),
        ("poll__option--wrong", mark == Some(quiz::Mark::Wrong)),
    ];
    let keys = &["class", "part"];
    let input = scene
        .taking_part
        .then(|| input(asked, press, place, chosen, takes));
    let bar = share.map(|share| {
        tag(
            "span",
            keys,
            vec![Some(bar(share)), Some("bar".into())],
            vec![],
        )
    });
    let picture = option.image.as_ref().map(|image| {
        html! { <img class="poll__picture" src={image.clone()} alt="" width="64" height="64" decoding="async" /> }
    });
    let mark = mark.map(|mark| {
        let mark = vec![icon(mark.icon()), say(&scene.words, mark.key())];
        el("span", "poll__mark", mark)
    });
    let words = vec![name(sheet, place, option), mark.unwrap_or_default()];
    let [count, share] = share.map_or_else(Default::default, |share| {
        figures(sheet, asked, place, share)
    });
    let class = class("poll__option", &modifiers);
    tag(
        "label",
        keys,
        vec![Some(class), Some("option".into())],
        // Each in a place of its own, there or not: the control is the same element in every state, and keeps the focus.
        vec![
            input.unwrap_or_default(),
            bar.unwrap_or_default(),
            picture.unwrap_or_default(),
            el("span", "poll__text", words),
            count,
            share,
        ],
    )
}

/// The control that chooses the option at a place.
fn input(
    asked: Asked,
    press: &Callback<(usize, usize)>,
    place: usize,
    chosen: bool,
    takes: bool,
) -> Html {
    let (press, part) = (press.clone(), asked.part);
    let onclick = Callback::from(move |event: MouseEvent| {
        // What cannot be chosen keeps its state, without losing the focus as `disabled` would.
        if takes {
            press.emit((part, place));
        } else {
            event.prevent_default();
        }
    });
    let kind = if asked.most == 1 { "radio" } else { "checkbox" };
    let mut name = String::from("choice");
    if part > 0 {
        name.push_str(&part.to_string());
    }
    html! {
        <input class="poll__input" {name} type={kind} checked={chosen}
            aria-disabled={(!takes).then_some("true")} {onclick} />
    }
}

/// What an option says, in its own direction of writing; its place where it is a picture alone.
fn name(sheet: Sheet, place: usize, option: &Choice) -> Html {
    let name = if option.text.is_empty() {
        let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
        sheet
            .scene
            .words
            .count(&*sheet.scene.format, "poll.option", place)
    } else {
        option.text.clone()
    };
    foreign(name)
}

/// The class that draws a bar of a share: a fixed set, since a strict page allows no `style` attribute.
fn bar(share: u8) -> AttrValue {
    let mut class = String::from("poll__bar share-");
    class.push_str(&share.to_string());
    class.into()
}

/// The share, and how many votes it is.
fn figures(sheet: Sheet, asked: Asked, place: usize, share: u8) -> [Html; 2] {
    let format = &*sheet.scene.format;
    let votes = asked.votes.and_then(|votes| votes.get(place));
    let votes = votes.copied().unwrap_or(0);
    // The number alone is seen; what it counts is read out with it.
    let seen = tag(
        "span",
        &["aria-hidden"],
        vec![Some("true".into())],
        vec![text(format.number(votes))],
    );
    let read = text(sheet.scene.words.count(format, "poll.votes", votes));
    let read = el("span", "unseen", vec![read]);
    [
        el("span", "poll__count", vec![seen, read]),
        el("span", "poll__share", vec![text(format.percent(share))]),
    ]
}
