//! How much later than the room viewers see the picture: what an overlay's countdowns and activities in picture time are reckoned by.

use super::Give;
use super::house::setting;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::command::Settings;
use liveroom_protocol::time::Span;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The longest that a room may be told, in seconds.
const MOST_S: u64 = 120;

#[derive(PartialEq, Properties)]
pub(super) struct DelayProps {
    /// The delay as the room has it.
    pub(super) delay: Span,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// The seconds with their button.
#[component]
pub(super) fn Delay(props: &DelayProps) -> Html {
    let typed = use_state(|| None::<String>);
    let text = (*typed).clone().unwrap_or_else(|| seconds(props.delay));
    let delay = read(&text);
    let flaw = delay.is_none().then_some("From 0 to 120 seconds.");
    let off = props.stopped.is_some() || flaw.is_some() || delay == Some(props.delay);
    let oninput = {
        let typed = typed.clone();
        Callback::from(move |event: InputEvent| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            typed.set(Some(input.value()));
        })
    };
    let onclick = {
        let (give, typed) = (props.give.clone(), typed.clone());
        Callback::from(move |_: MouseEvent| {
            if off {
                return;
            }
            // What the room says stands there from now on.
            typed.set(None);
            give.emit(Give {
                deed: "Set the delay".to_owned(),
                about: About::Room,
                command: Command::RoomSet(Settings {
                    delay_ms: delay,
                    ..Settings::default()
                }),
            });
        })
    };
    let fields = html! {
        <>
            <div class="entry">
                <label class="entry__label" for="delay">{ "Seconds from your camera to your viewers' screens" }</label>
                <input class="entry__input" id="delay" type="text" inputmode="decimal" autocomplete="off" value={text} {oninput}
                    aria-invalid={flaw.map(|_| "true")} />
                if let Some(flaw) = flaw {
                    <p class="parts__note">{ flaw }</p>
                }
            </div>
        </>
    };
    setting(
        "Delay of the picture",
        "Set the delay",
        (off, props.stopped.or(flaw)),
        onclick,
        fields,
    )
}

/// Seconds as they are typed: without a fraction where there is none.
fn seconds(delay: Span) -> String {
    let (whole, rest) = (delay.0 / 1_000, delay.0 % 1_000);
    match rest {
        0 => whole.to_string(),
        rest => format!("{whole}.{rest:03}")
            .trim_end_matches('0')
            .to_owned(),
    }
}

/// What is typed, in milliseconds; a comma is taken for a point.
fn read(text: &str) -> Option<Span> {
    let text = text.trim().replace(',', ".");
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) {
        return None;
    }
    let thousandths: u64 = format!("{rest:0<3}").parse().ok()?;
    let delay = Span(whole.parse::<u64>().ok()? * 1_000 + thousandths);
    (delay.0 <= MOST_S * 1_000).then_some(delay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_read_as_they_are_written() {
        for (text, ms) in [("0", 0), ("12", 12_000), ("1.5", 1_500), ("120", 120_000)] {
            assert_eq!(read(text), Some(Span(ms)), "{text}");
            assert_eq!(seconds(Span(ms)), text);
        }
        assert_eq!(read(" 0,25 "), Some(Span(250)));
        for text in [
            "", ".5", "-1", "120.001", "121", "9999", "1.2345", "1e3", "x",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
