//! A poll: one question, the options, one button; and the bars, as far as the room tells the numbers.

use crate::parts::clock::{countdown, digits};
use crate::parts::frame;
use crate::parts::icon::{Icon, icon};
use crate::parts::label::{ad, flag};
use crate::parts::notice::link_notice;
use crate::parts::tag::{class, el, say, tag, text};
use crate::same::same;
use crate::scene::Scene;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Mine, Tally};
use liveroom_protocol::{Action, Widget};
use std::rc::Rc;
use yew::prelude::*;

pub(crate) mod announce;
mod asked;
mod ballot;
mod button;
mod comment;
mod foot;
mod options;
mod paper;
mod quiz;
pub(crate) mod shares;

use asked::is_survey;
use ballot::{Ballot, Unsent};
use button::phase_key;

/// What a poll is drawn from, and what it tells.
#[derive(Clone, Properties)]
pub struct PollProps {
    /// The poll as the room last told it. Give the component the activity's id as its key, so that an unsent choice stays with its poll.
    pub card: Rc<Card>,
    /// Its numbers as the room last told them.
    pub tally: Rc<Tally>,
    /// What this viewer did in it; nothing yet by default.
    #[prop_or_default]
    pub mine: Rc<Mine>,
    /// The surroundings; a live English page by default.
    #[prop_or_default]
    pub scene: Rc<Scene>,
    /// Called with the viewer's action, within the gesture. Ignored by default.
    #[prop_or_default]
    pub onact: Callback<Action>,
    /// Called when the viewer shrinks the card to a chip, or brings it back.
    #[prop_or_default]
    pub ontoggle: Callback<()>,
    /// Called when the viewer wants the newer activity that is offered.
    #[prop_or_default]
    pub onnewer: Callback<()>,
    /// Called when a choice is made and not sent (true), or no longer is (false).
    #[prop_or_default]
    pub onunsent: Callback<bool>,
}

same!(PollProps: card tally mine scene; onact ontoggle onnewer onunsent);

/// All that is known at one moment, for the functions that draw or decide.
#[derive(Clone, Copy)]
struct Sheet<'a> {
    card: &'a Card,
    tally: &'a Tally,
    mine: &'a Mine,
    scene: &'a Scene,
}

impl PollProps {
    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            card: &self.card,
            tally: &self.tally,
            mine: &self.mine,
            scene: &self.scene,
        }
    }
}

/// One question, its options, and the share of each. Shrunk to a chip it is the same head alone, so that focus stays on it.
#[component]
pub fn Poll(props: &PollProps) -> Html {
    let unsent = use_state(|| None::<Unsent>);
    let sheet = props.sheet();
    let ballot = Ballot::new(sheet, &unsent);
    let (onunsent, hold) = (props.onunsent.clone(), unsent.setter());
    use_effect_with(
        (ballot.differs(), ballot.is_answered(&unsent)),
        move |&(differs, answered)| {
            onunsent.emit(differs);
            if answered {
                hold.set(None);
            }
        },
    );
    let held = unsent.clone();
    use_effect_with(
        (sheet.scene.pending.is_some(), sheet.scene.refusal.is_some()),
        move |&(acting, refused)| {
            let sent = held.as_ref().filter(|unsent| unsent.sent && !acting);
            if let Some(unsent) = sent {
                // What the room took is no longer held; what it refused is, to be sent again.
                held.set(refused.then(|| unsent.returned()));
            }
        },
    );
    let scene = sheet.scene;
    let words = &scene.words;
    let modifiers = [
        ("poll--chip", scene.chip),
        ("poll--overlay", scene.overlay),
        ("poll--still", !scene.taking_part),
        ("poll--acting", scene.pending.is_some()),
    ];
    // Each part has its place, there or not, so that none is made anew when another comes or goes.
    let mut inside = vec![head(sheet, &props.ontoggle), ad(&sheet.card.about)];
    if scene.chip {
        inside.resize_with(8, Html::default);
    } else {
        inside.push(link_notice(scene));
        inside.push(paper::paper(props, sheet, &ballot, &unsent));
        inside.push(quiz::board(sheet));
        inside.push(foot::foot(sheet));
        inside.push(flag(scene, Widget::Poll, &props.onact));
        inside.push(newer(scene, &props.onnewer));
    }
    let attribute = |text: &str| Some(AttrValue::from(text.to_owned()));
    tag(
        "section",
        &["class", "part", "lang", "dir", "aria-label"],
        vec![
            Some(class("poll", &modifiers)),
            Some("base".into()),
            attribute(words.say("lang")),
            attribute(words.say("dir")),
            attribute(&sheet.card.question),
        ],
        inside,
    )
}

fn newer(scene: &Scene, onnewer: &Callback<()>) -> Html {
    if !scene.newer {
        return Html::default();
    }
    let onclick = onnewer.reform(|_| ());
    html! { <button type="button" class="poll__newer" {onclick}>{ say(&scene.words, "newer") }</button> }
}

/// The line at the top, and all there is of a chip: the kind, the time, and the button that shrinks.
fn head(sheet: Sheet, ontoggle: &Callback<()>) -> Html {
    let scene = sheet.scene;
    let words = &scene.words;
    let kind = if sheet.card.quiz {
        "poll.quiz"
    } else if is_survey(sheet) {
        "poll.survey"
    } else if sheet.card.scale.is_some() {
        "poll.rating"
    } else {
        "poll.poll"
    };
    let time = match (
        sheet.tally.phase,
        sheet.tally.closes_at,
        sheet.tally.left_ms,
    ) {
        (Phase::Open, Some(deadline), _) => countdown(scene, deadline, scene.chip),
        (Phase::Paused, _, Some(left)) => {
            let left = words.fill("time.left", "{time}", &digits(scene, left));
            let left = el("span", "clock__left", vec![text(left)]);
            el("span", "clock", vec![say(words, "state.paused"), left])
        }
        (phase, _, _) if scene.chip || !scene.taking_part => {
            let off = sheet.card.cancelled.is_some();
            let key = if off {
                "state.cancelled"
            } else {
                phase_key(phase)
            };
            el("span", "clock", vec![say(words, key)])
        }
        _ => Html::default(),
    };
    let kind = frame::kind(scene, kind);
    let left = if scene.taking_part {
        toggle(sheet, kind, ontoggle)
    } else {
        el("span", "poll__kind", vec![kind])
    };
    el("div", "poll__head", vec![left, time])
}

fn toggle(sheet: Sheet, kind: Html, ontoggle: &Callback<()>) -> Html {
    let chip = sheet.scene.chip;
    let question = chip.then(|| el("span", "unseen", vec![text(sheet.card.question.clone())]));
    let expanded = if chip { "false" } else { "true" };
    html! {
        <button type="button" class="poll__toggle" aria-expanded={expanded} onclick={ontoggle.reform(|_| ())}>
            { kind }{ question.unwrap_or_default() }{ icon(Icon::Chevron) }
        </button>
    }
}
