//! What those who run the room do with a question.

use super::{Answered, Qna, index};
use crate::activity::Ordering;
use liveroom_protocol::qna::{Change, QuestionId, Standing};
use liveroom_protocol::{Reason, Refusal};

/// Questions that pages are told to show no more. A page that missed more than these asks for the list anew.
const TAKEN_DOWN: usize = 100;
/// Tags of one question.
const TAGS: usize = 8;

impl Qna {
    /// Does it, or says why not.
    pub(crate) fn change(
        &mut self,
        ordering: &Ordering<'_>,
        id: QuestionId,
        change: &Change,
    ) -> Result<(), Refusal> {
        if self.question(id)?.merged_into.is_some() {
            return Err(Refusal::because(
                Reason::UnknownQuestion,
                "it was merged into another question",
            ));
        }
        let was_shown = self.question(id)?.is_shown();
        match change {
            Change::Approve => self.stand(id, Standing::Shown),
            Change::Dismiss => {
                self.questions[index(id)].pinned = false;
                self.stand(id, Standing::Dismissed);
                // It may be asked again, in other or the same words.
                let print = &self.questions[index(id)].hidden.print;
                self.by_print.remove(print);
            }
            Change::Pin { pinned } => self.questions[index(id)].pinned = *pinned,
            Change::Answering => {
                for other in self.answering() {
                    self.stand(other, Standing::Shown);
                    self.questions[index(other)].rev = ordering.position;
                }
                self.stand(id, Standing::Answering);
            }
            Change::AnsweredLive => self.stand(id, Standing::Answered),
            Change::Answer {
                text,
                private,
                automatic,
                replaces,
            } => {
                self.may_answer(ordering, id, *replaces)?;
                self.answer(
                    ordering,
                    id,
                    text.as_ref().map(|text| text.as_str()),
                    *private,
                    *automatic,
                )?;
            }
            Change::Merge { into } => self.merge(ordering, id, *into)?,
            Change::Tag { tags } => {
                if tags.len() > TAGS {
                    return Err(too_many_tags());
                }
                self.questions[index(id)].tags.clone_from(tags);
            }
            Change::AddTag { tag } => {
                let tags = &mut self.questions[index(id)].tags;
                if !tags.contains(tag) {
                    if tags.len() >= TAGS {
                        return Err(too_many_tags());
                    }
                    tags.push(tag.clone());
                }
            }
            Change::RemoveTag { tag } => {
                self.questions[index(id)].tags.retain(|other| other != tag);
            }
            Change::Reply { place, shown } => {
                let replies = &mut self.questions[index(id)].replies;
                let reply = replies
                    .get_mut(*place as usize)
                    .ok_or(Reason::UnknownQuestion)?;
                reply.standing = if *shown {
                    Standing::Shown
                } else {
                    Standing::Dismissed
                };
            }
        }
        self.questions[index(id)].rev = ordering.position;
        self.note_taken_down(id, was_shown);
        self.touched.push(self.questions[index(id)].who);
        Ok(())
    }

    /// Keeps in mind what was taken off pages that have it.
    fn note_taken_down(&mut self, id: QuestionId, was_shown: bool) {
        match (was_shown, self.questions[index(id)].is_shown()) {
            (true, false) => {
                if self.taken_down.len() >= TAKEN_DOWN {
                    self.taken_down.pop_front();
                }
                self.taken_down.push_back(id);
            }
            (false, true) => self.taken_down.retain(|other| *other != id),
            (true, true) | (false, false) => {}
        }
    }

    /// What was shown and no longer is, the last of it.
    pub(crate) fn taken_down(&self) -> impl Iterator<Item = QuestionId> {
        self.taken_down.iter().copied()
    }

    /// Whether an answer may stand where it is to: of two who answer at once the second is told so.
    fn may_answer(
        &self,
        ordering: &Ordering<'_>,
        id: QuestionId,
        replaces: Option<u64>,
    ) -> Result<(), Refusal> {
        let answer = self.questions[index(id)].answer.as_ref();
        let there = answer.and_then(|answer| answer.rev);
        if ordering.rules < 3 || there == replaces {
            return Ok(());
        }
        let why = "its answer is not the one you read: look again, and answer again to put yours in its place";
        Err(Refusal::because(Reason::Taken, why))
    }

    fn answer(
        &mut self,
        ordering: &Ordering<'_>,
        id: QuestionId,
        text: Option<&str>,
        private: bool,
        automatic: bool,
    ) -> Result<(), Refusal> {
        let rev = (ordering.rules >= 3).then_some(ordering.position);
        let answer = match (private, text, ordering.hidden) {
            (false, Some(text), _) => Answered {
                text: Some(text.to_owned()),
                hidden: None,
                automatic,
                rev,
            },
            (true, _, Some(hidden)) => Answered {
                text: None,
                hidden: Some(hidden.clone()),
                automatic,
                rev,
            },
            _ => return Err(Refusal::because(Reason::Malformed, "an answer has a text")),
        };
        self.questions[index(id)].answer = Some(answer);
        // An answer to the asker alone does not make the question one that others see.
        if !private || self.questions[index(id)].is_shown() {
            self.stand(id, Standing::Answered);
        }
        Ok(())
    }

    fn merge(
        &mut self,
        ordering: &Ordering<'_>,
        id: QuestionId,
        into: QuestionId,
    ) -> Result<(), Refusal> {
        let target = self.question(into)?;
        if id == into || target.merged_into.is_some() || target.standing == Standing::Dismissed {
            return Err(Refusal::because(
                Reason::UnknownQuestion,
                "merge it into another question that is there",
            ));
        }
        let question = &mut self.questions[index(id)];
        let was_answered = question.is_shown() && question.standing == Standing::Answered;
        // Taken out of the ranking under the votes it had.
        question.merged_into = Some(into);
        question.pinned = false;
        let who = question.who;
        self.place(id, was_answered);
        let mut voters = std::mem::take(&mut self.questions[index(id)].votes);
        for voter in &voters {
            let ids = self.votes_of.entry(*voter).or_default();
            ids.remove(&id);
            ids.insert(into);
        }
        // Whoever asked wants to know; their own question is not voted for by them.
        if self.questions[index(into)].who != who {
            voters.insert(who);
            self.votes_of.entry(who).or_default().insert(into);
        }
        self.recount(into, |question| {
            question.votes.extend(voters);
            true
        });
        // Questions merged earlier into this one follow it.
        for question in &mut self.questions {
            if question.merged_into == Some(id) {
                question.merged_into = Some(into);
                question.rev = ordering.position;
            }
        }
        self.questions[index(into)].rev = ordering.position;
        Ok(())
    }
}

fn too_many_tags() -> Refusal {
    Refusal::because(Reason::Malformed, "at most 8 tags")
}
