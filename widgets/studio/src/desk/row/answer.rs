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
    // The answer that there was when the typing began, or when whoever types said to have read it.
    let read = use_state(|| None::<Option<Answer>>);
    let id = props.name("answer");
    let there = &props.question.answer;
    let oninput = {
        let (typed, read, there) = (typed.clone(), read.clone(), there.clone());
        Callback::from(move |event: InputEvent| {
            if read.is_none() {
                read.set(Some(there.clone()));
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
    // A draft was made of a question without an answer.
    let known = match &*read {
        Some(read) => read.as_ref(),
        None => there.as_ref().filter(|_| !automatic),
    };
    let is_own = |answer: &Answer| answer.text.trim() == text.trim();
    {
        // What was sent from here is read.
        let read = read.clone();
        use_effect_with(there.clone().filter(is_own), move |own| {
            if own.is_some() {
                read.set(Some(own.clone()));
            }
        });
    }
    let meanwhile = there.as_ref();
    let meanwhile = meanwhile.filter(|answer| !is_own(answer) && known != Some(*answer));
    let answer = |private: bool| match Words::parse(text.as_str()) {
        Ok(_) if meanwhile.is_some() => Err("Another answer came meanwhile: read it first."),
        Ok(words) => Ok(props.change(Change::Answer {
            text: Some(words),
            private,
            automatic,
            replaces: props.question.answer_rev,
        })),
        Err(_) => Err("Write the answer first, with at most 512 characters."),
    };
    let now = there.clone();
    let field = use_node_ref();
    let target = field.clone();
    let onread = Callback::from(move |_: MouseEvent| {
        read.set(Some(now.clone()));
        // The button goes; the focus must not be lost.
        if let Some(field) = target.cast::<HtmlTextAreaElement>() {
            let _ = field.focus();
        }
    });
    let button = |label: &str, private| {
        props
            .deck
            .button(label, None, &props.about(), answer(private))
    };
    html! {
        <>
            <div class="entry">
                <label class="entry__label" for={id.clone()}>{ "Answer in text" }</label>
                <textarea class="entry__input entry__input--area" ref={field} {id} rows="2" maxlength={ASK_CHARS.to_string()} value={text.clone()} {oninput} />
                if let Some(answer) = meanwhile {
                    <p class="parts__note" role="status">{ format!("Answered meanwhile: “{}”. Yours would take its place.", answer.text) }</p>
                    <div class="strip__own"><button type="button" class="lesser" onclick={onread}>{ "Let mine take its place" }</button></div>
                }
                if automatic {
                    <p class="parts__note">{ "An automatic draft of this page. Sent as it is, the answer is marked as automatic." }</p>
                }
            </div>
            <div class="strip__own">{ button("Answer all", false) }{ button("Answer the asker", true) }</div>
        </>
    }
}
