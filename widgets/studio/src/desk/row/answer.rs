//! The field of an answer at the desk: it may begin with a draft of the page's answerer.

use super::question::QuestionProps;
use liveroom_protocol::limits::ASK_CHARS;
use liveroom_protocol::qna::{Answer, Change, Words};
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

/// An answer in text, to everybody or to the asker alone.
///
/// It begins with what the page's answerer drafted, and is called automatic if that is sent as it is: once a moderator has
/// written another word, the answer is the moderator's own.
#[component]
pub(super) fn AnswerField(props: &QuestionProps) -> Html {
    let typed = use_state(|| None::<String>);
    // The answer that there was when the typing began.
    let began = use_state(|| None::<Option<Answer>>);
    let id = props.name("answer");
    let oninput = {
        let (typed, began) = (typed.clone(), began.clone());
        let is = props.question.answer.clone();
        Callback::from(move |event: InputEvent| {
            if began.is_none() {
                began.set(Some(is.clone()));
            }
            typed.set(Some(
                event.target_unchecked_into::<HtmlTextAreaElement>().value(),
            ));
        })
    };
    let draft = props.deck.drafts.get(&props.drafted());
    let draft = draft.filter(|draft| !draft.is_empty());
    let text = (*typed)
        .clone()
        .or_else(|| draft.cloned())
        .unwrap_or_default();
    let automatic = draft.is_some_and(|draft| draft.trim() == text.trim());
    let answer = |private: bool| match Words::parse(text.as_str()) {
        Ok(words) => Ok(props.change(Change::Answer {
            text: Some(words),
            private,
            automatic,
        })),
        Err(_) => Err("Write the answer first, with at most 512 characters."),
    };
    let is = props.question.answer.as_ref();
    let meanwhile = began.as_ref().filter(|began| began.as_ref() != is);
    let meanwhile = meanwhile
        .and(is)
        .filter(|answer| answer.text.trim() != text.trim());
    let button = |label: &str, private| {
        props
            .deck
            .button(label, None, &props.about(), answer(private))
    };
    html! {
        <>
            <div class="entry">
                <label class="entry__label" for={id.clone()}>{ "Answer in text" }</label>
                <textarea class="entry__input entry__input--area" {id} rows="2" maxlength={ASK_CHARS.to_string()} value={text.clone()} {oninput} />
                if let Some(answer) = meanwhile {
                    <p class="parts__note" role="status">{ format!("Answered meanwhile: “{}”. Yours would take its place.", answer.text) }</p>
                }
                if automatic {
                    <p class="parts__note">{ "An automatic draft of this page. Sent as it is, the answer is marked as automatic." }</p>
                }
            </div>
            <div class="strip__own">{ button("Answer all", false) }{ button("Answer the asker", true) }</div>
        </>
    }
}
