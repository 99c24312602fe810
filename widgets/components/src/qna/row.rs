//! One question in the list: what was asked, its vote button, what was answered, what was replied.
//! It is drawn again only when something of its own changes, however often the numbers of others do.

use super::list::{Known, Moved};
use super::reply::More;
use super::rows::Around;
use crate::parts::icon::{Icon, icon};
use crate::parts::notice::notice;
use crate::parts::tag::{class, el, say, tag, text};
use crate::words::Words;
use liveroom_protocol::Action;
use liveroom_protocol::qna::{Answer, Question, Standing};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RowProps {
    pub(super) known: Known,
    /// It was taken out of the list while that is being used: its place stays until it is not.
    pub(super) gone: bool,
    /// This viewer asked it.
    pub(super) own: bool,
    /// This viewer votes for it.
    pub(super) voted: bool,
    /// This viewer's vote is on its way.
    pub(super) waits: bool,
    /// The room's last no, if it was about this question.
    pub(super) refusal: Option<AttrValue>,
    /// It is offered while something like it is typed: without what lies behind it.
    pub(super) brief: bool,
    /// Where it went when the list was last put in order, and which of two equal animations says so.
    pub(super) moved: (Moved, bool),
    pub(super) around: Rc<Around>,
}

/// One row.
#[component]
pub(super) fn Row(props: &RowProps) -> Html {
    let around = &*props.around;
    let question = &props.known.question;
    let (up, down) = (props.moved.0 == Moved::Up, props.moved.0 == Moved::Down);
    let modifiers = [
        ("row--answering", question.standing == Standing::Answering),
        ("row--up", up),
        ("row--down", down),
        ("row--again", props.moved.1),
        ("row--gone", props.gone),
    ];
    let inside = if props.gone {
        vec![said("row__text", say(&around.words, "qna.gone"))]
    } else {
        let refusal = props.refusal.as_ref();
        vec![
            el(
                "div",
                "row__asked",
                vec![marks(props), asked(&around.words, question)],
            ),
            vote(props),
            answer(&around.words, question),
            refusal.map_or_else(Html::default, |line| notice(line.as_str().to_owned())),
            el(
                "div",
                "row__line",
                vec![by(around, question), behind(props)],
            ),
        ]
    };
    let keys = &["class", "part"];
    let class = class("row", &modifiers);
    tag(
        "li",
        keys,
        vec![Some(class), Some("question".into())],
        inside,
    )
}

fn behind(props: &RowProps) -> Html {
    if props.brief {
        return Html::default();
    }
    let (question, around) = (Rc::clone(&props.known.question), Rc::clone(&props.around));
    html! { <More {question} refused={props.refusal.is_some()} {around} /> }
}

/// A text that somebody typed, in its own direction of writing.
pub(super) fn typed(class: &'static str, words: &str) -> Html {
    let keys = &["class", "dir"];
    let values = vec![Some(class.into()), Some("auto".into())];
    tag("p", keys, values, vec![text(words.to_owned())])
}

fn said(class: &'static str, inside: Html) -> Html {
    el("p", class, vec![inside])
}

/// What was asked; a sentence in its place once its asker was erased.
pub(super) fn asked(words: &Words, question: &Question) -> Html {
    match &question.text {
        Some(asked) => typed("row__text", asked),
        None => said("row__text row__text--none", say(words, "qna.erased")),
    }
}

/// What sets it apart: one short word each.
fn marks(props: &RowProps) -> Html {
    let question = &props.known.question;
    let marks = [
        ("qna.answering", question.standing == Standing::Answering),
        ("qna.pinned", question.pinned),
        ("qna.yours", props.own),
    ];
    let marks: Vec<Html> = marks
        .into_iter()
        .filter(|(_, on)| *on)
        .map(|(key, _)| el("span", "row__mark", vec![say(&props.around.words, key)]))
        .collect();
    match marks.is_empty() {
        true => Html::default(),
        false => el("p", "row__marks", marks),
    }
}

/// Who asked, when, and under which tags.
fn by(around: &Around, question: &Question) -> Html {
    let mut facts = Vec::new();
    facts.extend(question.by.as_deref().map(name));
    if question.asked_at.0 > 0 {
        facts.push(el(
            "span",
            "row__at",
            vec![text(around.format.clock(question.asked_at))],
        ));
    }
    let labels = question.tags.iter();
    facts.extend(labels.map(|label| typed("row__tag", label.as_str())));
    el("div", "row__by", facts)
}

/// A viewer's name.
pub(super) fn name(name: &str) -> Html {
    typed("row__name", name)
}

/// The button that votes and takes the vote back; the number alone where nothing can be pressed.
/// It keeps its place and the focus whatever becomes of the question.
fn vote(props: &RowProps) -> Html {
    let around = &*props.around;
    let (words, votes) = (&around.words, props.known.votes);
    // The number alone is seen; what it counts is read out with it.
    let seen = tag(
        "span",
        &["aria-hidden"],
        vec![Some("true".into())],
        vec![text(around.format.number(votes))],
    );
    let read = text(words.count(&*around.format, "poll.votes", votes));
    let read = el("span", "unseen", vec![read]);
    if !around.taking_part {
        return el("span", "row__votes", vec![seen, read]);
    }
    let id = props.known.question.id;
    let voted = props.voted;
    let ready = around.open && !props.waits;
    let onact = around.onact.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if ready {
            onact.emit(match voted {
                true => Action::QnaWithdraw { question: id },
                false => Action::QnaVote { question: id },
            });
        }
    });
    let name = el("span", "unseen", vec![say(words, "qna.vote")]);
    let class = class("row__vote", &[("row__vote--waits", props.waits)]);
    html! {
        <button type="button" {class} part="vote" aria-pressed={if voted { "true" } else { "false" }}
            aria-disabled={(!ready).then_some("true")} {onclick}>
            { icon(Icon::Up) }{ name }{ seen }{ read }
        </button>
    }
}

/// The answer; or that it was given on air.
pub(super) fn answer(words: &Words, question: &Question) -> Html {
    match &question.answer {
        Some(answer) => told(words, answer),
        None if question.standing == Standing::Answered => {
            let live = el("span", "row__fact", vec![say(words, "qna.live")]);
            el("p", "row__answer row__head", vec![icon(Icon::Check), live])
        }
        None => Html::default(),
    }
}

/// What was answered, and whether a machine did.
pub(super) fn told(words: &Words, answer: &Answer) -> Html {
    let fact = |key| el("span", "row__fact", vec![say(words, key)]);
    let mut head = vec![fact("qna.answer")];
    if answer.automatic {
        head.push(fact("qna.automatic"));
    }
    if answer.private {
        head.push(fact("qna.private"));
    }
    let head = el("p", "row__head", head);
    el(
        "div",
        "row__answer",
        vec![head, typed("row__says", &answer.text)],
    )
}
