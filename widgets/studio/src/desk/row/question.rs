//! One question at the desk: what is asked, by whom, with how many votes, and what can be done with it.

use super::answer::AnswerField;
use super::replies::Replies;
use super::{Deck, Drafted};
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Label;
use liveroom_protocol::qna::{Answer, Change, Question, QuestionId, Standing};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct QuestionProps {
    /// Where it stands at the desk: it may stand in two places.
    pub(super) place: &'static str,
    /// Of which list.
    pub(super) activity: ActivityId,
    /// The question.
    pub(super) question: Question,
    /// Its votes.
    pub(super) votes: u32,
    /// The tags that it may carry.
    pub(super) tags: Vec<Label>,
    /// All that are listed, by their words.
    pub(super) others: Rc<Vec<(QuestionId, String)>>,
    /// What may be done.
    pub(super) deck: Deck,
}

impl QuestionProps {
    /// What an order about it is about.
    pub(super) fn about(&self) -> About {
        About::Part(self.activity.clone(), self.question.id)
    }

    /// The command that changes it.
    pub(super) fn change(&self, change: Change) -> Command {
        Command::QnaChange {
            activity: self.activity.clone(),
            question: self.question.id,
            change,
        }
    }

    /// The name in the page of a part of it.
    pub(super) fn name(&self, part: &str) -> String {
        format!(
            "{}-{part}-{}-{}",
            self.place, self.activity, self.question.id
        )
    }

    /// What a draft of an answer is of.
    pub(super) fn drafted(&self) -> Drafted {
        (self.activity.clone(), self.question.id)
    }

    fn button(&self, label: &str, look: Option<&'static str>, change: Change) -> Html {
        let command = Ok(self.change(change));
        self.deck.button(label, look, &self.about(), command)
    }
}

/// The question's row.
#[component]
pub(super) fn QuestionRow(props: &QuestionProps) -> Html {
    let question = &props.question;
    let id = props.name("head");
    // The fields are made when they are first wanted: a list of hundreds has as many folds, and each of them all of the list.
    let wanted = use_state(|| false);
    let ontoggle = {
        let wanted = wanted.clone();
        let (draft, of) = (props.deck.draft.clone(), props.drafted());
        let text = question.text.clone().filter(|_| question.answer.is_none());
        Callback::from(move |event: Event| {
            let fold = event.target_unchecked_into::<web_sys::HtmlDetailsElement>();
            if fold.open() && !*wanted {
                wanted.set(true);
            }
            if let Some(text) = text.clone().filter(|_| fold.open()) {
                draft.emit((of.clone(), text));
            }
        })
    };
    let look = (question.standing == Standing::Answering).then_some("parts__part--now");
    html! {
        <li class={classes!("parts__part", look)}>
            <article aria-labelledby={id.clone()}>
                <p class="parts__head" {id} dir="auto">{ question.text.clone().unwrap_or_else(|| "(its author was erased)".into()) }</p>
                <p class="parts__note">{ note(question, props.votes) }</p>
                if let Some(answer) = &question.answer {
                    <p class="parts__answer" dir="auto">
                        <b>{ answered(answer) }</b>{ answer.text.clone() }
                    </p>
                }
                <div class="strip__own" role="group" aria-label="The question">{ buttons(props) }</div>
                { similar(props) }
                <Replies activity={props.activity.clone()} question={question.id} replies={question.replies.clone()} deck={props.deck.clone()} />
                <details class="fold" {ontoggle}>
                    <summary>{ "Answer, merge, tag, block" }<span class="unseen">{ format!(": question {}", question.id) }</span></summary>
                    if *wanted {
                        <div class="fold__fields">
                            <AnswerField ..props.again() />
                            <MergeField ..props.again() />
                            { tags(props) }
                            { block(props) }
                        </div>
                    }
                </details>
            </article>
        </li>
    }
}

impl QuestionProps {
    fn again(&self) -> Self {
        Self {
            place: self.place,
            activity: self.activity.clone(),
            question: self.question.clone(),
            votes: self.votes,
            tags: self.tags.clone(),
            others: Rc::clone(&self.others),
            deck: self.deck.clone(),
        }
    }
}

/// Whom an answer is for, and whether a machine made it.
fn answered(answer: &Answer) -> &'static str {
    match (answer.automatic, answer.private) {
        (false, false) => "Answer: ",
        (false, true) => "Answer, to the asker alone: ",
        (true, false) => "Automatic answer: ",
        (true, true) => "Automatic answer, to the asker alone: ",
    }
}

fn note(question: &Question, votes: u32) -> String {
    let mut parts = vec![
        question
            .by
            .clone()
            .unwrap_or_else(|| "without a name".into()),
    ];
    parts.push(match votes {
        1 => "1 vote".into(),
        many => format!("{many} votes"),
    });
    if question.standing == Standing::Answering {
        parts.push("being answered now".into());
    }
    if question.standing == Standing::Dismissed {
        parts.push("dismissed".into());
    }
    if question.pinned {
        parts.push("pinned".into());
    }
    match question.flags.unwrap_or_default() {
        0 => {}
        1 => parts.push("reported once".into()),
        many => parts.push(format!("reported by {many}")),
    }
    parts.extend(question.tags.iter().map(|tag| tag.as_str().to_owned()));
    parts.join(" · ")
}

fn buttons(props: &QuestionProps) -> Html {
    let pinned = props.question.pinned;
    let pin = || {
        let label = if pinned { "Unpin" } else { "Pin" };
        props.button(label, None, Change::Pin { pinned: !pinned })
    };
    let next = Some("button--next");
    let dismiss = || props.button("Dismiss", None, Change::Dismiss);
    let live = |look| props.button("Answered live", look, Change::AnsweredLive);
    let now = |look| props.button("Answering now", look, Change::Answering);
    match props.question.standing {
        Standing::Waiting => html! {
            <>{ props.button("Approve", next, Change::Approve) }{ dismiss() }{ now(None) }</>
        },
        Standing::Shown => html! { <>{ now(next) }{ live(None) }{ pin() }{ dismiss() }</> },
        Standing::Answering => html! { <>{ live(next) }{ pin() }{ dismiss() }</> },
        Standing::Answered => html! { <>{ pin() }{ now(None) }{ dismiss() }</> },
        Standing::Dismissed => props.button("Approve", None, Change::Approve),
    }
}

/// What it is likely the same as, each with the button that merges it.
fn similar(props: &QuestionProps) -> Html {
    let others = props.question.similar.iter();
    let others = others.filter_map(|id| props.others.iter().find(|(other, _)| other == id));
    let others: Vec<Html> = others
        .map(|(into, title)| {
            let merge = props.button(&format!("Merge into {into}"), None, Change::Merge { into: *into });
            html! { <div class="strip__own" key={*into}><p class="parts__note" dir="auto">{ format!("Similar to {title}") }</p>{ merge }</div> }
        })
        .collect();
    html! { <>{ for others }</> }
}

/// Merges it into another: votes are added, and nobody counts twice.
#[component]
fn MergeField(props: &QuestionProps) -> Html {
    // By its number: the list gets longer and shorter while one chooses.
    let picked = use_state(|| None::<QuestionId>);
    let others = (props.others.iter()).filter(|(id, _)| *id != props.question.id);
    let others: Vec<_> = others.cloned().collect();
    if others.is_empty() {
        return Html::default();
    }
    let into = (*picked).filter(|into| others.iter().any(|(id, _)| id == into));
    let onchange = {
        let (picked, ids) = (
            picked.clone(),
            others.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        );
        Callback::from(move |event: Event| {
            let select = event.target_unchecked_into::<web_sys::HtmlSelectElement>();
            let place = usize::try_from(select.selected_index()).ok();
            picked.set(place.and_then(|place| ids.get(place.checked_sub(1)?).copied()));
        })
    };
    let id = props.name("merge");
    let command = into.ok_or("Choose the question first.");
    let command = command.map(|into| props.change(Change::Merge { into }));
    html! {
        <>
            <div class="entry">
                <label class="entry__label" for={id.clone()}>{ "Merge into" }</label>
                <select class="entry__input" {id} {onchange}>
                    <option key="" value="" selected={into.is_none()}>{ "Choose a question" }</option>
                    { for others.iter().map(|(id, name)| html! {
                        <option key={*id} value={id.to_string()} selected={into == Some(*id)}>{ name.clone() }</option>
                    }) }
                </select>
            </div>
            <div class="strip__own">{ props.deck.button("Merge", None, &props.about(), command) }</div>
        </>
    }
}

/// Its tags: each pressed or not.
fn tags(props: &QuestionProps) -> Html {
    if props.tags.is_empty() {
        return Html::default();
    }
    let has = &props.question.tags;
    html! {
        <div class="strip__own" role="group" aria-label="Tags">
            { for props.tags.iter().map(|tag| {
                let on = has.contains(tag);
                let tag = tag.clone();
                let label = format!("{} {}", if on { "−" } else { "+" }, tag.as_str());
                // No more than this: another desk may be tagging too.
                let change = if on { Change::RemoveTag { tag } } else { Change::AddTag { tag } };
                props.button(&label, None, change)
            }) }
        </div>
    }
}

/// Silences its asker in this room, or lets them speak again.
fn block(props: &QuestionProps) -> Html {
    let order = |label: &str, look, blocked| {
        let command = Command::QnaBlock {
            activity: props.activity.clone(),
            question: props.question.id,
            blocked,
        };
        props.deck.button(label, look, &props.about(), Ok(command))
    };
    html! {
        <div class="strip__own" role="group" aria-label="The asker">
            { order("Block the asker", Some("button--danger"), true) }
            { order("Let the asker ask again", None, false) }
        </div>
    }
}
