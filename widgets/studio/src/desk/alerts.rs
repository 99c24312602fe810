//! What the desk is told while the room runs: calm, in one place, read out when it changes, and put away one by one.

use super::ALERTS;
use crate::alerts::sentence;
use liveroom_protocol::alert::Alert;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct AlertsProps {
    /// Those that are shown.
    pub(super) alerts: Vec<Alert>,
    /// They were asked for in vain.
    pub(super) stale: bool,
    /// One is put away.
    pub(super) away: Callback<Alert>,
}

/// The list; its place is there before anything is in it, so that what comes is read out.
#[component]
pub(super) fn AlertList(props: &AlertsProps) -> Html {
    html! {
        <div id={ALERTS} class="alerts" role="status" aria-live="polite" aria-label="Alerts" tabindex="-1">
            if !props.alerts.is_empty() {
                <ul class="alerts__list">
                    { for props.alerts.iter().map(|alert| {
                        let said = sentence(alert);
                        let name = format!("Put away: {said}");
                        let onclick = {
                            let (away, alert) = (props.away.clone(), alert.clone());
                            Callback::from(move |_: MouseEvent| away.emit(alert.clone()))
                        };
                        html! {
                            <li class="alerts__one">
                                <span>{ said }</span>
                                <button type="button" class="lesser" aria-label={name} {onclick}>{ "Put away" }</button>
                            </li>
                        }
                    }) }
                </ul>
            }
            if props.stale {
                <p class="alerts__note">{ "Alerts are not up to date: the server did not answer." }</p>
            }
        </div>
    }
}
