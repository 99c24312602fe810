//! What the kit holds and of what each file is made.

use std::path::{Path, PathBuf};

use crate::bundle::{Script, bundle};
use crate::declarations;
use crate::error::Error;
use crate::files::{Files, digest, gather, read};
use crate::module::{Made, Module};

const MODULES: [Module; 3] = [
    Module {
        name: "elements",
        compiled: "liveroom_elements.wasm",
        glue: "elements.js",
        resets: true,
    },
    Module {
        name: "practice",
        compiled: "liveroom_practice.wasm",
        glue: "practice.js",
        resets: false,
    },
    Module {
        name: "studio",
        compiled: "liveroom_studio.wasm",
        glue: "studio-glue.js",
        resets: true,
    },
];

const SCRIPTS: [Script; 12] = [
    Script {
        name: "liveroom.js",
        entry: "widgets/elements/js/liveroom.js",
        imports: &[
            "./elements.js",
            "./practice.js",
            "./plain.js",
            "./sender.js",
            "./sample.js",
            "./check.js",
            "./answerer.js",
            "./join.js",
            "./share.js",
            "./orders.js",
        ],
        fetches: &["elements.wasm", "practice.wasm", "lang/"],
    },
    Script {
        name: "answerer.js",
        entry: "widgets/elements/js/answerer.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "check.js",
        entry: "widgets/elements/js/check.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "join.js",
        entry: "widgets/elements/js/join.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "orders.js",
        entry: "widgets/elements/js/orders.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "plain.js",
        entry: "widgets/elements/js/plain.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "sample.js",
        entry: "widgets/elements/js/sample.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "sender.js",
        entry: "widgets/elements/js/sender.js",
        imports: &["./sign.js", "./excess.js"],
        fetches: &[],
    },
    Script {
        name: "excess.js",
        entry: "widgets/elements/js/excess.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "sign.js",
        entry: "widgets/elements/js/sign.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "share.js",
        entry: "widgets/elements/js/share.js",
        imports: &[],
        fetches: &[],
    },
    Script {
        name: "studio.js",
        entry: "widgets/studio/js/studio.js",
        imports: &["./studio-glue.js", "./practice.js", "./orders.js"],
        fetches: &["studio.wasm", "lang/"],
    },
];

/// What is taken as it is: the name in the kit, and the file or folder relative to the workspace.
const COPIES: [(&str, &str); 3] = [
    ("lang", "widgets/elements/lang"),
    ("liveroom.d.ts", "widgets/elements/js/liveroom.d.ts"),
    (
        "custom-elements.json",
        "widgets/elements/custom-elements.json",
    ),
];

/// Where the scripts' sources are, relative to the workspace.
const SOURCES: [&str; 2] = ["widgets/elements/js", "widgets/studio/js"];

/// This tool itself, by its sources: two builds of them may differ and still make the same kit.
const OWN_SOURCES: [&[u8]; 5] = [
    include_bytes!("../Cargo.toml"),
    include_bytes!("bundle.rs"),
    include_bytes!("kit.rs"),
    include_bytes!("module.rs"),
    include_bytes!("names.rs"),
];

/// A workspace from which a kit can be made.
pub(crate) struct Kit {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// Where half-made things are kept between runs.
    pub(crate) work: PathBuf,
    /// The modules to make and what the compiler made of them.
    modules: Vec<(&'static Module, Vec<u8>)>,
    /// Whether there is more to make than modules.
    is_whole: bool,
    /// A digest of the tools: what was made by others is made again.
    tools: String,
}

impl Kit {
    /// Reads the compiled modules in `wasm`, or the one that is named.
    ///
    /// # Errors
    /// When one of them is not there.
    pub(crate) fn locate(wasm: &Path, only: Option<&str>) -> Result<Self, Error> {
        let root = std::env::current_dir().map_err(Error::file(Path::new(".")))?;
        let wanted = MODULES
            .iter()
            .filter(|module| only.is_none_or(|only| only == module.name));
        let modules = wanted
            .map(|module| Ok((module, read(&wasm.join(module.compiled))?)))
            .collect::<Result<Vec<_>, Error>>()?;
        let lock = read(&root.join("demo/package-lock.json"))?;
        let tools = digest(OWN_SOURCES.into_iter().chain([lock.as_slice()]));
        Ok(Self {
            work: root.join("target/pack").join(only.unwrap_or("kit")),
            root,
            modules,
            is_whole: only.is_none(),
            tools,
        })
    }

    /// Returns a digest of everything that the kit is made of.
    ///
    /// # Errors
    /// When a source cannot be read.
    pub(crate) fn key(&self) -> Result<String, Error> {
        let types = declarations::messages();
        let mut sources = Files::new();
        let copied = COPIES.iter().map(|(_, source)| *source);
        for source in SOURCES.into_iter().chain(copied) {
            gather(&self.root.join(source), source, &mut sources)?;
        }
        let parts = sources
            .iter()
            .flat_map(|(name, bytes)| [name.as_bytes(), bytes]);
        let own = [self.tools.as_bytes(), types.as_bytes()];
        Ok(digest(parts.chain(own).chain(
            self.modules.iter().map(|(_, compiled)| compiled.as_slice()),
        )))
    }

    /// Makes every file of the kit.
    ///
    /// # Errors
    /// When a source is missing or a tool fails.
    pub(crate) fn make(&self) -> Result<Files, Error> {
        let mut files = Files::new();
        for (module, made) in self.make_modules()? {
            files.insert(format!("{}.wasm", module.name), read(&made.wasm)?);
            let glue = bundle(&self.root, &made.glue, &[], &[])?;
            files.insert(module.glue.to_owned(), glue);
        }
        if !self.is_whole {
            return Ok(files);
        }
        for (name, source) in COPIES {
            gather(&self.root.join(source), name, &mut files)?;
        }
        files.insert(
            "messages.d.ts".to_owned(),
            declarations::messages().into_bytes(),
        );
        for script in &SCRIPTS {
            let bundled = script.make(&self.root, &files)?;
            files.insert(script.name.to_owned(), bundled);
        }
        Ok(files)
    }

    /// Makes all modules at once: the optimiser uses one core a module.
    fn make_modules(&self) -> Result<Vec<(&Module, Made)>, Error> {
        let make = |module: &'static Module, compiled| {
            let made = module.make(compiled, self.tools.as_bytes(), &self.root, &self.work)?;
            Ok((module, made))
        };
        std::thread::scope(|scope| {
            let making: Vec<_> = self
                .modules
                .iter()
                .map(|(module, compiled)| scope.spawn(|| make(module, compiled)))
                .collect();
            making
                .into_iter()
                .map(|made| made.join().unwrap_or(Err(Error::Failed("a thread"))))
                .collect()
        })
    }
}
