//! What most polls leave as it is: whose time, who may vote, the announcement, the name.

use super::super::Edit;
use super::super::field::{Line, select, tick};
use super::Flaws;
use crate::form::{Field, Form};
use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::phase::Pace;
use yew::prelude::*;

const PACES: [(Pace, &str); 2] = [
    (Pace::Picture, "when the viewer's picture reaches it"),
    (Pace::Room, "at the same instant for everyone"),
];

const LEVELS: [(Option<Level>, &str); 4] = [
    (None, "as the room says"),
    (Some(Level::Device), "any browser"),
    (Some(Level::Token), "accounts that the page vouches for"),
    (Some(Level::Verified), "verified persons"),
];

const ROLES: [(Role, &str); 4] = [
    (Role::Viewer, "viewers"),
    (Role::Moderator, "moderators"),
    (Role::Operator, "operators"),
    (Role::Streamer, "streamers"),
];

/// The folded part of the composer.
pub(super) fn fold(form: &Form, flaws: &Flaws, edit: &Callback<Edit>) -> Html {
    let line = |id, label, value, hint, field| Line {
        id,
        label,
        value,
        hint,
        flaw: flaws.at(field),
    };
    let folded = [Field::Grace, Field::Who, Field::Segments, Field::Name];
    let wrong = folded.into_iter().any(|field| flaws.at(field).is_some());
    html! {
        <details class="fold" open={wrong}>
            <summary>{ "Who may vote, time, name" }</summary>
            <div class="fold__fields">
                { select("compose-level", "Who may vote", &form.level, &LEVELS, edit, |form, level| form.level = level) }
                { line("compose-tiers", "Only these tiers", &form.tiers, "With commas between them; everyone, if empty.", Field::Who)
                    .draw(edit, |form, text| form.tiers = text) }
                { line("compose-segments", "Only these segments", &form.segments, "", Field::Segments)
                    .draw(edit, |form, text| form.segments = text) }
                { roles(form, edit) }
                { select("compose-time", "Shown", &form.time, &PACES, edit, |form, time| form.time = time) }
                if form.time == Pace::Picture {
                    { line("compose-grace", "Grace in seconds", &form.grace, "How much longer a vote is taken, for viewers whose picture is late.", Field::Grace)
                        .draw(edit, |form, text| form.grace = text) }
                }
                { tick("compose-announce", "When prepared, viewers see it as not yet open", form.announce, edit, |form, yes| form.announce = yes) }
                { line("compose-name", "Name in the room", &form.name, "For automation; the room makes one, if empty.", Field::Name)
                    .draw(edit, |form, text| form.name = text) }
            </div>
        </details>
    }
}

fn roles(form: &Form, edit: &Callback<Edit>) -> Html {
    html! {
        <fieldset class="roles">
            <legend class="field__label">{ "Only these roles" }</legend>
            { for ROLES.into_iter().map(|(role, name)| {
                tick(&format!("compose-role-{name}"), name, form.roles.contains(&role), edit, move |form, yes| {
                    form.roles.retain(|other| *other != role);
                    if yes {
                        form.roles.push(role);
                    }
                })
            }) }
        </fieldset>
    }
}
