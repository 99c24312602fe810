//! Looking something up in an activity, and taking its claims out as a file: the latter by a room server alone.

use super::{Deck, typed};
use crate::board::Found;
use crate::desk::look::{Look, Question};
use liveroom_protocol::id::ActivityId;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct FinderProps {
    /// In which activity.
    pub(super) activity: ActivityId,
    /// What unfolds it.
    pub(super) title: String,
    /// What can be typed.
    pub(super) label: String,
    /// What was found last.
    pub(super) found: Option<Rc<Found>>,
    /// How many of it are drawn below.
    pub(super) count: usize,
    /// What may be done.
    pub(super) deck: Deck,
    /// What was found, drawn.
    pub(super) children: Html,
}

/// The field, what was found, and on to what is older.
#[component]
pub(super) fn Finder(props: &FinderProps) -> Html {
    let text = use_state(String::new);
    let look = &props.deck.look;
    let asks = |text: String, before: Option<u64>| {
        let activity = props.activity.clone();
        Look::Up(Question {
            activity,
            text,
            before,
        })
    };
    let onsubmit = {
        let (look, first) = (look.clone(), asks((*text).clone(), None));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            look.emit(first.clone());
        })
    };
    let found = props.found.as_deref();
    let next = found.and_then(|found| {
        let next = found.desk.as_ref().ok()?.next?;
        Some(asks(found.text.clone(), Some(next)))
    });
    let older = next.map(|next| {
        let look = look.clone();
        let onclick = Callback::from(move |_: MouseEvent| look.emit(next.clone()));
        html! { <div class="strip__own"><button type="button" class="button" {onclick}>{ "Look among older ones" }</button></div> }
    });
    html! {
        <details class="fold">
            <summary>{ props.title.clone() }</summary>
            <form class="fold__fields" {onsubmit}>
                { typed(&format!("find-{}", props.activity), &props.label, &text) }
                <div class="strip__own"><button type="submit" class="button">{ "Look up" }</button></div>
            </form>
            <p class="entry__hint" role="status">{ says(found, props.count) }</p>
            { props.children.clone() }
            { older }
        </details>
    }
}

fn says(found: Option<&Found>, count: usize) -> String {
    match found.map(|found| (&found.desk, count)) {
        None => String::new(),
        Some((Err(sentence), _)) => sentence.clone(),
        Some((Ok(desk), 0)) if desk.next.is_some() => "Not among the newest.".into(),
        Some((Ok(_), 0)) => "There is none.".into(),
        Some((Ok(_), 1)) => "1 found.".into(),
        Some((Ok(_), many)) => format!("{many} found, the newest first."),
    }
}

/// The buttons that save claims and wins as a file, for whoever may read them.
pub(super) fn files(activity: &ActivityId, deck: &Deck) -> Html {
    if deck.may_take_out() {
        deck.saves("claims", activity)
    } else {
        Html::default()
    }
}
