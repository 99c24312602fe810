//! Forgetting a viewer who asked for it: whom, asked twice, and the receipts of all that were forgotten.

use super::activity::SecondStep;
use super::orders::FateLine;
use super::{Asked, Give};
use crate::forget::{Named, Receipts, Typed, WAYS, says};
use crate::format::DeskFormat;
use crate::order::{About, Order};
use liveroom_protocol::Command;
use liveroom_protocol::erase::{Erase, Receipt};
use std::rc::Rc;
use web_sys::{HtmlDetailsElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// The name in the page of the button that asks.
pub(super) const FORGET: &str = "forget";

#[derive(PartialEq, Properties)]
pub(super) struct ForgetProps {
    /// What is known of earlier ones.
    pub(super) receipts: Receipts,
    /// It waits for its second step.
    pub(super) asked: bool,
    /// One is on its way: the room answers once all is deleted.
    pub(super) waits: bool,
    /// The newest order about a viewer.
    pub(super) order: Option<Order>,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// A first step was taken, or thought better of.
    pub(super) ask: Callback<Option<Asked>>,
    /// What was asked about is not what is typed any more.
    pub(super) unask: Callback<()>,
    /// An order was given.
    pub(super) give: Callback<Give>,
    /// The receipts are wanted.
    pub(super) look: Callback<()>,
}

/// The panel, folded away until it is wanted.
#[component]
pub(super) fn ForgetPanel(props: &ForgetProps) -> Html {
    let typed = use_state(Typed::default);
    let look = props.look.clone();
    let ontoggle = Callback::from(move |event: Event| {
        if event.target_unchecked_into::<HtmlDetailsElement>().open() {
            look.emit(());
        }
    });
    let again = props.look.reform(|_: MouseEvent| ());
    html! {
        <details class="fold" {ontoggle}>
            <summary>{ "Forget a viewer" }</summary>
            <div class="fold__fields">
                { fields(props, &typed) }
                <FateLine order={props.order.clone()} />
                { receipts(&props.receipts) }
                <div class="strip__own">
                    <button type="button" class="button" onclick={again}>{ "Look again" }</button>
                </div>
            </div>
        </details>
    }
}

fn fields(props: &ForgetProps, typed: &UseStateHandle<Typed>) -> Html {
    let erase = typed.erase();
    let flaw = erase.as_ref().err().copied();
    let off = props.stopped.is_some() || flaw.is_some() || props.waits;
    let change = {
        let (typed, unask, asked) = (typed.clone(), props.unask.clone(), props.asked);
        Rc::new(move |next: Typed| {
            if asked {
                unask.emit(());
            }
            typed.set(next);
        })
    };
    let onway = {
        let (typed, change) = (typed.clone(), Rc::clone(&change));
        Callback::from(move |event: Event| {
            let chosen = event
                .target_unchecked_into::<HtmlSelectElement>()
                .selected_index();
            let way = usize::try_from(chosen)
                .ok()
                .and_then(|place| WAYS.get(place));
            let named = way.copied().unwrap_or(typed.named);
            change(Typed {
                named,
                ..(*typed).clone()
            });
        })
    };
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlInputElement>().value();
            change(Typed {
                text,
                ..(*typed).clone()
            });
        })
    };
    let onclick = {
        let ask = props.ask.clone();
        Callback::from(move |_: MouseEvent| {
            if !off {
                ask.emit(Some(Asked::Forget));
            }
        })
    };
    let hint = match typed.named {
        Named::Account => "As your own server names them in their tokens.",
        Named::Reports => "As their own page and every report of theirs name them: me.",
    };
    html! {
        <>
            <p class="parts__note">
                { "What they wrote is deleted, with their name, claim forms and reports. Tallies, stock and the proofs of draws hold." }
            </p>
            <div class="entry">
                <label class="entry__label" for="forget-by">{ "By" }</label>
                <select class="entry__input" id="forget-by" onchange={onway}>
                    { for WAYS.iter().map(|way| html! { <option selected={*way == typed.named}>{ way.word() }</option> }) }
                </select>
            </div>
            <div class="entry">
                <label class="entry__label" for="forget-whom">{ "Whom" }</label>
                <input class="entry__input" id="forget-whom" type="text" autocomplete="off" value={typed.text.clone()} {oninput}
                    aria-describedby={super::field::notes("forget-whom")} />
                { super::field::below("forget-whom", hint, flaw.filter(|_| !typed.text.is_empty())) }
            </div>
            <div class="strip__own">
                <button type="button" class="button" id={FORGET} {onclick} aria-disabled={off.then_some("true")} title={props.stopped.or(flaw)}>
                    { "Forget this viewer…" }
                </button>
            </div>
            { second(props, typed, erase.ok()) }
        </>
    }
}

/// What is asked before it is done.
fn second(props: &ForgetProps, typed: &UseStateHandle<Typed>, erase: Option<Erase>) -> Html {
    let Some(erase) = erase.filter(|_| props.asked && !props.waits) else {
        return Html::default();
    };
    let ongive = {
        let (give, typed) = (props.give.clone(), typed.clone());
        Callback::from(move |order: Give| {
            give.emit(order);
            // Whom it was stays nowhere at the desk.
            typed.set(Typed::default());
        })
    };
    html! {
        <SecondStep question={typed.question()} yes="Forget this viewer" give={order(erase)} ask={props.ask.clone()} {ongive} />
    }
}

fn order(erase: Erase) -> Give {
    Give {
        deed: "Forget a viewer".to_owned(),
        about: About::Viewer,
        command: Command::ViewerErase(erase),
    }
}

fn receipts(receipts: &Receipts) -> Html {
    match receipts {
        None => Html::default(),
        Some(Err(why)) => html! { <p class="parts__note" role="status">{ why.clone() }</p> },
        Some(Ok(receipts)) if receipts.is_empty() => {
            html! { <p class="parts__note">{ "Nobody was forgotten yet." }</p> }
        }
        Some(Ok(receipts)) => html! {
            <ol class="team" aria-label="Receipts, the newest first">
                { for receipts.iter().rev().map(line) }
            </ol>
        },
    }
}

fn line(receipt: &Receipt) -> Html {
    html! {
        <li class="team__key" key={receipt.position}>
            <span class="team__who">{ DeskFormat.day(receipt.at) }</span>
            <span class="team__what">{ says(receipt) }</span>
        </li>
    }
}
