//! What most activities leave as it is: who may take part, the label, whose time, the announcement, the name.

use super::super::Edit;
use super::super::field::{Line, select, tick};
use super::Flaws;
use super::pen::Pen;
use crate::form::{Field, Form};
use liveroom_protocol::Widget;
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

const SIGNED_IN: [(Option<Level>, &str); 4] = [
    (None, "as is usual: whoever is signed in"),
    (Some(Level::Device), "any browser"),
    (Some(Level::Token), "whoever is signed in on the page"),
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
    let poll = form.widget == Widget::Poll;
    let pen = Pen { form, flaws, edit };
    let own = ["points", "opens", "ad", "products", "brand", "about"].map(Field::Own);
    let folded = [Field::Grace, Field::Who, Field::Segments, Field::Name];
    let folded = folded.into_iter().chain(own);
    let mut folded = folded;
    let wrong = folded.any(|field| flaws.at(field).is_some());
    html! {
        <details class="fold" open={wrong}>
            <summary>{ if poll { "Who may vote, time, name" } else { "Who may take part, label, name" } }</summary>
            <div class="fold__fields">
                { select("compose-level", if poll { "Who may vote" } else { "Who may take part" }, &form.level, levels(form.widget), edit, |form, level| form.level = level) }
                { line("compose-tiers", "Only these tiers", &form.tiers, "With commas between them; everyone, if empty.", Field::Who)
                    .draw(edit, |form, text| form.tiers = text) }
                { line("compose-segments", "Only these segments", &form.segments, "", Field::Segments)
                    .draw(edit, |form, text| form.segments = text) }
                { pen.line("points", "From so many points", &form.points, "As the token of your page says them.", |form, text| form.points = text) }
                { roles(form, edit) }
                { label(pen) }
                if poll {
                    { select("compose-time", "Shown", &form.time, &PACES, edit, |form, time| form.time = time) }
                }
                if poll && form.time == Pace::Picture {
                    { line("compose-grace", "Grace in seconds", &form.grace, "How much longer a vote is taken, for viewers whose picture is late.", Field::Grace)
                        .draw(edit, |form, text| form.grace = text) }
                }
                if !poll {
                    { pen.line("opens", "Opens by itself in", &form.opens, "When it is prepared; viewers see it until then.", |form, text| form.opens = text) }
                }
                { tick("compose-announce", "When prepared, viewers see it as not yet open", form.announce, edit, |form, yes| form.announce = yes) }
                { line("compose-name", "Name in the room", &form.name, "For automation; the room makes one, if empty.", Field::Name)
                    .draw(edit, |form, text| form.name = text) }
            </div>
        </details>
    }
}

/// The advertisement label, and what figures are told apart by.
fn label(pen: Pen<'_>) -> Html {
    let form = pen.form;
    html! {
        <>
            { pen.line("ad", "Advertisement label", &form.ad, "Ad, 广告, Anzeige: it stands on the card, and nothing hides it.", |form, text| form.ad = text) }
            { pen.line("products", "Products it is about", &form.products, "The shop’s numbers, with commas between them.", |form, text| form.products = text) }
            { pen.line("brand", "Brand", &form.brand, "", |form, text| form.brand = text) }
            { pen.line("about", "Tags for figures", &form.about_tags, "With commas between them.", |form, text| form.about_tags = text) }
        </>
    }
}

/// Who may take part, at least; where a browser is no person, that is the default.
const fn levels(widget: Widget) -> &'static [(Option<Level>, &'static str)] {
    match widget {
        Widget::Poll | Widget::Qna => &LEVELS,
        Widget::Lottery | Widget::Deal => &SIGNED_IN,
    }
}

fn roles(form: &Form, edit: &Callback<Edit>) -> Html {
    html! {
        <fieldset class="roles">
            <legend class="entry__label">{ "Only these roles" }</legend>
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
