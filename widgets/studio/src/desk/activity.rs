//! One activity: what it is doing, its numbers, and its eight buttons in their steady places.

use super::air::time;
use super::orders::FateLine;
use super::results::Results;
use super::{Asked, Give, KEEP, button_id, row_id};
use crate::board::Poll;
use crate::control::{Control, Slot, slots};
use crate::order::{About, Order};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct RowProps {
    /// The activity.
    pub(super) poll: Poll,
    /// An order about it is on its way.
    pub(super) waits: bool,
    /// The button that waits for its second step.
    pub(super) asked: Option<Control>,
    /// Keys lead to its buttons.
    pub(super) chosen: bool,
    /// The newest order about it.
    pub(super) order: Option<Order>,
    /// The room's clock.
    pub(super) now: Timestamp,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// A button was pressed.
    pub(super) press: Callback<(ActivityId, Control)>,
    /// A second step was taken.
    pub(super) give: Callback<Give>,
    /// A second step was thought better of.
    pub(super) ask: Callback<Option<Asked>>,
    /// Compose one like it.
    pub(super) copy: Callback<ActivityId>,
    /// The focus came into it.
    pub(super) choose: Callback<ActivityId>,
}

/// An activity's row.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let poll = &props.poll;
    let id = &poll.id;
    let look = match poll.tally.phase {
        Phase::Open => "row--open",
        Phase::Paused => "row--paused",
        Phase::Ready => "row--ready",
        Phase::Closed => "row--closed",
    };
    let onfocusin = {
        let (choose, id) = (props.choose.clone(), id.clone());
        Callback::from(move |_: FocusEvent| choose.emit(id.clone()))
    };
    let oncopy = {
        let (copy, id) = (props.copy.clone(), id.clone());
        Callback::from(move |_: MouseEvent| copy.emit(id.clone()))
    };
    let heading = format!("{}-question", row_id(id));
    html! {
        <li class={classes!("row", look, props.chosen.then_some("row--chosen"))} {onfocusin}>
            <article aria-labelledby={heading.clone()} id={row_id(id)} tabindex="-1">
                <header class="row__head">
                    <p class="row__state">
                        <span class="row__kind">{ kind(poll) }</span>
                        <span class="row__phase">{ phase(poll) }</span>
                    </p>
                    if poll.is_on() && (poll.tally.closes_at.is_some() || poll.tally.left_ms.is_some()) {
                        <p class="row__clock">{ time(poll, props.now) }</p>
                    }
                    <h3 class="row__question" id={heading} dir="auto">{ poll.card.question.clone() }</h3>
                </header>
                <Results poll={poll.clone()} />
                <div class="row__buttons" role="group" aria-label="Controls">
                    { for slots(poll).into_iter().map(|slot| button(props, slot)) }
                </div>
                { second_step(props) }
                <footer class="row__foot">
                    <FateLine order={props.order.clone()} />
                    <button type="button" class="link" onclick={oncopy}>{ "Compose one like it" }</button>
                </footer>
            </article>
        </li>
    }
}

fn button(props: &RowProps, slot: Slot) -> Html {
    let Slot {
        control,
        next,
        not_now,
    } = slot;
    let not_now = props
        .stopped
        .or(not_now)
        .or(props.waits.then_some("The room has not answered yet."));
    let (press, id) = (props.press.clone(), props.poll.id.clone());
    let onclick = Callback::from(move |_: MouseEvent| press.emit((id.clone(), control)));
    let class = classes!(
        "button",
        (next && not_now.is_none()).then_some("button--next")
    );
    html! {
        <button key={control.place()} type="button" {class} {onclick} id={button_id(&props.poll.id, control.place())}
            aria-disabled={not_now.map(|_| "true")} title={not_now}>
            { control.label(&props.poll) }
        </button>
    }
}

fn second_step(props: &RowProps) -> Html {
    let asked = props
        .asked
        .and_then(|control| Some((control, control.second_step(&props.poll)?)));
    let Some((control, question)) = asked else {
        return Html::default();
    };
    let give = Give {
        deed: control.deed(&props.poll).into(),
        about: About::Activity(props.poll.id.clone()),
        command: control.command(props.poll.id.clone()),
    };
    html! { <SecondStep {question} yes={control.deed(&props.poll)} {give} ongive={props.give.clone()} ask={props.ask.clone()} /> }
}

#[derive(PartialEq, Properties)]
pub(super) struct SecondStepProps {
    /// What is asked.
    pub(super) question: String,
    /// What the button says that does it.
    pub(super) yes: &'static str,
    /// What it does.
    pub(super) give: Give,
    /// It was done.
    pub(super) ongive: Callback<Give>,
    /// It was thought better of.
    pub(super) ask: Callback<Option<Asked>>,
}

/// The question before what cannot be undone; the harmless answer comes first and has the focus.
#[component]
pub(super) fn SecondStep(props: &SecondStepProps) -> Html {
    let keep = props.ask.reform(|_: MouseEvent| None);
    let give = props.give.clone();
    let yes = props.ongive.reform(move |_: MouseEvent| give.clone());
    html! {
        <div class="second" role="group" aria-label={props.question.clone()}>
            <p class="second__question">{ props.question.clone() }</p>
            <button type="button" class="button" id={KEEP} onclick={keep}>{ "No, keep it" }</button>
            <button type="button" class="button button--danger" onclick={yes}>{ format!("Yes: {}", props.yes) }</button>
        </div>
    }
}

fn kind(poll: &Poll) -> &'static str {
    match (&poll.card.scale, poll.card.quiz, poll.card.max_choices) {
        (Some(_), _, _) => "Scale",
        (None, true, _) => "Quiz",
        (None, false, 1) => "Poll",
        (None, false, _) => "Poll, several choices",
    }
}

fn phase(poll: &Poll) -> &'static str {
    match poll.tally.phase {
        Phase::Ready => "Prepared",
        Phase::Open if poll.tally.closes_at.is_none() => "Open until you close it",
        Phase::Open => "Open",
        Phase::Paused => "Paused",
        Phase::Closed if poll.tally.revealed => "Closed, revealed",
        Phase::Closed => "Closed",
    }
}
