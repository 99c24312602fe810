//! One compiled module: wasm-bindgen's glue, and the module itself as small as the optimiser can make it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_bindgen_cli_support::Bindgen;

use crate::error::Error;
use crate::files::digest;
use crate::names::Names;

/// A module of the workspace that pages load.
pub(crate) struct Module {
    /// The name of its files in the kit: `elements` for `elements.wasm`.
    pub(crate) name: &'static str,
    /// The compiler's file.
    pub(crate) compiled: &'static str,
    /// The name of its glue in the kit.
    pub(crate) glue: &'static str,
    /// Whether its glue can start afresh after a trap (`__wbg_reset_state`).
    pub(crate) resets: bool,
}

/// Where a module's glue and optimised binary lie.
pub(crate) struct Made {
    /// The glue, not yet bundled.
    pub(crate) glue: PathBuf,
    /// The binary that a page loads.
    pub(crate) wasm: PathBuf,
}

/// What browsers of the last years run. With `--all-features` the optimiser writes what Chromium refuses.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// In this order. Speed's passes (`-O3`) leave more bytes than size's (`-Oz`), and fewer once compressed; so does
/// laying functions of one name's beginning side by side, which has to be done before the names are left out.
/// The lowest kilobyte of memory is the far end of the stack, so that no pointer with an offset comes round to it.
const PASSES: [&str; 10] = [
    "--low-memory-unused",
    "-O3",
    "--converge",
    "--gufa",
    "-O3",
    "--reorder-functions-by-name",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--quiet",
];

/// A body that stands once and is called is more bytes as it lies, and fewer once compressed.
const UNINLINED: [&str; 3] = [
    "--flexible-inline-max-function-size=0",
    "--always-inline-max-function-size=2",
    "--one-caller-inline-max-function-size=0",
];

impl Module {
    /// Makes glue and binary, or finds them made before of the same bytes by the same tools.
    ///
    /// # Errors
    /// When the module cannot be read, is of another wasm-bindgen, or the optimiser fails.
    pub(crate) fn make(
        &self,
        compiled: &[u8],
        tools: &[u8],
        root: &Path,
        work: &Path,
    ) -> Result<Made, Error> {
        let key = digest([tools, compiled]);
        let dir = work.join(format!("{}-{}", self.name, &key[..16]));
        let made = Made {
            glue: dir.join(format!("{}.js", self.name)),
            wasm: dir.join(format!("{}.wasm", self.name)),
        };
        if made.wasm.exists() {
            return Ok(made);
        }
        forget(work, self.name)?;
        fs::create_dir_all(&dir).map_err(Error::file(&dir))?;
        self.bind(compiled, &dir)?;
        let bound = dir.join(format!("{}_bg.wasm", self.name));
        let whole = dir.join("optimising.wasm");
        optimise(root, &bound, &whole)?;
        // Last, and in one step: a binary with this name is a finished one.
        fs::rename(&whole, &made.wasm).map_err(Error::file(&made.wasm))?;
        Ok(made)
    }

    fn bind(&self, compiled: &[u8], dir: &Path) -> Result<(), Error> {
        let mut bindgen = Bindgen::new();
        bindgen.input_bytes(self.name, compiled.to_vec());
        bindgen.reset_state_function(self.resets).typescript(false);
        let failed = |cause: String| Error::Module(self.name, cause);
        let mut output = bindgen
            .web(true)
            .and_then(Bindgen::generate_output)
            .map_err(|cause| failed(cause.to_string()))?;
        let names = Names::give(&mut output, self.name).map_err(failed)?;
        output
            .emit(dir)
            .map_err(|cause| failed(cause.to_string()))?;
        let glue = dir.join(format!("{}.js", self.name));
        let written = fs::read_to_string(&glue).map_err(Error::file(&glue))?;
        fs::write(&glue, names.in_glue(&written)).map_err(Error::file(&glue))
    }
}

fn optimise(root: &Path, from: &Path, to: &Path) -> Result<(), Error> {
    let status = Command::new(root.join("demo/node_modules/.bin/wasm-opt"))
        .args(PASSES)
        .args(UNINLINED)
        .args(FEATURES)
        .arg(from)
        .arg("-o")
        .arg(to)
        .status()
        .map_err(|cause| Error::Tool("wasm-opt", cause))?;
    if status.success() {
        Ok(())
    } else {
        Err(Error::Failed("wasm-opt"))
    }
}

/// Removes what was made of earlier versions of a module.
fn forget(work: &Path, name: &str) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(work) else {
        return Ok(());
    };
    for entry in entries.flatten() {
        let older = entry
            .file_name()
            .to_str()
            .is_some_and(|found| found.starts_with(&format!("{name}-")));
        if older {
            fs::remove_dir_all(entry.path()).map_err(Error::file(&entry.path()))?;
        }
    }
    Ok(())
}
