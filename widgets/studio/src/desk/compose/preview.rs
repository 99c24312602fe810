//! How viewers will see it: the same component that they get, with nothing to press.

use crate::form::Form;
use crate::format::DeskFormat;
use liveroom::{Poll, Scene};
use liveroom_protocol::poll::Mine;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct PreviewProps {
    /// What is typed.
    pub(super) form: Rc<Form>,
}

/// The preview.
#[component]
pub(super) fn Preview(props: &PreviewProps) -> Html {
    // One scene for the life of the preview: only what is typed makes it draw again.
    let scene = use_memo((), |()| Scene {
        format: Rc::new(DeskFormat),
        taking_part: false,
        ..Scene::default()
    });
    let card = Rc::new(props.form.card());
    let tally = Rc::new(props.form.tally(&card));
    html! {
        <section class="preview" aria-label="Preview">
            <p class="preview__title" aria-hidden="true">{ "Viewers will see" }</p>
            <Poll {card} {tally} mine={Rc::new(Mine::default())} {scene} />
        </section>
    }
}
