//! One entry of the run of show: when, what, where it is in its life; and what can be done with it, folded away.

use super::Wish;
use crate::clock;
use crate::format::DeskFormat;
use crate::plan::Change;
use liveroom_protocol::Command;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::run::Cue;
use liveroom_protocol::time::{Span, Timestamp};
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct RowProps {
    /// Its place, from 0.
    pub(super) place: usize,
    /// How many there are.
    pub(super) count: usize,
    /// The cue.
    pub(super) cue: Cue,
    /// When it is planned, from the start of the show.
    pub(super) at: Span,
    /// When that is by the clock, while a show runs.
    pub(super) clock: Option<Timestamp>,
    /// It comes next.
    pub(super) next: bool,
    /// Where its activity is in its life, if the room has it.
    pub(super) standing: Option<Phase>,
    /// Why the room would refuse it.
    pub(super) missing: Vec<String>,
    /// What the room would warn of.
    pub(super) warned: Vec<String>,
    /// Something is wished.
    pub(super) wish: Callback<Wish>,
}

/// The entry.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let RowProps {
        place, cue, wish, ..
    } = props;
    let place = *place;
    let change = |change: Change| wish.reform(move |_: MouseEvent| Wish::Change(change.clone()));
    let step = |id: &str, label: String, sign: &'static str, to: Option<usize>| {
        let onclick = match to {
            Some(to) => change(Change::Move(place, to)),
            None => Callback::noop(),
        };
        let id = format!("{id}-{}", cue.name().map_or("", |name| name.as_str()));
        html! {
            <button type="button" class="cue__step" {id} aria-label={label} {onclick} aria-disabled={to.is_none().then_some("true")}>{ sign }</button>
        }
    };
    let title = cue.title().to_owned();
    let state = match props.standing {
        Some(Phase::Open) => "Open",
        Some(Phase::Paused) => "Paused",
        Some(Phase::Closed) => "Done",
        Some(Phase::Ready) => "Prepared",
        None => "",
    };
    let look = (props.next, props.standing);
    let look = match look {
        (_, Some(Phase::Open | Phase::Paused)) => "cue--open",
        (_, Some(Phase::Closed)) => "cue--done",
        (true, _) => "cue--next",
        (false, Some(Phase::Ready) | None) => "",
    };
    let up = place.checked_sub(1);
    let down = (place + 1 < props.count).then_some(place + 1);
    html! {
        <li class={classes!("cue", look)} data-cue={place.to_string()} aria-current={props.next.then_some("step")}>
            <span class="cue__grip" data-grip="" aria-hidden="true">{ "⠿" }</span>
            <p class="cue__time">
                <span>{ format!("+{}", clock::passed(props.at)) }</span>
                if let Some(at) = props.clock {
                    <span class="cue__clock">{ DeskFormat.time(at) }</span>
                }
            </p>
            <p class="cue__what">
                <span class="cue__kind">{ kind(cue) }</span>
                <span class="cue__title" dir="auto">{ title.clone() }</span>
                if !state.is_empty() { <span class="cue__state">{ state }</span> }
                if cue.auto { <span class="cue__state">{ "opens itself" }</span> }
            </p>
            <span class="cue__steps">
                { step("cue-up", format!("Move up: {title}"), "↑", up) }
                { step("cue-down", format!("Move down: {title}"), "↓", down) }
            </span>
            if !props.missing.is_empty() {
                <div class="entry__flaw cue__missing">
                    { for props.missing.iter().map(|says| html! { <p key={says.clone()}>{ says.clone() }</p> }) }
                </div>
            }
            if !props.warned.is_empty() {
                <div class="cue__warned">
                    { for props.warned.iter().map(|says| html! { <p key={says.clone()}>{ format!("Warning: {says}") }</p> }) }
                </div>
            }
            <details class="cue__more">
                <summary>{ "Change" }</summary>
                <div class="cue__fields">
                    <Length id={format!("cue-at-{place}")} label="At, from the start" value={cue.at_ms} hint="Empty: right after what comes before."
                        put={wish.reform(move |at| Wish::Change(Change::At(place, at)))} />
                    <Length id={format!("cue-lasts-{place}")} label="Takes" value={cue.lasts_ms} hint=""
                        put={wish.reform(move |lasts| Wish::Change(Change::Lasts(place, lasts)))} />
                    if cue.may_open_itself() {
                        <label class="entry entry--tick">
                            <input type="checkbox" checked={cue.auto} onchange={wish.reform(move |event: Event| {
                                let auto = event.target_unchecked_into::<HtmlInputElement>().checked();
                                Wish::Change(Change::Auto(place, auto))
                            })} />
                            <span>{ "Opens itself at its time" }</span>
                        </label>
                    }
                </div>
                <div class="cue__buttons">
                    { edit(cue, wish) }
                    { open(props) }
                    <button type="button" class="lesser" onclick={change(Change::Duplicate(place))}>{ "Duplicate" }</button>
                    <button type="button" class="lesser" onclick={change(Change::Keep(place))}>{ "Keep as a template" }</button>
                    <button type="button" class="lesser" onclick={change(Change::Remove(place))}>{ "Remove" }</button>
                </div>
            </details>
        </li>
    }
}

/// Opens it out of its turn.
fn open(props: &RowProps) -> Html {
    let Some(name) = props
        .cue
        .name()
        .cloned()
        .filter(|_| props.standing.is_none())
    else {
        return Html::default();
    };
    let onclick = props
        .wish
        .reform(move |_: MouseEvent| Wish::Open(name.clone()));
    html! { <button type="button" class="lesser" {onclick}>{ "Open now, out of its turn" }</button> }
}

fn edit(cue: &Cue, wish: &Callback<Wish>) -> Html {
    let survey = matches!(&cue.draft, Command::PollPrepare(draft) if !draft.parts.is_empty() || draft.comment.is_some());
    let Some(name) = cue.name().cloned().filter(|_| !survey) else {
        return Html::default();
    };
    let onclick = wish.reform(move |_: MouseEvent| Wish::Edit(name.clone()));
    html! { <button type="button" class="lesser" {onclick}>{ "Change in the composer" }</button> }
}

fn kind(cue: &Cue) -> &'static str {
    match &cue.draft {
        Command::PollPrepare(draft) if !draft.right.is_empty() => "Quiz",
        Command::PollPrepare(draft) if draft.comment.is_some() || !draft.parts.is_empty() => {
            "Survey"
        }
        Command::PollPrepare(_) => "Poll",
        Command::LotteryPrepare(_) => "Prize draw",
        Command::QnaPrepare(_) => "Q&A",
        Command::DealPrepare(_) => "Deal",
        _ => "",
    }
}

#[derive(PartialEq, Properties)]
struct LengthProps {
    id: String,
    label: &'static str,
    value: Option<Span>,
    hint: &'static str,
    put: Callback<Option<Span>>,
}

/// A length of time, taken when the field is left, so that nothing moves while it is typed.
#[component]
fn Length(props: &LengthProps) -> Html {
    let flaw = use_state(|| None::<&'static str>);
    // What is being typed; the desk is drawn anew meanwhile.
    let typed = use_state(|| None::<String>);
    let known = match props.value {
        Some(Span(0)) => "0".to_owned(),
        value => value.map_or_else(String::new, clock::passed),
    };
    let value = (*typed).clone().unwrap_or(known);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            typed.set(Some(input.value()));
        })
    };
    let onchange = {
        let (flaw, typed, put) = (flaw.clone(), typed.clone(), props.put.clone());
        Callback::from(move |event: Event| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            let read = match text.trim() {
                "0" | "0:00" => Ok(Some(Span(0))),
                text => clock::read(text),
            };
            match read {
                Ok(span) => {
                    flaw.set(None);
                    typed.set(None);
                    put.emit(span);
                }
                Err(says) => flaw.set(Some(says)),
            }
        })
    };
    html! {
        <div class="entry">
            <label class="entry__label" for={props.id.clone()}>{ props.label }</label>
            <input class="entry__input" id={props.id.clone()} type="text" autocomplete="off" {value} {oninput} {onchange}
                aria-invalid={flaw.map(|_| "true")} aria-describedby={crate::desk::field::notes(&props.id)} />
            { crate::desk::field::below(&props.id, props.hint, *flaw) }
        </div>
    }
}
