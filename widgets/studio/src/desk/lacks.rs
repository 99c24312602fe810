//! What is missing before something can open, and what is warned of: each with its source and a way to its field.

use super::Give;
use super::activity::RowProps;
use super::deeds::field_id;
use crate::form::{Field, sentence};
use crate::order::About;
use liveroom_protocol::Command;
use liveroom_protocol::identity::Role;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::{Checked, Missing, Severity};
use std::rc::Rc;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(super) struct LacksProps {
    /// What the room would say to what is composed.
    pub(super) checked: Option<Rc<Checked>>,
    /// The focus is to go to a field.
    pub(super) go: Callback<String>,
}

/// What is composed, as the room sees it.
#[component]
pub(super) fn Lacks(props: &LacksProps) -> Html {
    let Some(checked) = &props.checked else {
        return Html::default();
    };
    // What keeps it from being prepared at all: a name that is taken, say.
    let refused = checked.refusal.as_ref();
    let refused = refused.and_then(|refusal| refusal.message.as_ref());
    html! {
        <div class="lacks" role="status">
            if let Some(why) = refused {
                <p class="lacks__why">{ sentence(why) }</p>
            }
            { list(checked, Some(&props.go)) }
            if checked.needs_approval {
                <p class="lacks__why">{ "Prepare it: another person approves it before it opens." }</p>
            }
        </div>
    }
}

/// What holds for an activity in its row: the profile it opened under, what it lacks, and the approval it waits for.
pub(super) fn of_row(props: &RowProps) -> Html {
    let (activity, ruled) = (&props.activity, props.activity.ruled());
    let is_ready = activity.times().phase == Phase::Ready;
    let checked = props.checked.as_ref().filter(|_| is_ready);
    let waits = checked.is_some_and(|checked| checked.needs_approval);
    let profile = ruled.profile.map(|stamp| format!("Profile {stamp}"));
    let approved = (ruled.approved && is_ready).then(|| "Approved".to_owned());
    let said: Vec<String> = profile.into_iter().chain(approved).collect();
    html! {
        <>
            if !said.is_empty() {
                <p class="strip__ruled">{ said.join(" · ") }</p>
            }
            if let Some(why) = ruled.held.as_ref().filter(|_| is_ready) {
                <p class="strip__held" role="status">{ format!("It did not open by itself: {why}") }</p>
            }
            if let Some(checked) = checked {
                { list(checked, None) }
            }
            if waits {
                { approve(props) }
            }
        </>
    }
}

/// The button of the second person; the room refuses it to the first.
fn approve(props: &RowProps) -> Html {
    let id = props.activity.id();
    let may = matches!(
        props.role,
        Some(Role::Owner | Role::Streamer | Role::Operator)
    );
    let about = About::Activity(id.clone());
    let waiting = props.waiting.contains(&about);
    let not_now = props
        .stopped
        .or(waiting.then_some("The room has not answered yet."))
        .or((!may).then_some("Your role may not do this."));
    let give = Give {
        deed: "Approve".into(),
        about,
        command: Command::Approve {
            activity: id.clone(),
        },
    };
    let blocked = not_now.is_some();
    let ongive = props.give.clone();
    let onclick = Callback::from(move |_: MouseEvent| {
        if !blocked {
            ongive.emit(give.clone());
        }
    });
    html! {
        <p class="strip__own">
            <span>{ "It opens once a person who did not compose it has approved it." }</span>
            <button type="button" class="button" {onclick} aria-disabled={not_now.map(|_| "true")} title={not_now}>{ "Approve" }</button>
        </p>
    }
}

fn list(checked: &Checked, go: Option<&Callback<String>>) -> Html {
    if checked.missing.is_empty() {
        return Html::default();
    }
    let profile = checked
        .profile
        .map_or_else(String::new, |stamp| stamp.name.name().to_owned());
    let label = format!("Before it opens, profile {profile}");
    html! {
        <section class="lacks" aria-label={label.clone()}>
            <p class="lacks__head">{ label }</p>
            <ul class="lacks__list">
                { for checked.missing.iter().map(|missing| one(missing, go)) }
            </ul>
        </section>
    }
}

fn one(missing: &Missing, go: Option<&Callback<String>>) -> Html {
    let look = match missing.severity {
        Severity::Missing => "lacks__one",
        Severity::Warning => "lacks__one lacks__one--warning",
    };
    let kind = match missing.severity {
        Severity::Missing => "Missing: ",
        Severity::Warning => "Warning: ",
    };
    let word = missing.word.as_ref().map(|word| format!("{word}: "));
    let says = format!("{kind}{}{}", word.unwrap_or_default(), missing.says);
    let field = go.and_then(|go| Some((go, field(&missing.field)?)));
    html! {
        <li class={look} key={format!("{}{}{:?}", missing.rule, missing.field, missing.word)}>
            <span dir="auto">{ says }</span>
            <cite class="lacks__source" dir="auto">{ missing.source.clone() }</cite>
            if let Some((go, field)) = field {
                <button type="button" class="lesser" onclick={go.reform(move |_: MouseEvent| field_id(field))}>{ "Go to the field" }</button>
            }
        </li>
    }
}

/// The field of the composer that a field on the wire comes from, if there is one.
fn field(wire: &str) -> Option<Field> {
    let mut parts = wire.split('.');
    let (first, place, last) = (parts.next()?, parts.next(), parts.next());
    let number = place.and_then(|place| place.parse::<usize>().ok());
    match (first, number, last.or(place)) {
        ("question", None, _) => Some(Field::Question),
        ("options", Some(place), _) => Some(Field::Option(place)),
        ("closes_in_ms", ..) => Some(Field::Closes),
        ("prizes", Some(place), Some("value")) => Some(Field::Line("prize-value", place)),
        ("prizes", Some(place), _) => Some(Field::Line("prize", place)),
        ("variants", Some(place), _) => Some(Field::Line("variant", place)),
        ("conditions", _, Some("word")) => Some(Field::Own("keyword")),
        ("conditions", ..) => Some(Field::Own("attested")),
        _ => WIRE
            .iter()
            .find(|(known, _)| *known == wire)
            .map(|(_, name)| Field::Own(name)),
    }
}

/// Fields by their names on the wire, and in the composer.
const WIRE: [(&str, &str); 16] = [
    ("title", "title"),
    ("organiser", "organiser"),
    ("rules", "rules"),
    ("draws_itself", "draws-itself"),
    ("claim_within_ms", "claim-days"),
    ("delivery", "prize-delivery"),
    ("free_entry", "free-entry"),
    ("tickets", "tickets"),
    ("about.ad", "ad"),
    ("before", "before"),
    ("price_basis", "basis"),
    ("lowest_30_days", "lowest"),
    ("seller.name", "seller"),
    ("approval", "approval"),
    ("comment", "words"),
    ("price", "price"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_on_the_wire_leads_to_the_one_it_was_typed_into() {
        for (wire, id) in [
            ("question", "compose-question"),
            ("options.3", "compose-option-3"),
            ("closes_in_ms", "compose-closes"),
            ("prizes.2.value", "compose-prize-value-2"),
            ("prizes.1.name", "compose-prize-1"),
            ("variants.0.name", "compose-variant-0"),
            ("conditions.1", "compose-attested"),
            ("conditions.0.word", "compose-keyword"),
            ("about.ad", "compose-ad"),
            ("price_basis", "compose-basis"),
        ] {
            assert_eq!(field(wire).map(field_id).as_deref(), Some(id), "{wire}");
        }
        assert_eq!(field("parts.0.question"), None);
        assert_eq!(field("from the future"), None);
    }
}
