//! Questions and answers: who may ask and vote, and what those who run the room do with a question.

use crate::lottery::Acting;
use crate::permit;
use crate::pseudonym::Pseudonym;
use liveroom_protocol::identity::Level;
use liveroom_protocol::limits::{QUESTIONS, REPLIES};
use liveroom_protocol::qna::{Ask, Draft, QuestionId, ReplyTo, Standing};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

mod asked;
mod change;
mod draft;
mod forget;
mod list;
mod sign_in;

pub use asked::{Answered, Asked, Replied};
pub(crate) use draft::prepare;

/// A list of questions.
#[derive(Clone, Debug)]
pub struct Qna {
    /// What the streamer composed.
    pub draft: Box<Draft>,
    /// The least identity it takes.
    pub level: Level,
    /// Question `n` at place `n - 1`.
    questions: Vec<Asked>,
    askers: HashMap<Pseudonym, Asker>,
    votes_of: HashMap<Pseudonym, BTreeSet<QuestionId>>,
    /// Questions by the print of their words, so that the same is not asked twice.
    by_print: HashMap<String, QuestionId>,
    /// What is shown, most votes first; of equals the older.
    ranking: BTreeSet<(Reverse<u32>, QuestionId)>,
    /// What waits for approval.
    waiting: BTreeSet<QuestionId>,
    answered: u32,
    /// What was shown and no longer is, the last of it: pages that have it are told.
    taken_down: VecDeque<QuestionId>,
    /// What lost words since their writer was erased, the last of it: pages that have it are told.
    erased: VecDeque<QuestionId>,
    /// Viewers whose own part changed without their asking.
    pub(crate) touched: Vec<Pseudonym>,
    /// Why it was called off, if it was.
    pub(crate) cancelled: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Asker {
    asked: Vec<QuestionId>,
    last: Timestamp,
}

impl Qna {
    /// Takes a question, or says why not; the list is open.
    pub(crate) fn ask(&mut self, acting: &Acting<'_>, ask: &Ask) -> Result<bool, Refusal> {
        permit::admits(acting.standing, self.level, &self.draft.who)?;
        let hidden = acting.hidden.ok_or(Reason::Malformed)?;
        if ask.anonymous && !self.draft.anonymous {
            return Err(Refusal::because(
                Reason::NotAllowed,
                "this list takes no anonymous questions",
            ));
        }
        if ask.tags.iter().any(|tag| !self.draft.tags.contains(tag)) {
            return Err(Refusal::because(
                Reason::Malformed,
                "a tag is none of the list's",
            ));
        }
        if self.by_print.contains_key(&hidden.print) {
            return Err(Reason::Duplicate.into());
        }
        if self.questions.len() >= QUESTIONS {
            return Err(Reason::TooMany.into());
        }
        if let Some(asker) = self.askers.get(&acting.who) {
            if asker.asked.len() >= self.draft.most as usize {
                return Err(Reason::TooMany.into());
            }
            let again = asker.last.after(self.draft.every_ms);
            if again > acting.at {
                return Err(Refusal {
                    again_in_ms: Some(again.since(acting.at).0),
                    ..Reason::TooFast.into()
                });
            }
        }
        let id = QuestionId::try_from(self.questions.len() + 1).map_err(|_| Reason::TooMany)?;
        self.questions.push(Asked {
            who: acting.who,
            named: acting.standing.named && !ask.anonymous,
            at: acting.at,
            tags: ask.tags.clone(),
            hidden: hidden.clone(),
            standing: Standing::Waiting,
            pinned: false,
            answer: None,
            replies: Vec::new(),
            merged_into: None,
            votes: HashSet::new(),
            flags: HashSet::new(),
            rev: acting.position,
        });
        self.waiting.insert(id);
        self.by_print.insert(hidden.print.clone(), id);
        let asker = self.askers.entry(acting.who).or_default();
        asker.asked.push(id);
        asker.last = acting.at;
        if !self.draft.approval {
            self.stand(id, Standing::Shown);
        }
        Ok(true)
    }

    /// Counts a vote for a question, or for the one it was merged into.
    pub(crate) fn vote(&mut self, acting: &Acting<'_>, id: QuestionId) -> Result<bool, Refusal> {
        permit::admits(acting.standing, self.level, &self.draft.who)?;
        let id = self.shown(id)?;
        let new = self.recount(id, |question| question.votes.insert(acting.who));
        self.votes_of.entry(acting.who).or_default().insert(id);
        Ok(new)
    }

    /// Takes a vote back.
    pub(crate) fn withdraw(
        &mut self,
        acting: &Acting<'_>,
        id: QuestionId,
    ) -> Result<bool, Refusal> {
        let id = self.shown(id)?;
        if !self.recount(id, |question| question.votes.remove(&acting.who)) {
            return Err(Reason::NoVote.into());
        }
        if let Some(votes) = self.votes_of.get_mut(&acting.who) {
            votes.remove(&id);
        }
        Ok(true)
    }

    /// Takes a reply to a question.
    pub(crate) fn reply(&mut self, acting: &Acting<'_>, reply: &ReplyTo) -> Result<bool, Refusal> {
        permit::admits(acting.standing, self.level, &self.draft.who)?;
        let hidden = acting.hidden.ok_or(Reason::Malformed)?;
        if !self.draft.replies {
            return Err(Refusal::because(
                Reason::NotAllowed,
                "this list takes no replies",
            ));
        }
        let id = self.shown(reply.question)?;
        let standing = if self.draft.approval {
            Standing::Waiting
        } else {
            Standing::Shown
        };
        let question = &mut self.questions[index(id)];
        if question.replies.len() >= REPLIES {
            return Err(Reason::TooMany.into());
        }
        question.replies.push(Replied {
            who: acting.who,
            named: acting.standing.named,
            hidden: hidden.clone(),
            standing,
        });
        question.rev = acting.position;
        Ok(true)
    }

    /// Notes that a viewer reports a question; the desk alone sees how many did.
    pub(crate) fn flag(&mut self, acting: &Acting<'_>, id: QuestionId) -> Result<bool, Refusal> {
        let id = self.shown(id)?;
        let question = &mut self.questions[index(id)];
        let new = question.flags.insert(acting.who);
        if new {
            question.rev = acting.position;
        }
        Ok(new)
    }

    /// The number of a question that viewers see: its own, or that of the one it was merged into.
    fn shown(&self, id: QuestionId) -> Result<QuestionId, Refusal> {
        let question = self.question(id)?;
        let id = question.merged_into.unwrap_or(id);
        if self.question(id)?.is_shown() {
            Ok(id)
        } else {
            Err(Reason::UnknownQuestion.into())
        }
    }

    /// Changes who votes for a question, and its place in the ranking with it.
    fn recount(&mut self, id: QuestionId, change: impl FnOnce(&mut Asked) -> bool) -> bool {
        let question = &mut self.questions[index(id)];
        let before = question.votes();
        let changed = change(question);
        let after = question.votes();
        if self.ranking.remove(&(Reverse(before), id)) {
            self.ranking.insert((Reverse(after), id));
        }
        changed
    }

    /// Gives a question another standing, and its place in the lists with it.
    fn stand(&mut self, id: QuestionId, standing: Standing) {
        let question = &mut self.questions[index(id)];
        let was_answered = question.is_shown() && question.standing == Standing::Answered;
        question.standing = standing;
        self.place(id, was_answered);
    }

    /// Keeps the lists in step with a question that has changed.
    fn place(&mut self, id: QuestionId, was_answered: bool) {
        let question = &self.questions[index(id)];
        let key = (Reverse(question.votes()), id);
        if question.is_shown() {
            self.ranking.insert(key);
        } else {
            self.ranking.remove(&key);
        }
        if question.standing == Standing::Waiting && question.merged_into.is_none() {
            self.waiting.insert(id);
        } else {
            self.waiting.remove(&id);
        }
        let is_answered = question.is_shown() && question.standing == Standing::Answered;
        self.answered = self.answered + u32::from(is_answered) - u32::from(was_answered);
    }

    pub(crate) fn reset(&mut self) {
        self.questions.clear();
        self.askers.clear();
        self.votes_of.clear();
        self.by_print.clear();
        self.ranking.clear();
        self.waiting.clear();
        self.taken_down.clear();
        self.erased.clear();
        self.answered = 0;
        self.cancelled = None;
    }

    /// A question by its number.
    pub fn question(&self, id: QuestionId) -> Result<&Asked, Refusal> {
        let place = (id as usize).checked_sub(1);
        place
            .and_then(|place| self.questions.get(place))
            .ok_or_else(|| Reason::UnknownQuestion.into())
    }

    /// Who asked a question.
    pub(crate) fn asker(&self, id: QuestionId) -> Result<Pseudonym, Refusal> {
        self.question(id).map(|question| question.who)
    }

    /// How many viewers have asked or voted.
    pub fn participants(&self) -> usize {
        let voters = self.votes_of.iter().filter(|(_, ids)| !ids.is_empty());
        let only_voted = voters.filter(|(who, _)| !self.askers.contains_key(who));
        self.askers.len() + only_voted.count()
    }

    /// Whether a viewer has asked or voted.
    pub fn has_acted(&self, who: Pseudonym) -> bool {
        self.askers.contains_key(&who) || self.votes_of.get(&who).is_some_and(|ids| !ids.is_empty())
    }

    /// The questions of a viewer, oldest first.
    pub fn asked_by(&self, who: Pseudonym) -> &[QuestionId] {
        self.askers.get(&who).map_or(&[], |asker| &asker.asked)
    }

    /// When a viewer may ask again; nothing if that is now, or never.
    pub fn again_at(&self, who: Pseudonym, now: Timestamp) -> Option<Timestamp> {
        let asker = self.askers.get(&who)?;
        Some(asker.last.after(self.draft.every_ms)).filter(|again| *again > now)
    }

    /// The questions that a viewer voted for.
    pub fn voted_by(&self, who: Pseudonym) -> Vec<QuestionId> {
        self.votes_of
            .get(&who)
            .map(|ids| ids.iter().copied().collect())
            .unwrap_or_default()
    }
}

/// The place of a question whose number is known to be one.
fn index(id: QuestionId) -> usize {
    id as usize - 1
}
