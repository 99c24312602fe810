//! This viewer's own questions that others do not see, or see without what this viewer is told of them.

use super::list::{find, is_listed};
use super::row::{answer, asked};
use super::{QnaProps, Sheet};
use crate::parts::tag::{el, say, text};
use liveroom_protocol::qna::{Question, Standing};
use yew::prelude::*;

/// The own questions that are not in the list, newest first; nothing where there are none.
pub(super) fn own(props: &QnaProps, sheet: Sheet) -> Html {
    let rows: Vec<Html> = sheet
        .mine
        .asked
        .iter()
        .rev()
        .filter(|question| is_apart(question))
        .map(|question| row(props, sheet, question))
        .collect();
    if rows.is_empty() || !sheet.scene.taking_part {
        return Html::default();
    }
    let title = el("p", "qna__title", vec![say(&sheet.scene.words, "qna.own")]);
    el("div", "qna__own", vec![title, el("ol", "qna__list", rows)])
}

/// Whether there is more to tell its asker than the list tells everybody.
fn is_apart(question: &Question) -> bool {
    let private = question
        .answer
        .as_ref()
        .is_some_and(|answer| answer.private);
    // Without a number it was only just accepted by a page, which tells the rest in the list.
    (question.id > 0 || question.standing == Standing::Waiting) && (private || !is_listed(question))
}

fn row(props: &QnaProps, sheet: Sheet, question: &Question) -> Html {
    let words = &sheet.scene.words;
    let into = question
        .merged_into
        .and_then(|id| find(&props.questions, id));
    let state = match (question.merged_into, question.standing) {
        (Some(_), _) => {
            let other = into
                .and_then(|into| into.question.text.as_deref())
                .unwrap_or_default();
            Some(text(words.fill(
                "qna.merged",
                "{question}",
                &crate::words::apart(other),
            )))
        }
        (None, Standing::Waiting) => Some(say(words, "qna.waits")),
        (None, Standing::Dismissed) => Some(say(words, "qna.dismissed")),
        (None, Standing::Shown | Standing::Answering | Standing::Answered) => None,
    };
    let told = into.map_or_else(Html::default, |into| answer(words, &into.question));
    let state = state.map(|state| el("p", "row__state", vec![state]));
    let inside = vec![
        asked(words, question),
        state.unwrap_or_default(),
        answer(words, question),
        told,
    ];
    el("li", "row row--own", inside)
}
