//! The polls of the made-up show.

use super::{Fault, Recorder};
use liveroom_protocol::identity::Role;
use liveroom_rules::record::{What, Who};

/// Polls: votes, a quiz with a board, a scale that closes in picture time.
pub(super) fn show(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(
        streamer,
        "s1",
        r#"{"type":"show.start","title":"Spring launch","on_air":["anna"]}"#,
    )?;
    log.order(streamer, "s2", r#"{"type":"poll.open","activity":"colour","question":"Which colour next?","options":["Red","Blue","Green"],"closes_in_ms":9000}"#)?;
    for (viewer, id, choices) in [
        ("v1", "a", ["1"]),
        ("v2", "a", ["2"]),
        ("v1", "b", ["2"]),
        ("v1", "a", ["1"]),
        ("v1", "b", ["3"]),
        ("v3", "a", ["9"]),
    ] {
        log.vote(viewer, id, "colour", &choices)?;
    }
    log.vote("v2", "c", "colour", &[])?;
    log.vote("v2", "d", "colour", &[])?;
    log.order(
        Role::Moderator,
        "m1",
        r#"{"type":"pause","activity":"colour"}"#,
    )?;
    log.vote("v4", "a", "colour", &["1"])?;
    log.order(
        Role::Moderator,
        "m2",
        r#"{"type":"reveal","activity":"colour"}"#,
    )?;
    log.order(streamer, "s3", r#"{"type":"resume","activity":"colour"}"#)?;
    log.order(
        streamer,
        "s4",
        r#"{"type":"extend","activity":"colour","by_ms":1000}"#,
    )?;
    log.vote("v4", "a", "colour", &["1"])?;
    log.now += 20_000;
    log.vote("v5", "a", "colour", &["1"])?;
    log.order(
        streamer,
        "s5",
        r#"{"type":"reopen","activity":"colour","closes_in_ms":60000}"#,
    )?;
    log.vote("v5", "a", "colour", &["1"])?;
    log.order(streamer, "s6", r#"{"type":"poll.prepare","activity":"quiz","question":"Which is a mammal?","options":[{"id":"shark","text":"Shark"},{"id":"bat","text":"Bat"}],"right":["bat"],"board":true,"can_change":false,"who":{"tiers":["gold"]}}"#)?;
    log.order(streamer, "s7", r#"{"type":"open","activity":"quiz"}"#)?;
    for (viewer, choice) in [
        ("g1", "bat"),
        ("g2", "shark"),
        ("v1", "bat"),
        ("g3", "bat"),
        ("g1", "shark"),
    ] {
        log.vote(viewer, &format!("q{choice}"), "quiz", &[choice])?;
    }
    log.order(streamer, "s8", r#"{"type":"show.on_air","on_air":["ben"]}"#)?;
    log.order(streamer, "s9", r#"{"type":"close","activity":"quiz"}"#)?;
    log.order(streamer, "s10", r#"{"type":"reveal","activity":"quiz"}"#)?;
    log.order(streamer, "s11", r#"{"type":"poll.open","activity":"rating","question":"How was it?","scale":{"min":1,"max":5},"grace_ms":8000,"closes_in_ms":2000,"results":"after_closing"}"#)?;
    log.now += 3_000;
    log.vote("v1", "r", "rating", &["5"])?;
    log.now += 9_000;
    log.fact(Who::Room, "tick-1", What::Tick)?;
    log.order(streamer, "s12", r#"{"type":"reset","activity":"rating"}"#)?;
    log.order(
        streamer,
        "s13",
        r#"{"type":"put_away","activity":"colour"}"#,
    )?;
    called_off(log)
}

/// A poll whose votes count nothing.
fn called_off(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(
        streamer,
        "s14",
        r#"{"type":"poll.open","activity":"off","question":"Red or blue?","options":["Red","Blue"]}"#,
    )?;
    log.vote("v1", "o", "off", &["1"])?;
    log.order(
        streamer,
        "s15",
        r#"{"type":"cancel","activity":"off","reason":"Blue is sold out"}"#,
    )
}
