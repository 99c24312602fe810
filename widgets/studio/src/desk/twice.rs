//! An order that takes two steps: the button asks, the harmless answer comes first and has the focus.

use super::Give;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct TwiceProps {
    /// What is done, as a button says it.
    pub(super) deed: String,
    /// What is asked before.
    pub(super) question: String,
    /// What is done; nothing, while it cannot be.
    pub(super) order: Option<Give>,
    /// Why it is not done now.
    pub(super) not_now: Option<&'static str>,
    /// It is done.
    pub(super) give: Callback<Give>,
    /// How often what is asked about has changed: what was asked before that waits for no second step.
    #[prop_or_default]
    pub(super) turn: usize,
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
    let open = asks.clone();
    use_effect_with(props.turn, move |_| {
        if *open == Some(true) {
            open.set(Some(false));
        }
    });
    let turn = |to: bool| {
        let asks = asks.clone();
        Callback::from(move |_: MouseEvent| asks.set(Some(to)))
    };
    let not_now = props.not_now;
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
        let (asks, give) = (asks.clone(), props.give.clone());
        let order = props.order.clone().filter(|_| not_now.is_none());
        Callback::from(move |_: MouseEvent| {
            if let Some(order) = order.clone() {
                give.emit(order);
                // The button of the second step goes with it; the focus must not be lost.
                asks.set(Some(false));
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
