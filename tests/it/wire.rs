//! One golden file a message: read, written back, and the same; a server in another language is written from these.

use liveroom_protocol::message::{FromRoom, ToRoom};
use liveroom_protocol::{Action, Command, alert, engagement, event, relay, run, token};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("wire")
}

fn files() -> Vec<(String, Value)> {
    let mut files: Vec<(String, Value)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (
                name,
                serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap(),
            )
        })
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// Reads a value as `T`, and gives it as `T` writes it.
fn there_and_back<T: DeserializeOwned + Serialize>(name: &str, golden: &Value) -> Value {
    let read: T =
        serde_json::from_value(golden.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::to_value(read).unwrap()
}

#[test]
fn every_golden_message_is_read_and_written_back_the_same() {
    for (name, golden) in files() {
        let kind = name.split('.').next().unwrap();
        let written = match kind {
            "to_room" => there_and_back::<ToRoom>(&name, &golden),
            "from_room" => there_and_back::<FromRoom>(&name, &golden),
            "action" => there_and_back::<Action>(&name, &golden),
            "command" => there_and_back::<Command>(&name, &golden),
            "claims" => there_and_back::<token::Claims>(&name, &golden),
            "alerts" => there_and_back::<alert::Alerts>(&name, &golden),
            "run" => there_and_back::<run::Kept>(&name, &golden),
            "rehearsed" => there_and_back::<run::Rehearsed>(&name, &golden),
            "report" => there_and_back::<engagement::Report<Value>>(&name, &golden),
            "event" => there_and_back::<event::Event>(&name, &golden),
            "relayed" => there_and_back::<relay::Relayed>(&name, &golden),
            other => panic!("{name}: what is {other}?"),
        };
        assert_eq!(written, golden, "{name}");
    }
}

#[test]
fn every_type_of_message_has_a_golden_file() {
    let schema: Value = serde_json::from_str(&liveroom_protocol::schema::json()).unwrap();
    let files = files();
    for (kind, definition) in [
        ("to_room", "ToRoom"),
        ("from_room", "FromRoom"),
        ("action", "Action"),
        ("command", "Command"),
    ] {
        let known: BTreeSet<&str> = files
            .iter()
            .filter(|(name, _)| name.starts_with(&format!("{kind}.")))
            .filter_map(|(_, golden)| golden["type"].as_str())
            .collect();
        let variants = schema["$defs"][definition]["oneOf"]
            .as_array()
            .expect("a list of variants");
        for variant in variants {
            let name = variant["properties"]["type"]["const"]
                .as_str()
                .expect("a variant has a type");
            assert!(
                known.contains(name) || name == "unknown",
                "tests/wire has no {kind} of type {name}"
            );
        }
    }
}

#[test]
fn a_reader_ignores_what_it_does_not_know() {
    let news = r#"{"type":"news","epoch":"e","later":1,"news":[{"activity":"x","run":1,"rev":2,
        "card":{"widget":"hologram","depth":3},"tally":{"widget":"hologram"}}]}"#;
    let FromRoom::News(news) = serde_json::from_str(news).unwrap() else {
        panic!("it is news")
    };
    assert_eq!(news.news[0].card, Some(liveroom_protocol::Card::Unknown));
    assert_eq!(
        serde_json::from_str::<FromRoom>(r#"{"type":"hologram","a":[1]}"#).unwrap(),
        FromRoom::Unknown
    );
    let refusal = r#"{"type":"answer","id":"x","ok":false,"refusal":{"reason":"wrong-hat"}}"#;
    let FromRoom::Answer(answer) = serde_json::from_str(refusal).unwrap() else {
        panic!("it is an answer")
    };
    assert_eq!(
        answer.refusal.unwrap().reason,
        liveroom_protocol::Reason::Unknown
    );
}
