//! Profiles: what each rule refuses and takes, what is frozen, and what the room says before anything is written.

use crate::stage::{KEY, STAFF, Stage, accepted};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::{Checked, Profile, Ruled, Severity, Stamp};
use liveroom_protocol::{Command, Reason, Refusal, Widget};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Verdict;
use liveroom_rules::view::Audience;

mod approval;
mod check;
mod data;
mod frozen;
mod prices;
mod table;

/// A room that follows a profile.
fn room(profile: &str) -> Stage {
    let mut stage = Stage::new();
    set(&mut stage, &format!(r#"{{"profile":"{profile}"}}"#));
    stage
}

/// Sets a room up as its owner.
fn set(stage: &mut Stage, settings: &str) {
    let more = settings.trim_start_matches('{');
    let command = format!(r#"{{"type":"room.set",{more}"#);
    accepted(stage.order_as(Role::Owner, &command));
}

fn id(name: &str) -> ActivityId {
    ActivityId::parse(name).unwrap()
}

fn refusal(verdict: Verdict) -> Refusal {
    match verdict {
        Verdict::Refused(refusal) => refusal,
        Verdict::Accepted { .. } => panic!("it was accepted"),
    }
}

/// What the room would say to commands, from the usual streamer.
fn checked(stage: &Stage, commands: &[&str]) -> Vec<Checked> {
    let commands: Vec<Command> = commands
        .iter()
        .map(|json| serde_json::from_str(json).unwrap_or_else(|why| panic!("{json}: {why}")))
        .collect();
    let told = stage.room.check(&KEY, Role::Streamer, STAFF, commands);
    told.expect("few enough")
}

fn ruled(stage: &Stage, name: &str) -> Ruled {
    let view = stage.look(&id(name), Audience::Desk).expect("it is there");
    view.ruled.map(|ruled| *ruled).unwrap_or_default()
}

fn phase(stage: &Stage, name: &str) -> Phase {
    stage.room.activity(&id(name)).expect("it is there").phase
}

/// A draw that every profile takes, with the fields of `more` instead of its own.
fn draw(kind: &str, name: &str, more: &str) -> String {
    let base = r#"{"title":"Friday","prizes":[{"name":"Teapot","value":{"amount":"300","currency":"CNY"}}],
        "organiser":"Example Roasters, hello@shop.example","rules":"/rules","closes_in_ms":60000,"draws_itself":true,
        "claim_within_ms":86400000,"delivery":"By post within two weeks","free_entry":"Send a postcard"}"#;
    composed(kind, name, base, more)
}

/// A deal that every profile takes.
fn deal(kind: &str, name: &str, more: &str) -> String {
    let base = r#"{"title":"Rain jacket","sku":"jacket","price":{"amount":"69","currency":"CNY"},"before":"99",
        "price_basis":"our price until 1 May","lowest_30_days":"79","variants":[{"stock":5}],
        "seller":{"name":"Example Outdoor"},"about":{"ad":"广告"}}"#;
    composed(kind, name, base, more)
}

fn poll(kind: &str, name: &str, more: &str) -> String {
    composed(
        kind,
        name,
        r#"{"question":"Red or blue?","options":["Red","Blue"]}"#,
        more,
    )
}

fn qna(kind: &str, name: &str, more: &str) -> String {
    composed(kind, name, r#"{"title":"Ask us"}"#, more)
}

/// A command of fields, of which `more` overrides some; what it says is null is taken out.
fn composed(kind: &str, name: &str, base: &str, more: &str) -> String {
    let mut command: serde_json::Value = serde_json::from_str(base).unwrap();
    let more: serde_json::Value = serde_json::from_str(more).unwrap();
    command["type"] = kind.into();
    command["activity"] = name.into();
    for (field, value) in more.as_object().unwrap() {
        if value.is_null() {
            command.as_object_mut().unwrap().remove(field);
        } else {
            command[field] = value.clone();
        }
    }
    command.to_string()
}
