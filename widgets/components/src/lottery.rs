//! A lottery: what may be won, what must be met, one button; and the winners.

use crate::scene::Scene;
use liveroom_protocol::Action;
use liveroom_protocol::lottery::{Card, Mine, Tally};
use std::rc::Rc;
use yew::prelude::*;

/// What it is drawn from, and what it tells.
#[derive(Clone, PartialEq, Properties)]
pub struct LotteryProps {
    /// The card as the room last told it. Give the component the activity's id as its key.
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

/// See the module.
#[component]
pub fn Lottery(_props: &LotteryProps) -> Html {
    Html::default()
}
