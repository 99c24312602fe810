//! The run of show: what comes next, the list of all of it, and ways to bring things in.

mod cue;
mod rehearsed;
mod tools;

use super::Give;
use super::orders::FateLine;
use crate::board::Activity;
use crate::clock;
use crate::order::{About, Order};
use crate::plan::{Change, Plan, Standing};
use cue::Row;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::run::Cue;
use liveroom_protocol::time::{Span, Timestamp};
use rehearsed::{missing, warned};
use std::rc::Rc;
use tools::Tools;
use yew::prelude::*;

/// The name in the page of the button that opens what comes next.
pub(super) const NEXT: &str = "run-next";

/// The name in the page of the field for a run as a file.
pub(super) const IMPORT: &str = "run-import";

/// The name in the page of the button that keeps this run, where another would take its place.
pub(super) const KEEP_RUN: &str = "run-keep";

/// What the panel asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wish {
    /// Something is planned otherwise.
    Change(Change),
    /// The composer is to change a cue.
    Edit(ActivityId),
    /// Go on, or back.
    Step(isize),
    /// Open a cue.
    Open(ActivityId),
    /// What may open itself does, or no longer does.
    Auto(bool),
    /// What would the room refuse?
    Rehearse,
    /// Take theirs (true), or keep this one.
    Settle(bool),
    /// Bring in what was typed or read from a file: `run` or `deals`.
    Bring(&'static str, String),
    /// A file was chosen that is too large to be read: of what kind.
    TooLarge(&'static str),
    /// Put the run of a file in the place of this one (true), or do not.
    Replace(bool),
    /// So many units, as typed, of each product of a table that does not say how many.
    Units(String),
    /// Bring in an example.
    Example(usize),
    /// Save the run as a file.
    Export,
    /// Put what the composer holds into the run.
    Take,
}

#[derive(PartialEq, Properties)]
pub(super) struct RunProps {
    /// The plan.
    pub(super) plan: Rc<Plan>,
    /// What the room has.
    pub(super) known: Vec<Activity>,
    /// When the show that runs began.
    pub(super) started: Option<Timestamp>,
    /// The room's clock.
    pub(super) now: Timestamp,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// The newest order of the run.
    pub(super) order: Option<Order>,
    /// Two people open here.
    pub(super) approval: bool,
    /// Something is wished.
    pub(super) wish: Callback<Wish>,
}

/// The order that opens a cue; what the room has ready, prepared or taken back, is opened as it stands there.
/// Where two people open (`approval`), what the room does not have yet is prepared, so that the other one sees it.
pub(super) fn opens(cue: &Cue, known: &[Activity], approval: bool) -> Give {
    let ready = standing(cue, known) == Some(Phase::Ready);
    let command = match cue.name().cloned().filter(|_| ready) {
        Some(activity) => Command::Open { activity },
        None if prepares(cue, known, approval) => cue.draft.clone(),
        None => cue.open(),
    };
    Give {
        deed: deed(cue, known, approval),
        about: About::Run,
        command,
    }
}

/// Whether a cue is prepared for a second person to approve, and not opened.
pub(super) fn prepares(cue: &Cue, known: &[Activity], approval: bool) -> bool {
    approval && standing(cue, known).is_none()
}

fn deed(cue: &Cue, known: &[Activity], approval: bool) -> String {
    let prepares = prepares(cue, known, approval);
    let does = if prepares { "Prepare" } else { "Open" };
    format!("{does} “{}”", cue.title())
}

/// Why the room would not open a cue that it has ready.
fn waits_for(cue: &Cue, props: &RunProps) -> Option<&'static str> {
    let activity = of(cue, &props.known)?;
    let ready = activity.times().phase == Phase::Ready;
    let waits = props.approval && ready && !activity.ruled().approved;
    waits.then_some("Another person approves it first.")
}

/// The panel.
#[component]
pub(super) fn RunPanel(props: &RunProps) -> Html {
    let RunProps { plan, wish, .. } = props;
    let times = plan.run.times();
    let all = plan.run.cues.iter().zip(times).enumerate();
    let over = times_of_all(plan);
    html! {
        <section class="run" aria-labelledby="run">
            <details class="run__fold" open=true>
                <summary class="run__head">
                    <h2 class="desk__title" id="run">{ "Run of show" }</h2>
                    <span class="run__sum">{ over }</span>
                </summary>
                { kept(plan, wish) }
                if plan.run.cues.is_empty() {
                    <p class="run__none">{ "Nothing is planned. Compose something and press “Add to the run”, or begin with an example below." }</p>
                } else {
                    { transport(props) }
                    <ol class="run__list">
                        { for all.map(|(place, (cue, at))| html! {
                            <Row key={cue.name().map_or_else(String::new, ToString::to_string)} {place} cue={cue.clone()} {at}
                                count={plan.run.cues.len()} next={place == plan.next}
                                clock={props.started.map(|started| started.after(at))}
                                standing={phase(plan, cue, &props.known)}
                                missing={missing(plan, place)} warned={warned(plan, place)} wish={wish.clone()} />
                        }) }
                    </ol>
                }
                <Tools plan={Rc::clone(plan)} wish={wish.clone()} />
                <FateLine order={props.order.clone()} />
                if let Some(note) = plan.note.clone() {
                    <p class="run__note" role="status">{ note }</p>
                }
            </details>
        </section>
    }
}

/// Back, open, on.
fn transport(props: &RunProps) -> Html {
    let plan = &props.plan;
    let cue = plan.run.cues.get(plan.next);
    let step = |label: &'static str, by: isize, blocked: bool| {
        let onclick = props.wish.reform(move |_: MouseEvent| Wish::Step(by));
        html! { <button type="button" class="button" {onclick} aria-disabled={blocked.then_some("true")}>{ label }</button> }
    };
    let done = cue.and_then(|cue| phase(plan, cue, &props.known));
    let waits = props
        .order
        .as_ref()
        .is_some_and(|order| order.fate == crate::order::Fate::Sent);
    let not_now = props
        .stopped
        .or(waits.then_some("The room has not answered yet."))
        .or(done
            .filter(|phase| *phase != Phase::Ready)
            .map(|_| "It was opened already."))
        .or(cue.and_then(|cue| waits_for(cue, props)))
        .or(cue.is_none().then_some("That was all."));
    let of = cue.and_then(|cue| cue.name().cloned());
    let name = of.clone().filter(|_| not_now.is_none());
    let wish = props.wish.clone();
    let onopen = Callback::from(move |_: MouseEvent| {
        if let Some(name) = name.clone() {
            wish.emit(Wish::Open(name));
        }
    });
    let label = cue.map_or_else(
        || "That was all".to_owned(),
        |cue| deed(cue, &props.known, props.approval),
    );
    let class = classes!(
        "button",
        "run__open",
        not_now.is_none().then_some("button--next")
    );
    let auto = props.wish.reform(|event: Event| {
        Wish::Auto(
            event
                .target_unchecked_into::<web_sys::HtmlInputElement>()
                .checked(),
        )
    });
    html! {
        <div class="run__transport">
            { step("Previous", -1, plan.next == 0) }
            <button type="button" {class} id={NEXT} data-of={of.map(|of| of.to_string())} onclick={onopen} aria-disabled={not_now.map(|_| "true")} title={not_now}>{ label }</button>
            { step("Next", 1, plan.next + 1 >= plan.run.cues.len()) }
            // Where two people open, nothing opens itself.
            if !props.approval && plan.run.cues.iter().any(|cue| cue.auto) {
                <label class="entry entry--tick">
                    <input type="checkbox" checked={plan.auto} onchange={auto} />
                    <span>{ "Open at their times what is marked so, while this desk is open" }</span>
                </label>
            }
        </div>
    }
}

/// Whether the room has it so, where that is not as it should be.
fn kept(plan: &Plan, wish: &Callback<Wish>) -> Html {
    let settle = |label: &'static str, theirs: bool| {
        let onclick = wish.reform(move |_: MouseEvent| Wish::Settle(theirs));
        html! { <button type="button" class="button" {onclick}>{ label }</button> }
    };
    match &plan.standing {
        Standing::Other => html! {
            <div class="run__other" role="alert">
                <p>{ "Another desk has changed the run of show since. Nothing of yours was saved." }</p>
                { settle("Take theirs", true) }
                { settle("Save mine over it", false) }
            </div>
        },
        Standing::Failed(why) => {
            html! { <p class="entry__flaw" role="status">{ format!("Not saved: {why} It is tried again.") }</p> }
        }
        Standing::Unknown | Standing::Saved | Standing::Saving => Html::default(),
    }
}

fn times_of_all(plan: &Plan) -> String {
    let count = plan.run.cues.len();
    let last = plan.run.times().last().copied().unwrap_or_default();
    let lasts = plan
        .run
        .cues
        .last()
        .and_then(|cue| cue.lasts_ms)
        .unwrap_or_default();
    match count {
        0 => "nothing is planned".into(),
        count => format!("{count} planned, {}", clock::passed(Span(last.0 + lasts.0))),
    }
}

/// Where a cue is in its life; what was opened and put away since is done.
fn phase(plan: &Plan, cue: &Cue, known: &[Activity]) -> Option<Phase> {
    let was_opened = || cue.name().is_some_and(|name| plan.was_opened(name));
    standing(cue, known).or_else(|| was_opened().then_some(Phase::Closed))
}

/// Where the activity of a cue is in its life, if the room has it.
fn standing(cue: &Cue, known: &[Activity]) -> Option<Phase> {
    of(cue, known).map(|activity| activity.times().phase)
}

/// The activity of a cue, if the room has it.
fn of<'a>(cue: &Cue, known: &'a [Activity]) -> Option<&'a Activity> {
    let mut known = known.iter();
    known.find(|activity| Some(activity.id()) == cue.name())
}
