//! The rules of a place that the room follows, and whether a second person approves what opens: the owner's alone to set.

use super::Give;
use super::house::setting;
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::command::Settings;
use liveroom_protocol::profile::Profile;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct LawProps {
    /// What the room follows, and whether two people are asked for, as the room has it.
    pub(super) law: (Profile, bool),
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// An order was given.
    pub(super) give: Callback<Give>,
}

/// Both with their button.
#[component]
pub(super) fn Law(props: &LawProps) -> Html {
    let typed = use_state(|| None::<(Profile, bool)>);
    let (profile, two) = (*typed).unwrap_or(props.law);
    let off = props.stopped.is_some() || (profile, two) == props.law;
    let choose = {
        let typed = typed.clone();
        Callback::from(move |event: Event| {
            let value = event.target_unchecked_into::<HtmlSelectElement>().value();
            let chosen = Profile::ALL.into_iter().find(|one| one.name() == value);
            typed.set(chosen.map(|profile| (profile, two)));
        })
    };
    let check = {
        let typed = typed.clone();
        Callback::from(move |event: Event| {
            let two = event.target_unchecked_into::<HtmlInputElement>().checked();
            typed.set(Some((profile, two)));
        })
    };
    let onclick = {
        let (give, typed, before) = (props.give.clone(), typed.clone(), props.law);
        Callback::from(move |_: MouseEvent| {
            if off {
                return;
            }
            // What the room says stands there from now on.
            typed.set(None);
            let settings = Settings {
                profile: (profile != before.0).then_some(profile),
                approval: (two != before.1).then_some(two),
                ..Settings::default()
            };
            give.emit(Give {
                deed: "Set the rules".to_owned(),
                about: About::Room,
                command: Command::RoomSet(settings),
            });
        })
    };
    let fields = html! {
        <>
            <div class="entry">
                <label class="entry__label" for="law">{ "What opens has all that these rules ask for; what is open keeps those it opened under" }</label>
                <select class="entry__input" id="law" onchange={choose}>
                    { for Profile::ALL.into_iter().map(|one| html! {
                        <option key={one.name()} value={one.name()} selected={one == profile}>{ place(one) }</option>
                    }) }
                </select>
            </div>
            <label class="entry entry--tick">
                <input type="checkbox" checked={two} onchange={check} />
                <span>{ "A second person approves what opens" }</span>
            </label>
            <p class="parts__note">{ "A help to remember, and no legal advice." }</p>
        </>
    };
    setting(
        "Rules of a place",
        "Set the rules",
        (off, props.stopped),
        onclick,
        fields,
    )
}

const fn place(profile: Profile) -> &'static str {
    match profile {
        Profile::None => "None in particular",
        Profile::Cn => "China",
        Profile::Eu => "European Union",
        Profile::Uk => "United Kingdom",
        Profile::Us => "United States",
    }
}
