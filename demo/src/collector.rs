//! The collector: takes reports from any page as CloudEvents, and keeps each once, in a file and with a writer of its own.
//!
//! [`intake`] is the HTTP, [`event`] what a report is, [`pace`] how much one address may send, [`sources`] which rooms and how much of each, [`share`] how much of the file, [`store`] the writing, [`batch`] what is written of one request,
//! [`figures`] reading back, [`counters`] what is counted as they arrive, [`step`] how far pages got, [`standing`] of which tier and segments their viewers are, [`counted`] reading that, [`thresholds`] when alerts are raised; [`erase`], [`late`] and [`expire`] delete. A flood of reports can fill `engagement.db` and nothing else: the rooms' log is another file.
//!
//! Every answer can be read from any page:
//!
//! | status | means | the kit |
//! |---|---|---|
//! | 202 | stored, or known already: `{stored, known, conflicts}`; `erased` counts those of viewers who were erased, which are dropped | forgets them |
//! | 400 | not CloudEvents 1.0 in JSON; nothing of the batch was stored | drops them |
//! | 403 | a source that is no room of this server; nothing of the batch was stored | drops them |
//! | 413 | a body over 128 KiB, or more than 500 reports | halves the batch |
//! | 415 | another type than the three, or a compressed body | drops them |
//! | 429 | this address, or this room, sent too much; `Retry-After` | waits |
//! | 503 | busy, the store is full or broken, or this room's share of it is full; `Retry-After` | waits |

mod batch;
mod count;
mod counted;
mod counters;
mod delete;
mod erase;
mod event;
mod expire;
mod figures;
mod intake;
mod late;
mod links;
mod migrate;
mod pace;
mod share;
mod sources;
mod standing;
mod step;
mod store;
mod thresholds;
mod traces;

use crate::Clock;
use crate::log::SqliteLog;
use axum::Router;
use liveroom_protocol::id::RoomId;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use count::Count;
pub use counted::{Counted, Place, Reach, Within};
pub use counters::MINUTE;
pub use erase::Erased;
pub use event::Event;
pub use figures::{Session, Stored, Which};
pub use intake::router;
pub use standing::Group;
pub use step::Step;

use pace::Pace;
use sources::Sources;
use standing::Standings;
use store::Store;

/// Bytes of one request's body.
pub const BODY_BYTES: usize = 128 * 1024;
/// Reports of one request.
pub const REPORTS: usize = 500;
/// Brackets within brackets of one body.
pub const DEPTH: usize = 32;
/// Bytes of an id, a source, a type, a subject, a session or a time.
pub const NAME_BYTES: usize = 2_048;

/// What a collector allows.
#[derive(Clone, Debug)]
pub struct Limits {
    /// What one address (an IPv6 network of /64 counts as one) may send a second over a long time: 500 by default.
    /// A request costs 1, and 1 more for every 4 KiB.
    pub per_second: u32,
    /// What it may send at once: 5,000 by default, for the many viewers behind one address of a campus.
    pub burst: u32,
    /// Reports of one room a second, over a long time: 1,000 by default. One address may take half of what a room may.
    pub room_per_second: u32,
    /// Reports of one room at once: 100,000 by default, for a crowd that comes back after its network failed.
    pub room_burst: u32,
    /// Bytes of `engagement.db`: 8 GiB by default.
    pub file_bytes: u64,
    /// Bytes of one room's reports, each counted with about 300 around it: 2 GiB by default, a quarter of the file.
    pub room_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            per_second: 500,
            burst: 5_000,
            room_per_second: 1_000,
            room_burst: 100_000,
            file_bytes: 8 << 30,
            room_bytes: 2 << 30,
        }
    }
}

/// Why the store of reports did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The file cannot be opened, or is not one of a collector.
    #[error("cannot open {}: {cause}", path.display())]
    Open {
        /// Which file.
        path: PathBuf,
        /// What SQLite said.
        cause: rusqlite::Error,
    },
    /// The file was made by a later version.
    #[error("{} was made by a later version ({version})", path.display())]
    Later {
        /// Which file.
        path: PathBuf,
        /// The version it says.
        version: u32,
    },
    /// The thread that writes could not be started.
    #[error("cannot start the writer of reports: {0}")]
    Thread(std::io::Error),
    /// What was to be erased or deleted could not be, or not without traces.
    #[error("reports could not be erased")]
    Erase,
    /// Reading failed.
    #[error("cannot read reports: {0}")]
    Read(#[from] rusqlite::Error),
}

/// A collector. Clones are the same collector; the last one to go waits until all is written.
#[derive(Clone)]
pub struct Collector(Arc<Inner>);

struct Inner {
    store: Store,
    pace: Pace,
    sources: Sources,
    standings: Arc<Standings>,
    clock: Clock,
    path: PathBuf,
}

impl Collector {
    /// Opens the file, making it if there is none, with the default limits on the system's clock.
    pub fn open(path: &Path) -> Result<Self, Failed> {
        Self::open_with(path, Limits::default(), Clock::System)
    }

    /// The same with limits and a clock.
    pub fn open_with(path: &Path, limits: Limits, clock: Clock) -> Result<Self, Failed> {
        let standings = Arc::new(Standings::default());
        let store = Store::open(path, &limits, Arc::clone(&standings))?;
        let pace = Pace::new(limits.per_second, limits.burst);
        let sources = Sources::new(limits.room_per_second, limits.room_burst);
        let path = path.to_owned();
        Ok(Self(Arc::new(Inner {
            store,
            pace,
            sources,
            standings,
            clock,
            path,
        })))
    }

    /// From now on only reports of this log's rooms are taken.
    pub(crate) fn only_of(&self, log: SqliteLog) {
        self.0.sources.only_of(log);
    }

    /// Keeps how many viewers rooms had at once by now; a store that cannot be written loses it, and says so in its log line.
    pub(crate) async fn note_viewers(&self, viewers: Vec<(RoomId, u32)>) {
        let now = self.0.clock.now().0;
        if let Err(why) = self.0.store.viewers(viewers, now - now % MINUTE).await {
            tracing::warn!("the numbers of viewers were not kept: {why:?}");
        }
    }

    /// The routes of this collector, to be merged into a server's.
    pub fn router(&self) -> Router {
        router(self.clone())
    }
}

#[cfg(test)]
mod tests;
