//! The options in a row each, or the steps of a scale side by side: the same markup, laid out by the style sheet.

use super::ballot::Ballot;
use super::{Sheet, quiz, shares};
use crate::parts::icon::icon;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::Choice;
use yew::prelude::*;

/// How many may be chosen, where it is not one.
pub(super) fn hint(sheet: Sheet) -> Html {
    let words = &sheet.scene.words;
    let hint = match sheet.card.max_choices {
        0 => words.say("poll.choose_any").to_owned(),
        1 => return Html::default(),
        most => words.count(&*sheet.scene.format, "poll.choose", u32::from(most)),
    };
    html! { <span class="poll__hint">{ hint }</span> }
}

/// The options as far as this viewer may know and choose.
pub(super) fn options(sheet: Sheet, ballot: &Ballot, press: &Callback<usize>) -> Html {
    let Sheet { card, tally, .. } = sheet;
    // Before the first vote there is nothing to compare; the small print says so in words.
    let votes = tally.votes.as_ref().filter(|_| tally.voters > 0);
    let shares = votes.map(|votes| match card.max_choices {
        1 => shares::shares_of_votes(votes),
        _ => shares::shares_of_voters(votes, tally.voters),
    });
    let rows = card.options.iter().enumerate().map(|(place, option)| {
        let share = shares.as_ref().and_then(|shares| shares.get(place));
        row(sheet, ballot, press, place, option, share.copied())
    });
    let ends = card.scale.as_ref().map(|scale| {
        [&scale.low, &scale.high].map(|end| end.as_ref().map_or("", |end| end.as_str()).to_owned())
    });
    html! {
        <>
            <div class="poll__options">{ for rows }</div>
            if let Some([low, high]) = ends {
                <div class="poll__ends"><span dir="auto">{ low }</span><span dir="auto">{ high }</span></div>
            }
        </>
    }
}

fn row(
    sheet: Sheet,
    ballot: &Ballot,
    press: &Callback<usize>,
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
    let chosen = ballot.chosen().contains(&option.id);
    let takes = ballot.takes(&option.id);
    let mark = quiz::mark(card, mine, &option.id);
    let votes = tally.votes.as_ref();
    let leads = tally.phase == Phase::Closed
        && votes.is_some_and(|votes| shares::leading(votes).contains(&place));
    let class = classes!(
        "poll__option",
        chosen.then_some("poll__option--chosen"),
        leads.then_some("poll__option--leading"),
        mark.map(quiz::Mark::class),
    );
    let press = press.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        // What cannot be chosen keeps its state, without losing the focus as `disabled` would.
        if takes {
            press.emit(place);
        } else {
            event.prevent_default();
        }
    });
    html! {
        <label {class} part="option">
            if scene.taking_part {
                <input class="poll__input" name="choice" type={if card.max_choices == 1 { "radio" } else { "checkbox" }}
                    checked={chosen} aria-disabled={(!takes).then_some("true")} {onclick} />
            }
            if let Some(share) = share { <span class={bar(share)} part="bar"></span> }
            if let Some(image) = &option.image {
                <img class="poll__picture" src={image.clone()} alt="" width="64" height="64" decoding="async" />
            }
            <span class="poll__text">
                <span dir="auto">{ text(sheet, place, option) }</span>
                if let Some(mark) = mark {
                    <span class="poll__mark">{ icon(mark.icon()) }{ scene.words.say(mark.key()).to_owned() }</span>
                }
            </span>
            if let Some(share) = share { { figures(sheet, place, share) } }
        </label>
    }
}

/// What an option says; its place where it is a picture alone.
fn text(sheet: Sheet, place: usize, option: &Choice) -> String {
    if option.text.is_empty() {
        let place = u32::try_from(place + 1).unwrap_or(u32::MAX);
        sheet
            .scene
            .words
            .count(&*sheet.scene.format, "poll.option", place)
    } else {
        option.text.clone()
    }
}

/// The class that draws a bar of a share: a fixed set, since a strict page allows no `style` attribute.
fn bar(share: u8) -> String {
    let mut class = String::from("poll__bar share-");
    class.push_str(&share.to_string());
    class
}

/// The share, and how many votes it is.
fn figures(sheet: Sheet, place: usize, share: u8) -> Html {
    let format = &*sheet.scene.format;
    let votes = sheet
        .tally
        .votes
        .as_ref()
        .and_then(|votes| votes.get(place));
    let votes = votes.copied().unwrap_or(0);
    html! {
        <>
            <span class="poll__count">
                <span aria-hidden="true">{ format.number(votes) }</span>
                <span class="unseen">{ sheet.scene.words.count(format, "poll.votes", votes) }</span>
            </span>
            <span class="poll__share">{ format.percent(share) }</span>
        </>
    }
}
