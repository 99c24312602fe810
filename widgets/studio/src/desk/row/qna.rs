//! A list of questions at the desk: how many, what waits for approval, what viewers see, and what is looked up, each with its buttons.

use super::Deck;
use super::looked::Lookup;
use super::question::QuestionRow;
use crate::board::{Qna, Questions};
use liveroom_protocol::qna::{Question, QuestionId, Row, Standing};
use std::rc::Rc;
use yew::prelude::*;

/// How many rows of each part are drawn at once; the most urgent come first.
const ROWS: usize = 50;

/// The numbers.
pub(in super::super) fn questions(qna: &Qna, questions: &Questions) -> Html {
    let tally = &qna.tally;
    let replies: usize = (questions.known.iter())
        .map(|question| {
            question
                .replies
                .iter()
                .filter(|reply| reply.waiting)
                .count()
        })
        .sum();
    let figure = |name: &str, value: u32| {
        html! { <div class="figures__figure"><dt>{ name.to_owned() }</dt><dd>{ value.to_string() }</dd></div> }
    };
    html! {
        <dl class="figures">
            { figure("Waiting", tally.waiting.unwrap_or_default()) }
            { figure("Shown", tally.questions) }
            { figure("Answered", tally.answered) }
            if qna.card.replies {
                { figure("Hidden replies", u32::try_from(replies).unwrap_or(u32::MAX)) }
            }
        </dl>
    }
}

#[derive(PartialEq, Properties)]
pub(in super::super) struct QnaPanelProps {
    /// The list.
    pub(in super::super) qna: Qna,
    /// Its questions.
    pub(in super::super) questions: Rc<Questions>,
    /// What may be done.
    pub(in super::super) deck: Deck,
}

/// The queue and the list.
#[component]
pub(in super::super) fn QnaPanel(props: &QnaPanelProps) -> Html {
    let QnaPanelProps {
        qna,
        questions,
        deck,
    } = props;
    let known = |Row(id, votes): &Row| Some((questions.find(*id)?, *votes));
    let mut all: Vec<(&Question, u32)> = qna.tally.list.iter().filter_map(known).collect();
    all.retain(|(question, _)| question.merged_into.is_none());
    let others = use_memo(Rc::clone(questions), |questions| others(questions));
    let row = |(question, votes): &(&Question, u32)| {
        html! {
            <QuestionRow key={question.id.to_string()} place="question" activity={qna.id.clone()} question={(*question).clone()} votes={*votes}
                tags={qna.card.tags.clone()} others={Rc::clone(&others)} deck={deck.clone()} />
        }
    };
    let part = |name: &'static str, wanted: &dyn Fn(&Question) -> bool| {
        let rows = all.iter().filter(|(question, _)| wanted(question));
        let rows: Vec<Html> = rows.take(ROWS).map(row).collect();
        let title = html! { <li key={name}><h4 class="queue__title">{ name }</h4></li> };
        let titled = !rows.is_empty();
        titled.then_some(title).into_iter().chain(rows)
    };
    let seen =
        |question: &Question| matches!(question.standing, Standing::Shown | Standing::Answering);
    let waits = |question: &Question| question.standing == Standing::Waiting;
    let answered = |question: &Question| question.standing == Standing::Answered;
    // One list of all parts: a question that goes from one to another keeps what is typed in it.
    let parts: Vec<Html> = part("Waiting for you", &waits)
        .chain(part("Viewers see", &seen))
        .chain(part("Answered", &answered))
        .collect();
    html! {
        <>
            if !parts.is_empty() {
                <ul class="parts queue" aria-label="Questions">{ for parts }</ul>
            }
            <Lookup qna={qna.clone()} questions={Rc::clone(questions)} {others} deck={deck.clone()} />
        </>
    }
}

/// What others can be merged into: whatever stands in the list, and what was looked up, under its words.
fn others(questions: &Questions) -> Vec<(QuestionId, String)> {
    let stands = |question: &&Rc<Question>| {
        question.standing != Standing::Dismissed && question.merged_into.is_none()
    };
    let others = questions.known.iter().filter(stands);
    others
        .map(|question| (question.id, title(question)))
        .collect()
}

/// The words of a question, short enough for a list.
fn title(question: &Question) -> String {
    let text = question.text.as_deref().unwrap_or("(erased)");
    let short: String = text.chars().take(60).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{} {short}{more}", question.id)
}
