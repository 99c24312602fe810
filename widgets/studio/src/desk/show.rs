//! The show: start it with a title and who is on air, hand over, end it.

use super::activity::SecondStep;
use super::orders::FateLine;
use super::{Asked, Give};
use crate::form::sentence;
use crate::order::{About, Order};
use liveroom_protocol::Command;
use liveroom_protocol::identity::Label;
use liveroom_protocol::limits::LABELS;
use liveroom_protocol::show::{Show, Start};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct ShowProps {
    /// The show that runs.
    pub(super) show: Option<Rc<Show>>,
    /// How many activities are open, which end with it.
    pub(super) open: usize,
    /// The end waits for its second step.
    pub(super) asked: bool,
    /// The newest order about the show.
    pub(super) order: Option<Order>,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// A first step was taken, or thought better of.
    pub(super) ask: Callback<Option<Asked>>,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// The show's own panel.
#[component]
pub(super) fn ShowPanel(props: &ShowProps) -> Html {
    // Who is on air is typed anew for each show; while one runs, the field begins with who is on air now.
    let key = props
        .show
        .as_ref()
        .map_or_else(|| "none".to_owned(), |show| show.id.to_string());
    html! {
        <section class="show" aria-labelledby="show-title">
            // Folded away while a show runs: then it is needed only for a hand-over and at the end.
            <details open={props.show.is_none()}>
                <summary class="show__summary">
                    <h2 class="desk__title" id="show-title">{ "Show" }</h2>
                    <span class="show__hint">{ if props.show.is_none() { "none is running" } else { "hand over, end" } }</span>
                </summary>
                <Fields key={key} show={props.show.clone()} stopped={props.stopped}
                    ask={props.ask.clone()} give={props.give.clone()} />
                if props.asked {
                    <SecondStep question={ending(props.open)} yes="End the show" ask={props.ask.clone()}
                        give={order("End the show", Command::ShowEnd)} ongive={props.give.clone()} />
                }
            </details>
            <FateLine order={props.order.clone()} />
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct FieldsProps {
    show: Option<Rc<Show>>,
    stopped: Option<&'static str>,
    ask: Callback<Option<Asked>>,
    give: Callback<Give>,
}

#[component]
fn Fields(props: &FieldsProps) -> Html {
    let title = use_state(String::new);
    let tags = use_state(String::new);
    // What is typed, and who was on air when it was begun; while nothing is, the field follows the room.
    let typed = use_state(|| None::<Typed>);
    let now = props.show.as_deref().map_or_else(String::new, names);
    {
        let typed = typed.clone();
        use_effect_with(now.clone(), move |now| {
            // It was handed over to whom was typed; or nothing else was typed than what stood there.
            let is_said = |typed: &Typed| typed.says(now) || typed.says(&typed.of);
            if typed.as_ref().is_some_and(is_said) {
                typed.set(None);
            }
        });
    }
    let running = props.show.is_some();
    let on_air = typed
        .as_ref()
        .map_or_else(|| now.clone(), |typed| typed.text.clone());
    let command = if running {
        hand_over(&on_air)
    } else {
        start(&title, &tags, &on_air)
    };
    let oninput = {
        let (typed, now) = (typed.clone(), now.clone());
        Callback::from(move |text: String| {
            let of = typed
                .as_ref()
                .map_or_else(|| now.clone(), |typed| typed.of.clone());
            typed.set(Some(Typed { text, of }));
        })
    };
    let meanwhile = (typed.as_ref()).and_then(|typed| typed.meanwhile(&now).filter(|_| running));
    let flaw = command.as_ref().err().cloned();
    let disabled = (props.stopped.is_some() || flaw.is_some()).then_some("true");
    let deed = if running {
        "Say who is on air"
    } else {
        "Start the show"
    };
    let onclick = {
        let (give, ready) = (props.give.clone(), command.ok());
        Callback::from(move |_: MouseEvent| {
            if let Some(command) = ready.clone() {
                give.emit(order(deed, command));
            }
        })
    };
    let onend = props.ask.reform(|_: MouseEvent| Some(Asked::ShowEnd));
    html! {
        <div class="show__fields">
            if !running {
                { field("show", "Title", &title, "") }
            }
            { entry(if running { "show" } else { "show-on-air" }, "On air", on_air, oninput, "Names or ids, with commas between them; they stay in the record.") }
            if let Some(meanwhile) = meanwhile {
                <p class="entry__hint" role="status">{ meanwhile }</p>
            }
            if !running {
                { field("show-tags", "Tags", &tags, "With commas between them, such as launch, winter; they stay in the record.") }
            }
            if let Some(flaw) = flaw {
                <p class="entry__flaw" role="status">{ flaw }</p>
            }
            <div class="show__buttons">
                <button type="button" class={classes!("button", (!running).then_some("button--next"))} {onclick} aria-disabled={disabled} title={props.stopped}>
                    { if running { "Hand over" } else { "Start the show" } }
                </button>
                if running {
                    <button type="button" class="button" id="show-end" onclick={onend}
                        aria-disabled={props.stopped.map(|_| "true")} title={props.stopped}>
                        { "End the show…" }
                    </button>
                }
            </div>
        </div>
    }
}

/// What is typed in the field of who is on air.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    text: String,
    /// Who was on air when it was begun.
    of: String,
}

impl Typed {
    /// Whether it names those who are on air now.
    fn says(&self, now: &str) -> bool {
        let typed = labels(&self.text);
        typed.is_ok_and(|typed| labels(now) == Ok(typed))
    }

    /// What is said where another desk put others on air meanwhile: the whole list is handed over.
    fn meanwhile(&self, now: &str) -> Option<String> {
        let changed = self.of != now && !self.says(now);
        let who = if now.is_empty() { "nobody" } else { now };
        changed.then(|| format!("On air by now: {who}. “Hand over” puts your list in its place."))
    }
}

fn field(id: &'static str, label: &str, value: &UseStateHandle<String>, hint: &str) -> Html {
    let oninput = {
        let value = value.clone();
        Callback::from(move |text: String| value.set(text))
    };
    entry(id, label, (**value).clone(), oninput, hint)
}

fn entry(
    id: &'static str,
    label: &str,
    value: String,
    oninput: Callback<String>,
    hint: &str,
) -> Html {
    let oninput = oninput
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! {
        <div class="entry">
            <label class="entry__label" for={id}>{ label }</label>
            <input class="entry__input" {id} type="text" autocomplete="off" {value} {oninput}
                aria-describedby={super::field::notes(id)} />
            { super::field::below(id, hint, None) }
        </div>
    }
}

fn order(deed: &str, command: Command) -> Give {
    Give {
        deed: deed.into(),
        about: About::Show,
        command,
    }
}

fn start(title: &str, tags: &str, on_air: &str) -> Result<Command, String> {
    let title = match title.trim() {
        "" => None,
        title => Some(Label::parse(title).map_err(|no| sentence(&no))?),
    };
    Ok(Command::ShowStart(Start {
        title,
        tags: labels(tags)?,
        on_air: labels(on_air)?,
    }))
}

fn hand_over(on_air: &str) -> Result<Command, String> {
    Ok(Command::OnAir {
        on_air: labels(on_air)?,
    })
}

fn labels(text: &str) -> Result<Vec<Label>, String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let labels: Vec<Label> = parts
        .map(Label::parse)
        .collect::<Result<_, _>>()
        .map_err(|no| sentence(&no))?;
    if labels.len() > LABELS {
        Err("At most 32 labels.".into())
    } else {
        Ok(labels)
    }
}

fn names(show: &Show) -> String {
    show.on_air
        .iter()
        .map(|label| label.as_str())
        .collect::<Vec<_>>()
        .join(", ")
}

fn ending(open: usize) -> String {
    match open {
        0 => "End the show?".into(),
        1 => "End the show? What is open closes with it.".into(),
        many => format!("End the show? All {many} that are open close with it."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_list_says_who_came_on_air_meanwhile_and_ones_own_says_nothing() {
        let typed = Typed {
            text: "Ana, Cy".into(),
            of: "Ana".into(),
        };
        assert_eq!(typed.meanwhile("Ana"), None, "nothing has changed since");
        assert_eq!(
            typed.meanwhile("Ana, Ben").as_deref(),
            Some("On air by now: Ana, Ben. “Hand over” puts your list in its place.")
        );
        assert!(
            typed
                .meanwhile("")
                .is_some_and(|says| says.contains("nobody"))
        );
        assert_eq!(typed.meanwhile("Ana, Cy"), None, "it is as it was typed");
        assert!(typed.says("Ana, Cy") && !typed.says("Ana"));
    }
}
