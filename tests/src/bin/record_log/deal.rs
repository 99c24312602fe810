//! The deals of the made-up show.

use super::{Fault, Recorder};
use liveroom_protocol::identity::Role;
use serde_json::{Value, json};

/// A deal of two variants with every way of a claim, and one that the page settles and that is called off.
pub(super) fn show(log: &mut Recorder) -> Result<(), Fault> {
    mug(log)?;
    cup(log)
}

/// Every way of a claim.
fn mug(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(streamer, "d1", r#"{"type":"deal.open","activity":"mug","title":"A mug","sku":"mug-1","price":{"amount":"9.90","currency":"EUR"},"before":"14.90","lowest_30_days":"12.00","member_prices":[{"tier":"gold","price":"8.90"}],"variants":[{"id":"red","name":"Red","stock":2},{"id":"blue","name":"Blue","stock":1}],"limit":1,"reserve_ms":60000}"#)?;
    let kept = claim(log, "a1", "red", 1)?;
    let left = claim(log, "a2", "red", 1)?;
    let lapses = claim(log, "g1", "blue", 1)?;
    for (viewer, variant, quantity) in [
        ("a3", "red", 1),
        ("a1", "red", 1),
        ("a4", "green", 1),
        ("a4", "blue", 2),
        ("v1", "blue", 1),
    ] {
        claim(log, viewer, variant, quantity)?;
    }
    log.act(
        "a2",
        "rel",
        "mug",
        json!({"type": "deal.release", "claim": left}),
    )?;
    order(log, "a1", &kept, json!({"step": "begun"}))?;
    order(
        log,
        "a1",
        &kept,
        json!({"step": "failed", "reason": "payment-failed"}),
    )?;
    order(log, "a1", &kept, json!({"step": "begun"}))?;
    order(
        log,
        "a1",
        &kept,
        json!({"step": "taken", "order": "A-1", "value": {"amount": "9.90", "currency": "EUR"}}),
    )?;
    order(log, "a2", &kept, json!({"step": "begun"}))?;
    settle(log, &kept, "sold")?;
    settle(log, &kept, "sold")?;
    log.now += 61_000;
    let ordered = claim(log, "a5", "blue", 1)?;
    settle(log, &lapses, "sold")?;
    order(log, "a5", &ordered, json!({"step": "begun"}))?;
    // Nobody settles it: it goes back in the end.
    log.now += 3_600_000;
    settle(log, &lapses, "sold")?;
    settle(log, &ordered, "sold")?;
    settle(log, &lapses, "returned")?;
    for by in [3, -1, -9] {
        let id = format!("n{by}");
        let stock = json!({"type": "deal.stock", "activity": "mug", "variant": "blue", "by": by});
        log.order(Role::Shop, &id, &stock.to_string())?;
    }
    claim(log, "a6", "blue", 1)?;
    log.order(
        Role::Moderator,
        "d2",
        r#"{"type":"close","activity":"mug"}"#,
    )?;
    claim(log, "a7", "blue", 1)?;
    Ok(())
}

/// A hidden price, an order that the page settles, and the end of it all.
fn cup(log: &mut Recorder) -> Result<(), Fault> {
    let streamer = Role::Streamer;
    log.order(streamer, "d3", r#"{"type":"deal.open","activity":"cup","title":"A cup","sku":"cup-1","price":{"amount":"5","currency":"EUR"},"price_hidden":true,"variants":[{"stock":5}],"limit":2,"settles":"page","level":"device","closes_in_ms":600000}"#)?;
    log.act(
        "v1",
        "early",
        "cup",
        json!({"type": "deal.claim", "variant": "1"}),
    )?;
    log.order(streamer, "d4", r#"{"type":"reveal","activity":"cup"}"#)?;
    log.act(
        "v1",
        "two",
        "cup",
        json!({"type": "deal.claim", "variant": "1", "quantity": 2}),
    )?;
    let two = log.claim();
    for step in [
        json!({"step": "begun"}),
        json!({"step": "taken", "order": "B-1"}),
    ] {
        let id = format!("o{}", log.lines.len());
        log.act(
            "v1",
            &id,
            "cup",
            json!({"type": "deal.order", "claim": two, "order": step}),
        )?;
    }
    log.act(
        "v2",
        "one",
        "cup",
        json!({"type": "deal.claim", "variant": "1"}),
    )?;
    log.order(
        streamer,
        "d5",
        r#"{"type":"cancel","activity":"cup","reason":"Damaged in delivery"}"#,
    )
}

fn claim(log: &mut Recorder, viewer: &str, variant: &str, quantity: u32) -> Result<String, Fault> {
    let id = format!("k{}", log.lines.len());
    let action = json!({"type": "deal.claim", "variant": variant, "quantity": quantity});
    log.act(viewer, &id, "mug", action)?;
    Ok(log.claim())
}

fn order(log: &mut Recorder, viewer: &str, claim: &str, step: Value) -> Result<(), Fault> {
    let id = format!("o{}", log.lines.len());
    log.act(
        viewer,
        &id,
        "mug",
        json!({"type": "deal.order", "claim": claim, "order": step}),
    )
}

fn settle(log: &mut Recorder, claim: &str, outcome: &str) -> Result<(), Fault> {
    let id = format!("t{}", log.lines.len());
    let command = json!({"type": "deal.settle", "activity": "mug", "claim": claim, "settle": {"outcome": outcome}});
    log.order(Role::Shop, &id, &command.to_string())
}
