//! One activity: what it is doing, its numbers, and its eight buttons in their steady places.

use super::air::time;
use super::look::Look;
use super::orders::FateLine;
use super::results::Results;
use super::role::refused;
use super::row::{Correct, DealPanel, Deck, LotteryPanel, QnaPanel, call_off};
use super::{Asked, Drafted, Give, KEEP, button_id, row_id};
use crate::board::{Activity, Seen};
use crate::control::{Control, Slot, slots};
use crate::order::{About, Order};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::More;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::Checked;
use liveroom_protocol::time::Timestamp;
use std::collections::HashMap;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct RowProps {
    /// The activity.
    pub(super) activity: Activity,
    /// What the room would say if it were opened now.
    pub(super) checked: Option<Rc<Checked>>,
    /// What there is to be seen to in it.
    pub(super) seen: Seen,
    /// Something is to be looked up, or taken out.
    pub(super) look: Callback<Look>,
    /// There is a server that makes files.
    pub(super) files: bool,
    /// What an order is on its way about.
    pub(super) waiting: Vec<About>,
    /// What this desk may do.
    pub(super) role: Option<Role>,
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
    /// A page of a list is wanted.
    pub(super) page: Callback<More>,
    /// Answers that were drafted.
    pub(super) drafts: Rc<HashMap<Drafted, String>>,
    /// A draft of an answer is wanted.
    pub(super) draft: Callback<(Drafted, String)>,
    /// Compose one like it.
    pub(super) copy: Callback<ActivityId>,
    /// The focus came into it.
    pub(super) choose: Callback<ActivityId>,
}

/// An activity's row.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let activity = &props.activity;
    let (id, times) = (activity.id(), activity.times());
    let look = match times.phase {
        Phase::Open => "strip--open",
        Phase::Paused => "strip--paused",
        Phase::Ready => "strip--ready",
        Phase::Closed => "strip--closed",
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
        <li class={classes!("strip", look, props.chosen.then_some("strip--chosen"))} {onfocusin}>
            <article aria-labelledby={heading.clone()} id={row_id(id)} tabindex="-1">
                <header class="strip__head">
                    <p class="strip__state">
                        <span class="strip__kind">{ kind(activity) }</span>
                        <span class="strip__phase">{ phase(activity) }</span>
                    </p>
                    if (times.is_on() && times.has_deadline()) || times.opens_at.is_some() {
                        <p class="strip__clock">{ time(times, props.now) }</p>
                    }
                    <h3 class="strip__question" id={heading} dir="auto">{ activity.title().to_owned() }</h3>
                </header>
                if activity.flags() > 0 {
                    <p class="strip__flags">{ format!("Reported by {}", people(activity.flags())) }</p>
                }
                { super::lacks::of_row(props) }
                if let Some(reason) = props.activity.cancelled() {
                    <p class="strip__off">{ format!("Called off: {reason}") }</p>
                }
                { numbers(props) }
                <div class="strip__buttons" role="group" aria-label="Controls">
                    { buttons(props) }
                </div>
                { second_step(props) }
                { panel(props) }
                { call_off(&props.activity, &deck(props)) }
                <Correct key={props.activity.run()} activity={props.activity.clone()} deck={deck(props)} />
                <footer class="strip__foot">
                    <FateLine order={props.order.clone()} />
                    <button type="button" class="lesser" onclick={oncopy}>{ "Compose one like it" }</button>
                </footer>
            </article>
        </li>
    }
}

/// The buttons; a place for which a widget has no use stays empty, so that no other moves into it.
fn buttons(props: &RowProps) -> Html {
    let mut slots = slots(&props.activity).into_iter().peekable();
    let place = |place: usize| match slots.next_if(|slot| slot.control.place() == place) {
        Some(slot) => button(props, slot),
        None => html! { <span key={place} /> },
    };
    html! { <>{ for (0..Control::PLACES).map(place) }</> }
}

fn button(props: &RowProps, slot: Slot) -> Html {
    let Slot {
        control,
        next,
        not_now,
    } = slot;
    let waits = props
        .waiting
        .contains(&About::Activity(props.activity.id().clone()));
    let not_now = props
        .stopped
        .or(not_now)
        .or(waits.then_some("The room has not answered yet."))
        .or(refused(
            props.role,
            &control.command(props.activity.id().clone()),
        ));
    let (press, id) = (props.press.clone(), props.activity.id().clone());
    let onclick = Callback::from(move |_: MouseEvent| press.emit((id.clone(), control)));
    let class = classes!(
        "button",
        (next && not_now.is_none()).then_some("button--next")
    );
    html! {
        <button key={control.place()} type="button" {class} {onclick} id={button_id(props.activity.id(), control.place())}
            aria-disabled={not_now.map(|_| "true")} title={not_now}>
            { control.label(&props.activity) }
        </button>
    }
}

fn second_step(props: &RowProps) -> Html {
    let asked = props
        .asked
        .and_then(|control| Some((control, control.second_step(&props.activity)?)));
    let Some((control, question)) = asked else {
        return Html::default();
    };
    let give = Give {
        deed: control.deed(&props.activity).into(),
        about: About::Activity(props.activity.id().clone()),
        command: control.command(props.activity.id().clone()),
    };
    html! { <SecondStep {question} yes={control.deed(&props.activity)} {give} ongive={props.give.clone()} ask={props.ask.clone()} /> }
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

/// The numbers, above the buttons.
fn numbers(props: &RowProps) -> Html {
    match &props.activity {
        Activity::Poll(poll, _) => html! { <Results poll={poll.clone()} /> },
        Activity::Lottery(lottery) => super::row::entries(lottery),
        Activity::Qna(qna, questions) => super::row::questions(qna, questions),
        Activity::Deal(deal) => super::row::stock(deal),
    }
}

/// What only this widget can be told to do, below the buttons.
fn panel(props: &RowProps) -> Html {
    let deck = deck(props);
    let seen = props.seen.clone();
    match props.activity.clone() {
        Activity::Poll(_, written) => super::row::written(&written, props.activity.id(), &deck),
        Activity::Lottery(lottery) => html! { <LotteryPanel {lottery} {seen} {deck} /> },
        Activity::Qna(qna, questions) => html! { <QnaPanel {qna} {questions} {deck} /> },
        Activity::Deal(deal) => html! { <DealPanel {deal} {seen} {deck} /> },
    }
}

fn deck(props: &RowProps) -> Deck {
    Deck {
        role: props.role,
        stopped: props.stopped,
        waiting: props.waiting.clone(),
        give: props.give.clone(),
        look: props.look.clone(),
        files: props.files,
        page: props.page.clone(),
        drafts: Rc::clone(&props.drafts),
        draft: props.draft.clone(),
    }
}

/// So many viewers.
fn people(count: u32) -> String {
    match count {
        1 => "1 viewer".into(),
        many => format!("{many} viewers"),
    }
}

fn kind(activity: &Activity) -> &'static str {
    let Activity::Poll(poll, _) = activity else {
        return match activity {
            Activity::Lottery(_) => "Prize draw",
            Activity::Qna(..) => "Q&A",
            Activity::Poll(..) | Activity::Deal(_) => "Deal",
        };
    };
    if !poll.card.parts.is_empty() || poll.card.comment.is_some() {
        return "Survey";
    }
    match (&poll.card.scale, poll.card.quiz, poll.card.max_choices) {
        (Some(_), _, _) => "Scale",
        (None, true, _) => "Quiz",
        (None, false, 1) => "Poll",
        (None, false, _) => "Poll, several choices",
    }
}

fn phase(activity: &Activity) -> &'static str {
    let times = activity.times();
    let told = matches!(activity, Activity::Poll(poll, _) if poll.tally.revealed);
    let drawn = match activity {
        Activity::Lottery(lottery) if lottery.card.drawn_at.is_some() => {
            Some(*lottery.left().start() == 0)
        }
        Activity::Poll(..) | Activity::Lottery(_) | Activity::Qna(..) | Activity::Deal(_) => None,
    };
    match times.phase {
        _ if activity.cancelled().is_some() => "Called off",
        Phase::Ready => "Prepared",
        Phase::Open if times.closes_at.is_none() => "Open until you close it",
        Phase::Open => "Open",
        Phase::Paused => "Paused",
        Phase::Closed if told => "Closed, revealed",
        Phase::Closed => match drawn {
            Some(true) => "Drawn",
            Some(false) => "Drawn in part",
            None => "Closed",
        },
    }
}
