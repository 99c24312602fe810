//! Words that a survey asks for: a field whose text goes to the desk alone.

use super::ballot::{Ballot, Unsent};
use super::{PollProps, Sheet};
use crate::parts::field::{left, typed};
use crate::parts::tag::{el, tag, text};
use liveroom_protocol::limits::ASK_CHARS;
use liveroom_protocol::phase::Phase;
use yew::prelude::*;

/// The field, while this viewer may write; nothing where the card asks for no words.
pub(super) fn comment(
    props: &PollProps,
    sheet: Sheet,
    ballot: &Ballot,
    unsent: &UseStateHandle<Option<Unsent>>,
) -> Html {
    let scene = sheet.scene;
    let Some(asks) = sheet.card.comment.as_ref() else {
        return Html::default();
    };
    if !scene.taking_part || sheet.tally.phase == Phase::Closed {
        return Html::default();
    }
    let (held, props) = (unsent.clone(), props.clone());
    let oninput = Callback::from(move |event: InputEvent| {
        let ballot = Ballot::new(props.sheet(), &held);
        held.set(Some(ballot.written(typed(&event))));
    });
    let written = ballot.comment();
    let (words, format) = (&scene.words, &*scene.format);
    let near = match left(written, ASK_CHARS) {
        None if sheet.mine.commented && written.is_empty() => {
            words.say("poll.comment_sent").to_owned()
        }
        None => words.say("poll.desk_only").to_owned(),
        Some(Ok(left)) => words.count(format, "qna.left", left),
        Some(Err(over)) => words.count(format, "qna.over", over),
    };
    let over = matches!(left(written, ASK_CHARS), Some(Err(_))).then_some("true");
    // It is the same element in every state, and keeps the focus; what cannot be written now cannot be changed.
    let readonly = !ballot.is_open();
    let asks = tag(
        "span",
        &["class", "dir"],
        vec![Some("poll__question".into()), Some("auto".into())],
        vec![text(asks.clone())],
    );
    let field = html! {
        <textarea class="field" part="field" rows="2" dir="auto" aria-invalid={over} value={written.to_owned()} {readonly} {oninput} />
    };
    let near = el("span", "poll__hint", vec![text(near)]);
    el("label", "poll__comment", vec![asks, field, near])
}
