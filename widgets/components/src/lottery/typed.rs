//! What a viewer has typed and not sent: the word that is asked for, and claim forms.

use super::Sheet;
use crate::parts::field::typed;
use crate::parts::notice::notice;
use crate::parts::refusal::refusal_words;
use crate::parts::tag::{el, text};
use liveroom_protocol::Action;
use liveroom_protocol::phase::Phase;
use yew::prelude::*;

/// Which field: a win and the place in its form, or the word that is asked for.
pub(super) type Place = Option<(u32, usize)>;

/// What was typed, by field. The component's only state of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed(Vec<(Place, String)>);

impl Typed {
    /// What stands in a field.
    pub(super) fn at(&self, place: Place) -> &str {
        let found = self.0.iter().find(|(other, _)| *other == place);
        found.map_or("", |(_, text)| text.as_str())
    }

    /// The same with another text in a field.
    fn with(&self, place: Place, text: String) -> Self {
        let others = self.0.iter().filter(|(other, _)| *other != place);
        Self(others.cloned().chain([(place, text)]).collect())
    }

    /// Whether something is typed that can still be sent.
    pub(super) fn is_unsent(&self, sheet: Sheet) -> bool {
        let of_use = |place: &Place| match place {
            None => sheet.tally.phase == Phase::Open && !sheet.mine.entered,
            Some((win, _)) => super::claim::waits(sheet, *win),
        };
        self.0
            .iter()
            .any(|(place, text)| !text.trim().is_empty() && of_use(place))
    }
}

/// What acting needs: what was typed, and where actions go.
pub(super) struct Hand<'a> {
    pub(super) held: &'a UseStateHandle<Typed>,
    pub(super) onact: &'a Callback<Action>,
}

impl Hand<'_> {
    /// Draws a field with its name above it.
    pub(super) fn field(&self, place: Place, name: Html, required: bool, chars: usize) -> Html {
        let value = self.held.at(place).to_owned();
        let held = self.held.clone();
        let oninput =
            Callback::from(move |event: InputEvent| held.set(held.with(place, typed(&event))));
        let input = html! {
            <input class="lottery__input" type="text" dir="auto" autocomplete={if place.is_some() { "on" } else { "off" }}
                {value} {required} maxlength={chars.to_string()} {oninput} />
        };
        el(
            "label",
            "lottery__field",
            vec![el("span", "lottery__name", vec![name]), input],
        )
    }

    /// Draws a form whose button acts; `act` is what is done once the browser finds its fields filled.
    pub(super) fn form(&self, act: Option<Action>, inside: Vec<Html>) -> Html {
        let onact = self.onact.clone();
        let onsubmit = Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(act) = &act {
                onact.emit(act.clone());
            }
        });
        html! { <form class="lottery__form" {onsubmit}>{ inside }</form> }
    }
}

/// Draws the button of a form. One that is not ready is a line of text in the same place, and keeps the focus.
pub(super) fn submit(ready: bool, inside: Vec<Html>) -> Html {
    let off = (!ready).then_some("true");
    html! { <button type="submit" class="act" part="button" aria-disabled={off}>{ inside }</button> }
}

/// Draws the room's no, if there was one.
pub(super) fn refusal(sheet: Sheet) -> Html {
    let scene = sheet.scene;
    let refusal = scene.refusal.as_ref();
    refusal.map_or_else(Html::default, |refusal| {
        notice(refusal_words(&scene.words, &*scene.format, refusal))
    })
}

/// Draws a text that somebody wrote, in its own direction of writing.
pub(super) fn foreign(name: &'static str, class: &'static str, wrote: &str) -> Html {
    crate::parts::tag::tag(
        name,
        &["class", "dir"],
        vec![Some(class.into()), Some("auto".into())],
        vec![text(wrote.to_owned())],
    )
}
