//! What only a release has: the schema of the messages, the package for npm, the quick start, the texts.

use std::path::Path;

use crate::error::Error;
use crate::files::{Files, read};

/// Adds the release's own files to the kit's.
///
/// # Errors
/// When a text of the workspace cannot be read.
pub(crate) fn add(root: &Path, files: &mut Files) -> Result<(), Error> {
    files.insert(
        "quickstart.html".to_owned(),
        include_bytes!("../quickstart.html").to_vec(),
    );
    files.insert("package.json".to_owned(), package());
    files.insert(
        "schema.json".to_owned(),
        liveroom_protocol::schema::json().into_bytes(),
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
    Ok(())
}

/// The package as bundlers see it: two scripts with a side effect (they define elements), and files beside them.
/// A text and not a value, because the order of an export's conditions counts.
fn package() -> Vec<u8> {
    include_str!("../npm.json")
        .replace("VERSION", env!("CARGO_PKG_VERSION"))
        .into_bytes()
}
