//! One line that a viewer should mind: a refusal, a lost connection.

use crate::parts::icon::{Icon, icon};
use crate::parts::tag::{el, text};
use crate::scene::{Link, Scene};
use yew::prelude::*;

/// Draws a line with a sign. It is no live region: a room has one for all its widgets.
pub(crate) fn notice(line: String) -> Html {
    let line = el("span", "notice__line", vec![text(line)]);
    el("p", "notice", vec![icon(Icon::Note), line])
}

/// Draws what is to be said of the line to the room; nothing while it is live.
pub(crate) fn link_notice(scene: &Scene) -> Html {
    let words = &scene.words;
    let line = match scene.link {
        Link::Live => return Html::default(),
        Link::Lost { since: None } => words.say("link.lost").to_owned(),
        Link::Lost { since: Some(at) } => words.fill("link.since", "{at}", &scene.format.clock(at)),
        Link::Slow => words.say("link.slow").to_owned(),
    };
    notice(line)
}
