//! An order that needs a reason, which stays public: folded away, so that it takes two steps.

use super::{Deck, typed};
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::limits::OPTION_CHARS;
use liveroom_protocol::text::Text;
use yew::prelude::*;

/// A reason as the room takes it.
pub(super) type Reason = Text<OPTION_CHARS>;

#[derive(PartialEq, Properties)]
pub(super) struct ReasonedProps {
    /// Its name in the page.
    pub(super) id: String,
    /// What unfolds it.
    pub(super) title: String,
    /// What the reason is for.
    pub(super) label: String,
    /// What the button says that does it.
    pub(super) yes: String,
    /// What it is about.
    pub(super) about: About,
    /// What may be done.
    pub(super) deck: Deck,
    /// The command with its reason; a box to tick is its second part.
    pub(super) make: Callback<(Reason, bool), Command>,
    /// What the box says, if there is one.
    #[prop_or_default]
    pub(super) tick: Option<&'static str>,
}

/// The fold with its reason and its button.
#[component]
pub(super) fn Reasoned(props: &ReasonedProps) -> Html {
    let reason = use_state(String::new);
    let ticked = use_state(|| true);
    let command = match Text::parse(&reason) {
        Ok(reason) => Ok(props.make.emit((reason, *ticked && props.tick.is_some()))),
        Err(liveroom_protocol::text::NotAText::Empty) => Err("Write the reason first."),
        Err(_) => Err("A reason has at most 120 characters."),
    };
    let onchange = {
        let ticked = ticked.clone();
        Callback::from(move |_: Event| ticked.set(!*ticked))
    };
    let id = format!("{}-tick", props.id);
    html! {
        <details class="fold">
            <summary>{ props.title.clone() }</summary>
            <div class="fold__fields">
                { typed(&props.id, &props.label, &reason) }
                if let Some(tick) = props.tick {
                    <label class="entry entry--tick" for={id.clone()}>
                        <input {id} type="checkbox" checked={*ticked} {onchange} />
                        <span>{ tick }</span>
                    </label>
                }
                <div class="strip__own">
                    { props.deck.button(&props.yes, Some("button--danger"), &props.about, command) }
                </div>
            </div>
        </details>
    }
}
