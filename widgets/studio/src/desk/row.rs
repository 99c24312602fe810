//! What only one widget is told to do: its own part of an activity's row.

mod answer;
mod cancel;
mod claims;
mod correct;
mod deal;
mod deal_numbers;
mod entrants;
mod finder;
mod looked;
mod lottery;
mod qna;
mod question;
mod reason;
mod replies;
mod survey;
mod wins;

pub(super) use cancel::call_off;
pub(super) use correct::Correct;
pub(super) use deal::DealPanel;
pub(super) use deal_numbers::stock;
pub(super) use lottery::{LotteryPanel, entries};
pub(super) use qna::{QnaPanel, questions};
pub(super) use survey::written;

use super::look::Look;
use super::role::refused;
use super::twice::Twice;
use super::{Drafted, Give};
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::More;
use std::collections::HashMap;
use std::rc::Rc;
use yew::prelude::*;

/// What every panel needs to give an order.
#[derive(Clone, PartialEq)]
pub(super) struct Deck {
    /// What this desk may do.
    pub(super) role: Option<Role>,
    /// Why no order is taken.
    pub(super) stopped: Option<&'static str>,
    /// What an order is on its way about.
    pub(super) waiting: Vec<About>,
    /// An order is given.
    pub(super) give: Callback<Give>,
    /// Something is to be looked up, or taken out.
    pub(super) look: Callback<Look>,
    /// There is a server that makes files.
    pub(super) files: bool,
    /// A page of a list is wanted.
    pub(super) page: Callback<More>,
    /// Answers that the page's answerer drafted.
    pub(super) drafts: Rc<HashMap<Drafted, String>>,
    /// A draft of an answer is wanted.
    pub(super) draft: Callback<(Drafted, String)>,
}

impl Deck {
    /// Why no order about something is taken now.
    pub(super) fn not_now(&self, about: &About) -> Option<&'static str> {
        let waits = self.waiting.contains(about);
        self.stopped
            .or(waits.then_some("The room has not answered yet."))
    }

    /// A button that gives an order at once; one without a command says why it has none.
    pub(super) fn button(
        &self,
        label: &str,
        look: Option<&'static str>,
        about: &About,
        command: Result<Command, &'static str>,
    ) -> Html {
        let refused = match &command {
            Ok(command) => refused(self.role, command),
            Err(why) => Some(*why),
        };
        let not_now = self.not_now(about).or(refused);
        let give = self.give.clone();
        let order = command.ok().map(|command| Give {
            deed: label.to_owned(),
            about: about.clone(),
            command,
        });
        let blocked = not_now.is_some();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some(order) = order.clone().filter(|_| !blocked) {
                give.emit(order);
            }
        });
        let class = classes!("button", look.filter(|_| !blocked));
        html! {
            <button type="button" {class} {onclick} aria-disabled={not_now.map(|_| "true")} title={not_now}>{ label }</button>
        }
    }

    /// A button that asks before it gives an order, by a question, and how often what that is about has changed; one without a
    /// command says why it has none.
    pub(super) fn twice(
        &self,
        deed: &str,
        (question, turn): (String, usize),
        about: &About,
        command: Result<Command, &'static str>,
    ) -> Html {
        let refused = match &command {
            Ok(command) => refused(self.role, command),
            Err(why) => Some(*why),
        };
        let not_now = self.not_now(about).or(refused);
        let order = command.ok().map(|command| Give {
            deed: deed.to_owned(),
            about: about.clone(),
            command,
        });
        html! { <Twice deed={deed.to_owned()} {question} {order} {not_now} give={self.give.clone()} {turn} /> }
    }

    /// Whether this desk may take claims and wins out as a file.
    pub(super) fn may_take_out(&self) -> bool {
        matches!(
            self.role,
            Some(Role::Owner | Role::Streamer | Role::Operator)
        )
    }

    /// The buttons that save what an activity holds as a file, for a spreadsheet or a program.
    pub(super) fn saves(&self, what: &'static str, activity: &ActivityId) -> Html {
        if !self.files {
            return Html::default();
        }
        let look = &self.look;
        let button = |label: &'static str, ending: &'static str| {
            let out = Look::Out(activity.clone(), what, ending);
            let onclick = look.reform(move |_: MouseEvent| out.clone());
            html! { <button type="button" class="lesser" {onclick}>{ format!("Save the {what} as {label}") }</button> }
        };
        html! {
            <div class="strip__own" role="group" aria-label="Files">
                { button("CSV", "csv") }
                { button("JSON", "json") }
            </div>
        }
    }

    /// Whether this desk speaks for the shop too.
    pub(super) fn owns(&self) -> bool {
        self.role == Some(Role::Owner)
    }
}

/// A labelled field of a panel, whose text lives as long as the panel.
pub(super) fn typed(id: &str, label: &str, text: &UseStateHandle<String>) -> Html {
    let text = text.clone();
    let value = (*text).clone();
    let oninput = Callback::from(move |event: InputEvent| {
        let input = event.target_unchecked_into::<web_sys::HtmlInputElement>();
        text.set(input.value());
    });
    html! {
        <div class="entry">
            <label class="entry__label" for={id.to_owned()}>{ label }</label>
            <input class="entry__input" id={id.to_owned()} type="text" autocomplete="off" {value} {oninput} />
        </div>
    }
}

/// A labelled list of a panel, by the place of what is chosen.
pub(super) fn chosen(
    id: &str,
    label: &str,
    values: &[String],
    place: &UseStateHandle<usize>,
) -> Html {
    let at = **place;
    let place = place.clone();
    let onchange = Callback::from(move |event: Event| {
        let select = event.target_unchecked_into::<web_sys::HtmlSelectElement>();
        place.set(usize::try_from(select.selected_index()).unwrap_or(0));
    });
    html! {
        <div class="entry">
            <label class="entry__label" for={id.to_owned()}>{ label }</label>
            <select class="entry__input" id={id.to_owned()} {onchange}>
                { for values.iter().enumerate().map(|(place, text)| html! {
                    <option key={place} value={place.to_string()} selected={place == at}>{ text.clone() }</option>
                }) }
            </select>
        </div>
    }
}
