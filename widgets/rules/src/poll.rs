//! A poll's own rules: who may vote, and what a vote does to the tally.

use crate::lottery::Acting;
use crate::permit;
use crate::private::read_right;
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use liveroom_protocol::command::Wording;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::identity::{Level, Standing};
use liveroom_protocol::limits::{BOARD_ROWS, QUESTION_CHARS};
use liveroom_protocol::poll::{Answers, Choice, Draft, Results};
use liveroom_protocol::text::Text;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashMap;

mod draft;
mod sign_in;
mod survey;

pub use draft::options;
pub(crate) use draft::prepare;
pub use survey::Survey;

/// A poll with its ballots.
#[derive(Clone, Debug)]
pub struct Poll {
    /// What the streamer composed, without the right answers.
    pub draft: Draft,
    /// What may be chosen.
    pub options: Vec<Choice>,
    /// The least identity it takes.
    pub level: Level,
    /// When the numbers are shown.
    pub results: Results,
    /// Its further questions; none in a plain poll.
    pub survey: Survey,
    /// One ballot a viewer.
    ballots: HashMap<Pseudonym, Ballot>,
    /// How many ballots hold each option; kept in step with the ballots.
    votes: Vec<u32>,
    /// The right answers, once told.
    right: Option<Vec<OptionId>>,
    /// The quickest right answers, once told.
    board: Vec<Place>,
    /// Why it was called off, if it was: its votes count nothing then.
    pub(crate) cancelled: Option<String>,
}

/// One viewer's vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Ballot {
    /// A bit for each option chosen, by its place.
    chosen: u32,
    /// When it was cast, or changed last.
    at: Timestamp,
}

/// A place on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// 1 for the quickest; equals share a rank.
    pub rank: u32,
    /// Who.
    pub who: Pseudonym,
    /// From the opening to the answer.
    pub after: Span,
}

impl Poll {
    /// Takes a vote and says whether the tally changed, or says why not; the poll is open.
    pub(crate) fn vote(
        &mut self,
        who: Pseudonym,
        standing: &Standing,
        choices: &[OptionId],
        at: Timestamp,
    ) -> Result<bool, Refusal> {
        permit::admits(standing, self.level, &self.draft.who)?;
        let chosen = self.chosen(choices)?;
        let before = self.ballots.get(&who).copied();
        match before {
            Some(ballot) if ballot.chosen == chosen => return Ok(false),
            Some(_) if !self.draft.can_change => return Err(Reason::AlreadyVoted.into()),
            _ => {}
        }
        self.count(before.map_or(0, |ballot| ballot.chosen), chosen);
        self.ballots.insert(who, Ballot { chosen, at });
        Ok(true)
    }

    /// Takes a vote back, or says why not; the poll is open.
    pub(crate) fn withdraw(&mut self, who: Pseudonym) -> Result<(), Refusal> {
        let Some(ballot) = self.ballots.get(&who).copied() else {
            return Err(Reason::NoVote.into());
        };
        if !self.draft.can_change {
            return Err(Reason::AlreadyVoted.into());
        }
        self.count(ballot.chosen, 0);
        self.ballots.remove(&who);
        self.survey.forget(who);
        Ok(())
    }

    /// Takes a survey's answers and says whether anything changed, or says why not; the poll is open.
    pub(crate) fn answer(
        &mut self,
        acting: &Acting<'_>,
        answers: &Answers,
    ) -> Result<bool, Refusal> {
        if acting.hidden.is_some() && self.draft.comment.is_none() {
            return Err(Refusal::because(Reason::Malformed, "it asks for no words"));
        }
        // Nothing is counted unless all of it can be.
        let parts = self.survey.read(&answers.parts)?;
        let same = self.survey.is_same(acting.who, &parts) && acting.hidden.is_none();
        if !same && self.has_voted(acting.who) && !self.draft.can_change {
            return Err(Reason::AlreadyVoted.into());
        }
        let voted = self.vote(acting.who, acting.standing, &answers.choices, acting.at)?;
        self.survey.take(acting, parts);
        Ok(voted || !same)
    }

    /// The choices as bits. Where any number may be chosen, none is a number too: "none of these" is a vote.
    fn chosen(&self, choices: &[OptionId]) -> Result<u32, Refusal> {
        if choices.is_empty() && self.draft.max_choices != 0 {
            return Err(Reason::NoChoice.into());
        }
        bits(&self.options, self.draft.max_choices, choices)
    }
    fn count(&mut self, before: u32, after: u32) {
        for (place, votes) in self.votes.iter_mut().enumerate() {
            *votes -= before >> place & 1;
            *votes += after >> place & 1;
        }
    }

    /// Takes other words for its question and its options, or says why not.
    pub(crate) fn reword(
        &mut self,
        question: Option<&Text<QUESTION_CHARS>>,
        options: &[Wording],
    ) -> Result<(), Refusal> {
        if !options.is_empty() && self.draft.scale.is_some() {
            return Err(Refusal::because(
                Reason::Malformed,
                "the steps of a scale are numbers",
            ));
        }
        let mut reworded = self.options.clone();
        for Wording { id, text } in options {
            let option = reworded.iter_mut().find(|option| option.id == *id);
            let option = option.ok_or(Reason::UnknownOption)?;
            option.text = text.as_str().to_owned();
        }
        self.options = reworded;
        if let Some(question) = question {
            self.draft.question.clone_from(question);
        }
        Ok(())
    }

    pub(crate) fn reset(&mut self) {
        self.ballots.clear();
        self.votes.fill(0);
        self.survey.reset();
        self.right = None;
        self.board.clear();
        self.cancelled = None;
    }

    /// Takes in the right answers and works out the board; without them (they were lost, or there are none) only the numbers are shown.
    pub(crate) fn reveal(&mut self, told: Option<&str>, opened_at: Option<Timestamp>) {
        let Some(right) = told.map(read_right) else {
            return;
        };
        let Ok(wanted) = self.chosen_bits(&right) else {
            return;
        };
        self.right = Some(right);
        if !self.draft.board {
            return;
        }
        let mut quick: Vec<(Timestamp, Pseudonym)> = self
            .ballots
            .iter()
            .filter(|(_, ballot)| self.is_right(ballot.chosen, wanted))
            .map(|(who, ballot)| (ballot.at, *who))
            .collect();
        quick.sort_unstable();
        quick.truncate(BOARD_ROWS);
        let opened_at = opened_at.unwrap_or_default();
        self.board = quick
            .iter()
            .map(|(at, who)| Place {
                rank: 1 + u32::try_from(quick.iter().filter(|(other, _)| other < at).count())
                    .unwrap_or(u32::MAX),
                who: *who,
                after: at.since(opened_at),
            })
            .collect();
    }

    /// Whether an answer is right: with one choice any right answer is, with more only all of them and no other.
    fn is_right(&self, chosen: u32, wanted: u32) -> bool {
        if self.draft.max_choices == 1 {
            chosen & wanted != 0
        } else {
            chosen == wanted
        }
    }

    fn chosen_bits(&self, ids: &[OptionId]) -> Result<u32, Reason> {
        ids.iter().try_fold(0, |bits, id| {
            let place = self
                .options
                .iter()
                .position(|option| option.id == *id)
                .ok_or(Reason::UnknownOption)?;
            Ok(bits | 1 << place)
        })
    }

    /// How many chose each option, in their order.
    pub fn votes(&self) -> &[u32] {
        &self.votes
    }

    /// How many viewers have a vote.
    pub fn voters(&self) -> u32 {
        u32::try_from(self.ballots.len()).unwrap_or(u32::MAX)
    }

    /// The right answers, once told.
    pub fn right(&self) -> Option<&[OptionId]> {
        self.right.as_deref()
    }

    /// The quickest right answers, once told.
    pub fn board(&self) -> &[Place] {
        &self.board
    }

    /// Makes news of what shows a viewer's words or name, and says whether there was any.
    pub(crate) fn forget(&mut self, who: Pseudonym, position: Position) -> bool {
        let named = self.draft.named && self.board.iter().any(|place| place.who == who);
        self.survey.renew(who, position) || named
    }

    /// Whether a viewer has a vote.
    pub fn has_voted(&self, who: Pseudonym) -> bool {
        self.ballots.contains_key(&who)
    }

    /// What a viewer chose; nothing without a vote, and in a vote for none of the options.
    pub fn choices(&self, who: Pseudonym) -> Vec<OptionId> {
        let chosen = self.ballots.get(&who).map_or(0, |ballot| ballot.chosen);
        self.options
            .iter()
            .enumerate()
            .filter(|(place, _)| chosen >> place & 1 == 1)
            .map(|(_, option)| option.id.clone())
            .collect()
    }
}

/// Choices among options as bits, at most so many; 0 is any number.
fn bits(options: &[Choice], most: u8, choices: &[OptionId]) -> Result<u32, Refusal> {
    let mut chosen = 0_u32;
    for id in choices {
        let place = options
            .iter()
            .position(|option| option.id == *id)
            .ok_or(Reason::UnknownOption)?;
        chosen |= 1 << place;
    }
    let most = match most {
        0 => options.len(),
        most => usize::from(most),
    };
    if chosen.count_ones() as usize > most {
        Err(Reason::TooManyChoices.into())
    } else {
        Ok(chosen)
    }
}
