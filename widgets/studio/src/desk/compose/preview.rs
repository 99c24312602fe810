//! How viewers will see it: the same component that they get, with nothing to press.

use crate::form::Form;
use crate::format::DeskFormat;
use liveroom::{Deal, Lottery, Poll, Qna, Scene};
use liveroom_protocol::Widget;
use liveroom_protocol::time::Timestamp;
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
    // Only what is typed makes it draw again. Its clock stands still, as if it opened then.
    let now = *use_memo(Rc::clone(&props.form), |_| device_time());
    let scene = use_memo(now, |now| Scene {
        format: Rc::new(DeskFormat),
        taking_part: false,
        now: Some(*now),
        ..Scene::default()
    });
    let form = &props.form;
    html! {
        <section class="preview" aria-label="Preview">
            <p class="preview__title" aria-hidden="true">{ "Viewers will see" }</p>
            { match form.widget {
                Widget::Poll => {
                    let card = Rc::new(form.card());
                    let tally = Rc::new(form.tally(&card));
                    html! { <Poll {card} {tally} mine={Rc::default()} {scene} /> }
                }
                Widget::Lottery => {
                    let (card, tally) = form.lottery_card(now);
                    html! { <Lottery card={Rc::new(card)} tally={Rc::new(tally)} {scene} /> }
                }
                Widget::Qna => {
                    let (card, tally) = form.qna_card();
                    html! { <Qna card={Rc::new(card)} tally={Rc::new(tally)} {scene} /> }
                }
                Widget::Deal => {
                    let (card, tally) = form.deal_card(now);
                    html! { <Deal card={Rc::new(card)} tally={Rc::new(tally)} {scene} /> }
                }
            } }
        </section>
    }
}

/// The device's clock: near enough to say when something would end.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole milliseconds since 1970, of which none are negative"
)]
fn device_time() -> Timestamp {
    Timestamp(js_sys::Date::now() as u64)
}
