//! The field to ask: what is written, what like it is known already, the tags, the button.

use super::draft::Draft;
use super::rows::Rows;
use super::{QnaProps, Sheet};
use crate::parts::button::button;
use crate::parts::field::typed;
use crate::parts::notice::notice;
use crate::parts::tag::{el, say, tag, text};
use crate::scene::Link;
use liveroom_protocol::identity::Label;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::qna::QuestionId;
use yew::prelude::*;

/// The field and what belongs to it; a line that says why, where nobody can ask.
pub(super) fn ask(
    props: &QnaProps,
    sheet: Sheet,
    draft: &UseStateHandle<Draft>,
    (place, onask): (&NodeRef, &Callback<()>),
    (hint, offers, rows): (Html, &[QuestionId], &Rows),
    refusal: Option<String>,
) -> Html {
    let words = &sheet.scene.words;
    let line = |key| el("p", "qna__rest", vec![say(words, key)]);
    let refusal = || refusal.clone().map_or_else(Html::default, notice);
    let most = usize::try_from(sheet.card.most).unwrap_or(usize::MAX);
    match sheet.tally.phase {
        _ if !sheet.scene.taking_part => return Html::default(),
        Phase::Open if most > 0 && sheet.mine.asked.len() >= most && draft.is_empty() => {
            return el("div", "qna__ask", vec![line("qna.most"), refusal()]);
        }
        Phase::Open => {}
        // The head says which.
        Phase::Ready | Phase::Paused | Phase::Closed => return refusal(),
    }
    // Each part has its place, there or not: the field is the same element in every state, and keeps the focus.
    let mut inside = vec![field(sheet, draft, place), hint];
    if draft.is_empty() {
        inside.resize_with(5, Html::default);
    } else {
        inside.push(similar(props, sheet, offers, rows));
        inside.push(tags(sheet, draft));
        inside.push(anonymous(sheet, draft));
    }
    inside.push(match draft.nudged && draft.is_empty() {
        true => notice(words.say("qna.nothing").to_owned()),
        false => refusal(),
    });
    inside.push(foot(sheet, draft, onask));
    el("div", "qna__ask", inside)
}

fn field(sheet: Sheet, draft: &UseStateHandle<Draft>, place: &NodeRef) -> Html {
    let held = draft.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        held.set(Draft {
            text: typed(&event),
            nudged: false,
            ..(*held).clone()
        });
    });
    let words = &sheet.scene.words;
    let label = words.say("qna.label").to_owned();
    let over = matches!(draft.left(), Some(Err(_))).then_some("true");
    // While it is on its way it stays as it was sent.
    let readonly = super::is_asking(sheet.scene);
    html! {
        <textarea ref={place} class="field" part="field" rows="1" dir="auto" placeholder={label.clone()} aria-label={label}
            aria-invalid={over} value={draft.text.clone()} {readonly} {oninput} />
    }
}

/// What like it is known already: to be voted for, or answered before it is asked.
fn similar(props: &QnaProps, sheet: Sheet, offers: &[QuestionId], rows: &Rows) -> Html {
    let known = offers
        .iter()
        .filter_map(|id| super::list::find(&props.questions, *id));
    let found: Vec<Html> = known.map(|known| rows.offer(known)).collect();
    if found.is_empty() {
        return Html::default();
    }
    let title = el(
        "p",
        "qna__title",
        vec![say(&sheet.scene.words, "qna.similar")],
    );
    el(
        "div",
        "qna__similar",
        vec![title, el("ol", "qna__list", found)],
    )
}

fn tags(sheet: Sheet, draft: &UseStateHandle<Draft>) -> Html {
    if sheet.card.tags.is_empty() {
        return Html::default();
    }
    let one = |label: &Label| {
        let (held, pressed) = (draft.clone(), label.clone());
        let onclick = Callback::from(move |_: MouseEvent| held.set(held.tagged(&pressed)));
        let on = draft.tags.contains(label);
        let name = tag(
            "span",
            &["dir"],
            vec![Some("auto".into())],
            vec![text(label.as_str().to_owned())],
        );
        switch("qna__tag", on, onclick, name)
    };
    let tags: Vec<Html> = sheet.card.tags.iter().map(one).collect();
    let label = sheet.scene.words.say("qna.tags").to_owned();
    tag(
        "div",
        &["class", "role", "aria-label"],
        vec![
            Some("qna__tags".into()),
            Some("group".into()),
            Some(label.into()),
        ],
        tags,
    )
}

/// A button that stays pressed.
pub(super) fn switch(
    class: &'static str,
    on: bool,
    onclick: Callback<MouseEvent>,
    inside: Html,
) -> Html {
    let pressed = if on { "true" } else { "false" };
    html! { <button type="button" {class} aria-pressed={pressed} {onclick}>{ inside }</button> }
}

fn anonymous(sheet: Sheet, draft: &UseStateHandle<Draft>) -> Html {
    if !sheet.card.anonymous {
        return Html::default();
    }
    let held = draft.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        held.set(Draft {
            anonymous: !held.anonymous,
            ..(*held).clone()
        });
    });
    let name = say(&sheet.scene.words, "qna.anonymous");
    let checked = draft.anonymous;
    html! {
        <label class="qna__anonymous">
            <input type="checkbox" class="qna__switch" role="switch" {checked} {onclick} />{ name }
        </label>
    }
}

/// How many characters are left, what happens next, and the button.
fn foot(sheet: Sheet, draft: &UseStateHandle<Draft>, onask: &Callback<()>) -> Html {
    let words = &sheet.scene.words;
    let format = &*sheet.scene.format;
    let left = match draft.left() {
        None => Html::default(),
        Some(Ok(left)) => el(
            "p",
            "qna__left",
            vec![text(words.count(format, "qna.left", left))],
        ),
        Some(Err(over)) => {
            let over = text(words.count(format, "qna.over", over));
            el("p", "qna__left qna__left--over", vec![over])
        }
    };
    let asking = super::is_asking(sheet.scene);
    let key = match sheet.scene.link {
        Link::Lost { .. } if asking => "poll.waiting",
        _ if asking => "poll.sending",
        _ => "qna.ask",
    };
    let ready = !asking && left_is_fine(draft);
    let onclick = onask.reform(|_| ());
    // It is quiet as long as there is nothing to send.
    let class = match draft.is_empty() {
        true => "act qna__act qna__act--quiet",
        false => "act qna__act",
    };
    let act = button(class, ready, onclick, vec![say(words, key)]);
    el("div", "qna__foot", vec![left, act])
}

fn left_is_fine(draft: &Draft) -> bool {
    !matches!(draft.left(), Some(Err(_)))
}
