//! Where something of somebody may be found: every byte of the data folder and of the server's own log, and every export.

use crate::crowd::Person;
use crate::room::Room;
use liveroom_tests::process::Fault;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What can be read of the room, by an owner who may read everything.
const EXPORTS: [&str; 26] = [
    "",
    "/claims?activity=pot",
    "/claims?activity=pot&format=csv",
    "/claims?activity=deal",
    "/claims?activity=deal&format=csv",
    "/questions?activity=ask",
    "/questions?activity=ask&format=csv",
    "/comments?activity=how",
    "/comments?activity=how&format=csv",
    "/audit",
    "/audit?format=csv",
    "/keys",
    "/hooks",
    "/alerts",
    "/run",
    "/ticket-key",
    "/insights",
    "/insights?show=all",
    "/export.csv?show=all",
    "/export.json?show=all",
    "/moments.vtt?show=all",
    "/draws/pot",
    "/draws/pot?roll=no",
    "/desk/pot",
    "/desk/deal",
    "/erasures",
];

/// Where what of whom was found: places by the mark or the name in reports.
pub(crate) type Found = BTreeMap<String, BTreeSet<String>>;

/// Looks for all that is these people's.
pub(crate) async fn search(
    room: &Room,
    folder: &Path,
    people: impl Iterator<Item = &Person>,
) -> Result<Found, Fault> {
    let people: Vec<&Person> = people.collect();
    let mut found = Found::new();
    for (place, bytes) in files(folder)? {
        look(&people, &place, &bytes, &mut found);
    }
    for path in EXPORTS {
        let text = room.read(path).await?;
        look(&people, &format!("GET {path}"), text.as_bytes(), &mut found);
    }
    let events = events(room).await?;
    look(&people, "GET /events", events.as_bytes(), &mut found);
    Ok(found)
}

/// All that a shop's server can be told of the room, from the beginning.
async fn events(room: &Room) -> Result<String, Fault> {
    let mut all = String::new();
    let mut after = String::new();
    loop {
        let text = room.read(&format!("/events?limit=100{after}")).await?;
        let batch: Vec<Value> = serde_json::from_str(&text)?;
        let Some(last) = batch.last() else {
            let none = all.is_empty().then(|| Fault::from("no events"));
            return none.map_or(Ok(all), Err);
        };
        after = format!(
            "&after={}",
            last["id"].as_str().ok_or("an event has no id")?
        );
        all.push_str(&text);
    }
}

/// Every file below a folder, whole.
pub(crate) fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.display().to_string(), fs::read(&path)?));
            }
        }
    }
    Ok(files)
}

fn look(people: &[&Person], place: &str, bytes: &[u8], found: &mut Found) {
    // As SQLite and JSON write it, and as text of two bytes a character.
    for person in people {
        for needle in [&person.mark, &person.me] {
            if has(bytes, needle.as_bytes()) {
                let places = found.entry(needle.clone()).or_default();
                places.insert(place.to_owned());
            }
        }
    }
}

fn has(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else {
        return true;
    };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| byte == first) {
        rest = &rest[at..];
        if rest.starts_with(needle) {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has;

    #[test]
    fn a_needle_is_found_wherever_it_lies() {
        assert!(has(b"aaab", b"ab") && has(b"ab", b"ab") && has(b"xxabyy", b"ab"));
        assert!(!has(b"aaa", b"ab") && !has(b"", b"ab") && !has(b"a", b"ab"));
    }
}
