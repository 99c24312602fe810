//! Writes a kit into a folder that may hold other things, and knows when there is nothing to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};

use serde_json::{Value, json};

use crate::error::Error;
use crate::files::{Files, digest, integrity};

/// The list of a kit's files, itself not among them.
const HASHES: &str = "hashes.json";

/// Writes the files and `hashes.json`, and removes what an earlier kit in the folder had and this one has not.
///
/// # Errors
/// When the folder cannot be written.
pub(crate) fn write(out: &Path, files: &Files) -> Result<(), Error> {
    for stale in listed(out)
        .into_iter()
        .filter(|name| !files.contains_key(name))
    {
        // It may be gone already, which is as well.
        let _ = fs::remove_file(out.join(stale));
    }
    for (name, bytes) in files {
        put(&out.join(name), bytes)?;
    }
    put(&out.join(HASHES), &hashes(files))
}

/// Returns whether a folder holds the kit that was made of what has this key.
pub(crate) fn is_made_of(work: &Path, out: &Path, key: &str) -> bool {
    let known = fs::read_to_string(stamp(work, out)).is_ok_and(|known| known == key);
    let names = listed(out);
    known && !names.is_empty() && names.iter().all(|name| out.join(name).exists())
}

/// Remembers of what the folder's kit was made.
///
/// # Errors
/// When the note cannot be written.
pub(crate) fn remember(work: &Path, out: &Path, key: &str) -> Result<(), Error> {
    put(&stamp(work, out), key.as_bytes())
}

fn stamp(work: &Path, out: &Path) -> std::path::PathBuf {
    work.join(format!(
        "{}.stamp",
        &digest([out.as_os_str().as_encoded_bytes()])[..16]
    ))
}

fn hashes(files: &Files) -> Vec<u8> {
    let entry = |bytes: &Vec<u8>| json!({ "bytes": bytes.len(), "integrity": integrity(bytes) });
    let list: BTreeMap<_, Value> = files
        .iter()
        .map(|(name, bytes)| (name, entry(bytes)))
        .collect();
    format!("{:#}\n", json!(list)).into_bytes()
}

/// Returns the names in a folder's own list; a name that leads out of the folder is none.
fn listed(out: &Path) -> Vec<String> {
    let list = fs::read(out.join(HASHES))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let Some(Value::Object(list)) = list else {
        return Vec::new();
    };
    let inside = |name: &String| {
        Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)))
    };
    list.into_iter()
        .map(|(name, _)| name)
        .filter(inside)
        .collect()
}

/// Writes a file beside its place and moves it there, so that a server that is running never reads half of it.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    let half = path.with_extension("half");
    fs::write(&half, bytes).map_err(Error::file(&half))?;
    fs::rename(&half, path).map_err(Error::file(path))
}
