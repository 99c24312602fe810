//! What the page needs to know of a list of questions besides how it is drawn.

use crate::decode::{STANDINGS, word_of};
use crate::face::Opening;
use crate::report::object::{Object, list};
use liveroom::json::quoted;
use liveroom::{Known, QnaMoment, Scene, qna_announcement};
use liveroom_protocol::Action;
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::qna::{Card, Mine, Question, QuestionId, Row, Standing, Tally};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// A list of questions as this page knows it. Shared, so that handing it to a component copies nothing.
#[derive(Clone, Debug, Default)]
pub struct Qna {
    /// The card.
    pub card: Rc<Card>,
    /// The tally.
    pub tally: Rc<Tally>,
    /// This viewer's own part.
    pub mine: Rc<Mine>,
    /// The questions known with their votes, by number.
    pub questions: Rc<Vec<Known>>,
}

impl PartialEq for Qna {
    /// The same parts, not equal ones: a part is never changed once it was taken.
    fn eq(&self, other: &Self) -> bool {
        let Self {
            card,
            tally,
            mine,
            questions,
        } = other;
        Rc::ptr_eq(&self.card, card)
            && Rc::ptr_eq(&self.tally, tally)
            && Rc::ptr_eq(&self.mine, mine)
            && Rc::ptr_eq(&self.questions, questions)
    }
}

impl Qna {
    /// Takes a question, if it is not older than the one known: its number. `settle` gives it its votes.
    pub fn take(&mut self, question: Question) -> Option<QuestionId> {
        let id = question.id;
        match self.place(id) {
            Ok(place) if self.questions[place].question.rev > question.rev => return None,
            Ok(place) if *self.questions[place].question == question => return None,
            Ok(place) => self.known()[place].question = Rc::new(question),
            Err(place) => {
                let question = Rc::new(question);
                let known = Known {
                    question,
                    ..Known::default()
                };
                self.known().insert(place, known);
            }
        }
        Some(id)
    }

    /// Takes the numbers: they are those of the first page, and no others are known to have changed.
    pub fn count(&mut self, tally: Tally) {
        self.votes(&tally.list);
        self.tally = Rc::new(tally);
    }

    /// Gives questions that came after the tally the votes that it tells.
    pub fn settle(&mut self) {
        let tally = Rc::clone(&self.tally);
        self.votes(&tally.list);
    }

    /// Takes the votes of a page that was asked for. What the tally tells is newer.
    pub fn page(&mut self, rows: &[Row]) {
        let told = |row: &&Row| self.told(row.0).is_none();
        let rows: Vec<Row> = rows.iter().filter(told).copied().collect();
        self.votes(&rows);
    }

    /// The questions of these that are not known yet.
    pub fn unknown(&self, rows: &[Row]) -> Vec<QuestionId> {
        let ids = rows.iter().map(|row| row.0);
        ids.filter(|id| self.place(*id).is_err()).collect()
    }

    /// These came for what is typed, and not with the list.
    pub fn offer(&mut self, ids: &[QuestionId]) {
        for id in ids {
            if let Ok(place) = self.place(*id) {
                self.known()[place].offered = true;
            }
        }
    }

    fn votes(&mut self, rows: &[Row]) {
        for &Row(id, votes) in rows {
            if let Ok(place) = self.place(id)
                && (self.questions[place].votes != votes || self.questions[place].offered)
            {
                let known = &mut self.known()[place];
                known.votes = votes;
                known.offered = false;
            }
        }
    }

    /// The votes of a question as the tally tells them.
    fn told(&self, id: QuestionId) -> Option<u32> {
        let row = self.tally.list.iter().find(|row| row.0 == id);
        row.map(|row| row.1)
    }

    fn place(&self, id: QuestionId) -> Result<usize, usize> {
        self.questions
            .binary_search_by(|known| known.question.id.cmp(&id))
    }

    fn known(&mut self) -> &mut Vec<Known> {
        Rc::make_mut(&mut self.questions)
    }

    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        self.tally.phase
    }

    /// When it opens or closes by itself, while that is counted down.
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.tally.phase {
            Phase::Ready => self.tally.opens_at,
            Phase::Open => self.tally.closes_at,
            Phase::Paused | Phase::Closed => None,
        }
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
    pub fn accepted(&self, action: &Action) -> Mine {
        let mut mine = (*self.mine).clone();
        match action {
            Action::QnaVote { question } if !mine.voted.contains(question) => {
                mine.voted.push(*question);
            }
            Action::QnaWithdraw { question } => mine.voted.retain(|voted| voted != question),
            // Which number it has the page tells with the question.
            Action::QnaAsk(ask) => mine.asked.push(Question {
                text: ask.text.as_ref().map(|text| text.as_str().to_owned()),
                tags: ask.tags.clone(),
                standing: match self.card.approval {
                    true => Standing::Waiting,
                    false => Standing::Shown,
                },
                ..Question::default()
            }),
            _ => {}
        }
        mine
    }

    /// What is worth saying aloud between two moments.
    pub fn announcement(before: Option<(&Self, &Scene)>, after: (&Self, &Scene)) -> Option<String> {
        qna_announcement(before.map(moment), moment(after))
    }
}

fn moment<'a>((qna, scene): (&'a Qna, &'a Scene)) -> QnaMoment<'a> {
    QnaMoment {
        card: &qna.card,
        tally: &qna.tally,
        mine: &qna.mine,
        scene,
    }
}

/// This viewer's part, to be told.
pub fn write(mine: &Mine) -> String {
    let object = Object::new()
        .text("widget", "qna")
        .raw("asked", &list(mine.asked.iter().map(question)))
        .raw("voted", &list(mine.voted.iter().map(u32::to_string)));
    match mine.again_at {
        Some(at) => object.number("again_at", at.0).end(),
        None => object.end(),
    }
}

fn question(question: &Question) -> String {
    let flag = |object: Object, name, on| match on {
        true => object.raw(name, "true"),
        false => object,
    };
    let object = Object::new()
        .number("id", question.id.into())
        .number("rev", question.rev)
        .maybe("text", question.text.as_deref())
        .maybe("by", question.by.as_deref())
        .number("asked_at", question.asked_at.0)
        .raw(
            "tags",
            &list(question.tags.iter().map(|tag| quoted(tag.as_str()))),
        )
        .text("standing", word_of(STANDINGS, question.standing));
    let object = flag(object, "pinned", question.pinned);
    let object = match &question.answer {
        Some(answer) => {
            let told = Object::new().text("text", &answer.text);
            let told = flag(told, "automatic", answer.automatic);
            object.raw("answer", &flag(told, "private", answer.private).end())
        }
        None => object,
    };
    let replies = question.replies.iter().map(|reply| {
        let told = Object::new()
            .text("text", &reply.text)
            .maybe("by", reply.by.as_deref());
        flag(told, "waiting", reply.waiting).end()
    });
    let object = object.raw("replies", &list(replies));
    match question.merged_into {
        Some(into) => object.number("merged_into", into.into()).end(),
        None => object.end(),
    }
}

#[cfg(test)]
mod tests;
