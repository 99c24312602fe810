//! The root of the Yew tree in one element: whatever activity the element shows.

use crate::face::Face;
use crate::room::Look;
use liveroom::{Deal, Lottery, Poll, Qna};
use liveroom_protocol::Action;
use liveroom_protocol::qna::Order;
use yew::prelude::*;

/// What an element shows, and what it tells.
#[derive(Default, PartialEq, Properties)]
pub struct ViewProps {
    /// The activity; nothing takes no space.
    pub look: Option<Look>,
    /// Called with the viewer's action, within the gesture.
    pub onact: Callback<Action>,
    /// Called when the viewer shrinks it, or brings it back.
    pub ontoggle: Callback<()>,
    /// Called when the viewer wants the newer activity.
    pub onnewer: Callback<()>,
    /// Called when a choice is made and not sent, or no longer.
    pub onunsent: Callback<bool>,
    /// Called when the viewer wants a draw checked (true), or to see the own entry on its list (false).
    pub oncheck: Callback<bool>,
    /// Called with a code that is to be copied, within the gesture.
    pub oncopy: Callback<String>,
    /// Called when the viewer wants more of a long list in an order, after so many of it.
    pub onmore: Callback<(Order, u32)>,
}

/// One activity, or nothing.
#[component]
pub fn View(props: &ViewProps) -> Html {
    let Some(look) = &props.look else {
        return Html::default();
    };
    // Another activity, or another run of it, is another card: an unsent choice stays with its own.
    let key = [look.activity.as_str(), "/", &look.run.to_string()].concat();
    let ViewProps {
        onact,
        ontoggle,
        onnewer,
        onunsent,
        oncheck,
        ..
    } = props;
    match &look.face {
        Face::Lottery(lottery) => html! {
            <Lottery {key} card={lottery.card.clone()} tally={lottery.tally.clone()} mine={lottery.mine.clone()}
                told_at={lottery.told_at} check={lottery.check.clone()}
                scene={look.scene.clone()} {onact} {ontoggle} {onnewer} {onunsent} {oncheck} />
        },
        Face::Qna(qna) => html! {
            <Qna {key} card={qna.card.clone()} tally={qna.tally.clone()} mine={qna.mine.clone()}
                questions={qna.questions.clone()} listing={look.listing.clone()}
                scene={look.scene.clone()} {onact} {ontoggle} {onnewer} {onunsent} onmore={props.onmore.clone()} />
        },
        Face::Deal(deal) => html! {
            <Deal {key} card={deal.card.clone()} tally={deal.tally.clone()} mine={deal.mine.clone()}
                scene={look.scene.clone()} {onact} {ontoggle} {onnewer} {onunsent} oncopy={&props.oncopy} />
        },
        Face::Poll(poll) => html! {
            <Poll {key} card={poll.card.clone()} tally={poll.tally.clone()} mine={poll.mine.clone()}
                scene={look.scene.clone()} {onact} {ontoggle} {onnewer} {onunsent} />
        },
    }
}
