//! The team: links that make somebody one of the staff, who came by them, and keys of machines; each taken back by a button.

use super::Give;
use super::twice::Twice;
use crate::order::About;
use crate::team::{HOLDERS, Holder, Known, LASTS, Secret, Team, Typed};
use liveroom_protocol::Command;
use liveroom_protocol::identity::Role;
use liveroom_protocol::time::Timestamp;
use std::rc::Rc;
use web_sys::{HtmlDetailsElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct TeamProps {
    /// What is known.
    pub(super) team: Rc<Team>,
    /// The room's time.
    pub(super) now: Timestamp,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// An order was given.
    pub(super) give: Callback<Give>,
    /// The list is wanted.
    pub(super) look: Callback<()>,
}

/// The panel, folded away until it is wanted.
#[component]
pub(super) fn TeamPanel(props: &TeamProps) -> Html {
    let ontoggle = props.look.clone();
    let ontoggle = Callback::from(move |event: Event| {
        if event.target_unchecked_into::<HtmlDetailsElement>().open() {
            ontoggle.emit(());
        }
    });
    html! {
        <details class="fold" {ontoggle}>
            <summary>{ "Team" }</summary>
            <div class="fold__fields">
                <Invite now={props.now} stopped={props.stopped} give={props.give.clone()} />
                { for props.team.secret.as_ref().map(told) }
                { keys(props) }
            </div>
        </details>
    }
}

/// A secret, the once that it is told.
fn told(secret: &Secret) -> Html {
    let (label, value, note) = if secret.invites {
        let note = "It is shown this once: copy it now. Whoever opens it comes in.";
        ("The link", secret.text.clone(), note)
    } else {
        let note = "It is shown this once: copy it now. An overlay has it at the end of its address, behind #key=.";
        ("The key", secret.text.clone(), note)
    };
    html! {
        <div class="entry">
            <label class="entry__label" for="team-link">{ label }</label>
            <input class="entry__input" id="team-link" type="text" readonly=true {value} />
            <p class="parts__note" role="status">{ note }</p>
        </div>
    }
}

fn keys(props: &TeamProps) -> Html {
    match &props.team.keys {
        None => Html::default(),
        Some(Err(why)) => html! { <p class="parts__note" role="status">{ why.clone() }</p> },
        Some(Ok(keys)) if keys.is_empty() => {
            html! { <p class="parts__note">{ "Nobody was invited yet." }</p> }
        }
        Some(Ok(keys)) => html! {
            <ul class="team" aria-label="Keys and people">
                { for keys.iter().map(|key| line(props, key)) }
            </ul>
        },
    }
}

fn line(props: &TeamProps, key: &Known) -> Html {
    let deed = format!("Revoke {}", key.title());
    let question = format!(
        "Revoke {}? Nothing opens with it any more, at once.",
        key.title()
    );
    let order = Give {
        deed: deed.clone(),
        about: About::Room,
        command: Command::KeyRevoke {
            key: key.key.clone(),
        },
    };
    html! {
        <li class="team__key" key={key.key.as_str()}>
            <span class="team__who">{ key.title().to_owned() }</span>
            <span class="team__what">{ key.says() }</span>
            <Twice {deed} {question} order={Some(order)} not_now={props.stopped} give={props.give.clone()} />
        </li>
    }
}

#[derive(PartialEq, Properties)]
struct InviteProps {
    now: Timestamp,
    stopped: Option<&'static str>,
    give: Callback<Give>,
}

#[component]
fn Invite(props: &InviteProps) -> Html {
    let typed = use_state(Typed::default);
    let flaw = typed.make(props.now).err();
    let off = props.stopped.is_some() || flaw.is_some();
    let onclick = {
        let (give, typed, now) = (props.give.clone(), typed.clone(), props.now);
        Callback::from(move |_: MouseEvent| {
            let Some(make) = typed.make(now).ok().filter(|_| !off) else {
                return;
            };
            let person = matches!(typed.holder, Holder::Person(_));
            let deed = if person { "Invite" } else { "Make a key for" };
            give.emit(Give {
                deed: format!("{deed} {}", typed.label.trim()),
                about: About::Room,
                command: Command::KeyMake(Box::new(make)),
            });
            typed.set(Typed::default());
        })
    };
    let select = |change: fn(&mut Typed, usize)| {
        let typed = typed.clone();
        Callback::from(move |event: Event| {
            let chosen = event
                .target_unchecked_into::<HtmlSelectElement>()
                .selected_index();
            let mut next = (*typed).clone();
            change(&mut next, usize::try_from(chosen).unwrap_or_default());
            typed.set(next);
        })
    };
    let holder =
        select(|typed, place| typed.holder = HOLDERS.get(place).copied().unwrap_or(typed.holder));
    let lasts = select(|typed, place| typed.hours = LASTS.get(place).and_then(|(_, hours)| *hours));
    html! {
        <>
            { text(&typed, "team-label", "For whom", &typed.label, |typed, text| typed.label = text) }
            <div class="entry">
                <label class="entry__label" for="team-role">{ "As" }</label>
                <select class="entry__input" id="team-role" onchange={holder}>
                    { for HOLDERS.iter().map(|holder| html! { <option selected={*holder == typed.holder}>{ holder.word() }</option> }) }
                </select>
            </div>
            if typed.holder == Holder::Person(Role::Partner) {
                { text(&typed, "team-brand", "Brand", &typed.brand, |typed, text| typed.brand = text) }
            }
            if typed.holder == Holder::Automation {
                { text(&typed, "team-commands", "Commands it may give", &typed.commands, |typed, text| typed.commands = text) }
            }
            if matches!(typed.holder, Holder::Person(_)) {
                { text(&typed, "team-uses", "For how many people", &typed.uses, |typed, text| typed.uses = text) }
            }
            <div class="entry">
                <label class="entry__label" for="team-lasts">{ "Good for" }</label>
                <select class="entry__input" id="team-lasts" onchange={lasts}>
                    { for LASTS.iter().map(|(word, hours)| html! { <option selected={*hours == typed.hours}>{ *word }</option> }) }
                </select>
            </div>
            if let Some(flaw) = flaw.filter(|_| !typed.label.is_empty()) {
                <p class="parts__note" role="status">{ flaw }</p>
            }
            <div class="strip__own">
                <button type="button" class="button" {onclick} aria-disabled={off.then_some("true")} title={props.stopped.or(flaw)}>
                    { if matches!(typed.holder, Holder::Person(_)) { "Make a link" } else { "Make a key" } }
                </button>
            </div>
        </>
    }
}

fn text(
    typed: &UseStateHandle<Typed>,
    id: &'static str,
    label: &'static str,
    value: &str,
    change: fn(&mut Typed, String),
) -> Html {
    let typed = typed.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let mut next = (*typed).clone();
        change(
            &mut next,
            event.target_unchecked_into::<HtmlInputElement>().value(),
        );
        typed.set(next);
    });
    html! {
        <div class="entry">
            <label class="entry__label" for={id}>{ label }</label>
            <input class="entry__input" {id} type="text" autocomplete="off" value={value.to_owned()} {oninput} />
        </div>
    }
}
