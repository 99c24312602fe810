//! An order that takes two steps: the button asks, the harmless answer comes first and has the focus.

use super::Deck;
use crate::desk::Give;
use crate::desk::role::refused;
use crate::order::About;
use liveroom_protocol::Command;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct TwiceProps {
    /// What is done, as a button says it.
    pub(super) deed: String,
    /// What is asked before.
    pub(super) question: String,
    /// What it is about.
    pub(super) about: About,
    /// What may be done.
    pub(super) deck: Deck,
    /// The command.
    pub(super) command: Command,
}

/// The button, and its second step once it was pressed.
#[component]
pub(super) fn Twice(props: &TwiceProps) -> Html {
    // Whether it asks now; nothing before it was ever pressed.
    let asks = use_state(|| None::<bool>);
    let focus = use_node_ref();
    let target = focus.clone();
    use_effect_with(*asks, move |asks| {
        if asks.is_some()
            && let Some(button) = target.cast::<HtmlElement>()
        {
            // A button that is gone by now needs no focus.
            let _ = button.focus();
        }
    });
    let turn = |to: bool| {
        let asks = asks.clone();
        Callback::from(move |_: MouseEvent| asks.set(Some(to)))
    };
    let refused = refused(props.deck.role, &props.command);
    let not_now = props.deck.not_now(&props.about).or(refused);
    if *asks != Some(true) {
        let onclick = if not_now.is_none() {
            turn(true)
        } else {
            Callback::noop()
        };
        return html! {
            <button key="ask" type="button" class="button" ref={focus} {onclick} aria-disabled={not_now.map(|_| "true")} title={not_now}>
                { format!("{}…", props.deed) }
            </button>
        };
    }
    let onkeydown = {
        let asks = asks.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                event.stop_propagation();
                asks.set(Some(false));
            }
        })
    };
    let yes = {
        let (asks, give) = (asks.clone(), props.deck.give.clone());
        let order = Give {
            deed: props.deed.clone(),
            about: props.about.clone(),
            command: props.command.clone(),
        };
        let blocked = not_now.is_some();
        Callback::from(move |_: MouseEvent| {
            if !blocked {
                give.emit(order.clone());
                asks.set(None);
            }
        })
    };
    html! {
        <div key="second" class="second" role="group" aria-label={props.question.clone()} {onkeydown}>
            <p class="second__question">{ props.question.clone() }</p>
            <button type="button" class="button" ref={focus} onclick={turn(false)}>{ "No, keep it" }</button>
            <button type="button" class="button button--danger" onclick={yes} aria-disabled={not_now.map(|_| "true")} title={not_now}>
                { format!("Yes: {}", props.deed) }
            </button>
        </div>
    }
}
