//! What every card carries whatever it shows: the advertisement label, and a quiet way to report it.

use crate::parts::button::button;
use crate::parts::tag::{el, say, tag, text};
use crate::scene::Scene;
use crate::words::Words;
use liveroom_protocol::about::{About, Fault};
use liveroom_protocol::{Action, Widget};
use yew::prelude::*;

/// What may be wrong, with the key of its words.
const FAULTS: [(Fault, &str); 4] = [
    (Fault::Misleading, "flag.misleading"),
    (Fault::Offensive, "flag.offensive"),
    (Fault::Illegal, "flag.illegal"),
    (Fault::Other, "flag.other"),
];

/// Draws the advertisement label, if there is one. It is no part, and has colours of its own: no page's style reaches it.
pub(crate) fn ad(about: &About) -> Html {
    let Some(ad) = &about.ad else {
        return Html::default();
    };
    tag(
        "p",
        &["class", "dir"],
        vec![Some("ad".into()), Some("auto".into())],
        vec![text(ad.as_str().to_owned())],
    )
}

/// Draws the control that reports a card to those who run the room; nothing where nobody takes part.
pub(crate) fn flag(scene: &Scene, widget: Widget, onact: &Callback<Action>) -> Html {
    if !scene.taking_part {
        return Html::default();
    }
    let words = &scene.words;
    let inside = if scene.flagged {
        say(words, "flag.done")
    } else {
        let onclick = onact.reform(move |why| Action::Flag {
            widget,
            why,
            question: None,
        });
        whys(words, scene.pending.is_none(), &onclick)
    };
    let summary = el("summary", "flag__ask", vec![say(words, "flag.report")]);
    el("details", "flag", vec![summary, inside])
}

/// Draws what may be wrong, each a button.
pub(crate) fn whys(words: &Words, ready: bool, onclick: &Callback<Fault>) -> Html {
    let reasons = FAULTS.map(|(why, key)| {
        let onclick = onclick.reform(move |_| why);
        button("flag__why", ready, onclick, vec![say(words, key)])
    });
    el("div", "flag__whys", reasons.into())
}
