//! What was ordered and what became of it: a line beside each thing, and the list of all.

use crate::format::DeskFormat;
use crate::order::{Fate, Order};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct FateProps {
    /// The newest order about something.
    pub(super) order: Option<Order>,
}

/// What became of the newest order; read aloud when it changes.
#[component]
pub(super) fn FateLine(props: &FateProps) -> Html {
    html! {
        <p class="fate" role="status">
            if let Some(order) = props.order.as_ref() {
                <span class={classes!("fate__mark", look(&order.fate))}>{ mark(&order.fate) }</span>
                { " " }{ order.deed.clone() }{ ": " }{ says(&order.fate) }
            }
        </p>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct LogProps {
    /// All that this desk remembers, newest first.
    pub(super) orders: Vec<Order>,
    /// How times are written.
    pub(super) format: DeskFormat,
}

/// The list of orders of this desk, folded away until it is asked for.
#[component]
pub(super) fn Log(props: &LogProps) -> Html {
    if props.orders.is_empty() {
        return Html::default();
    }
    html! {
        <details class="log">
            <summary class="log__title">{ "What this desk ordered" }</summary>
            <ol class="log__list">
                { for props.orders.iter().map(|order| html! {
                    <li key={order.number} class="log__order">
                        <time class="log__time">{ props.format.time(order.at) }</time>
                        <span class={classes!("fate__mark", look(&order.fate))}>{ mark(&order.fate) }</span>
                        <span>{ order.deed.clone() }{ ": " }{ says(&order.fate) }</span>
                    </li>
                }) }
            </ol>
        </details>
    }
}

const fn look(fate: &Fate) -> &'static str {
    match fate {
        Fate::Sent => "fate__mark--sent",
        Fate::Confirmed => "fate__mark--good",
        Fate::Refused(_) => "fate__mark--bad",
        Fate::Unknown => "fate__mark--unknown",
    }
}

const fn mark(fate: &Fate) -> &'static str {
    match fate {
        Fate::Sent => "→",
        Fate::Confirmed => "✓",
        Fate::Refused(_) => "✕",
        Fate::Unknown => "?",
    }
}

fn says(fate: &Fate) -> String {
    match fate {
        Fate::Sent => "sent".into(),
        Fate::Confirmed => "confirmed".into(),
        Fate::Refused(sentence) => format!("refused. {sentence}"),
        Fate::Unknown => {
            "sent, not confirmed. What is shown here tells whether it was done.".into()
        }
    }
}
