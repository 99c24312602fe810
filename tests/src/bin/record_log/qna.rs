//! The questions of the made-up show.

use super::{Fault, Recorder};
use liveroom_protocol::identity::Role;
use serde_json::{Value, json};

/// A list with approval, replies and tags, and one without approval that is emptied.
pub(super) fn show(log: &mut Recorder) -> Result<(), Fault> {
    asking(log)?;
    answering(log)?;
    again(log)
}

/// What is asked and refused.
fn asking(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(streamer, "q1", r#"{"type":"qna.open","activity":"ask","title":"Ask us","anonymous":true,"replies":true,"tags":["Size","Care"],"most":3,"every_ms":1000}"#)?;
    ask(
        log,
        "v1",
        "q1",
        json!({"text": "Is it waterproof?", "tags": ["Care"]}),
    )?;
    // Too soon, then the same words, then too many.
    ask(log, "v1", "q2", json!({"text": "Is it windproof?"}))?;
    log.now += 2_000;
    ask(log, "v2", "q1", json!({"text": "is it WATERPROOF"}))?;
    ask(
        log,
        "v2",
        "q2",
        json!({"text": "Which sizes are left?", "anonymous": true}),
    )?;
    ask(
        log,
        "v3",
        "q1",
        json!({"text": "Is there an XL?", "tags": ["Size"]}),
    )?;
    for (number, text) in ["How is it washed?", "Is it warm?", "Is it heavy?"]
        .into_iter()
        .enumerate()
    {
        log.now += 2_000;
        ask(
            log,
            "v1",
            &format!("q{}", number + 3),
            json!({"text": text}),
        )?;
    }
    vote(log, "v4", 1)?;
    Ok(())
}

/// What becomes of the questions.
fn answering(log: &mut Recorder) -> Result<(), Fault> {
    for question in 1..=4 {
        change(log, question, json!({"to": "approve"}))?;
    }
    for (viewer, question) in [
        ("v4", 1),
        ("v2", 1),
        ("v1", 2),
        ("v4", 2),
        ("v4", 3),
        ("v5", 3),
        ("v1", 1),
    ] {
        vote(log, viewer, question)?;
    }
    log.act(
        "v4",
        "u1",
        "ask",
        json!({"type": "qna.withdraw", "question": 1}),
    )?;
    change(log, 3, json!({"to": "merge", "into": 2}))?;
    change(log, 1, json!({"to": "pin", "pinned": true}))?;
    change(log, 1, json!({"to": "answering"}))?;
    change(
        log,
        2,
        json!({"to": "answer", "text": "M and L.", "private": false}),
    )?;
    change(
        log,
        4,
        json!({"to": "answer", "text": "By hand, as you asked.", "private": true}),
    )?;
    change(log, 1, json!({"to": "answered_live"}))?;
    log.act(
        "v5",
        "r1",
        "ask",
        json!({"type": "qna.reply", "question": 1, "text": "Mine stayed dry."}),
    )?;
    change(log, 1, json!({"to": "reply", "place": 0, "shown": true}))?;
    change(log, 2, json!({"to": "tag", "tags": ["Size"]}))?;
    change(log, 2, json!({"to": "add_tag", "tag": "Care"}))?;
    change(log, 2, json!({"to": "remove_tag", "tag": "Size"}))?;
    // Who has not seen that it is answered is told so.
    change(log, 2, json!({"to": "answer", "text": "Only M."}))?;
    change(log, 5, json!({"to": "dismiss"}))?;
    log.act(
        "v5",
        "f1",
        "ask",
        json!({"type": "flag", "widget": "qna", "why": "offensive", "question": 2}),
    )?;
    log.order(
        Role::Moderator,
        "b1",
        r#"{"type":"qna.block","activity":"ask","question":2,"blocked":true}"#,
    )?;
    log.now += 2_000;
    ask(log, "v2", "q3", json!({"text": "Am I heard?"}))?;
    log.order(Role::Streamer, "q2", r#"{"type":"close","activity":"ask"}"#)?;
    vote(log, "v6", 1)?;
    Ok(())
}

/// A list without approval, emptied: what was asked before may be asked again.
fn again(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(streamer, "q3", r#"{"type":"qna.open","activity":"open","title":"Anything","approval":false,"level":"token"}"#)?;
    log.act(
        "v1",
        "o1",
        "open",
        json!({"type": "qna.ask", "text": "May I?"}),
    )?;
    log.act(
        "a1",
        "o1",
        "open",
        json!({"type": "qna.ask", "text": "May I too?"}),
    )?;
    log.order(streamer, "q4", r#"{"type":"reset","activity":"open"}"#)?;
    log.act(
        "a1",
        "o2",
        "open",
        json!({"type": "qna.ask", "text": "May I too?"}),
    )?;
    let cancel =
        json!({"type": "cancel", "activity": "open", "reason": "Our guest could not come"});
    log.order(Role::Streamer, "q5", &cancel.to_string())
}

fn ask(log: &mut Recorder, viewer: &str, id: &str, mut ask: Value) -> Result<(), Fault> {
    ask["type"] = "qna.ask".into();
    log.act(viewer, id, "ask", ask)
}

fn vote(log: &mut Recorder, viewer: &str, question: u32) -> Result<(), Fault> {
    let id = format!("v{}", log.lines.len());
    log.act(
        viewer,
        &id,
        "ask",
        json!({"type": "qna.vote", "question": question}),
    )
}

fn change(log: &mut Recorder, question: u32, change: Value) -> Result<(), Fault> {
    let id = format!("c{}", log.lines.len());
    let command =
        json!({"type": "qna.change", "activity": "ask", "question": question, "change": change});
    log.order(Role::Moderator, &id, &command.to_string())
}
