//! Why a kit could not be made, each in one sentence that says what to do.

use std::path::{Path, PathBuf};

/// The reasons for which there is no kit.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The command line was not understood.
    #[error("usage: {0}")]
    Usage(&'static str),
    /// A file could not be read or written.
    #[error("{path}: {cause}", path = .0.display(), cause = .1)]
    File(PathBuf, std::io::Error),
    /// A compiled module is not one that wasm-bindgen understands.
    #[error(
        "{0} is not a module for this version of wasm-bindgen, build it again with ./demo/kit ({1})"
    )]
    Module(&'static str, String),
    /// The bundler or the optimiser is missing or cannot be started.
    #[error("{tool} cannot be started, install it with `npm ci` in demo/ ({cause})", tool = .0, cause = .1)]
    Tool(&'static str, std::io::Error),
    /// The bundler or the optimiser said no; it has printed why.
    #[error("{0} failed, its own words are above")]
    Failed(&'static str),
}

impl Error {
    /// Says which file an input or output error is about.
    pub(crate) fn file(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |cause| Self::File(path, cause)
    }
}
