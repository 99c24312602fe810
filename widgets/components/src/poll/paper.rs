//! The questions with their options, and the buttons: what a viewer fills in and sends.

use super::asked::{Asked, is_survey};
use super::ballot::{Ballot, Unsent};
use super::button::Button;
use super::{PollProps, Sheet, comment, foot, options, quiz};
use crate::parts::icon::{Icon, icon};
use crate::parts::notice::notice;
use crate::parts::refusal::refusal_words;
use crate::parts::tag::{class, el, say, tag, text};
use liveroom_protocol::{Action, Refusal};
use yew::prelude::*;

/// The question and the options, and the buttons where this viewer can act.
pub(super) fn paper(
    props: &PollProps,
    sheet: Sheet,
    ballot: &Ballot,
    unsent: &UseStateHandle<Option<Unsent>>,
) -> Html {
    let scene = sheet.scene;
    let words = &scene.words;
    let say = |refusal: &Refusal| refusal_words(words, &*scene.format, refusal);
    let refusal = match ballot.is_nudged() {
        true if ballot.takes_none() => Some(words.say("poll.nothing_chosen").to_owned()),
        true => Some(words.say("refused.no-choice").to_owned()),
        false => scene.refusal.as_ref().map(say),
    };
    let (act, in_vain) = (ballot.act(), ballot.nudged());
    let (ready, onact, hold) = (
        ballot.button().is_ready(),
        props.onact.clone(),
        unsent.setter(),
    );
    let sent = is_survey(sheet).then(|| ballot.sent());
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        match &act {
            Some(act) => {
                if sent.is_some() {
                    hold.set(sent.clone());
                }
                onact.emit(act.clone());
            }
            None if ready => hold.set(Some(in_vain.clone())),
            None => {}
        }
    });
    let press = press(props, unsent);
    let mut choices: Vec<Html> = Asked::all(sheet)
        .map(|asked| question(sheet, asked, ballot, &press))
        .collect();
    choices.push(comment::comment(props, sheet, ballot, unsent));
    let refusal = refusal.map_or_else(Html::default, notice);
    let buttons = match scene.taking_part {
        true => buttons(props, sheet, ballot),
        false => Html::default(),
    };
    html! { <form class="poll__paper" {onsubmit}>{ choices }{ refusal }{ buttons }</form> }
}

/// One question with its options.
fn question(sheet: Sheet, asked: Asked, ballot: &Ballot, press: &Callback<(usize, usize)>) -> Html {
    let question = tag(
        "span",
        &["class", "dir"],
        vec![Some("poll__question".into()), Some("auto".into())],
        vec![text(asked.question.to_owned())],
    );
    let legend = vec![question, options::hint(sheet, asked)];
    let mut choices = vec![el("legend", "poll__legend", legend)];
    choices.push(match asked.part {
        0 => quiz::verdict(sheet),
        _ => Html::default(),
    });
    choices.extend(options::options(sheet, asked, ballot, press));
    if is_survey(sheet) {
        let average = foot::average(sheet, asked);
        choices.extend(average.map(|line| el("p", "poll__average", vec![text(line)])));
    }
    let class = class(
        "poll__choices",
        &[("poll__choices--scale", asked.scale.is_some())],
    );
    tag("fieldset", &["class"], vec![Some(class)], choices)
}

/// What happens when the option at a place of a question is pressed: the choice changes, if it may.
fn press(props: &PollProps, unsent: &UseStateHandle<Option<Unsent>>) -> Callback<(usize, usize)> {
    let (props, unsent) = (props.clone(), unsent.clone());
    Callback::from(move |(part, place): (usize, usize)| {
        let ballot = Ballot::new(props.sheet(), &unsent);
        let asked = Asked::at(props.sheet(), part);
        if let Some(option) = asked.options.get(place) {
            unsent.set(Some(ballot.pressed(asked, &option.id)));
        }
    })
}

/// The button that votes, and the one that takes the vote back.
/// Neither is ever taken away while it has the focus: what cannot be pressed says so, and looks like a line of text.
fn buttons(props: &PollProps, sheet: Sheet, ballot: &Ballot) -> Html {
    let words = &sheet.scene.words;
    let button = ballot.button();
    let off = |ready: bool| (!ready).then_some("true");
    let may_withdraw = ballot.may_withdraw();
    let onact = props.onact.clone();
    let withdraw = Callback::from(move |_: MouseEvent| {
        if may_withdraw {
            onact.emit(Action::PollWithdraw);
        }
    });
    let sign = match button {
        Button::Counted | Button::Answered => icon(Icon::Check),
        _ => Html::default(),
    };
    let act = html! {
        <button type="submit" class="poll__act" part="button" aria-disabled={off(button.is_ready())}>
            { sign }{ say(words, button.key()) }
        </button>
    };
    let withdraw = sheet.card.can_change.then(|| {
        html! {
            <button type="button" class="poll__withdraw" aria-disabled={off(may_withdraw)} onclick={withdraw}>
                { say(words, "poll.withdraw") }
            </button>
        }
    });
    el("div", "poll__acts", vec![act, withdraw.unwrap_or_default()])
}
