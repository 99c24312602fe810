//! What is on air, told so that it is read from two metres away; or that there is no line to the room.

use super::Give;
use super::orders::FateLine;
use super::role::directs;
use super::screen::{Screen, TakeBack, left};
use crate::board::{Activity, Times};
use crate::clock;
use crate::line::{Line, State};
use crate::order::{Fate, Order, why};
use liveroom::Format;
use liveroom_protocol::Refusal;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::Timestamp;
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct AirProps {
    /// The line, and the time.
    pub(super) line: Line,
    /// The show that runs.
    pub(super) show: Option<Rc<Show>>,
    /// The state of the room's log.
    pub(super) state: message::State,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// Why the room closed the line to this page.
    pub(super) refused: Option<Refusal>,
    /// The room has greeted.
    pub(super) greeted: bool,
    /// The room let this page sit at the desk.
    pub(super) seated: bool,
    /// Viewers connected now.
    pub(super) viewers: Option<u32>,
    /// The activities that are open or paused.
    pub(super) open: Vec<Activity>,
    /// How many viewers are make-believe.
    pub(super) audience: u32,
    /// The screen is cleared.
    pub(super) cleared: bool,
    /// What this desk may do.
    pub(super) role: Option<Role>,
    /// The newest order about the screen.
    pub(super) order: Option<Order>,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// As many of what is open are named on a phone; the sheet hides the others there.
const FEW: usize = 2;

/// What the band says and how it looks.
struct Words {
    word: &'static str,
    look: &'static str,
    says: String,
}

/// The band at the top of the desk.
#[component]
pub(super) fn Air(props: &AirProps) -> Html {
    let Words { word, look, says } = words(props);
    html! {
        <header class={classes!("air", look)}>
            <p class="air__word" role={props.stopped.map(|_| "alert")}>
                <span class="air__lamp" aria-hidden="true" />
                { word }
            </p>
            <p class="air__says">{ says }</p>
            if props.seated {
                <div class="air__screen">
                    <Screen cleared={props.cleared} role={props.role} stopped={props.stopped}
                        waits={props.order.as_ref().is_some_and(|order| order.fate == Fate::Sent)} give={props.give.clone()} />
                    <FateLine order={props.order.clone()} />
                </div>
            }
            <dl class="air__figures">
                if let Some(show) = props.show.as_ref() {
                    <div class="air__figure">
                        <dt>{ "Running" }</dt>
                        <dd>{ clock::passed(props.line.now.since(show.started_at)) }</dd>
                    </div>
                }
                if let Some(viewers) = props.viewers {
                    <div class="air__figure">
                        <dt>{ "Viewers" }</dt>
                        <dd>{ crate::format::DeskFormat.number(viewers) }</dd>
                    </div>
                }
            </dl>
            if !props.open.is_empty() {
                <ul class="air__open" aria-label="Open now">
                    { for props.open.iter().map(|activity| html! {
                        <li key={activity.id().to_string()} class="air__poll">
                            <span class="air__clock">{ time(activity.times(), props.line.now) }</span>
                            <span class="air__question">{ activity.title().to_owned() }</span>
                            if let Some(left) = left(activity, props.line.now).filter(|_| directs(props.role)) {
                                <TakeBack activity={activity.clone()} {left} stopped={props.stopped} give={props.give.clone()} />
                            }
                        </li>
                    }) }
                    if props.open.len() > FEW {
                        <li class="air__more">{ format!("and {} more", props.open.len() - FEW) }</li>
                    }
                </ul>
            }
        </header>
    }
}

fn words(props: &AirProps) -> Words {
    let stopped = |word, says: &str| Words {
        word,
        look: "air--lost",
        says: says.to_owned(),
    };
    if let Some(refusal) = props.refused.as_ref().filter(|_| !props.line.is_up()) {
        return stopped("No seat", &why(refusal));
    }
    match props.line.state {
        State::Connecting => {
            return Words {
                word: "Connecting",
                look: "air--off",
                says: "The room has not answered yet.".into(),
            };
        }
        State::Lost => {
            let since = props.line.since.map_or_else(String::new, |since| {
                format!("Since {}. ", crate::format::DeskFormat.time(since))
            });
            let says = format!(
                "{since}Nothing you press is sent now, and nothing is kept to be sent later."
            );
            return stopped("Not connected", &says);
        }
        State::Live | State::Slow => {}
    }
    match (props.greeted, props.seated, props.state) {
        (false, _, _) => Words {
            word: "Connecting",
            look: "air--off",
            says: "The room has not greeted yet.".into(),
        },
        (true, false, _) => stopped(
            "No seat",
            "This token may not sit at the desk: open the desk with an owner link.",
        ),
        (true, true, message::State::Damaged) => stopped(
            "Damaged",
            "A record of the room's log is damaged: it shows its last good state and takes no changes.",
        ),
        (true, true, message::State::Sealed) => stopped("Sealed", "This room has ended for good."),
        (true, true, message::State::Live) if props.cleared => Words {
            word: "Cleared",
            look: "air--cleared",
            says: "Viewers and overlays see nothing. What is open goes on, and so do its clocks."
                .into(),
        },
        (true, true, message::State::Live) => on_air(props),
    }
}

fn on_air(props: &AirProps) -> Words {
    let slow = if props.line.state == State::Slow {
        " The line is slow: orders go by plain HTTP."
    } else {
        ""
    };
    let practice = match (props.line.practice, props.audience) {
        (false, _) => String::new(),
        (true, 0) => {
            " Practice room: all of it is in this browser, and nobody else sees it.".to_owned()
        }
        (true, count) => format!(" Practice room: {count} make-believe viewers, and nobody else."),
    };
    let Some(show) = props.show.as_deref() else {
        let says = format!(
            "No show is running. Activities can be prepared, and opened too.{slow}{practice}"
        );
        return Words {
            word: "Off air",
            look: "air--off",
            says,
        };
    };
    let title = show.title.as_deref().unwrap_or("A show without a title");
    let names: Vec<&str> = show.on_air.iter().map(|label| label.as_str()).collect();
    let with = if names.is_empty() {
        String::new()
    } else {
        format!(" with {}", names.join(", "))
    };
    Words {
        word: "On air",
        look: "air--on",
        says: format!("{title}{with}.{slow}{practice}"),
    }
}

/// How long an activity is still open, in words or digits.
pub(super) fn time(times: Times, now: Timestamp) -> String {
    match (times.phase, times.closes_at, times.left) {
        (Phase::Open, Some(end), _) => clock::left(end.since(now)),
        (Phase::Open, None, _) => "Open".into(),
        (Phase::Paused, _, Some(left)) => format!("Paused, {}", clock::left(left)),
        (Phase::Paused, _, None) => "Paused".into(),
        (Phase::Ready, _, _) => times.opens_at.map_or_else(
            || "Prepared".into(),
            |at| format!("Opens in {}", clock::left(at.since(now))),
        ),
        (Phase::Closed, _, _) => "Closed".into(),
    }
}
