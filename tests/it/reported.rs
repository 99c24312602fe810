//! The one table of what is reported: the document is written from it, and every golden report keeps to it.

use liveroom_protocol::engagement::kinds::{Field, KINDS, Kind, markdown};
use liveroom_protocol::engagement::{Data, Report};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The golden reports, by file.
fn golden() -> Vec<(String, Value)> {
    let files = fs::read_dir(top().join("tests/wire")).expect("the golden messages");
    let paths = files.map(|file| file.expect("a file").path());
    let reports = paths.filter_map(|path| {
        let name = path
            .file_stem()?
            .to_str()?
            .strip_prefix("report.")?
            .to_owned();
        let text = fs::read_to_string(&path).expect("it is text");
        Some((name, serde_json::from_str(&text).expect("it is JSON")))
    });
    reports.collect()
}

fn fits(field: &Field, value: &Value) -> bool {
    let all = |test: fn(&Value) -> bool| {
        let within = value.as_object().map(|object| object.values().all(test));
        within.unwrap_or(false)
    };
    match field.holds {
        "text" => value.is_string(),
        "number" => value.is_u64(),
        "list of texts" => value
            .as_array()
            .is_some_and(|list| list.iter().all(Value::is_string)),
        "texts by name" => all(Value::is_string),
        "numbers by name" => all(Value::is_u64),
        "any JSON" => true,
        other => panic!("what is {other}?"),
    }
}

/// The first golden report of a type: its own fields, and where all of it lies.
fn example(kind: &Kind) -> String {
    let mut golden = golden();
    golden.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut those = golden
        .iter()
        .filter(|(_, report)| report["type"].as_str().and_then(Kind::of) == Some(kind));
    let (name, report) = those
        .next()
        .unwrap_or_else(|| panic!("no tests/wire/report.*.json is of {}", kind.name));
    let own = kind.own.iter().filter_map(|field| {
        let value = report["data"].get(field.name)?;
        Some(format!("\"{}\":{value}", field.name))
    });
    let own: Vec<String> = own.collect();
    let whole = format!("[{name}](../../tests/wire/report.{name}.json)");
    if own.is_empty() {
        whole
    } else {
        format!("`{{{}}}` of {whole}", own.join(","))
    }
}

#[test]
fn the_document_is_written_from_the_table() {
    let path = top().join("widgets/protocol/REPORTS.md");
    let text = fs::read_to_string(&path).expect("there is a document");
    let (before, _) = text.split_once("<!-- tables -->\n").expect("it says where");
    let wanted = [before, "<!-- tables -->\n\n", &markdown(&example)].concat();
    if text != wanted {
        let fresh = Path::new(env!("CARGO_TARGET_TMPDIR")).join("REPORTS.md");
        fs::write(&fresh, wanted).expect("it can be written");
        panic!(
            "widgets/protocol/REPORTS.md is not of this table: take {}",
            fresh.display()
        );
    }
}

#[test]
fn every_golden_report_has_the_fields_of_its_type_and_no_other() {
    for (name, report) in golden() {
        let kind = report["type"].as_str().expect("it has a type");
        let kind = Kind::of(kind).unwrap_or_else(|| panic!("{name}: {kind} is not in the table"));
        let data = report["data"].as_object().expect("it has data");
        for (field, value) in data {
            let known = kind.fields().find(|known| known.name == field);
            let known = known.unwrap_or_else(|| panic!("{name}: {field} is not in the table"));
            assert!(fits(known, value), "{name}: {field} holds {value}");
        }
        for field in kind.fields().filter(|field| field.always) {
            assert!(
                data.contains_key(field.name),
                "{name}: {} is missing",
                field.name
            );
        }
    }
}

#[test]
fn every_type_and_every_field_of_the_table_is_in_a_golden_report() {
    let golden = golden();
    for kind in KINDS {
        let own: Vec<&Value> = golden
            .iter()
            .filter(|(_, report)| report["type"].as_str().and_then(Kind::of) == Some(kind))
            .map(|(_, report)| &report["data"])
            .collect();
        assert!(
            !own.is_empty(),
            "no tests/wire/report.*.json is of {}",
            kind.name
        );
        for field in kind.own {
            assert!(
                own.iter().any(|data| data.get(field.name).is_some()),
                "{} of {}",
                field.name,
                kind.name
            );
        }
    }
    let told: BTreeSet<&str> = golden
        .iter()
        .filter_map(|(_, report)| report["data"].as_object())
        .flat_map(|data| data.keys().map(String::as_str))
        .collect();
    for field in KINDS.iter().flat_map(Kind::fields) {
        assert!(
            told.contains(field.name),
            "no golden report has {}",
            field.name
        );
    }
}

#[test]
fn a_report_that_the_kit_writes_is_read_into_its_type_with_nothing_lost() {
    for (name, golden) in golden().into_iter().filter(|(name, _)| name != "ledger") {
        let read: Report<Data<Value>> = serde_json::from_value(golden.clone())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(
            serde_json::to_value(read).expect("it is written"),
            golden,
            "{name}"
        );
    }
}

#[test]
fn only_the_kits_own_types_are_in_the_table() {
    for name in [
        "live.poll.seen",
        "live.deal.order",
        "live.room.watch",
        "page.like",
    ] {
        assert!(Kind::of(name).is_some(), "{name}");
    }
    for name in [
        "live.hologram.seen",
        "live.poll.order",
        "live.room.seen",
        "live..seen",
        "like",
        "",
    ] {
        assert!(Kind::of(name).is_none(), "{name}");
    }
}
