//! One line that a viewer should mind: a refusal, a lost connection.

use crate::parts::icon::{Icon, icon};
use crate::scene::{Link, Scene};
use yew::prelude::*;

/// Draws a line with a sign. It is no live region: a room has one for all its widgets.
pub(crate) fn notice(text: &str) -> Html {
    html! { <p class="notice">{ icon(Icon::Note) }<span>{ text.to_owned() }</span></p> }
}

/// Draws what is to be said of the line to the room; nothing while it is live.
pub(crate) fn link_notice(scene: &Scene) -> Html {
    let words = &scene.words;
    match scene.link {
        Link::Live => Html::default(),
        Link::Lost { since: None } => notice(words.say("link.lost")),
        Link::Lost { since: Some(at) } => {
            notice(&words.fill("link.since", "{at}", &scene.format.clock(at)))
        }
        Link::Slow => notice(words.say("link.slow")),
    }
}
