//! What the kit holds and of what each file is made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use sha2::{Digest, Sha256, Sha384};

use crate::bundle::Bundle;
use crate::error::Error;
use crate::module::{Made, Module};

/// The files of a kit by name; `lang/en.json` is a name too.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

const MODULES: [Module; 3] = [
    Module { name: "elements", compiled: "liveroom_elements", glue: "elements.js", resets: true },
    Module { name: "practice", compiled: "liveroom_practice", glue: "practice.js", resets: false },
    Module { name: "studio", compiled: "liveroom_studio", glue: "studio-glue.js", resets: true },
];

/// A script of the kit that is bundled from sources.
struct Script {
    /// Its name in the kit.
    name: &'static str,
    /// The source that imports the rest, relative to the workspace.
    entry: &'static str,
    /// Files of the kit that it imports only when they are needed.
    imports: &'static [&'static str],
    /// How the names of the files begin that it fetches by their integrity.
    fetches: &'static [&'static str],
}

const SCRIPTS: [Script; 3] = [
    Script {
        name: "liveroom.js",
        entry: "widgets/elements/js/liveroom.js",
        imports: &["./elements.js", "./practice.js", "./plain.js"],
        fetches: &["elements.wasm", "practice.wasm", "lang/"],
    },
    Script { name: "plain.js", entry: "widgets/elements/js/plain.js", imports: &[], fetches: &[] },
    Script {
        name: "studio.js",
        entry: "widgets/studio/js/studio.js",
        imports: &["./studio-glue.js"],
        fetches: &["studio.wasm", "lang/"],
    },
];

/// Everything outside the compiled modules that the kit is made of, relative to the workspace.
const SOURCES: [&str; 6] = [
    "widgets/elements/js",
    "widgets/elements/lang",
    "widgets/elements/custom-elements.json",
    "widgets/studio/js",
    "demo/package-lock.json",
    "Cargo.toml",
];

/// A workspace from which a kit can be made.
pub(crate) struct Kit {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Where half-made things are kept between runs.
    pub(crate) work: PathBuf,
    /// The compiled modules, in the order of `MODULES`.
    compiled: Vec<Vec<u8>>,
    /// A digest of the tools: a module made by other tools is made again.
    tools: String,
}

impl Kit {
    /// Reads the compiled modules in `wasm`.
    ///
    /// # Errors
    /// When one of them is not there.
    pub(crate) fn locate(wasm: &Path) -> Result<Self, Error> {
        // Known since this tool was compiled; the workspace may have been moved since, so the current folder wins.
        let root = std::env::current_dir().map_err(Error::file(Path::new(".")))?;
        let compiled = MODULES.iter().map(|module| {
            let path = wasm.join(format!("{}.wasm", module.compiled));
            if path.exists() { read(&path) } else { Ok(Vec::new()) }
        });
        let compiled = compiled.collect::<Result<_, _>>()?;
        let own = std::env::current_exe().map_err(Error::file(Path::new("liveroom-pack")))?;
        let tools = digest([read(&own)?.as_slice(), &read(&root.join("demo/package-lock.json"))?]);
        Ok(Self { work: root.join("target/pack"), root, compiled, tools })
    }

    /// Returns a digest of everything that the kit is made of.
    ///
    /// # Errors
    /// When a source cannot be read.
    pub(crate) fn key(&self) -> Result<String, Error> {
        let mut sources = Files::new();
        for source in SOURCES {
            gather(&self.root.join(source), source, &mut sources)?;
        }
        let parts = sources.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
        Ok(digest(parts.chain([self.tools.as_bytes()]).chain(self.compiled.iter().map(Vec::as_slice))))
    }

    /// Makes every file of the kit.
    ///
    /// # Errors
    /// When a source is missing or a tool fails.
    pub(crate) fn make(&self) -> Result<Files, Error> {
        let mut files = Files::new();
        let there = MODULES.iter().zip(&self.compiled).filter(|(_, bytes)| !bytes.is_empty());
        for ((module, _), made) in there.zip(self.modules()?) {
            files.insert(format!("{}.wasm", module.name), read(&made.wasm)?);
            let glue = Bundle { entry: &made.glue, external: &[], define: &[] };
            files.insert(module.glue.to_owned(), glue.make(&self.root)?);
        }
        let elements = self.root.join("widgets/elements");
        gather(&elements.join("lang"), "lang", &mut files)?;
        for (name, from) in [("liveroom.d.ts", "js/liveroom.d.ts"), ("custom-elements.json", "custom-elements.json")] {
            gather(&elements.join(from), name, &mut files)?;
        }
        for script in &SCRIPTS {
            let define = [
                ("KIT_VERSION", format!("\"{}\"", env!("CARGO_PKG_VERSION"))),
                ("KIT_INTEGRITY", integrities(&files, script.fetches)),
            ];
            let entry = self.root.join(script.entry);
            if !entry.exists() {
                eprintln!("{} is not there yet.", script.entry);
                continue;
            }
            let bundle = Bundle { entry: &entry, external: script.imports, define: &define };
            files.insert(script.name.to_owned(), bundle.make(&self.root)?);
        }
        Ok(files)
    }

    /// Makes all modules at once: the optimiser uses one core a module.
    fn modules(&self) -> Result<Vec<Made>, Error> {
        std::thread::scope(|scope| {
            let making: Vec<_> = MODULES
                .iter()
                .zip(&self.compiled)
                .filter(|(_, bytes)| !bytes.is_empty())
                .map(|(module, bytes)| scope.spawn(|| module.make(bytes, self.tools.as_bytes(), &self.root, &self.work)))
                .collect();
            making.into_iter().map(|made| made.join().unwrap_or(Err(Error::Failed("a thread")))).collect()
        })
    }
}

/// Returns the integrity attribute's value for a file.
pub(crate) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", base64::engine::general_purpose::STANDARD.encode(Sha384::digest(bytes)))
}

/// Returns the integrity of each file that a script fetches itself, as JSON.
fn integrities(files: &Files, fetches: &[&str]) -> String {
    let fetched = files.iter().filter(|(name, _)| fetches.iter().any(|start| name.starts_with(start)));
    serde_json::Value::from_iter(fetched.map(|(name, bytes)| (name.clone(), integrity(bytes)))).to_string()
}

/// Returns one digest of several byte strings, in hexadecimal; where one ends and the next begins counts.
pub(crate) fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, with its name.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::file(path))
}

/// Reads a file, or all files of a folder and its folders, under names that begin with `name`.
fn gather(path: &Path, name: &str, files: &mut Files) -> Result<(), Error> {
    if !path.exists() {
        eprintln!("{name} is not there yet.");
        return Ok(());
    }
    if !path.is_dir() {
        files.insert(name.to_owned(), read(path)?);
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(Error::file(path))? {
        let entry = entry.map_err(Error::file(path))?;
        if let Some(child) = entry.file_name().to_str().filter(|child| !child.starts_with('.')) {
            gather(&entry.path(), &format!("{name}/{child}"), files)?;
        }
    }
    Ok(())
}
