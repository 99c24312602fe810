//! The audit log at the desk: the newest lines, and all of it as a file.

use crate::format::DeskFormat;
use crate::team::{Deed, Team};
use std::rc::Rc;
use web_sys::HtmlDetailsElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct AuditProps {
    /// What is known.
    pub(super) team: Rc<Team>,
    /// The newest lines are wanted.
    pub(super) look: Callback<()>,
    /// All of it is wanted as a file.
    pub(super) save: Callback<()>,
}

/// The panel, folded away until it is wanted.
#[component]
pub(super) fn AuditPanel(props: &AuditProps) -> Html {
    let look = props.look.clone();
    let ontoggle = Callback::from(move |event: Event| {
        if event.target_unchecked_into::<HtmlDetailsElement>().open() {
            look.emit(());
        }
    });
    let again = props.look.reform(|_: MouseEvent| ());
    let save = props.save.reform(|_: MouseEvent| ());
    html! {
        <details class="fold" {ontoggle}>
            <summary>{ "Audit log" }</summary>
            <div class="fold__fields">
                { lines(&props.team) }
                <div class="strip__own">
                    <button type="button" class="button" onclick={again}>{ "Look again" }</button>
                    <button type="button" class="button" onclick={save}>{ "Save all of it" }</button>
                </div>
            </div>
        </details>
    }
}

fn lines(team: &Team) -> Html {
    match &team.deeds {
        None => Html::default(),
        Some(Err(why)) => html! { <p class="parts__note" role="status">{ why.clone() }</p> },
        Some(Ok(deeds)) => html! {
            <ol class="team" aria-label="The newest commands">
                { for deeds.iter().rev().map(line) }
            </ol>
        },
    }
}

fn line(deed: &Deed) -> Html {
    html! {
        <li class="team__key" key={deed.position}>
            <time class="log__time">{ DeskFormat.day(deed.at) }</time>
            <span class="team__who">{ deed.who() }</span>
            <span class="team__what">{ deed.says() }</span>
        </li>
    }
}
