//! A list of questions as each audience may know it, and its questions.

use super::Audience;
use crate::activity::Activity;
use crate::private::{Private, name_key};
use crate::pseudonym::Pseudonym;
use crate::qna::{Asked, Qna, Replied};
use crate::room::Room;
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::{
    Answer, Card, Mine, Question, QuestionId, Reply, Row, Standing, Tally,
};
use std::collections::HashSet;

mod page;

pub use page::{page, similar};

/// Who reads a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reader {
    Everybody,
    Asker,
    Desk,
}

/// The card.
pub(super) fn card(activity: &Activity, qna: &Qna) -> Card {
    let draft = &qna.draft;
    Card {
        title: draft.title.as_str().to_owned(),
        approval: draft.approval,
        anonymous: draft.anonymous,
        replies: draft.replies,
        tags: draft.tags.clone(),
        most: draft.most,
        level: qna.level,
        who: draft.who.clone(),
        opened_at: activity.opened_at,
        corrected: activity.corrected,
        cancelled: qna.cancelled.clone(),
        about: activity.about.clone(),
    }
}

/// The numbers, and which questions stand on the first page.
pub(super) fn tally(activity: &Activity, qna: &Qna, audience: Audience) -> Tally {
    Tally {
        phase: activity.phase,
        opens_at: activity.opens_at,
        closes_at: activity.closes_at,
        left_ms: activity.left,
        questions: qna.count(),
        answered: qna.count_answered(),
        waiting: match audience {
            Audience::Desk => Some(qna.count_waiting()),
            Audience::Public | Audience::Acted => None,
        },
        list: rows(qna, audience),
    }
}

fn rows(qna: &Qna, audience: Audience) -> Vec<Row> {
    let mut rows = qna.first_page();
    if audience == Audience::Desk {
        let more = qna.with_waiting_replies().into_iter().chain(qna.queue());
        for row in more {
            if !rows.iter().any(|known| known.0 == row.0) {
                rows.push(row);
            }
        }
    }
    rows
}

/// The questions of the first page.
pub(super) fn entries(
    activity: &Activity,
    qna: &Qna,
    private: &Private,
    audience: Audience,
) -> Vec<Entry> {
    let reader = match audience {
        Audience::Desk => Reader::Desk,
        Audience::Public | Audience::Acted => Reader::Everybody,
    };
    let shown = told(activity, qna, private, reader, &rows(qna, audience));
    let gone = qna.taken_down().filter(|_| reader == Reader::Everybody);
    let gone = gone.filter_map(|id| no_more(qna, id));
    let listed: HashSet<QuestionId> = shown.iter().map(|question| question.id).collect();
    let erased = qna.erased().filter(|id| !listed.contains(id));
    let erased = erased.filter_map(|id| question(qna, id, private, reader));
    let all = shown.into_iter().chain(gone).chain(erased);
    all.map(Entry::Qna).collect()
}

/// A question that viewers saw and are to see no more: without its words.
fn no_more(qna: &Qna, id: QuestionId) -> Option<Question> {
    let asked = qna.question(id).ok()?;
    Some(Question {
        id,
        rev: asked.rev,
        standing: Standing::Dismissed,
        merged_into: asked.merged_into,
        ..Question::default()
    })
}

/// Every question that an audience may know, in the order of asking.
pub(super) fn all(qna: &Qna, private: &Private, audience: Audience) -> Vec<Entry> {
    let reader = match audience {
        Audience::Desk => Reader::Desk,
        Audience::Public | Audience::Acted => Reader::Everybody,
    };
    let ids = 1..=qna.asked_in_all();
    ids.filter_map(|id| Some(Entry::Qna(question(qna, id, private, reader)?)))
        .collect()
}

/// The questions of these rows; at the desk, where one waits, with what it is likely the same as, and those questions too.
fn told(
    activity: &Activity,
    qna: &Qna,
    private: &Private,
    reader: Reader,
    rows: &[Row],
) -> Vec<Question> {
    let shown = rows
        .iter()
        .filter_map(|Row(id, _)| question(qna, *id, private, reader));
    let mut shown: Vec<Question> = shown.collect();
    if reader != Reader::Desk {
        return shown;
    }
    let mut known: HashSet<QuestionId> = shown.iter().map(|question| question.id).collect();
    let mut others = Vec::new();
    for asked in &mut shown {
        if asked.standing == Standing::Waiting && asked.merged_into.is_none() {
            asked.similar = similar_to(activity, qna, private, asked.id);
            let new = asked.similar.iter().filter(|id| known.insert(**id));
            others.extend(new.filter_map(|id| question(qna, *id, private, reader)));
        }
    }
    shown.append(&mut others);
    shown
}

/// The questions that one which waits is likely the same as, as far as it can still be merged into them.
fn similar_to(
    activity: &Activity,
    qna: &Qna,
    private: &Private,
    waiting: QuestionId,
) -> Vec<QuestionId> {
    let like = private.alike.waiting(&activity.id, activity.run, waiting);
    let stays = |id: &QuestionId| {
        let id = qna.question(*id).ok()?.merged_into.unwrap_or(*id);
        let stands = qna.question(id).ok()?.standing != Standing::Dismissed;
        (stands && id != waiting).then_some(id)
    };
    let mut seen = HashSet::new();
    let ids = like.iter().filter_map(stays);
    ids.filter(|id| seen.insert(*id)).collect()
}

/// What a viewer asked and voted for.
pub(super) fn mine(room: &Room, qna: &Qna, who: Pseudonym) -> Mine {
    Mine {
        asked: qna
            .asked_by(who)
            .iter()
            .filter_map(|id| question(qna, *id, &room.private, Reader::Asker))
            .collect(),
        voted: qna.voted_by(who),
        again_at: qna.again_at(who, room.at()),
    }
}

fn question(qna: &Qna, id: QuestionId, private: &Private, reader: Reader) -> Option<Question> {
    let asked = qna.question(id).ok()?;
    if reader == Reader::Everybody && !asked.is_shown() {
        return None;
    }
    let name = |who: Pseudonym| private.value(&name_key(who)).map(str::to_owned);
    let is_shown = |reply: &Replied| match reply.standing {
        Standing::Waiting | Standing::Dismissed => false,
        Standing::Shown | Standing::Answering | Standing::Answered => true,
    };
    // The desk names a reply by its place, so that none may be left out there.
    let desk = reader == Reader::Desk;
    let replies = asked.replies.iter().filter(|reply| desk || is_shown(reply));
    Some(Question {
        id,
        rev: asked.rev,
        text: private.value(&asked.hidden.key).map(str::to_owned),
        by: asked.named.then(|| name(asked.who)).flatten(),
        asked_at: asked.at,
        tags: asked.tags.clone(),
        standing: asked.standing,
        pinned: asked.pinned,
        answer: answer(asked, private, reader),
        answer_rev: asked
            .answer
            .as_ref()
            .filter(|_| desk)
            .and_then(|answer| answer.rev),
        replies: replies
            .filter_map(|reply| {
                let text = private.value(&reply.hidden.key);
                Some(Reply {
                    text: text.or(desk.then_some(""))?.to_owned(),
                    by: reply.named.then(|| name(reply.who)).flatten(),
                    waiting: !is_shown(reply),
                })
            })
            .collect(),
        merged_into: asked.merged_into,
        flags: match reader {
            Reader::Desk => Some(u32::try_from(asked.flags.len()).unwrap_or(u32::MAX)),
            Reader::Everybody | Reader::Asker => None,
        },
        similar: Vec::new(),
    })
}

fn answer(asked: &Asked, private: &Private, reader: Reader) -> Option<Answer> {
    let answer = asked.answer.as_ref()?;
    let text = match (&answer.hidden, reader) {
        (None, _) => answer.text.clone()?,
        (Some(hidden), Reader::Asker | Reader::Desk) => private.value(&hidden.key)?.to_owned(),
        (Some(_), Reader::Everybody) => return None,
    };
    Some(Answer {
        text,
        automatic: answer.automatic,
        private: answer.hidden.is_some(),
    })
}
