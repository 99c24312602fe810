//! A list of questions at the desk: how many, what waits for approval, and what viewers see, each with its buttons.

use super::Deck;
use super::question::QuestionRow;
use crate::board::Qna;
use liveroom_protocol::qna::{Question, QuestionId, Row, Standing};
use std::rc::Rc;
use yew::prelude::*;

/// How many rows of each part are drawn at once; the most urgent come first.
const ROWS: usize = 50;

/// The numbers.
pub(in super::super) fn questions(qna: &Qna, questions: &[Question]) -> Html {
    let tally = &qna.tally;
    let replies: usize = questions
        .iter()
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
    pub(in super::super) questions: Rc<Vec<Question>>,
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
    let find = |id: QuestionId| {
        let place = questions.binary_search_by(|question| question.id.cmp(&id));
        place.ok().map(|place| &questions[place])
    };
    let known = |Row(id, votes): &Row| Some((find(*id)?, *votes));
    let mut all: Vec<(&Question, u32)> = qna.tally.list.iter().filter_map(known).collect();
    all.retain(|(question, _)| question.merged_into.is_none());
    // What others can be merged into: whatever stands in the list, under its words.
    let others: Rc<Vec<(QuestionId, String)>> = Rc::new(
        all.iter()
            .filter(|(question, _)| question.standing != Standing::Dismissed)
            .map(|(question, _)| (question.id, title(question)))
            .collect(),
    );
    let part = |name: &str, wanted: &dyn Fn(&Question) -> bool| {
        let rows: Vec<_> = all
            .iter()
            .filter(|(question, _)| wanted(question))
            .collect();
        if rows.is_empty() {
            return Html::default();
        }
        html! {
            <section class="queue" aria-label={name.to_owned()}>
                <h4 class="queue__title">{ name.to_owned() }</h4>
                <ul class="parts">
                    { for rows.into_iter().take(ROWS).map(|(question, votes)| html! {
                        <QuestionRow key={question.id} activity={qna.id.clone()} question={(*question).clone()} votes={*votes}
                            tags={qna.card.tags.clone()} others={Rc::clone(&others)} deck={deck.clone()} />
                    }) }
                </ul>
            </section>
        }
    };
    let seen =
        |question: &Question| matches!(question.standing, Standing::Shown | Standing::Answering);
    html! {
        <>
            { part("Waiting for you", &|question| question.standing == Standing::Waiting) }
            { part("Viewers see", &seen) }
            { part("Answered", &|question| question.standing == Standing::Answered) }
        </>
    }
}

/// The words of a question, short enough for a list.
fn title(question: &Question) -> String {
    let text = question.text.as_deref().unwrap_or("(erased)");
    let short: String = text.chars().take(60).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("{} {short}{more}", question.id)
}
