//! A survey's further questions: what each viewer answered, and the words they left for the desk.

use super::bits;
use crate::lottery::Acting;
use crate::pseudonym::Pseudonym;
use crate::record::{Hidden, Position};
use liveroom_protocol::id::OptionId;
use liveroom_protocol::poll::{Choice, Scale};
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashMap;

/// The further questions with their answers; empty in a plain poll.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The questions, in the draft's order.
    pub parts: Vec<Asked>,
    /// A bit for each option chosen, by question.
    answers: HashMap<Pseudonym, Box<[u32]>>,
    /// What was written, in the order of writing. One taken back leaves its place empty.
    comments: Vec<Option<Written>>,
    /// The place of each viewer's comment.
    places: HashMap<Pseudonym, usize>,
}

/// One further question.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is asked.
    pub question: String,
    /// What may be chosen.
    pub options: Vec<Choice>,
    /// How many; 0 for any number.
    pub max_choices: u8,
    /// The options are the steps of a scale.
    pub scale: Option<Scale>,
    /// How many chose each option.
    pub votes: Vec<u32>,
}

/// What one viewer wrote.
#[derive(Clone, Debug)]
pub struct Written {
    /// Where it lies.
    pub hidden: Hidden,
    /// The record that it came with.
    pub rev: Position,
}

impl Survey {
    /// A survey that nobody has answered.
    pub(super) fn new(parts: Vec<Asked>) -> Self {
        Self {
            parts,
            ..Self::default()
        }
    }

    /// Reads answers as bits, a question each; what is left out is unanswered.
    pub(super) fn read(&self, answers: &[Vec<OptionId>]) -> Result<Box<[u32]>, Refusal> {
        if answers.len() > self.parts.len() {
            return Err(Refusal::because(
                Reason::Malformed,
                "more answers than there are questions",
            ));
        }
        let nothing = Vec::new();
        let answers = answers.iter().chain(std::iter::repeat(&nothing));
        self.parts
            .iter()
            .zip(answers)
            .map(|(part, choices)| bits(&part.options, part.max_choices, choices))
            .collect()
    }

    pub(super) fn is_same(&self, who: Pseudonym, answers: &[u32]) -> bool {
        match self.answers.get(&who) {
            Some(before) => **before == *answers,
            None => answers.iter().all(|chosen| *chosen == 0),
        }
    }

    /// Counts answers in place of those before, and takes note of words.
    pub(super) fn take(&mut self, acting: &Acting<'_>, answers: Box<[u32]>) {
        let before = self.answers.remove(&acting.who);
        self.count(before.as_deref(), Some(&answers));
        if !answers.is_empty() {
            self.answers.insert(acting.who, answers);
        }
        if let Some(hidden) = acting.hidden {
            self.silence(acting.who);
            self.places.insert(acting.who, self.comments.len());
            self.comments.push(Some(Written {
                hidden: hidden.clone(),
                rev: acting.position,
            }));
        }
    }

    /// Takes a viewer's answers and words back.
    pub(super) fn forget(&mut self, who: Pseudonym) {
        let before = self.answers.remove(&who);
        self.count(before.as_deref(), None);
        self.silence(who);
    }

    /// Makes news of what a viewer wrote, which is there no more; says whether they wrote anything.
    pub(super) fn renew(&mut self, who: Pseudonym, position: Position) -> bool {
        let place = self.places.get(&who).copied();
        let written = place.and_then(|place| self.comments[place].as_mut());
        let theirs = written.map(|written| written.rev = position);
        theirs.is_some()
    }

    /// Gives a viewer's answers and words to another, who has none.
    pub(super) fn rename(&mut self, from: Pseudonym, to: Pseudonym) {
        if let Some(answers) = self.answers.remove(&from) {
            self.answers.insert(to, answers);
        }
        if let Some(place) = self.places.remove(&from) {
            self.places.insert(to, place);
        }
    }

    fn silence(&mut self, who: Pseudonym) {
        if let Some(place) = self.places.remove(&who) {
            self.comments[place] = None;
        }
    }

    pub(super) fn reset(&mut self) {
        self.answers.clear();
        self.comments.clear();
        self.places.clear();
        for part in &mut self.parts {
            part.votes.fill(0);
        }
    }

    fn count(&mut self, before: Option<&[u32]>, after: Option<&[u32]>) {
        for (number, part) in self.parts.iter_mut().enumerate() {
            let bits = |answers: Option<&[u32]>| answers.map_or(0, |answers| answers[number]);
            let (before, after) = (bits(before), bits(after));
            for (place, votes) in part.votes.iter_mut().enumerate() {
                *votes -= before >> place & 1;
                *votes += after >> place & 1;
            }
        }
    }

    /// What a viewer chose of each question.
    pub fn choices(&self, who: Pseudonym) -> Vec<Vec<OptionId>> {
        let Some(answers) = self.answers.get(&who) else {
            return Vec::new();
        };
        let parts = self.parts.iter().zip(answers.iter());
        parts
            .map(|(part, chosen)| {
                let options = part.options.iter().enumerate();
                options
                    .filter(|(place, _)| chosen >> place & 1 == 1)
                    .map(|(_, option)| option.id.clone())
                    .collect()
            })
            .collect()
    }

    /// Whether a viewer wrote words.
    pub fn has_written(&self, who: Pseudonym) -> bool {
        self.places.contains_key(&who)
    }

    /// What was written and stands, with its number from 1, oldest first.
    pub fn comments(&self) -> impl DoubleEndedIterator<Item = (u32, &Written)> {
        let numbered = self.comments.iter().enumerate();
        numbered.filter_map(|(place, written)| {
            Some((u32::try_from(place + 1).ok()?, written.as_ref()?))
        })
    }
}
