//! Every state of every widget, so that the gallery page, the screenshots and the accessibility tests walk the same ones.
//! Behind a feature: a viewer's kit never holds it.

use crate::scene::Scene;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{FromRoom, News};
use liveroom_protocol::news::Item;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Card, Mine, Tally, poll};

mod cards;
mod polls;
mod surroundings;

pub use polls::poll_states;

/// The room's clock in every state: 20:14:36 in UTC.
pub const NOW: Timestamp = Timestamp(1_800_044_076_000);

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

impl PollState {
    /// Returns the state as the message that `<live-room>.receive()` takes. Of the surroundings it holds the clock alone.
    pub fn message(&self) -> String {
        let item = Item {
            activity: ActivityId::parse(self.name).expect("a state's name is an id"),
            run: 1,
            rev: 1,
            card: Some(Card::Poll(self.card.clone())),
            tally: Some(Tally::Poll(self.tally.clone())),
            mine: Some(Mine::Poll(self.mine.clone())),
            entries: Vec::new(),
            flags: 0,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_name_of_its_own_and_a_message() {
        let states = poll_states();
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
