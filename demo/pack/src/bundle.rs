//! JavaScript: one bundled, minified module out of an entry file and all it imports.

use std::path::Path;
use std::process::Command;

use crate::error::Error;

/// What a bundle is made of.
pub(crate) struct Bundle<'a> {
    /// The file that imports the rest.
    pub(crate) entry: &'a Path,
    /// Names beside the entry that stay dynamic imports of files of their own.
    pub(crate) external: &'a [&'a str],
    /// Constants of the sources and their values as JSON.
    pub(crate) define: &'a [(&'a str, String)],
}

impl Bundle<'_> {
    /// Returns the bundle's text.
    ///
    /// # Errors
    /// When the bundler cannot be started or finds an error, which it prints.
    pub(crate) fn make(&self, root: &Path) -> Result<Vec<u8>, Error> {
        let folder = self.entry.parent().unwrap_or(root);
        let output = Command::new(root.join("demo/node_modules/.bin/esbuild"))
            // Relative externals are resolved from here.
            .current_dir(folder)
            .arg(self.entry)
            .args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"])
            .args(["--legal-comments=none", "--log-level=warning"])
            .args(self.external.iter().map(|name| format!("--external:{name}")))
            .args(self.define.iter().map(|(name, value)| format!("--define:{name}={value}")))
            .stderr(std::process::Stdio::inherit())
            .output()
            .map_err(|cause| Error::Tool("esbuild", cause))?;
        if output.status.success() { Ok(output.stdout) } else { Err(Error::Failed("esbuild")) }
    }
}
