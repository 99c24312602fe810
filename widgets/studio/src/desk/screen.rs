//! What undoes what everybody sees: the button that clears the screen, and those that take back what has just opened.

use super::Give;
use super::role::refused;
use crate::board::Activity;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::TAKE_BACK_MS;
use liveroom_protocol::time::Timestamp;
use yew::prelude::*;

/// The name in the page of the button that clears the screen, and brings it back.
pub(super) const SCREEN: &str = "screen";

/// The order that withdraws an activity.
pub(super) fn back(activity: &Activity) -> Give {
    Give {
        deed: "Take back".into(),
        about: About::Activity(activity.id().clone()),
        command: Command::TakeBack {
            activity: activity.id().clone(),
        },
    }
}

/// In how many seconds it is too late to take an activity back; nothing once it is.
pub(super) fn left(activity: &Activity, now: Timestamp) -> Option<u64> {
    let opened = activity.opened_at().filter(|_| activity.is_on())?;
    let passed = now.since(opened).0;
    (passed < TAKE_BACK_MS).then(|| (TAKE_BACK_MS - passed).div_ceil(1_000))
}

#[derive(PartialEq, Properties)]
pub(super) struct ScreenProps {
    /// The screen is cleared.
    pub(super) cleared: bool,
    /// What this desk may do.
    pub(super) role: Option<Role>,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// An order about the screen is on its way.
    pub(super) waits: bool,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// One button: it hides everything, and brings it back.
#[component]
pub(super) fn Screen(props: &ScreenProps) -> Html {
    let (label, deed, command) = match props.cleared {
        true => (
            "Bring it back",
            "Bring the screen back",
            Command::ScreenRestore,
        ),
        false => ("Clear the screen", "Clear the screen", Command::ScreenClear),
    };
    let not_now = props
        .stopped
        .or(props.waits.then_some("The room has not answered yet."))
        .or(refused(props.role, &command));
    let order = Give {
        deed: deed.into(),
        about: About::Screen,
        command,
    };
    let (give, blocked) = (props.give.clone(), not_now.is_some());
    let onclick = Callback::from(move |_: MouseEvent| {
        if !blocked {
            give.emit(order.clone());
        }
    });
    html! {
        <button type="button" class="air__button" id={SCREEN} {onclick} aria-pressed={props.cleared.to_string()}
            aria-disabled={not_now.map(|_| "true")} title={not_now}>{ label }</button>
    }
}

#[derive(PartialEq, Properties)]
pub(super) struct TakeBackProps {
    /// What has just opened.
    pub(super) activity: Activity,
    /// Seconds that are left.
    pub(super) left: u64,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// The button that withdraws what has just opened. It is nowhere near the button that opened it, lest a double press undo it.
#[component]
pub(super) fn TakeBack(props: &TakeBackProps) -> Html {
    let order = back(&props.activity);
    let onclick = props.give.reform(move |_: MouseEvent| order.clone());
    html! {
        <button type="button" class="air__button" {onclick} aria-disabled={props.stopped.map(|_| "true")} title={props.stopped}>
            { format!("Take back, {} s", props.left) }
        </button>
    }
}
