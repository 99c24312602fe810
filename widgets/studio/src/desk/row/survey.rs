//! What was written in a survey: the desk alone reads it, and without names.

use super::Deck;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::poll::Comment;
use yew::prelude::*;

/// How many are drawn; the newest come first.
const ROWS: usize = 50;

/// The list of what was written, folded away.
pub(in super::super) fn written(comments: &[Comment], activity: &ActivityId, deck: &Deck) -> Html {
    let texts = comments.iter().rev();
    let texts: Vec<_> = texts
        .filter_map(|comment| Some((comment.id, comment.text.clone()?)))
        .collect();
    let title = match texts.len() {
        0 => return Html::default(),
        1 => "1 viewer wrote something".to_owned(),
        many => format!("{many} viewers wrote something"),
    };
    html! {
        <details class="fold">
            <summary>{ title }</summary>
            <ol class="parts" aria-label="What they wrote, newest first">
                { for texts.into_iter().take(ROWS).map(|(id, text)| html! {
                    <li key={id} class="parts__part"><p class="parts__head" dir="auto">{ text }</p></li>
                }) }
            </ol>
            { deck.saves("comments", activity) }
        </details>
    }
}
