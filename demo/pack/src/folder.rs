//! Writes a kit into a folder that may hold other things, and knows when there is nothing to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};

use serde_json::{Value, json};

use crate::error::Error;
use crate::files::{Files, digest, integrity};

/// The list of a kit's files, itself not among them.
const HASHES: &str = "hashes.json";

/// Writes the files, the compressed forms of those that pages load, and `hashes.json`; removes what an earlier kit in
/// the folder had and this one has not.
///
/// # Errors
/// When the folder cannot be written or nothing compresses.
pub(crate) fn write(out: &Path, files: &Files, compress: Compress) -> Result<(), Error> {
    for stale in listed(out).iter().filter(|name| !files.contains_key(*name)) {
        // They may be gone already, which is as well.
        let _ = fs::remove_file(out.join(stale));
        let _ = fs::remove_file(out.join(compressed(stale)));
    }
    for (name, bytes) in files {
        let small = out.join(compressed(name));
        if is_loaded(name) && !(small.exists() && has(&out.join(name), bytes)) {
            put(&small, &compress(bytes)?)?;
        }
        put(&out.join(name), bytes)?;
    }
    put(&out.join(HASHES), &hashes(files))
}

/// Makes a file's compressed form.
pub(crate) type Compress<'a> = &'a dyn Fn(&[u8]) -> Result<Vec<u8>, Error>;

/// Whether pages load a file, so that a server wants its compressed form beside it.
fn is_loaded(name: &str) -> bool {
    let is_in_a_language = name.starts_with("lang/");
    is_in_a_language || [".js", ".wasm"].iter().any(|end| name.ends_with(end))
}

fn compressed(name: &str) -> String {
    format!("{name}.br")
}

fn has(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|found| found == bytes)
}

/// Returns whether a folder holds the kit that was made of what has this key.
pub(crate) fn is_made_of(work: &Path, out: &Path, key: &str) -> bool {
    let known = fs::read_to_string(stamp(work, out)).is_ok_and(|known| known == key);
    let names = listed(out);
    let is_whole = |name: &String| {
        out.join(name).exists() && (!is_loaded(name) || out.join(compressed(name)).exists())
    };
    known && !names.is_empty() && names.iter().all(is_whole)
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    /// A folder of its own for a test, gone when the test is over.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(name: &str) -> Self {
            let folder = format!("liveroom-pack-{}-{name}", std::process::id());
            Self(std::env::temp_dir().join(folder))
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn write(out: &Path, files: &Files) -> Result<(), Error> {
        super::write(out, files, &|bytes| Ok(bytes.to_vec()))
    }

    fn files(names: &[&str]) -> Files {
        let named = names
            .iter()
            .map(|name| ((*name).to_owned(), name.as_bytes().to_vec()));
        named.collect()
    }

    #[test]
    fn a_kit_of_the_same_sources_is_up_to_date() {
        let scratch = Scratch::new("same");
        let (work, out) = (scratch.0.join("work"), scratch.0.join("out"));
        assert!(!is_made_of(&work, &out, "key"), "nothing was made yet");
        write(&out, &files(&["liveroom.js", "lang/en.json"])).unwrap();
        remember(&work, &out, "key").unwrap();
        assert!(is_made_of(&work, &out, "key"));
        assert!(!is_made_of(&work, &out, "another key"));
        fs::remove_file(out.join("lang/en.json")).unwrap();
        assert!(!is_made_of(&work, &out, "key"), "a file is missing");
    }

    #[test]
    fn what_an_earlier_kit_had_is_removed_and_all_else_stays() {
        let scratch = Scratch::new("stale");
        let out = scratch.0.join("out");
        write(&out, &files(&["old.js", "liveroom.js"])).unwrap();
        fs::write(out.join("notes.txt"), "somebody's").unwrap();
        write(&out, &files(&["liveroom.js"])).unwrap();
        assert!(!out.join("old.js").exists() && !out.join("old.js.br").exists());
        assert!(out.join("liveroom.js").exists() && out.join("notes.txt").exists());
    }

    #[test]
    fn a_compressed_form_is_made_again_when_its_file_changes() {
        let scratch = Scratch::new("compressed");
        let out = scratch.0.join("out");
        let small = out.join("liveroom.js.br");
        write(&out, &files(&["liveroom.js"])).unwrap();
        assert_eq!(fs::read(&small).unwrap(), b"liveroom.js");
        let changed = Files::from([("liveroom.js".to_owned(), b"changed".to_vec())]);
        write(&out, &changed).unwrap();
        assert_eq!(fs::read(&small).unwrap(), b"changed");
    }

    #[test]
    fn a_listed_name_never_leads_out_of_the_folder() {
        let scratch = Scratch::new("outside");
        let out = scratch.0.join("out");
        write(&out, &files(&["liveroom.js"])).unwrap();
        let outside = scratch.0.join("outside.txt");
        fs::write(&outside, "somebody's").unwrap();
        fs::write(
            out.join(HASHES),
            br#"{"../outside.txt": {}, "/etc/hosts": {}}"#,
        )
        .unwrap();
        write(&out, &files(&["liveroom.js"])).unwrap();
        assert!(outside.exists());
    }

    #[test]
    fn the_list_has_sizes_and_integrities_as_browsers_reckon_them() {
        let list: Value = serde_json::from_slice(&hashes(&files(&[""]))).unwrap();
        assert_eq!(list[""]["bytes"], 0);
        assert_eq!(
            list[""]["integrity"],
            "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
        );
    }
}
