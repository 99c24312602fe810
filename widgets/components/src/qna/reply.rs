//! What lies behind a question: the replies to it, a field to reply, a way to report it. Drawn once it is opened.

use super::row::{name, typed as said};
use super::rows::Around;
use crate::parts::button::button;
use crate::parts::field::typed;
use crate::parts::label::whys;
use crate::parts::tag::{el, say, text};
use liveroom_protocol::about::Fault;
use liveroom_protocol::qna::{Question, Reply, ReplyTo, Words};
use liveroom_protocol::{Action, Widget};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct MoreProps {
    pub(super) question: Rc<Question>,
    /// The room's last no was about this question.
    pub(super) refused: bool,
    pub(super) around: Rc<Around>,
}

/// What a viewer has done here.
#[derive(Clone, Default, PartialEq)]
struct Doing {
    /// It was opened once.
    opened: bool,
    /// What is typed and not sent.
    reply: String,
    /// What is on its way.
    sent: Option<Sent>,
    /// The question was reported.
    flagged: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Sent {
    Reply,
    Flag,
}

impl Doing {
    /// The room has answered: what it took is done with, what it refused stays.
    fn answered(&self, refused: bool) -> Self {
        let mut next = Self {
            sent: None,
            ..self.clone()
        };
        match self.sent {
            Some(Sent::Reply) if !refused => next.reply = String::new(),
            Some(Sent::Flag) if !refused => next.flagged = true,
            Some(Sent::Reply | Sent::Flag) | None => {}
        }
        next
    }
}

/// The replies, and what can be done about a question; nothing where there is neither.
#[component]
pub(super) fn More(props: &MoreProps) -> Html {
    let doing = use_state(Doing::default);
    let MoreProps {
        question,
        refused,
        around,
    } = props;
    let (held, refused) = (doing.clone(), *refused);
    use_effect_with((around.busy, around.told), move |(busy, _)| {
        if !busy && held.sent.is_some() {
            held.set(held.answered(refused));
        }
    });
    let (onunsent, has) = (around.onunsent.clone(), !doing.reply.is_empty());
    use_effect_with(has, move |has| onunsent.emit(*has));
    let words = &around.words;
    let replies: Vec<&Reply> = question
        .replies
        .iter()
        .filter(|reply| !reply.waiting)
        .collect();
    if replies.is_empty() && !around.taking_part {
        return Html::default();
    }
    let may_reply = around.taking_part && around.replies && around.open;
    let summary = match u32::try_from(replies.len()).unwrap_or(u32::MAX) {
        0 if may_reply => say(words, "qna.reply"),
        0 => say(words, "flag.report"),
        count => text(words.count(&*around.format, "qna.replies", count)),
    };
    let mut inside = vec![html! { <summary class="row__open">{ summary }</summary> }];
    if doing.opened {
        if !replies.is_empty() {
            inside.push(el(
                "ol",
                "row__replies",
                replies.into_iter().map(item).collect(),
            ));
        }
        if may_reply {
            inside.push(field(props, &doing));
        }
        if around.taking_part {
            inside.push(report(props, &doing));
        }
    }
    let ontoggle = {
        let doing = doing.clone();
        Callback::from(move |_: Event| {
            if !doing.opened {
                doing.set(Doing {
                    opened: true,
                    ..(*doing).clone()
                });
            }
        })
    };
    html! { <details class="row__more" {ontoggle}>{ inside }</details> }
}

fn item(reply: &Reply) -> Html {
    let by = reply.by.as_deref().map_or_else(Html::default, name);
    el("li", "row__reply", vec![by, said("row__says", &reply.text)])
}

fn field(props: &MoreProps, doing: &UseStateHandle<Doing>) -> Html {
    let around = &props.around;
    let reply = Words::parse(doing.reply.as_str()).ok();
    let ready = !around.busy && reply.is_some();
    let (question, onact, held) = (props.question.id, around.onact.clone(), doing.clone());
    let onclick = Callback::from(move |_| {
        held.set(Doing {
            sent: Some(Sent::Reply),
            ..(*held).clone()
        });
        let text = reply.clone();
        onact.emit(Action::QnaReply(ReplyTo { question, text }));
    });
    let held = doing.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        held.set(Doing {
            reply: typed(&event),
            ..(*held).clone()
        });
    });
    let label = around.words.say("qna.reply_label").to_owned();
    let value = doing.reply.clone();
    let area = html! {
        <textarea class="field" rows="1" dir="auto" aria-label={label} {value} {oninput} />
    };
    let send = button(
        "link",
        ready,
        onclick,
        vec![say(&around.words, "qna.reply")],
    );
    el("div", "row__field", vec![area, send])
}

fn report(props: &MoreProps, doing: &UseStateHandle<Doing>) -> Html {
    let around = &props.around;
    let (question, onact, held) = (props.question.id, around.onact.clone(), doing.clone());
    let onclick = Callback::from(move |why: Fault| {
        held.set(Doing {
            sent: Some(Sent::Flag),
            ..(*held).clone()
        });
        onact.emit(Action::Flag {
            widget: Widget::Qna,
            why,
            question: Some(question),
        });
    });
    let (key, inside) = match doing.flagged {
        true => ("flag.done", Html::default()),
        false => ("flag.report", whys(&around.words, !around.busy, &onclick)),
    };
    let title = el("p", "row__report", vec![say(&around.words, key)]);
    el("div", "flag", vec![title, inside])
}
