//! What the page needs to know of a lottery besides how it is drawn.

use crate::face::Opening;
use crate::report::object::Object;
use liveroom::Scene;
use liveroom_protocol::Action;
use liveroom_protocol::lottery::{Card, Mine, Tally};
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// A lottery as this page knows it. Shared, so that handing it to a component copies nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lottery {
    /// The card.
    pub card: Rc<Card>,
    /// The tally.
    pub tally: Rc<Tally>,
    /// This viewer's own part.
    pub mine: Rc<Mine>,
}

impl Lottery {
    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        self.tally.phase
    }

    /// When it closes by itself, while that is counted down.
    pub fn deadline(&self) -> Option<Timestamp> {
        self.tally
            .closes_at
            .filter(|_| self.tally.phase == Phase::Open)
    }

    /// When it opened: the same instant for everybody.
    pub fn opening(&self) -> Opening {
        Opening {
            pace: Pace::Room,
            at: self.card.opened_at,
            programme: None,
            grace: Span(0),
        }
    }

    /// What this viewer has in it if the room accepts `action` and says no more.
    pub fn accepted(&self, _action: &Action) -> Mine {
        (*self.mine).clone()
    }

    /// What is worth saying aloud between two moments.
    pub fn announcement(
        _before: Option<(&Self, &Scene)>,
        _after: (&Self, &Scene),
    ) -> Option<String> {
        None
    }
}

/// This viewer's part, to be told.
pub fn write(_mine: &Mine) -> String {
    Object::new().text("widget", "lottery").end()
}
