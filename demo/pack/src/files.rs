//! Files in memory: read, gathered from folders, and known by their digests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine;
use sha2::{Digest, Sha256, Sha384};

use crate::error::Error;

/// Files by name; `lang/en.json` is a name too.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Returns the integrity attribute's value for a file.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!(
        "sha384-{}",
        base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes))
    )
}

/// Returns one digest of several byte strings, in hexadecimal; where one ends and the next begins counts.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, with its name.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file(path))
}

/// Reads a file, or all files of a folder and its folders, under names that begin with `name`.
///
/// # Errors
/// When something in it cannot be read.
pub(crate) fn gather(path: &Path, name: &str, files: &mut Files) -> Result<(), Error> {
    if !path.is_dir() {
        files.insert(name.to_owned(), read(path)?);
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(Error::file(path))? {
        let entry = entry.map_err(Error::file(path))?;
        if let Some(child) = entry
            .file_name()
            .to_str()
            .filter(|child| !child.starts_with('.'))
        {
            gather(&entry.path(), &format!("{name}/{child}"), files)?;
        }
    }
    Ok(())
}
