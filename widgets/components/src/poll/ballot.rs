//! The viewer's paper: what is chosen, what may be chosen, and what the button does. Pure.

use super::Sheet;
use crate::scene::{Link, Pending};
use liveroom_protocol::Action;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Vote};

/// A choice made and not sent: the component's only state of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unsent {
    /// What is chosen.
    choices: Vec<OptionId>,
    /// The vote that stood when it was chosen, if one did. Once the room tells of another vote, this choice has been answered.
    over: Option<Vec<OptionId>>,
    /// The button was pressed with nothing chosen.
    pub(super) nudged: bool,
}

/// What the button says, and whether it can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Button {
    /// Sends the choice.
    Vote,
    /// Sends another choice in place of the vote.
    Change,
    /// The vote stands.
    Counted,
    /// On its way.
    Sending,
    /// On its way once there is a line again.
    Waiting,
    /// Nothing can be sent in this phase.
    Rest(Phase),
}

impl Button {
    /// The key of its message.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Vote => "poll.vote",
            Self::Change => "poll.change",
            Self::Counted => "poll.counted",
            Self::Sending => "poll.sending",
            Self::Waiting => "poll.waiting",
            Self::Rest(phase) => phase_key(phase),
        }
    }

    /// Whether pressing it does something.
    pub(super) fn is_ready(self) -> bool {
        matches!(self, Self::Vote | Self::Change)
    }
}

/// The key of a phase's name.
pub(super) fn phase_key(phase: Phase) -> &'static str {
    match phase {
        Phase::Ready => "state.ready",
        Phase::Open => "state.open",
        Phase::Paused => "state.paused",
        Phase::Closed => "state.closed",
    }
}

/// The paper of one viewer at one moment.
pub(super) struct Ballot<'a> {
    sheet: Sheet<'a>,
    unsent: Option<&'a Unsent>,
}

impl<'a> Ballot<'a> {
    /// Lays what the room told and what is not sent side by side. A choice that the room has answered is forgotten.
    pub(super) fn new(sheet: Sheet<'a>, unsent: &'a Option<Unsent>) -> Self {
        let standing = standing(&sheet);
        Self {
            sheet,
            unsent: unsent
                .as_ref()
                .filter(|unsent| unsent.over.as_ref() == standing),
        }
    }

    /// What is marked as chosen: what is on its way, else what is not sent, else the vote.
    pub(super) fn chosen(&self) -> &'a [OptionId] {
        match (&self.sheet.scene.pending, self.unsent) {
            (
                Some(Pending {
                    action: Action::PollVote(vote),
                }),
                _,
            ) => &vote.choices,
            (None, Some(unsent)) => &unsent.choices,
            (_, _) => &self.sheet.mine.choices,
        }
    }

    /// Whether this viewer may choose now.
    pub(super) fn is_open(&self) -> bool {
        let Sheet {
            card,
            tally,
            mine,
            scene,
        } = self.sheet;
        scene.taking_part
            && tally.phase == Phase::Open
            && scene.pending.is_none()
            && (!mine.has_voted() || card.can_change)
    }

    /// Whether pressing this option would change the choice: not if it is one more than allowed.
    pub(super) fn takes(&self, option: &OptionId) -> bool {
        let chosen = self.chosen();
        let room = match self.sheet.card.max_choices {
            0 | 1 => true,
            most => chosen.len() < usize::from(most),
        };
        self.is_open() && (room || chosen.contains(option))
    }

    /// The choice after an option was pressed, in the card's order.
    pub(super) fn pressed(&self, option: &OptionId) -> Unsent {
        let chosen = self.chosen();
        let wanted = |id: &OptionId| match self.sheet.card.max_choices {
            1 => id == option,
            _ => chosen.contains(id) != (id == option),
        };
        Unsent {
            choices: ids(self.sheet.card)
                .filter(|id| wanted(id))
                .cloned()
                .collect(),
            over: standing(&self.sheet).cloned(),
            nudged: false,
        }
    }

    /// The same choice after the button was pressed in vain.
    pub(super) fn nudged(&self) -> Unsent {
        Unsent {
            choices: self.chosen().to_vec(),
            over: standing(&self.sheet).cloned(),
            nudged: true,
        }
    }

    /// Whether the button was pressed with nothing chosen.
    pub(super) fn is_nudged(&self) -> bool {
        self.is_open() && self.unsent.is_some_and(|unsent| unsent.nudged)
    }

    /// Whether a choice is still held that the room has answered; it must not come back when that vote is withdrawn.
    pub(super) fn is_answered(&self, held: &Option<Unsent>) -> bool {
        held.is_some() && self.unsent.is_none()
    }

    /// Whether what is chosen is other than the vote that stands.
    pub(super) fn differs(&self) -> bool {
        let (chosen, vote) = (self.chosen(), &self.sheet.mine.choices);
        chosen.len() != vote.len() || chosen.iter().any(|id| !vote.contains(id))
    }

    /// What the button says now.
    pub(super) fn button(&self) -> Button {
        let Sheet {
            card,
            tally,
            mine,
            scene,
        } = self.sheet;
        match (&scene.pending, tally.phase) {
            (Some(_), _) if matches!(scene.link, Link::Lost { .. }) => Button::Waiting,
            (Some(_), _) => Button::Sending,
            (None, Phase::Open) if !mine.has_voted() => Button::Vote,
            (None, Phase::Open) if card.can_change && self.differs() => Button::Change,
            (None, Phase::Open) => Button::Counted,
            (None, phase @ (Phase::Ready | Phase::Paused | Phase::Closed)) => Button::Rest(phase),
        }
    }

    /// Whether a vote for none of the options is a vote: where any number may be chosen.
    pub(super) fn takes_none(&self) -> bool {
        self.sheet.card.max_choices == 0
    }

    /// What pressing the button sends; nothing if it cannot be pressed, or if nothing is chosen.
    /// Where none of the options is a vote too, it is sent by the second press: the first may have been a slip.
    pub(super) fn act(&self) -> Option<Action> {
        let chosen = self.chosen();
        let meant = !chosen.is_empty() || (self.takes_none() && self.is_nudged());
        let ready = self.button().is_ready() && meant;
        ready.then(|| {
            Action::PollVote(Vote {
                choices: chosen.to_vec(),
            })
        })
    }

    /// Whether there is a vote that may be withdrawn now.
    pub(super) fn may_withdraw(&self) -> bool {
        self.is_open() && self.sheet.mine.has_voted()
    }
}

/// The vote that stands.
fn standing<'a>(sheet: &Sheet<'a>) -> Option<&'a Vec<OptionId>> {
    sheet.mine.has_voted().then_some(&sheet.mine.choices)
}

fn ids(card: &Card) -> impl Iterator<Item = &OptionId> {
    card.options.iter().map(|option| &option.id)
}

#[cfg(test)]
mod tests;
