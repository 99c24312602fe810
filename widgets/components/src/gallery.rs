//! Every state of every widget, so that the gallery page, the screenshots and the accessibility tests walk the same ones.
//! Behind a feature: a viewer's kit never holds it.

use crate::scene::Scene;
use crate::{Deal, Lottery, Poll, Qna};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{FromRoom, News};
use liveroom_protocol::news::{Entry, Item};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Card, Mine, Tally, poll};
use std::rc::Rc;
use yew::prelude::*;

mod cards;
mod deals;
mod lottery_cards;
mod lottery_surroundings;
mod lotterys;
mod polls;
mod qnas;
mod surroundings;

pub use polls::poll_states;

/// The room's clock in every state: 20:14:36 in UTC.
pub const NOW: Timestamp = Timestamp(1_800_044_076_000);

/// An activity of any widget in one state.
#[derive(Clone, PartialEq)]
pub struct State {
    /// Its name, fit for a file and for an id; a widget's name comes first in it, but for polls.
    pub name: &'static str,
    /// The card.
    pub card: Card,
    /// The numbers.
    pub tally: Tally,
    /// What the viewer did.
    pub mine: Mine,
    /// Cards of their own within it.
    pub entries: Vec<Entry>,
    /// The surroundings.
    pub scene: Scene,
}

/// Returns every widget in every state.
pub fn states() -> Vec<State> {
    let polls = poll_states().into_iter().map(State::from);
    polls
        .chain(lotterys::states())
        .chain(qnas::states())
        .chain(deals::states())
        .collect()
}

impl State {
    /// Returns the state as the message that `<live-room>.receive()` takes. Of the surroundings it holds the clock alone.
    pub fn message(&self) -> String {
        let item = Item {
            activity: ActivityId::parse(self.name).expect("a state's name is an id"),
            run: 1,
            rev: 1,
            card: Some(self.card.clone()),
            tally: Some(self.tally.clone()),
            mine: Some(self.mine.clone()),
            entries: self.entries.clone(),
            flags: 0,
            ruled: None,
            gone: false,
        };
        let news = FromRoom::News(News {
            epoch: None,
            at: Some(NOW),
            news: vec![item],
        });
        serde_json::to_string(&news).expect("news has only texts as keys")
    }
}

/// What draws a state of any widget.
#[derive(Clone, PartialEq, Properties)]
pub struct ExhibitProps {
    /// Which state.
    pub state: Rc<State>,
    /// Its surroundings, in the words of some language.
    pub scene: Rc<Scene>,
}

/// A state, drawn by the component that viewers get.
#[component]
pub fn Exhibit(props: &ExhibitProps) -> Html {
    let State {
        card, tally, mine, ..
    } = (*props.state).clone();
    let scene = props.scene.clone();
    match (card, tally, mine) {
        (Card::Poll(card), Tally::Poll(tally), Mine::Poll(mine)) => {
            let (card, tally, mine) = (Rc::new(card), Rc::new(tally), Rc::new(mine));
            html! { <Poll {card} {tally} {mine} {scene} /> }
        }
        (Card::Lottery(card), Tally::Lottery(tally), Mine::Lottery(mine)) => {
            let (card, tally, mine) = (Rc::new(card), Rc::new(tally), Rc::new(mine));
            let (told_at, check) = (Some(NOW), lotterys::check(props.state.name));
            html! { <Lottery {card} {tally} {mine} {scene} {told_at} {check} /> }
        }
        (Card::Qna(card), Tally::Qna(tally), Mine::Qna(mine)) => {
            let questions = Rc::new(qnas::known(&props.state));
            let (card, tally, mine) = (Rc::new(card), Rc::new(tally), Rc::new(mine));
            html! { <Qna {card} {tally} {mine} {questions} {scene} /> }
        }
        (Card::Deal(card), Tally::Deal(tally), Mine::Deal(mine)) => {
            let (card, tally, mine) = (Rc::new(card), Rc::new(tally), Rc::new(mine));
            html! { <Deal {card} {tally} {mine} {scene} /> }
        }
        (_, _, _) => Html::default(),
    }
}

/// A poll in one state.
#[derive(Clone)]
pub struct PollState {
    /// Its name, fit for a file.
    pub name: &'static str,
    /// What is asked.
    pub card: poll::Card,
    /// The numbers.
    pub tally: poll::Tally,
    /// What the viewer did.
    pub mine: poll::Mine,
    /// The surroundings.
    pub scene: Scene,
}

impl From<PollState> for State {
    fn from(state: PollState) -> Self {
        Self {
            name: state.name,
            card: Card::Poll(state.card),
            tally: Tally::Poll(state.tally),
            mine: Mine::Poll(state.mine),
            entries: Vec::new(),
            scene: state.scene,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_name_of_its_own_and_a_message() {
        let states = states();
        for (place, state) in states.iter().enumerate() {
            let twice = states[..place]
                .iter()
                .any(|before| before.name == state.name);
            assert!(!twice, "{} is there twice", state.name);
            let message: FromRoom = serde_json::from_str(&state.message()).unwrap();
            assert!(matches!(message, FromRoom::News(_)));
        }
    }
}
