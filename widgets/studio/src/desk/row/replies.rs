//! The replies to a question at the desk, by their places: each is shown or not.

use super::Deck;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::qna::{Change, QuestionId, Reply};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct RepliesProps {
    /// Of which list.
    pub(super) activity: ActivityId,
    /// To which question.
    pub(super) question: QuestionId,
    /// All of them, as the desk alone sees them: a reply is named by its place.
    pub(super) replies: Vec<Reply>,
    /// What may be done.
    pub(super) deck: Deck,
}

/// The list of replies; unfolded while one is hidden, which may be waiting.
#[component]
pub(super) fn Replies(props: &RepliesProps) -> Html {
    let RepliesProps { replies, deck, .. } = props;
    if replies.is_empty() {
        return Html::default();
    }
    let hidden = replies.iter().filter(|reply| reply.waiting).count();
    let title = match (replies.len(), hidden) {
        (1, 0) => "1 reply".to_owned(),
        (1, _) => "1 reply, not shown".to_owned(),
        (all, 0) => format!("{all} replies"),
        (all, hidden) => format!("{all} replies, {hidden} not shown"),
    };
    let about = About::Part(props.activity.clone(), props.question);
    let button = |place: usize, shown: bool| {
        let command = Command::QnaChange {
            activity: props.activity.clone(),
            question: props.question,
            change: Change::Reply {
                place: u32::try_from(place).unwrap_or(u32::MAX),
                shown,
            },
        };
        let label = if shown { "Show reply" } else { "Hide reply" };
        deck.button(label, None, &about, Ok(command))
    };
    html! {
        <details class="fold">
            <summary>{ title }</summary>
            <ol class="parts">
                // What was erased has no words left, and keeps its place.
                { for replies.iter().enumerate().filter(|(_, reply)| !reply.text.is_empty()).map(|(place, reply)| html! {
                    <li key={place} class="parts__part">
                        <p class="parts__head" dir="auto">{ reply.text.clone() }</p>
                        <p class="parts__note">{ reply.by.clone().unwrap_or_else(|| "without a name".into()) }{ if reply.waiting { " · not shown" } else { "" } }</p>
                        <div class="strip__own">
                            if reply.waiting {
                                { button(place, true) }
                                { button(place, false) }
                            } else {
                                { button(place, false) }
                            }
                        </div>
                    </li>
                }) }
            </ol>
        </details>
    }
}
