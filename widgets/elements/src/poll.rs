//! What the page needs to know of a poll besides how it is drawn.

use crate::face::Opening;
use liveroom::{Moment, Scene, announcement};
use liveroom_protocol::Action;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Mine, Tally};
use liveroom_protocol::time::Timestamp;
use std::rc::Rc;

/// A poll as this page knows it. Shared, so that handing it to a component copies nothing.
#[derive(Clone, Debug, Default)]
pub struct Poll {
    /// The card.
    pub card: Rc<Card>,
    /// The tally.
    pub tally: Rc<Tally>,
    /// This viewer's own part.
    pub mine: Rc<Mine>,
}

impl PartialEq for Poll {
    /// The same parts, not equal ones: a part is never changed once it was taken.
    fn eq(&self, other: &Self) -> bool {
        let Self { card, tally, mine } = other;
        Rc::ptr_eq(&self.card, card)
            && Rc::ptr_eq(&self.tally, tally)
            && Rc::ptr_eq(&self.mine, mine)
    }
}

impl Poll {
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

    /// When it opened, and by whose time.
    pub fn opening(&self) -> Opening {
        Opening {
            pace: self.card.time,
            at: self.card.opened_at,
            programme: self.card.programme_at,
            grace: self.card.grace_ms,
        }
    }

    /// What this viewer has in it if the room accepts `action` and says no more.
    pub fn accepted(&self, action: &Action) -> Mine {
        match action {
            Action::PollVote(vote) => Mine {
                choices: vote.choices.clone(),
                voted: true,
                ..Mine::default()
            },
            Action::PollAnswer(answers) => Mine {
                choices: answers.choices.clone(),
                voted: true,
                parts: answers.parts.clone(),
                commented: answers.comment.is_some(),
                label: None,
            },
            Action::PollWithdraw => Mine::default(),
            _ => (*self.mine).clone(),
        }
    }

    /// What is worth saying aloud between two moments.
    pub fn announcement(before: Option<(&Self, &Scene)>, after: (&Self, &Scene)) -> Option<String> {
        announcement(before.map(moment), moment(after))
    }
}

fn moment<'a>((poll, scene): (&'a Poll, &'a Scene)) -> Moment<'a> {
    Moment {
        card: &poll.card,
        tally: &poll.tally,
        mine: &poll.mine,
        scene,
    }
}
