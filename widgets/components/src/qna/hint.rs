//! What the page answers to a question before it is asked: shown as a machine's, and gone with one press.

use super::draft::Draft;
use super::row::told;
use crate::parts::button::button;
use crate::parts::field::focus;
use crate::parts::link::link;
use crate::parts::tag::{el, say};
use crate::scene::Scene;
use liveroom_protocol::about::Address;
use liveroom_protocol::qna::Answer;
use yew::prelude::*;

/// An answer of the page to what is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The answer, marked as a machine's.
    pub answer: Answer,
    /// Where there is more of it.
    pub link: Option<Address>,
}

/// Draws the answer to what stands in the field; nothing where there is none.
pub(super) fn hint(scene: &Scene, draft: &UseStateHandle<Draft>, field: &NodeRef) -> Html {
    let Some(hint) = scene.hint.as_deref().filter(|_| !draft.is_empty()) else {
        return Html::default();
    };
    let words = &scene.words;
    let (held, field) = (draft.clone(), field.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        held.set(Draft {
            anonymous: held.anonymous,
            ..Draft::default()
        });
        // The button goes. A pointer needs no focus, which would open the keyboard of a phone.
        if event.detail() == 0 {
            focus(&field);
        }
    });
    let more = hint.link.as_ref().map(|address| {
        let inside = vec![say(words, "qna.hint_more")];
        link(address.as_str(), inside, None)
    });
    let settled = button("link", true, onclick, vec![say(words, "qna.settled")]);
    let line = el("div", "qna__line", vec![more.unwrap_or_default(), settled]);
    el("div", "qna__similar", vec![told(words, &hint.answer), line])
}
