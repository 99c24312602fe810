//! Looking up questions that the desk is not shown by itself: further pages, what was dismissed, and those with some words.

use super::question::QuestionRow;
use super::{Deck, chosen, typed};
use crate::board::{Qna, Questions};
use liveroom_protocol::limits::QUESTIONS_PAGE;
use liveroom_protocol::message::More;
use liveroom_protocol::qna::{Order, QuestionId, Row, Words};
use std::rc::Rc;
use yew::prelude::*;

/// What can be looked up, in words.
const ORDERS: [(Order, &str); 5] = [
    (Order::Newest, "Newest first"),
    (Order::Top, "Most votes first"),
    (Order::Unanswered, "Without an answer"),
    (Order::Waiting, "Waiting for you"),
    (Order::Dismissed, "Dismissed"),
];

#[derive(PartialEq, Properties)]
pub(super) struct LookupProps {
    /// The list.
    pub(super) qna: Qna,
    /// Its questions.
    pub(super) questions: Rc<Questions>,
    /// All that others can be merged into, by their words.
    pub(super) others: Rc<Vec<(QuestionId, String)>>,
    /// What may be done.
    pub(super) deck: Deck,
}

/// The fields, and what was found.
#[component]
pub(super) fn Lookup(props: &LookupProps) -> Html {
    let words = use_state(String::new);
    let order = use_state(|| 0_usize);
    let id = |field: &str| format!("{field}-{}", props.qna.id);
    let names = ORDERS.map(|(_, name)| name.to_owned());
    let look = {
        let (look, activity) = (props.deck.page.clone(), props.qna.id.clone());
        let (words, order) = (words.clone(), ORDERS.get(*order).map(|(order, _)| *order));
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            look.emit(More {
                activity: activity.clone(),
                order: order.unwrap_or_default(),
                after: 0,
                find: Words::parse(words.as_str()).ok(),
            });
        })
    };
    html! {
        <details class="fold">
            <summary>{ "Look up questions" }</summary>
            <form class="fold__fields" onsubmit={look}>
                { typed(&id("find"), "With these words, or of this number", &words) }
                if words.trim().is_empty() {
                    { chosen(&id("order"), "Or all of them", &names, &order) }
                }
                <div class="strip__own"><button type="submit" class="button">{ "Look up" }</button></div>
            </form>
            { found(props) }
            { props.deck.saves("questions", &props.qna.id) }
        </details>
    }
}

/// The rows that came, with a button for more of them.
fn found(props: &LookupProps) -> Html {
    let Some(looked) = &props.questions.looked else {
        return Html::default();
    };
    let known = |Row(id, votes): &Row| Some((props.questions.find(*id)?, *votes));
    let rows: Vec<_> = looked.rows.iter().filter_map(known).collect();
    let count = looked.rows.len();
    let says = match looked.total {
        0 => "No question is found.".to_owned(),
        all => format!("{count} of {all}"),
    };
    let more = {
        let look = props.deck.page.clone();
        // Those that were looked at before are counted in whole pages: what has moved up meanwhile is not left out.
        let after = count - count % QUESTIONS_PAGE;
        let after = u32::try_from(after).unwrap_or(u32::MAX);
        let more = More {
            after,
            ..looked.asked.clone()
        };
        Callback::from(move |_: MouseEvent| look.emit(more.clone()))
    };
    html! {
        <>
            <p class="parts__note" role="status">{ says }</p>
            if !rows.is_empty() {
                <ul class="parts" aria-label="Questions that were looked up">
                    { for rows.into_iter().map(|(question, votes)| html! {
                        <QuestionRow key={question.id.to_string()} place="looked" activity={props.qna.id.clone()} question={question.clone()} {votes}
                            tags={props.qna.card.tags.clone()} others={Rc::clone(&props.others)} deck={props.deck.clone()} />
                    }) }
                </ul>
            }
            if (count as u64) < u64::from(looked.total) {
                <div class="strip__own"><button type="button" class="button" onclick={more}>{ "More" }</button></div>
            }
        </>
    }
}
