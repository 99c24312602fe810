//! The room's block list: words that no question, reply or comment may hold, one a line.

use super::Give;
use super::house::setting;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::command::Settings;
use liveroom_protocol::identity::Label;
use liveroom_protocol::limits::BLOCKED;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct BlockedProps {
    /// The words as the room has them.
    pub(super) blocked: Rc<Vec<Label>>,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// The list with its button.
#[component]
pub(super) fn Blocked(props: &BlockedProps) -> Html {
    let typed = use_state(|| None::<String>);
    let known = || {
        let words: Vec<&str> = props.blocked.iter().map(Label::as_str).collect();
        words.join("\n")
    };
    let text = (*typed).clone().unwrap_or_else(known);
    let command = read(&text);
    let flaw = command.as_ref().err().copied();
    let off = props.stopped.is_some() || flaw.is_some();
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            typed.set(Some(
                event.target_unchecked_into::<HtmlTextAreaElement>().value(),
            ));
        })
    };
    let onclick = {
        let (give, typed) = (props.give.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(command) = command.clone().ok().filter(|_| !off) {
                // What the room says stands in the field from now on.
                typed.set(None);
                give.emit(Give {
                    deed: "Set the blocked words".to_owned(),
                    about: About::Room,
                    command,
                });
            }
        })
    };
    let fields = html! {
        <>
            <div class="entry">
                <label class="entry__label" for="blocked">{ "One a line; no question, reply or comment may hold one" }</label>
                <textarea class="entry__input entry__input--area" id="blocked" rows="4" value={text} {oninput}
                    aria-invalid={flaw.map(|_| "true")} />
                if let Some(flaw) = flaw {
                    <p class="parts__note">{ flaw }</p>
                }
            </div>
        </>
    };
    setting(
        "Blocked words",
        "Set the blocked words",
        (off, props.stopped.or(flaw)),
        onclick,
        fields,
    )
}

/// The command that sets what is typed.
fn read(text: &str) -> Result<Command, &'static str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let words: Result<Vec<Label>, _> = lines.map(Label::parse).collect();
    match words {
        Ok(words) if words.len() <= BLOCKED => Ok(Command::RoomSet(Settings {
            blocked: Some(words),
            ..Settings::default()
        })),
        Ok(_) => Err("At most 200 words."),
        Err(_) => Err("A word has at most 80 characters."),
    }
}
