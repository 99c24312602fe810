//! Why a server could not start: each a sentence that says what to do.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// Why a server could not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another program listens there.
    #[error("port {} is taken: stop what listens there, or choose another with --port", .0.port())]
    PortTaken(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Address(SocketAddr, io::Error),
    /// The data folder cannot be written.
    #[error("cannot write in {}: choose another folder with --data, or let this user write there ({why})", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system said.
        why: String,
    },
    /// The disk is full.
    #[error("the disk of {} is full: make room, or choose another folder with --data", .0.display())]
    Full(PathBuf),
    /// Another server has the folder.
    #[error("another server uses {}: stop it, or choose another folder with --data", .0.display())]
    InUse(PathBuf),
    /// `log.db` is not what a server wrote.
    #[error("{} is damaged ({why}): restore it from a backup, or choose another folder with --data", folder.join("log.db").display())]
    Damaged {
        /// Which folder.
        folder: PathBuf,
        /// What SQLite said.
        why: String,
    },
    /// A key cannot be used.
    #[error("{}: {why}", file.display())]
    Key {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it, and what is wanted.
        why: String,
    },
    /// A room could not be made.
    #[error("cannot make the room {0}: {1}")]
    Room(String, String),
    /// No thread could be started.
    #[error("cannot start a thread: {0}")]
    Thread(io::Error),
    /// The system gives no randomness.
    #[error("the system gives no randomness: {0}")]
    Chance(String),
    /// The events' store cannot be opened.
    #[error("cannot open the store of events (events.db): {0}")]
    Events(String),
    /// The runs of show cannot be opened.
    #[error("cannot open the runs of show (runs.db): {0}")]
    Runs(String),
    /// The reports' store cannot be opened.
    #[error("cannot open the store of reports: {0}")]
    Collector(String),
}

impl Error {
    /// What SQLite's error on opening `log.db` in a folder means to whoever starts the server.
    pub(crate) fn log(folder: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let folder = folder.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(folder),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse(folder),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged {
                folder,
                why: error.to_string(),
            },
            _ => Self::Folder {
                folder,
                why: error.to_string(),
            },
        }
    }

    /// What a failure to make or write in a folder means.
    pub(crate) fn folder(folder: &Path, error: &io::Error) -> Self {
        if error.kind() == io::ErrorKind::StorageFull {
            Self::Full(folder.to_owned())
        } else {
            Self::Folder {
                folder: folder.to_owned(),
                why: error.to_string(),
            }
        }
    }
}
