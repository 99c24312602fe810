//! Calling an activity off, whatever widget it is: with a reason that everybody reads.

use super::Deck;
use super::reason::Reasoned;
use crate::board::Activity;
use crate::order::About;
use liveroom_protocol::Command;
use yew::prelude::*;

/// The fold that calls it off; nothing where that is done, or too late.
pub(in super::super) fn call_off(activity: &Activity, deck: &Deck) -> Html {
    // A draw stays as it fell.
    let drawn = matches!(activity, Activity::Lottery(lottery) if lottery.card.drawn_at.is_some());
    if drawn || activity.cancelled().is_some() {
        return Html::default();
    }
    let id = activity.id().clone();
    let about = About::Activity(id.clone());
    let name = format!("cancel-{id}");
    let cancel = Callback::from(move |(reason, _)| Command::Cancel {
        activity: id.clone(),
        reason,
    });
    html! {
        <Reasoned key={activity.run()} id={name} title="Call it off…" label="Why? Everybody reads it."
            yes="Call it off" {about} deck={deck.clone()} make={cancel} />
    }
}
