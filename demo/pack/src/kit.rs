//! What the kit holds and of what each file is made.

use std::path::{Path, PathBuf};

use crate::bundle::{Script, bundle};
use crate::error::Error;
use crate::files::{Files, digest, gather, read};
use crate::module::{Made, Module};

const MODULES: [Module; 3] = [
    Module {
        name: "elements",
        compiled: "liveroom_elements",
        glue: "elements.js",
        resets: true,
    },
    Module {
        name: "practice",
        compiled: "liveroom_practice",
        glue: "practice.js",
        resets: false,
    },
    Module {
        name: "studio",
        compiled: "liveroom_studio",
        glue: "studio-glue.js",
        resets: true,
    },
];

const SCRIPTS: [Script; 3] = [
    Script {
        name: "liveroom.js",
        entry: "widgets/elements/js/liveroom.js",
        imports: &["./elements.js", "./practice.js", "./plain.js"],
        fetches: &["elements.wasm", "practice.wasm", "lang/"],
    },
    Script {
        name: "plain.js",
        entry: "widgets/elements/js/plain.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "studio.js",
        entry: "widgets/studio/js/studio.js",
        imports: &["./studio-glue.js"],
        fetches: &["studio.wasm", "lang/"],
    },
];

/// Everything outside the compiled modules that the kit is made of, relative to the workspace.
const SOURCES: [&str; 4] = [
    "widgets/elements/js",
    "widgets/elements/lang",
    "widgets/elements/custom-elements.json",
    "widgets/studio/js",
];

/// This tool itself, by its sources: two builds of them may differ and still make the same kit.
const OWN_SOURCES: [&[u8]; 4] = [
    include_bytes!("../Cargo.toml"),
    include_bytes!("bundle.rs"),
    include_bytes!("kit.rs"),
    include_bytes!("module.rs"),
];

/// A workspace from which a kit can be made.
pub(crate) struct Kit {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Where half-made things are kept between runs.
    pub(crate) work: PathBuf,
    /// The compiled modules, in the order of `MODULES`.
    compiled: Vec<Vec<u8>>,
    /// A digest of the tools: what was made by others is made again.
    tools: String,
}

impl Kit {
    /// Reads the compiled modules in `wasm`.
    ///
    /// # Errors
    /// When one of them is not there.
    pub(crate) fn locate(wasm: &Path) -> Result<Self, Error> {
        let root = std::env::current_dir().map_err(Error::file(Path::new(".")))?;
        let compiled = MODULES.iter().map(|module| {
            let path = wasm.join(format!("{}.wasm", module.compiled));
            if path.exists() {
                read(&path)
            } else {
                Ok(Vec::new())
            }
        });
        let compiled = compiled.collect::<Result<_, _>>()?;
        let lock = read(&root.join("demo/package-lock.json"))?;
        let tools = digest(OWN_SOURCES.into_iter().chain([lock.as_slice()]));
        Ok(Self {
            work: root.join("target/pack"),
            root,
            compiled,
            tools,
        })
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
        let parts = sources
            .iter()
            .flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
        Ok(digest(
            parts
                .chain([self.tools.as_bytes()])
                .chain(self.compiled.iter().map(Vec::as_slice)),
        ))
    }

    /// Makes every file of the kit.
    ///
    /// # Errors
    /// When a source is missing or a tool fails.
    pub(crate) fn make(&self) -> Result<Files, Error> {
        let mut files = Files::new();
        let there = MODULES
            .iter()
            .zip(&self.compiled)
            .filter(|(_, bytes)| !bytes.is_empty());
        for ((module, _), made) in there.zip(self.modules()?) {
            files.insert(format!("{}.wasm", module.name), read(&made.wasm)?);
            let glue = bundle(&self.root, &made.glue, &[], &[])?;
            files.insert(module.glue.to_owned(), glue);
        }
        let elements = self.root.join("widgets/elements");
        gather(&elements.join("lang"), "lang", &mut files)?;
        for (name, from) in [
            ("liveroom.d.ts", "js/liveroom.d.ts"),
            ("custom-elements.json", "custom-elements.json"),
        ] {
            gather(&elements.join(from), name, &mut files)?;
        }
        for script in &SCRIPTS {
            if !self.root.join(script.entry).exists() {
                eprintln!("{} is not there yet.", script.entry);
                continue;
            }
            let bundled = script.make(&self.root, &files)?;
            files.insert(script.name.to_owned(), bundled);
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
                .map(|(module, bytes)| {
                    scope
                        .spawn(|| module.make(bytes, self.tools.as_bytes(), &self.root, &self.work))
                })
                .collect();
            making
                .into_iter()
                .map(|made| made.join().unwrap_or(Err(Error::Failed("a thread"))))
                .collect()
        })
    }
}
