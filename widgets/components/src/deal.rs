//! A deal: what is sold, for how much, until when; what of it is this viewer's, and one button.

use crate::parts::frame::{Frame, Times, frame};
use crate::parts::label::flag;
use crate::same::same;
use crate::scene::Scene;
use liveroom_protocol::deal::{Card, Mine, Tally};
use liveroom_protocol::{Action, Widget};
use std::rc::Rc;
use yew::prelude::*;

mod announce;
mod choice;
mod claims;
mod foot;
mod goods;
mod offer;
mod shop;

pub use announce::deal_announcement;
use offer::{Chosen, Offer};
pub use shop::{Product, ProductVariant, Shop};

/// What it is drawn from, and what it tells.
#[derive(Clone, Properties)]
pub struct DealProps {
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
    /// Called with a code that the viewer wants to copy, within the gesture.
    #[prop_or_default]
    pub oncopy: Callback<String>,
}

same!(DealProps: card tally mine scene; onact ontoggle onnewer onunsent oncopy);

/// A deal at one moment, as this viewer knows it. The time is the scene's.
#[derive(Clone, Copy)]
pub struct DealMoment<'a> {
    /// The card.
    pub card: &'a Card,
    /// The tally.
    pub tally: &'a Tally,
    /// This viewer's own part.
    pub mine: &'a Mine,
    /// The surroundings.
    pub scene: &'a Scene,
}

impl DealProps {
    fn moment(&self) -> DealMoment<'_> {
        DealMoment {
            card: &self.card,
            tally: &self.tally,
            mine: &self.mine,
            scene: &self.scene,
        }
    }
}

/// What a viewer can do with the card.
#[derive(Clone)]
enum Press {
    /// Do this in the room.
    Act(Action),
    /// Choose this.
    Choose(Chosen),
    /// Copy this code.
    Copy(String),
}

/// What the pieces of the card do when they are pressed: one listener for all, since each kind costs its bytes.
struct Hands<'a> {
    props: &'a DealProps,
    chosen: &'a UseStateHandle<Chosen>,
}

impl Hands<'_> {
    fn on<E: 'static>(&self, press: Press) -> Callback<E> {
        let (props, chosen) = (self.props.clone(), self.chosen.setter());
        Callback::from(move |_| props.press(&chosen, press.clone()))
    }
}

impl DealProps {
    fn press(&self, chosen: &UseStateSetter<Chosen>, press: Press) {
        match press {
            Press::Act(action) => self.onact.emit(action),
            Press::Choose(choice) => chosen.set(choice),
            Press::Copy(code) => self.oncopy.emit(code),
        }
    }
}

/// What is sold, what of it is this viewer's, and one button. Shrunk to a chip it is the head alone.
#[component]
pub fn Deal(props: &DealProps) -> Html {
    let chosen = use_state(Chosen::default);
    let moment = props.moment();
    let offer = Offer::new(moment, &chosen);
    let (onunsent, hold) = (props.onunsent.clone(), chosen.setter());
    use_effect_with(
        (offer.is_unsent(), offer.is_answered(&chosen)),
        move |&(unsent, answered)| {
            onunsent.emit(unsent);
            if answered {
                hold.set(Chosen::default());
            }
        },
    );
    let hands = Hands {
        props,
        chosen: &chosen,
    };
    let DealMoment {
        card, tally, scene, ..
    } = moment;
    let around = Frame {
        class: "deal",
        kind: "deal.deal",
        title: goods::title(moment),
        corrected: card.corrected,
        about: &card.about,
        times: Times {
            phase: tally.phase,
            opens_at: tally.opens_at,
            closes_at: tally.closes_at,
            left_ms: tally.left_ms,
        },
        ontoggle: &props.ontoggle,
        onnewer: &props.onnewer,
    };
    let inside = match scene.chip {
        true => Vec::new(),
        false => vec![
            goods::goods(moment),
            claims::claims(moment, &hands),
            choice::choice(moment, &offer, &hands),
            foot::foot(moment),
            flag(scene, Widget::Deal, &props.onact),
        ],
    };
    frame(scene, &around, inside)
}
