//! Makes the files a page loads out of the compiled modules and the JavaScript beside them.
//!
//! Reading order: `kit` says what is made of what, `module` turns one compiled module into glue and an optimised
//! `.wasm`, which call each other by `names`, `bundle` gathers JavaScript, `folder` writes the result, `release` adds
//! what only a release has.

mod bundle;
mod declarations;
mod error;
mod files;
mod folder;
mod kit;
mod module;
mod names;
mod release;

use std::path::PathBuf;
use std::process::ExitCode;

use error::Error;

/// What was asked for on the command line.
struct Ask {
    /// Where the compiled modules are, `liveroom_elements.wasm` and so on.
    wasm: PathBuf,
    /// The folder to write.
    out: PathBuf,
    /// Whether to add what only a release has.
    release: bool,
    /// The one module to make, for a test that needs no more.
    only: Option<String>,
}

const USAGE: &str = "liveroom-pack --wasm DIR --out DIR [--release | --only MODULE]";

fn main() -> ExitCode {
    match ask(std::env::args().skip(1)).and_then(|ask| run(&ask)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("liveroom-pack: {error}");
            ExitCode::FAILURE
        }
    }
}

fn ask(mut words: impl Iterator<Item = String>) -> Result<Ask, Error> {
    let (mut wasm, mut out, mut release, mut only) = (None, None, false, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--wasm" => wasm = words.next().map(PathBuf::from),
            "--out" => out = words.next().map(PathBuf::from),
            "--release" => release = true,
            "--only" => only = words.next(),
            _ => return Err(Error::Usage(USAGE)),
        }
    }
    match (wasm, out) {
        (Some(wasm), Some(out)) => Ok(Ask {
            wasm,
            out,
            release,
            only,
        }),
        _ => Err(Error::Usage(USAGE)),
    }
}

fn run(ask: &Ask) -> Result<(), Error> {
    let kit = kit::Kit::locate(&ask.wasm, ask.only.as_deref())?;
    let key = kit.key()?;
    if !ask.release && folder::is_made_of(&kit.work, &ask.out, &key) {
        eprintln!("The kit is up to date: {}", ask.out.display());
        return Ok(());
    }
    let mut files = kit.make()?;
    let lines = match ask.release {
        true => release::add(&kit.root, &mut files)?,
        false => Vec::new(),
    };
    folder::write(&ask.out, &files, &|bytes| {
        bundle::compress(&kit.root, bytes)
    })?;
    if !ask.release {
        folder::remember(&kit.work, &ask.out, &key)?;
    }
    eprintln!(
        "The kit is made: {} files in {}",
        files.len(),
        ask.out.display()
    );
    for line in lines {
        println!("{line}");
    }
    Ok(())
}
