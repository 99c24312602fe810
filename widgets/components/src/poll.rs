//! A poll: one question, the options, one button; and the bars, as far as the room tells the numbers.

use crate::parts::clock::{countdown, digits};
use crate::parts::icon::{Icon, icon};
use crate::parts::label::{ad, flag};
use crate::parts::notice::{link_notice, notice};
use crate::parts::refusal::refusal_words;
use crate::parts::tag::{class, el, say, tag, text};
use crate::scene::Scene;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Mine, Tally};
use liveroom_protocol::{Action, Refusal, Widget};
use std::rc::Rc;
use yew::prelude::*;

pub(crate) mod announce;
mod ballot;
mod foot;
mod options;
mod quiz;
pub(crate) mod shares;

use ballot::{Ballot, Unsent, phase_key};

/// What a poll is drawn from, and what it tells.
#[derive(Clone, PartialEq, Properties)]
pub struct PollProps {
    /// The poll as the room last told it. Give the component the activity's id as its key, so that an unsent choice stays with its poll.
    pub card: Rc<Card>,
    /// Its numbers as the room last told them.
    pub tally: Rc<Tally>,
    /// What this viewer did in it; nothing yet by default.
    #[prop_or_default]
    pub mine: Rc<Mine>,
    /// The surroundings; a live English page by default.
    #[prop_or_default]
    pub scene: Rc<Scene>,
    /// Called with the viewer's action, within the gesture. Ignored by default.
    #[prop_or_default]
    pub onact: Callback<Action>,
    /// Called when the viewer shrinks the card to a chip, or brings it back.
    #[prop_or_default]
    pub ontoggle: Callback<()>,
    /// Called when the viewer wants the newer activity that is offered.
    #[prop_or_default]
    pub onnewer: Callback<()>,
    /// Called when a choice is made and not sent (true), or no longer is (false).
    #[prop_or_default]
    pub onunsent: Callback<bool>,
}

/// All that is known at one moment, for the functions that draw or decide.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    card: &'a Card,
    tally: &'a Tally,
    mine: &'a Mine,
    scene: &'a Scene,
}

impl PollProps {
    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            card: &self.card,
            tally: &self.tally,
            mine: &self.mine,
            scene: &self.scene,
        }
    }
}

/// One question, its options, and the share of each. Shrunk to a chip it is the same head alone, so that focus stays on it.
#[component]
pub fn Poll(props: &PollProps) -> Html {
    let unsent = use_state(|| None::<Unsent>);
    let sheet = props.sheet();
    let ballot = Ballot::new(sheet, &unsent);
    let (onunsent, hold) = (props.onunsent.clone(), unsent.setter());
    use_effect_with(
        (ballot.differs(), ballot.is_answered(&unsent)),
        move |&(differs, answered)| {
            onunsent.emit(differs);
            if answered {
                hold.set(None);
            }
        },
    );
    let scene = sheet.scene;
    let words = &scene.words;
    let modifiers = [
        ("poll--chip", scene.chip),
        ("poll--overlay", scene.overlay),
        ("poll--scale", sheet.card.scale.is_some()),
        ("poll--still", !scene.taking_part),
        ("poll--acting", scene.pending.is_some()),
    ];
    // Each part has its place, there or not, so that none is made anew when another comes or goes.
    let mut inside = vec![head(sheet, &props.ontoggle), ad(&sheet.card.about)];
    if scene.chip {
        inside.resize_with(8, Html::default);
    } else {
        inside.push(link_notice(scene));
        inside.push(paper(props, sheet, &ballot, &unsent));
        inside.push(quiz::board(sheet));
        inside.push(foot::foot(sheet));
        inside.push(flag(scene, Widget::Poll, &props.onact));
        inside.push(newer(scene, &props.onnewer));
    }
    let attribute = |text: &str| Some(AttrValue::from(text.to_owned()));
    tag(
        "section",
        &["class", "part", "lang", "dir", "aria-label"],
        vec![
            Some(class("poll", &modifiers)),
            Some("base".into()),
            attribute(words.say("lang")),
            attribute(words.say("dir")),
            attribute(&sheet.card.question),
        ],
        inside,
    )
}

fn newer(scene: &Scene, onnewer: &Callback<()>) -> Html {
    if !scene.newer {
        return Html::default();
    }
    let onclick = onnewer.reform(|_| ());
    html! { <button type="button" class="poll__newer" {onclick}>{ say(&scene.words, "newer") }</button> }
}

/// The line at the top, and all there is of a chip: the kind, the time, and the button that shrinks.
fn head(sheet: Sheet, ontoggle: &Callback<()>) -> Html {
    let scene = sheet.scene;
    let words = &scene.words;
    let kind = if sheet.card.quiz {
        "poll.quiz"
    } else if sheet.card.scale.is_some() {
        "poll.rating"
    } else {
        "poll.poll"
    };
    let time = match (
        sheet.tally.phase,
        sheet.tally.closes_at,
        sheet.tally.left_ms,
    ) {
        (Phase::Open, Some(deadline), _) => countdown(scene, deadline, scene.chip),
        (Phase::Paused, _, Some(left)) => {
            let left = words.fill("time.left", "{time}", &digits(scene, left));
            let left = el("span", "clock__left", vec![text(left)]);
            el("span", "clock", vec![say(words, "state.paused"), left])
        }
        (phase, _, _) if scene.chip || !scene.taking_part => {
            el("span", "clock", vec![say(words, phase_key(phase))])
        }
        _ => Html::default(),
    };
    let kind = say(words, kind);
    let left = if scene.taking_part {
        toggle(sheet, kind, ontoggle)
    } else {
        el("span", "poll__kind", vec![kind])
    };
    el("div", "poll__head", vec![left, time])
}

fn toggle(sheet: Sheet, kind: Html, ontoggle: &Callback<()>) -> Html {
    let chip = sheet.scene.chip;
    let question = chip.then(|| el("span", "unseen", vec![text(sheet.card.question.clone())]));
    let expanded = if chip { "false" } else { "true" };
    html! {
        <button type="button" class="poll__toggle" aria-expanded={expanded} onclick={ontoggle.reform(|_| ())}>
            { kind }{ question.unwrap_or_default() }{ icon(Icon::Chevron) }
        </button>
    }
}

/// The question and the options, and the buttons where this viewer can act.
fn paper(
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
    let onsubmit = Callback::from(move |event: SubmitEvent| {
        event.prevent_default();
        match &act {
            Some(act) => onact.emit(act.clone()),
            None if ready => hold.set(Some(in_vain.clone())),
            None => {}
        }
    });
    let question = tag(
        "span",
        &["class", "dir"],
        vec![Some("poll__question".into()), Some("auto".into())],
        vec![text(sheet.card.question.clone())],
    );
    let legend = el(
        "legend",
        "poll__legend",
        vec![question, options::hint(sheet)],
    );
    let mut choices = vec![legend, quiz::verdict(sheet)];
    choices.extend(options::options(sheet, ballot, &press(props, unsent)));
    let choices = el("fieldset", "poll__choices", choices);
    let refusal = refusal.map_or_else(Html::default, notice);
    let buttons = match scene.taking_part {
        true => buttons(props, sheet, ballot),
        false => Html::default(),
    };
    html! { <form class="poll__paper" {onsubmit}>{ choices }{ refusal }{ buttons }</form> }
}

/// What happens when the option at a place is pressed: the choice changes, if it may.
fn press(props: &PollProps, unsent: &UseStateHandle<Option<Unsent>>) -> Callback<usize> {
    let (props, unsent) = (props.clone(), unsent.clone());
    Callback::from(move |place: usize| {
        let ballot = Ballot::new(props.sheet(), &unsent);
        if let Some(option) = props.card.options.get(place) {
            unsent.set(Some(ballot.pressed(&option.id)));
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
        ballot::Button::Counted => icon(Icon::Check),
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
