//! The inventory against a full server: every table and every kind of value that there is stands in it, and nothing else.

use super::{House, Role, asks, command};
use liveroom_demo::inventory::{self, Kind, Place, ROWS};
use liveroom_protocol::identity::Label;
use liveroom_protocol::message::Seat;
use liveroom_tests::{Client, house::hello};
use rusqlite::Connection;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::Path;

fn tables(file: &Path) -> BTreeSet<String> {
    let file = Connection::open(file).expect("it can be opened");
    let mut named = file
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .expect("it has tables");
    let rows = named.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<rusqlite::Result<_>>().expect("names")
}

fn places() -> impl Iterator<Item = Place> {
    ROWS.iter().flat_map(|row| row.places.iter().copied())
}

#[tokio::test]
async fn every_table_of_all_files_is_in_the_inventory_and_no_other() {
    let house = House::open().await;
    let of = |pick: fn(Place) -> Option<&'static str>| -> BTreeSet<String> {
        places().filter_map(pick).map(str::to_owned).collect()
    };
    let log = of(|place| match place {
        Place::Log(table) => Some(table),
        _ => None,
    });
    assert_eq!(tables(&house.folder().join("log.db")), log);
    let reports = of(|place| match place {
        Place::Reports(table) => Some(table),
        _ => None,
    });
    assert_eq!(tables(&house.folder().join("engagement.db")), reports);
    let events = of(|place| match place {
        Place::Events(table) => Some(table),
        _ => None,
    });
    assert_eq!(tables(&house.folder().join("events.db")), events);
    let runs = of(|place| match place {
        Place::Runs(table) => Some(table),
        _ => None,
    });
    assert_eq!(tables(&house.folder().join("runs.db")), runs);
    let files: BTreeSet<String> = std::fs::read_dir(house.folder())
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm"))
        .collect();
    assert_eq!(
        files,
        BTreeSet::from(
            ["engagement.db", "events.db", "lock", "log.db", "runs.db"].map(str::to_owned)
        )
    );
    house.close().await;
}

#[tokio::test]
async fn every_kind_of_value_beside_a_log_is_in_the_inventory_and_is_written_somewhere() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    for open in [
        json!({"type": "qna.open", "activity": "ask", "title": "Ask", "approval": false, "replies": true, "every_ms": 0}),
        json!({"type": "poll.open", "activity": "how", "question": "?", "options": ["A", "B"], "comment": "What else?"}),
        json!({"type": "poll.open", "activity": "quiz", "question": "?", "options": ["A", "B"], "right": ["1"]}),
        json!({"type": "lottery.open", "activity": "pot", "title": "Pot", "prizes": [{"name": "Pot"}],
            "claim": {"kind": "form", "fields": [{"label": "Street"}]}}),
    ] {
        desk.must(open).await;
    }
    let make = json!({"type": "key.make", "label": "Stage left", "scope": {"kind": "overlay"}});
    command(&house, Role::Owner, "k", &make).await;
    let mut claims = house.claims(Role::Viewer, "ann");
    claims.name = Label::parse("Ann").ok();
    let mut ann = Client::greet(&house, hello(Some(house.sign(&claims)), Seat::Viewer)).await;
    asks(&mut ann, "Is it warm?").await;
    for (activity, action) in [
        (
            "ask",
            json!({"type": "qna.reply", "question": 1, "text": "It is"}),
        ),
        (
            "how",
            json!({"type": "poll.answer", "choices": ["1"], "comment": "Nothing"}),
        ),
        ("pot", json!({"type": "lottery.enter"})),
    ] {
        assert!(ann.does(activity, action).await.ok);
    }
    for order in [
        json!({"type": "qna.change", "activity": "ask", "question": 1, "change": {"to": "answer", "text": "Yes", "private": true}}),
        json!({"type": "close", "activity": "pot"}),
        json!({"type": "lottery.draw", "activity": "pot"}),
    ] {
        desk.must(order).await;
    }
    let form = json!([{"label": "Street", "value": "Quay"}]);
    assert!(
        ann.does(
            "pot",
            json!({"type": "lottery.claim", "win": 0, "form": form})
        )
        .await
        .ok
    );
    // A collector that is held lets the name in reports be seen.
    let held = Connection::open(house.folder().join("engagement.db")).expect("it opens");
    held.execute_batch("BEGIN IMMEDIATE")
        .expect("it can be held");
    let other = json!({"type": "viewer.erase", "account": "bob"});
    command(&house, Role::Owner, "e", &other).await;
    let log = Connection::open(house.folder().join("log.db")).expect("it opens");
    let mut keys = log.prepare("SELECT key FROM private").expect("a table");
    let keys = keys
        .query_map([], |row| row.get::<_, String>(0))
        .expect("rows");
    let found: BTreeSet<&str> = keys
        .map(|key| {
            let key = key.expect("a key");
            Kind::of(&key)
                .unwrap_or_else(|| panic!("{key} is of no kind"))
                .name()
        })
        .collect();
    let known: BTreeSet<&str> = Kind::ALL.map(Kind::name).into_iter().collect();
    assert_eq!(found, known);
    let listed: BTreeSet<&str> = places()
        .filter_map(|place| match place {
            Place::Beside(kind) => Some(kind.name()),
            _ => None,
        })
        .collect();
    assert_eq!(listed, known);
    held.execute_batch("ROLLBACK").expect("it can be let go");
    house.close().await;
}

#[test]
fn every_name_under_which_a_browser_keeps_something_is_in_the_inventory() {
    let names: String = places().map(|place| place.to_string() + "\n").collect();
    let mut keepers = 0;
    for folder in [
        "widgets/elements/js",
        "widgets/studio/js",
        "widgets/practice/js",
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(folder);
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let keeps = [
                "localStorage.setItem",
                "sessionStorage.setItem",
                "indexedDB.open",
            ]
            .iter()
            .any(|call| text.contains(call));
            // The device key is named by who asks for it.
            if !keeps || path.ends_with("device.js") {
                continue;
            }
            keepers += 1;
            let named: Vec<&str> = text
                .split(['\'', '`'])
                .filter(|piece| piece.starts_with("live") && piece.contains(['-', ':']))
                .map(|piece| piece.split("${").next().unwrap_or_default())
                .collect();
            assert!(
                !named.is_empty(),
                "{} keeps something without a name",
                path.display()
            );
            for name in named {
                assert!(
                    names.contains(name),
                    "{name} of {} is not in the inventory",
                    path.display()
                );
            }
        }
    }
    assert!(keepers >= 4, "{keepers} files keep something");
    assert!(names.contains("localStorage live:"));
}

#[test]
fn the_inventory_is_a_table_and_json_with_the_days_that_the_code_keeps() {
    let table = inventory::table();
    assert_eq!(table.lines().count(), ROWS.len() + 2);
    assert!(
        table
            .lines()
            .all(|line| line.matches(" | ").count() == 5 || line.starts_with("|---")),
        "{table}"
    );
    assert!(table.contains("365 days (retention.words, 1 to 3650)"));
    assert!(table.contains("1095 days (retention.log, 1 to 3650; cn: at least 1095)"));
    let json: serde_json::Value = serde_json::from_str(&inventory::json()).expect("it is JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(ROWS.len()));
    assert!(
        json[3]["places"][0]
            .as_str()
            .is_some_and(|place| place.contains("question"))
    );
}
