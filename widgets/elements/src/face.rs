//! One activity of any widget as this page knows it: the closed list over which the rest of the crate is written.

use crate::poll::Poll;
use liveroom::Scene;
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Card, Mine, Tally, Widget};
use std::rc::Rc;

/// Card, tally and mine of one activity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Face {
    /// Of a poll.
    Poll(Poll),
}

/// When an activity opened, and by whose time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Whose time it keeps.
    pub pace: Pace,
    /// When it opened, on the room's clock.
    pub at: Option<Timestamp>,
    /// Programme time of the trigger.
    pub programme: Option<Timestamp>,
    /// How much longer than its deadline an action is taken.
    pub grace: Span,
}

impl Face {
    /// Nothing known yet of an activity of this kind.
    pub fn new(widget: Widget) -> Self {
        match widget {
            Widget::Poll => Self::Poll(Poll::default()),
        }
    }

    /// The kind that a part belongs to; `None` for one that this page does not know.
    pub fn widget_of(
        card: Option<&Card>,
        tally: Option<&Tally>,
        mine: Option<&Mine>,
    ) -> Option<Widget> {
        let card = card.map(|card| match card {
            Card::Poll(_) => Some(Widget::Poll),
            Card::Unknown => None,
        });
        let tally = tally.map(|tally| match tally {
            Tally::Poll(_) => Some(Widget::Poll),
            Tally::Unknown => None,
        });
        let mine = mine.map(|mine| match mine {
            Mine::Poll(_) => Some(Widget::Poll),
            Mine::Unknown => None,
        });
        card.or(tally).or(mine).flatten()
    }

    /// Its kind.
    pub fn widget(&self) -> Widget {
        match self {
            Self::Poll(_) => Widget::Poll,
        }
    }

    /// Takes a new card; one of another kind is left.
    pub fn take_card(&mut self, card: Card) -> bool {
        match (self, card) {
            (Self::Poll(poll), Card::Poll(card)) => poll.card = Rc::new(card),
            (Self::Poll(_), Card::Unknown) => return false,
        }
        true
    }

    /// Takes a new tally; one of another kind is left.
    pub fn take_tally(&mut self, tally: Tally) -> bool {
        match (self, tally) {
            (Self::Poll(poll), Tally::Poll(tally)) => poll.tally = Rc::new(tally),
            (Self::Poll(_), Tally::Unknown) => return false,
        }
        true
    }

    /// Takes this viewer's new part; one of another kind is left.
    pub fn take_mine(&mut self, mine: Mine) -> bool {
        match (self, mine) {
            (Self::Poll(poll), Mine::Poll(mine)) => poll.mine = Rc::new(mine),
            (Self::Poll(_), Mine::Unknown) => return false,
        }
        true
    }

    /// This viewer's part, to be told.
    pub fn mine(&self) -> Mine {
        match self {
            Self::Poll(poll) => Mine::Poll((*poll.mine).clone()),
        }
    }

    /// Forgets this viewer's part: another run has begun.
    pub fn forget_mine(&mut self) {
        match self {
            Self::Poll(poll) => poll.mine = Rc::default(),
        }
    }

    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        match self {
            Self::Poll(poll) => poll.phase(),
        }
    }

    /// When it closes by itself, while that is counted down.
    pub fn deadline(&self) -> Option<Timestamp> {
        match self {
            Self::Poll(poll) => poll.deadline(),
        }
    }

    /// When it opened, and by whose time.
    pub fn opening(&self) -> Opening {
        match self {
            Self::Poll(poll) => poll.opening(),
        }
    }

    /// What the viewer has if the room accepts `action` and says no more.
    pub fn accepted(action: &Action) -> Mine {
        match action.widget() {
            Widget::Poll => Mine::Poll(Poll::accepted(action)),
        }
    }

    /// What is worth saying aloud between two moments of one activity.
    pub fn announcement(before: Option<(&Self, &Scene)>, after: (&Self, &Scene)) -> Option<String> {
        match (before, after) {
            (Some((Self::Poll(before), then)), (Self::Poll(after), now)) => {
                Poll::announcement(Some((before, then)), (after, now))
            }
            (None, (Self::Poll(after), now)) => Poll::announcement(None, (after, now)),
        }
    }
}
