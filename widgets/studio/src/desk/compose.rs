//! The composer: a new activity of any widget, what is missing from it, how viewers will see it.

mod deal;
mod details;
mod kind;
mod lottery;
mod options;
mod pen;
mod preview;
mod qna;
mod survey;

use super::Edit;
use super::field::{Area, Line, below, choice, select, tick};
use super::lacks::Lacks;
use super::orders::FateLine;
use crate::form::{Field, Flaw, Form, Kind};
use crate::order::Order;
use liveroom_protocol::Widget;
use liveroom_protocol::limits::QUESTION_CHARS;
use liveroom_protocol::poll::Results;
use liveroom_protocol::profile::Checked;
use pen::Pen;
use preview::Preview;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ComposeProps {
    /// What is typed.
    pub(super) form: Rc<Form>,
    /// Say what is missing, too.
    pub(super) tried: bool,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// A new activity is on its way.
    pub(super) waits: bool,
    /// The newest order of the composer.
    pub(super) order: Option<Order>,
    /// What the room would say to it.
    pub(super) checked: Option<Rc<Checked>>,
    /// The focus is to go to a field.
    pub(super) go: Callback<String>,
    /// Something is typed.
    pub(super) edit: Callback<Edit>,
    /// Prepare (false) or open at once (true).
    pub(super) send: Callback<bool>,
    /// This desk has a run of show.
    pub(super) plans: bool,
    /// What is composed is in the run already, and is changed.
    pub(super) editing: bool,
    /// Into the run of show.
    pub(super) take: Callback<()>,
}

/// What is wrong, ready to be asked for by field.
pub(super) struct Flaws(Vec<Flaw>);

impl Flaws {
    fn of(form: &Form, tried: bool) -> Self {
        let flaws = form.command(true).err().unwrap_or_default();
        Self(
            flaws
                .into_iter()
                .filter(|flaw| tried || !flaw.missing)
                .collect(),
        )
    }

    /// What is wrong with a field.
    pub(super) fn at(&self, field: Field) -> Option<&str> {
        self.0
            .iter()
            .find(|flaw| flaw.field == field)
            .map(|flaw| flaw.says.as_str())
    }
}

/// The composer.
#[component]
pub(super) fn Compose(props: &ComposeProps) -> Html {
    let ComposeProps { form, edit, .. } = props;
    let flaws = Flaws::of(form, props.tried);
    let missing = form.command(true).is_err();
    let not_now = props
        .stopped
        .or(props.waits.then_some("The room has not answered yet."));
    let button = |label: &str, open: bool| {
        let onclick = props.send.reform(move |_: MouseEvent| open);
        let class = classes!(
            "button",
            (open && !missing && not_now.is_none()).then_some("button--next")
        );
        html! {
            <button type="button" {class} {onclick} aria-disabled={not_now.map(|_| "true")} title={not_now}>{ label }</button>
        }
    };
    html! {
        <section class="compose" aria-labelledby="compose">
            <h2 class="desk__title" id="compose">{ "New activity" }</h2>
            { choice("widget", "Widget", "kinds", form.widget, &WIDGETS, edit, |form, widget| form.widget = widget) }
            <div class="compose__form" key={form.widget.name()}>
                { fields(form, &flaws, edit) }
                { details::fold(form, &flaws, edit) }
            </div>
            <Lacks checked={props.checked.clone()} go={props.go.clone()} />
            <div class="compose__buttons">
                { button("Prepare", false) }
                { button("Open now", true) }
                if props.plans {
                    <button type="button" class="button" onclick={props.take.reform(|_: MouseEvent| ())}>
                        { if props.editing { "Save in the run" } else { "Add to the run" } }
                    </button>
                }
                <FateLine order={props.order.clone()} />
            </div>
            <Preview form={Rc::clone(form)} />
        </section>
    }
}

/// The widgets as the composer names them.
const WIDGETS: [(Widget, &str); 4] = [
    (Widget::Poll, "Poll"),
    (Widget::Lottery, "Prize draw"),
    (Widget::Qna, "Q&A"),
    (Widget::Deal, "Deal"),
];

/// What only the widget that is composed has.
fn fields(form: &Form, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    let pen = Pen { form, flaws, edit };
    match form.widget {
        Widget::Poll => poll(form, flaws, edit),
        Widget::Lottery => lottery::fields(pen),
        Widget::Qna => qna::fields(pen),
        Widget::Deal => deal::fields(pen),
    }
}

fn poll(form: &Form, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    let pen = Pen { form, flaws, edit };
    html! {
        <>
            { question(form, flaws, edit) }
            { kind::choose(form, edit) }
            if form.has_scale() {
                { kind::scale(form, flaws, edit) }
            } else {
                { options::list(form, flaws, edit) }
            }
            { kind::extras(form, edit) }
            if form.kind == Kind::Survey {
                { survey::fields(pen) }
            }
            { closes(pen, &form.closes, |form, text| form.closes = text) }
            { select("compose-results", "Viewers see the results", &form.results(), &SEEN, edit, |form, when| form.results = Some(when)) }
            { tick("compose-change", "A vote may be changed while it is open", form.can_change, edit, |form, yes| form.can_change = yes) }
        </>
    }
}

const SEEN: [(Results, &str); 4] = [
    (Results::Always, "from the start"),
    (Results::AfterVoting, "after they have voted"),
    (Results::AfterClosing, "after it has closed"),
    (Results::OnReveal, "when you reveal them"),
];

fn question(form: &Form, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    const ID: &str = "compose-question";
    let flaw = flaws.at(Field::Question);
    let count = form.question.trim().chars().count();
    // A question that is nearly too long says how much room is left.
    let room = if count + 60 >= QUESTION_CHARS {
        format!("{count} of {QUESTION_CHARS} characters")
    } else {
        String::new()
    };
    let area = Area {
        id: ID,
        label: "Question",
        value: &form.question,
        placeholder: "What do you want to ask?",
        flaw,
        rows: "2",
    };
    html! {
        <div class="entry entry--question">
            { area.draw(edit, None, |form, text| form.question = text) }
            { below(ID, &room, flaw) }
        </div>
    }
}

/// Lengths that are one press away.
const LENGTHS: [(&str, &str); 5] = [
    ("0:30", "30 s"),
    ("1:00", "1 min"),
    ("2:00", "2 min"),
    ("5:00", "5 min"),
    ("", "No end"),
];

fn closes(pen: Pen<'_>, typed: &str, put: impl Fn(&mut Form, String) + Clone + 'static) -> Html {
    let hint = if typed.trim().is_empty() {
        "Open until you close it."
    } else {
        ""
    };
    let line = Line {
        id: "compose-closes",
        label: "Closes after",
        value: typed,
        hint,
        flaw: pen.flaws.at(Field::Closes),
    };
    html! {
        <div class="closes">
            { line.draw(pen.edit, put.clone()) }
            <div class="closes__lengths" role="group" aria-label="Lengths">
                { for LENGTHS.iter().map(|&(value, label)| {
                    let pressed = typed.trim() == value;
                    let put = put.clone();
                    let change: Edit = Rc::new(move |form: &mut Form| put(form, value.to_owned()));
                    let onclick = pen.edit.reform(move |_: MouseEvent| Rc::clone(&change));
                    html! {
                        <button key={label} type="button" class="chip" aria-pressed={pressed.to_string()} {onclick}>{ label }</button>
                    }
                }) }
            </div>
        </div>
    }
}
