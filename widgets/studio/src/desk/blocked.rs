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
    let typed = use_state(|| None::<Typed>);
    let text = match &*typed {
        Some(typed) => typed.text.clone(),
        None => lines(&props.blocked),
    };
    let command = match &*typed {
        Some(typed) => typed.laid_over(&props.blocked),
        None => read(&text).map(set),
    };
    let flaw = command.as_ref().err().copied();
    let off = props.stopped.is_some() || flaw.is_some();
    let oninput = {
        let (typed, is) = (typed.clone(), Rc::clone(&props.blocked));
        Callback::from(move |event: InputEvent| {
            let text = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            let began = typed.as_ref().map_or(&is, |typed| &typed.began);
            typed.set(Some(Typed {
                began: Rc::clone(began),
                text,
            }));
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

/// What was typed, and what the room had when that began.
struct Typed {
    began: Rc<Vec<Label>>,
    text: String,
}

impl Typed {
    /// The command that does to the list as it is now what was done to it here: what another desk set meanwhile stays.
    fn laid_over(&self, is: &[Label]) -> Result<Command, &'static str> {
        let typed = read(&self.text)?;
        let kept = is
            .iter()
            .filter(|word| typed.contains(word) || !self.began.contains(word));
        let mut words: Vec<Label> = kept.cloned().collect();
        let added = typed
            .iter()
            .filter(|word| !self.began.contains(word) && !is.contains(word));
        words.extend(added.cloned());
        if words.len() > BLOCKED {
            return Err(TOO_MANY);
        }
        Ok(set(words))
    }
}

const TOO_MANY: &str = "At most 200 words.";

fn lines(words: &[Label]) -> String {
    let words: Vec<&str> = words.iter().map(Label::as_str).collect();
    words.join("\n")
}

/// The words that are typed.
fn read(text: &str) -> Result<Vec<Label>, &'static str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let words: Result<Vec<Label>, _> = lines.map(Label::parse).collect();
    match words {
        Ok(words) if words.len() <= BLOCKED => Ok(words),
        Ok(_) => Err(TOO_MANY),
        Err(_) => Err("A word has at most 80 characters."),
    }
}

/// The command that sets them.
fn set(words: Vec<Label>) -> Command {
    Command::RoomSet(Settings {
        blocked: Some(words),
        ..Settings::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_desks_do_to_the_list_at_once_is_both_done() {
        let words = |text: &str| read(text).unwrap();
        let typed = Typed {
            began: Rc::new(words("one\ntwo\nthree")),
            text: "one\nthree\nfour".into(),
        };
        // The other desk took away `three`, and added `five`.
        let laid = typed.laid_over(&words("one\ntwo\nfive"));
        assert_eq!(laid, Ok(set(words("one\nfive\nfour"))));
        assert_eq!(
            typed.laid_over(&typed.began),
            Ok(set(words("one\nthree\nfour")))
        );
    }
}
