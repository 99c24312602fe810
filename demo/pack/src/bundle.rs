//! JavaScript: one bundled, minified module out of an entry file and all it imports; and what Node compresses.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::error::Error;
use crate::files::{Files, integrity};

/// A script of the kit that is bundled from sources.
pub(crate) struct Script {
    /// Its name in the kit.
    pub(crate) name: &'static str,
    /// The source that imports the rest, relative to the workspace.
    pub(crate) entry: &'static str,
    /// Files of the kit that it imports only when they are needed.
    pub(crate) imports: &'static [&'static str],
    /// How the names of the files begin that it fetches by their integrity.
    pub(crate) fetches: &'static [&'static str],
}

impl Script {
    /// Returns the script's text, with `KIT_VERSION` and `KIT_INTEGRITY` (a name's integrity) filled in.
    ///
    /// # Errors
    /// When the bundler cannot be started or finds an error, which it prints.
    pub(crate) fn make(&self, root: &Path, files: &Files) -> Result<Vec<u8>, Error> {
        let constants = [
            ("KIT_VERSION", Value::from(env!("CARGO_PKG_VERSION"))),
            ("KIT_INTEGRITY", self.integrities(files)),
        ];
        bundle(root, &root.join(self.entry), self.imports, &constants)
    }

    fn integrities(&self, files: &Files) -> Value {
        let is_fetched = |name: &str| self.fetches.iter().any(|start| name.starts_with(start));
        let fetched = files.iter().filter(|(name, _)| is_fetched(name));
        Value::from_iter(fetched.map(|(name, bytes)| (name.clone(), integrity(bytes))))
    }
}

/// Returns an entry file and all it imports as one module; the names in `external` stay imports.
///
/// # Errors
/// When the bundler cannot be started or finds an error, which it prints.
pub(crate) fn bundle(
    root: &Path,
    entry: &Path,
    external: &[&str],
    constants: &[(&str, Value)],
) -> Result<Vec<u8>, Error> {
    let output = Command::new(esbuild(root))
        // Relative names of external files are resolved from here.
        .current_dir(entry.parent().unwrap_or(root))
        // What is bundled of other packages lies beside the bundler.
        .env("NODE_PATH", root.join("demo/node_modules"))
        .arg(entry)
        .args(["--bundle", "--minify", "--format=esm", "--target=es2022"])
        .args([
            "--charset=utf8",
            "--legal-comments=none",
            "--log-level=warning",
        ])
        .args(external.iter().map(|name| format!("--external:{name}")))
        .args(
            constants
                .iter()
                .map(|(name, value)| format!("--define:{name}={value}")),
        )
        .stderr(Stdio::inherit())
        .output()
        .map_err(|cause| Error::Tool("esbuild", cause))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Error::Failed("esbuild"))
    }
}

/// The bundler itself. The script of its name beside it would print its own misfortune after every error of a source.
fn esbuild(root: &Path) -> PathBuf {
    let builds = fs::read_dir(root.join("demo/node_modules/@esbuild"));
    let mut builds = builds.into_iter().flatten().flatten();
    let script = || root.join("demo/node_modules/.bin/esbuild");
    let native = builds.next().map(|build| build.path().join("bin/esbuild"));
    native.filter(|path| path.exists()).unwrap_or_else(script)
}

/// Returns bytes as browsers fetch them, compressed by brotli at its best.
///
/// # Errors
/// When Node cannot be started.
pub(crate) fn compress(root: &Path, bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let tool = |cause| Error::Tool("node", cause);
    let mut node = Command::new("node")
        .arg(root.join("demo/pack/compress.mjs"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(tool)?;
    // All is read before anything is written, so neither side waits for the other. Dropping the pipe ends the input.
    node.stdin
        .take()
        .map_or(Ok(()), |mut input| input.write_all(bytes))
        .map_err(tool)?;
    let output = node.wait_with_output().map_err(tool)?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(Error::Failed("node demo/pack/compress.mjs"))
    }
}
