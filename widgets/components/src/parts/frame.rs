//! The frame of a card: the line at the top with the kind and the time, what the widget shows, and the offer of a newer one.
//! Shrunk to a chip it is the same head alone, so that the focus stays on it.

use crate::parts::button::button;
use crate::parts::clock::{countdown, digits, opening};
use crate::parts::icon::{Icon, icon};
use crate::parts::label::ad;
use crate::parts::notice::link_notice;
use crate::parts::tag::{class, el, say, tag, text};
use crate::scene::Scene;
use liveroom_protocol::about::About;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::{Span, Timestamp};
use yew::prelude::*;

/// Where an activity is in its life, and what of it is counted down.
#[derive(Clone, Copy, Default)]
pub(crate) struct Times {
    /// Where it is.
    pub phase: Phase,
    /// When it opens by itself.
    pub opens_at: Option<Timestamp>,
    /// When it closes by itself.
    pub closes_at: Option<Timestamp>,
    /// While paused: how much time is left of it.
    pub left_ms: Option<Span>,
}

/// What a frame says of what is in it.
pub(crate) struct Frame<'a> {
    /// The widget's class.
    pub class: &'static str,
    /// The key of the kind's name.
    pub kind: &'static str,
    /// What it is called, for those who do not see it.
    pub title: &'a str,
    /// Its words were corrected.
    pub corrected: bool,
    /// The label.
    pub about: &'a About,
    /// The time.
    pub times: Times,
    /// Called when the viewer shrinks the card, or brings it back.
    pub ontoggle: &'a Callback<()>,
    /// Called when the viewer wants the newer activity.
    pub onnewer: &'a Callback<()>,
}

/// How many parts a card has at most, the last one left aside: chip and card have the same number, so that the head,
/// and the focus in it, is the same element in both.
const SLOTS: usize = 16;

/// The key of a phase's name.
pub(crate) fn phase_key(phase: Phase) -> &'static str {
    match phase {
        Phase::Ready => "state.ready",
        Phase::Open => "state.open",
        Phase::Paused => "state.paused",
        Phase::Closed => "state.closed",
    }
}

/// Draws the card around what the widget shows, of which a chip has nothing.
/// Each part has its place, there or not, so that none is made anew when another comes or goes.
pub(crate) fn frame(scene: &Scene, frame: &Frame, inside: Vec<Html>) -> Html {
    let words = &scene.words;
    let modifiers = [
        ("card--chip", scene.chip),
        ("card--overlay", scene.overlay),
        ("card--leaving", scene.leaving),
        ("card--acting", scene.pending.is_some()),
    ];
    let mut parts = vec![head(scene, frame), ad(frame.about)];
    if !scene.chip {
        parts.push(link_notice(scene));
        parts.push(match frame.corrected {
            true => el("p", "card__corrected", vec![say(words, "corrected")]),
            false => Html::default(),
        });
        parts.extend(inside);
    }
    parts.resize_with(SLOTS, Html::default);
    parts.push(match scene.newer && !scene.chip {
        true => {
            let onclick = frame.onnewer.reform(|_| ());
            button("newer", true, onclick, vec![say(words, "newer")])
        }
        false => Html::default(),
    });
    let attribute = |text: &str| Some(AttrValue::from(text.to_owned()));
    let card = [class("card", &modifiers).as_str(), " ", frame.class].concat();
    tag(
        "section",
        &["class", "part", "lang", "dir", "aria-label"],
        vec![
            Some(card.into()),
            Some("base".into()),
            attribute(words.say("lang")),
            attribute(words.say("dir")),
            attribute(frame.title),
        ],
        parts,
    )
}

fn head(scene: &Scene, frame: &Frame) -> Html {
    let kind = kind(scene, frame.kind);
    let left = if scene.taking_part {
        toggle(scene, frame, kind)
    } else {
        el("span", "head__kind", vec![kind])
    };
    el("div", "head", vec![left, time(scene, frame.times)])
}

/// What kind of activity it is, and whether it is but practice.
pub(crate) fn kind(scene: &Scene, key: &str) -> Html {
    let words = &scene.words;
    match scene.practice {
        true => text([words.say("practice"), " · ", words.say(key)].concat()),
        false => say(words, key),
    }
}

fn time(scene: &Scene, times: Times) -> Html {
    let words = &scene.words;
    match times {
        Times {
            phase: Phase::Open,
            closes_at: Some(at),
            ..
        } => countdown(scene, at, scene.chip),
        Times {
            phase: Phase::Ready,
            opens_at: Some(at),
            ..
        } => opening(scene, at, scene.chip),
        Times {
            phase: Phase::Paused,
            left_ms: Some(left),
            ..
        } => {
            let left = words.fill("time.left", "{time}", &digits(scene, left));
            let left = el("span", "clock__left", vec![text(left)]);
            el("span", "clock", vec![say(words, "state.paused"), left])
        }
        Times {
            phase: Phase::Open, ..
        } if !scene.chip && scene.taking_part => Html::default(),
        Times { phase, .. } => el("span", "clock", vec![say(words, phase_key(phase))]),
    }
}

fn toggle(scene: &Scene, frame: &Frame, kind: Html) -> Html {
    let title = match scene.chip {
        true => el("span", "unseen", vec![text(frame.title.to_owned())]),
        false => Html::default(),
    };
    let expanded = if scene.chip { "false" } else { "true" };
    let onclick = frame.ontoggle.reform(|_| ());
    html! {
        <button type="button" class="head__toggle" aria-expanded={expanded} {onclick}>
            { kind }{ title }{ icon(Icon::Chevron) }
        </button>
    }
}
