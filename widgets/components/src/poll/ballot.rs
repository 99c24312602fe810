//! The viewer's paper: what is chosen, what may be chosen, and what the button does. Pure.

use super::Sheet;
use super::asked::{Asked, is_survey};
use super::button::Button;
use crate::scene::{Link, Pending};
use liveroom_protocol::Action;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Answers, Vote};
use liveroom_protocol::qna::Words;

/// A choice made and not sent: the component's only state of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unsent {
    /// What is chosen, of each question.
    chosen: Vec<Vec<OptionId>>,
    /// What is written.
    pub(super) comment: String,
    /// The vote that stood when it was chosen, if one did. Once the room tells of another vote, this choice has been answered.
    over: Option<Vec<Vec<OptionId>>>,
    /// It is on its way, words and all.
    pub(super) sent: bool,
    /// The button was pressed with nothing chosen.
    pub(super) nudged: bool,
}

impl Unsent {
    /// The same once the room has refused it.
    pub(super) fn returned(&self) -> Self {
        Self {
            sent: false,
            ..self.clone()
        }
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
            unsent: unsent.as_ref().filter(|unsent| unsent.over == standing),
        }
    }

    /// What is marked as chosen of a question: what is on its way, else what is not sent, else the vote.
    pub(super) fn chosen(&self, part: usize) -> &'a [OptionId] {
        let of = |first: &'a [OptionId], parts: &'a [Vec<OptionId>]| match part.checked_sub(1) {
            None => first,
            Some(place) => parts.get(place).map_or(&[][..], Vec::as_slice),
        };
        match (&self.sheet.scene.pending, self.unsent) {
            (
                Some(Pending {
                    action: Action::PollVote(vote),
                }),
                _,
            ) => of(&vote.choices, &[]),
            (
                Some(Pending {
                    action: Action::PollAnswer(answers),
                }),
                _,
            ) => of(&answers.choices, &answers.parts),
            (None, Some(unsent)) => unsent.chosen.get(part).map_or(&[][..], Vec::as_slice),
            (_, _) => of(&self.sheet.mine.choices, &self.sheet.mine.parts),
        }
    }

    /// The same of all questions.
    fn all(&self) -> Vec<Vec<OptionId>> {
        let parts = 0..=self.sheet.card.parts.len();
        parts.map(|part| self.chosen(part).to_vec()).collect()
    }

    /// What is written and not taken yet.
    pub(super) fn comment(&self) -> &'a str {
        self.unsent.map_or("", |unsent| &unsent.comment)
    }

    /// The same choice as another one to hold.
    fn held(&self) -> Unsent {
        Unsent {
            chosen: self.all(),
            comment: self.comment().to_owned(),
            over: standing(&self.sheet),
            sent: false,
            nudged: false,
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
    pub(super) fn takes(&self, asked: Asked, option: &OptionId) -> bool {
        let chosen = self.chosen(asked.part);
        let room = match asked.most {
            0 | 1 => true,
            most => chosen.len() < usize::from(most),
        };
        self.is_open() && (room || chosen.contains(option))
    }

    /// The choice after an option was pressed, in the card's order.
    pub(super) fn pressed(&self, asked: Asked, option: &OptionId) -> Unsent {
        let chosen = self.chosen(asked.part);
        // Of a further question even a single choice may be taken back: it need not be answered.
        let wanted = |id: &OptionId| match asked.most {
            1 => id == option && !(asked.part > 0 && chosen.contains(id)),
            _ => chosen.contains(id) != (id == option),
        };
        let ids = asked.options.iter().map(|option| &option.id);
        let mut held = self.held();
        held.chosen[asked.part] = ids.filter(|id| wanted(id)).cloned().collect();
        held
    }

    /// The choice with other words.
    pub(super) fn written(&self, comment: String) -> Unsent {
        Unsent {
            comment,
            ..self.held()
        }
    }

    /// The choice once it was sent.
    pub(super) fn sent(&self) -> Unsent {
        Unsent {
            sent: true,
            ..self.held()
        }
    }

    /// The same choice after the button was pressed in vain.
    pub(super) fn nudged(&self) -> Unsent {
        Unsent {
            nudged: true,
            ..self.held()
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
        let mine = self.sheet.mine;
        let vote = |part: usize| match part.checked_sub(1) {
            None => mine.choices.as_slice(),
            Some(place) => mine.parts.get(place).map_or(&[][..], Vec::as_slice),
        };
        let mut parts = 0..=self.sheet.card.parts.len();
        let other = parts.any(|part| {
            let (chosen, vote) = (self.chosen(part), vote(part));
            chosen.len() != vote.len() || chosen.iter().any(|id| !vote.contains(id))
        });
        other || !self.comment().trim().is_empty()
    }

    /// What the button says now.
    pub(super) fn button(&self) -> Button {
        let Sheet {
            card,
            tally,
            mine,
            scene,
        } = self.sheet;
        let survey = is_survey(self.sheet);
        match (&scene.pending, tally.phase) {
            (Some(_), _) if matches!(scene.link, Link::Lost { .. }) => Button::Waiting,
            (Some(_), _) => Button::Sending,
            (None, Phase::Open) if !mine.has_voted() && survey => Button::Answer,
            (None, Phase::Open) if !mine.has_voted() => Button::Vote,
            (None, Phase::Open) if card.can_change && self.differs() => match survey {
                true => Button::ChangeAnswers,
                false => Button::Change,
            },
            (None, Phase::Open) if survey => Button::Answered,
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
        let chosen = self.chosen(0);
        let meant = !chosen.is_empty() || (self.takes_none() && self.is_nudged());
        let ready = self.button().is_ready() && meant;
        let choices = chosen.to_vec();
        if !is_survey(self.sheet) {
            return ready.then_some(Action::PollVote(Vote { choices }));
        }
        let comment = match self.comment().trim() {
            "" => None,
            // More than the room takes is not sent; the field says so.
            words => Some(Words::parse(words).ok()?),
        };
        let parts = self.all().split_off(1);
        ready.then_some(Action::PollAnswer(Answers {
            choices,
            parts,
            comment,
        }))
    }

    /// Whether there is a vote that may be withdrawn now.
    pub(super) fn may_withdraw(&self) -> bool {
        self.is_open() && self.sheet.mine.has_voted()
    }
}

/// The vote that stands.
fn standing(sheet: &Sheet) -> Option<Vec<Vec<OptionId>>> {
    let mine = sheet.mine;
    let first = std::iter::once(&mine.choices);
    mine.has_voted()
        .then(|| first.chain(&mine.parts).cloned().collect())
}

#[cfg(test)]
mod tests;
