//! What only a release has: the schema of the messages, the description of the HTTP, the package for npm, the quick start, the texts.

use std::path::Path;

use crate::error::Error;
use crate::files::{Files, integrity, read};

/// How a text says that a file's digest belongs here.
const DIGEST: &str = "sha384-…";

/// Adds the release's own files to the kit's, and returns the lines with which a page loads its scripts by their integrity.
///
/// # Errors
/// When a text of the workspace cannot be read.
pub(crate) fn add(root: &Path, files: &mut Files) -> Result<Vec<String>, Error> {
    files.insert(
        "quickstart.html".to_owned(),
        include_bytes!("../quickstart.html").to_vec(),
    );
    files.insert("package.json".to_owned(), package());
    files.insert(
        "schema.json".to_owned(),
        liveroom_protocol::schema::json().into_bytes(),
    );
    files.insert(
        "openapi.json".to_owned(),
        include_bytes!("../../openapi.json").to_vec(),
    );
    for text in [
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "LICENSE-MIT",
        "LICENSE-APACHE",
    ] {
        let path = root.join(text);
        if path.exists() {
            files.insert(text.to_owned(), read(&path)?);
        }
    }
    let Some(readme) = files.get("README.md") else {
        return Ok(Vec::new());
    };
    let (filled, lines) = filled(&String::from_utf8_lossy(readme), files);
    let whole = beside(root, &filled, files)?;
    files.insert("README.md".to_owned(), whole.into_bytes());
    Ok(lines)
}

/// Adds what a text links to, and returns it without the links to folders, which a release does not have.
fn beside(root: &Path, text: &str, files: &mut Files) -> Result<String, Error> {
    let mut whole = text.to_owned();
    for target in linked(text) {
        let path = root.join(target);
        if path.is_dir() {
            whole = whole.replace(&format!("[{target}]({target})"), &format!("`{target}`"));
        } else if path.exists() && !files.contains_key(target) {
            files.insert(target.to_owned(), read(&path)?);
        }
    }
    Ok(whole)
}

/// What a text links to in its own folder.
fn linked(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1);
    let targets = targets.filter_map(|rest| Some(rest.split_once(')')?.0));
    targets.filter(|target| !target.contains(':') && !target.starts_with('#'))
}

/// Returns a text in which the version and the digest stand in each line that loads a script of the kit, and those lines alone.
fn filled(text: &str, files: &Files) -> (String, Vec<String>) {
    let mut lines = Vec::new();
    let fill = |line: &str| {
        let named = files
            .iter()
            .find(|(name, _)| line.contains(&format!("/VERSION/{name}\"")));
        let Some((_, bytes)) = named.filter(|_| line.contains(DIGEST)) else {
            return line.to_owned();
        };
        let line = line
            .replace("VERSION", env!("CARGO_PKG_VERSION"))
            .replace(DIGEST, &integrity(bytes));
        lines.push(line.trim_end().to_owned());
        line
    };
    let text = text.split_inclusive('\n').map(fill).collect();
    (text, lines)
}

/// The package as bundlers see it: two scripts with a side effect (they define elements), and files beside them.
/// A text and not a value, because the order of an export's conditions counts.
fn package() -> Vec<u8> {
    include_str!("../npm.json")
        .replace("VERSION", env!("CARGO_PKG_VERSION"))
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_loads_a_script_is_given_its_version_and_its_digest_and_no_other_line_is_changed()
    {
        let files = Files::from([("a.js".to_owned(), b"a".to_vec())]);
        let line = "<script src=\"/kit/VERSION/a.js\" integrity=\"sha384-…\"></script>";
        let text = format!(
            "VERSION sha384-…\n{line}\n<script src=\"/kit/VERSION/b.js\" integrity=\"sha384-…\">\n"
        );
        let (filled, lines) = filled(&text, &files);
        let whole = line
            .replace("VERSION", env!("CARGO_PKG_VERSION"))
            .replace("sha384-…", &integrity(b"a"));
        assert_eq!(filled, text.replace(line, &whole));
        assert_eq!(lines, [whole]);
    }
}
