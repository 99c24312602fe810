//! What the page needs to know of a deal besides how it is drawn.

use crate::face::Opening;
use crate::report::object::Object;
use liveroom::Scene;
use liveroom_protocol::Action;
use liveroom_protocol::deal::{Card, Mine, Standing, Tally};
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// A deal as this page knows it. Shared, so that handing it to a component copies nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deal {
    /// The card.
    pub card: Rc<Card>,
    /// The tally.
    pub tally: Rc<Tally>,
    /// This viewer's own part.
    pub mine: Rc<Mine>,
}

impl Deal {
    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        self.tally.phase
    }

    /// What is counted down: the opening that was announced, the end while it is open, and this viewer's reservations.
    pub fn deadlines(&self) -> Vec<Timestamp> {
        let own = match self.tally.phase {
            Phase::Ready => self.tally.opens_at,
            Phase::Open => self.tally.closes_at,
            Phase::Paused | Phase::Closed => None,
        };
        let claims = self.mine.claims.iter();
        let reserved = claims.filter(|claim| claim.standing == Standing::Reserved);
        own.into_iter()
            .chain(reserved.map(|claim| claim.until))
            .collect()
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
    Object::new().text("widget", "deal").end()
}
