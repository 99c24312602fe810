//! Every question of a list with its votes and its answer, as the desk knows it.

use super::claims::word;
use super::{Column, Rows, Table, columns};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::Question;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::activity::Body;
use liveroom_rules::room::Room;
use liveroom_rules::view::{self, Audience};
use serde::Serialize;

/// The questions in the order of asking.
#[derive(Serialize)]
#[serde(transparent)]
pub(super) struct Questions(Vec<Row>);

#[derive(Serialize)]
struct Row {
    #[serde(flatten)]
    question: Question,
    votes: u32,
}

/// What is known of a list's questions now.
pub(super) fn of(room: &Room, activity: &ActivityId) -> Result<Questions, Refusal> {
    let known = room.activity(activity).ok_or(Reason::NotFound)?;
    let Body::Qna(list) = &known.body else {
        return Err(Refusal::because(
            Reason::NotFound,
            "this activity is no list of questions",
        ));
    };
    let entries = view::all_entries(known, &room.private, Audience::Desk);
    let rows = entries.into_iter().filter_map(|entry| match entry {
        Entry::Qna(question) => {
            let votes = list.question(question.id).map_or(0, |asked| asked.votes());
            Some(Row { question, votes })
        }
        Entry::Poll(_) | Entry::Unknown => None,
    });
    Ok(Questions(rows.collect()))
}

impl Rows for Questions {
    fn columns(&self) -> Vec<Column> {
        columns::QUESTIONS.to_vec()
    }

    fn fill(&self, table: &mut Table) {
        for Row { question, votes } in &self.0 {
            let tags: Vec<&str> = question.tags.iter().map(|tag| tag.as_str()).collect();
            let answer = question.answer.as_ref();
            table.row([
                question.id.to_string().as_str(),
                &question.asked_at.0.to_string(),
                question.by.as_deref().unwrap_or_default(),
                question.text.as_deref().unwrap_or_default(),
                &votes.to_string(),
                &word(&question.standing),
                &tags.join(" "),
                answer.map_or("", |answer| answer.text.as_str()),
                if answer.is_some_and(|answer| answer.private) {
                    "yes"
                } else {
                    ""
                },
                &question.replies.len().to_string(),
                &question
                    .merged_into
                    .map_or_else(String::new, |into| into.to_string()),
                &question.flags.unwrap_or_default().to_string(),
            ]);
        }
    }
}
