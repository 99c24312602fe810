//! The log in one SQLite file, `log.db`, for all rooms: a writer thread, and readers off the runtime's threads.
//!
//! An acknowledged append is on the disk: it survives a killed process and a power cut.

mod erasing;
mod erasures;
mod expired;
mod reader;
mod tables;
mod writer;

pub(crate) use expired::{Ended, Wanted};
pub use reader::Kept;

use crate::chance::random;
use crate::{Clock, Error};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Span;
use liveroom_rules::log::{Append, Batch, Log, Unavailable};
use liveroom_rules::private::PrivateValue;
use liveroom_rules::pseudonym::RoomKey;
use liveroom_rules::record::Position;
use reader::Readers;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use tokio::sync::{oneshot, watch};
use writer::{Job, Work};

/// How long a write may take before whoever waits for it is told that it could not be done: the disk may hang.
const LONGEST: Span = Span(10_000);

/// The log of all rooms; its clones are the same log.
#[derive(Clone)]
pub struct SqliteLog {
    clock: Clock,
    jobs: mpsc::Sender<Job>,
    readers: Arc<Readers>,
    heads: Arc<Heads>,
    secret: RoomKey,
}

/// The last position of each room that someone follows.
type Heads = Mutex<HashMap<RoomId, watch::Sender<Position>>>;

/// The thread that writes; joined once nobody holds the log any more.
pub type Writer = thread::JoinHandle<()>;

impl SqliteLog {
    /// Opens or makes `log.db` in a folder. It takes at most `most_bytes`, where that is given: then appends are `Unavailable`.
    pub fn open(
        folder: &Path,
        clock: Clock,
        most_bytes: Option<u64>,
    ) -> Result<(Self, Writer), Error> {
        let path = folder.join("log.db");
        let at_fault = |error| Error::log(folder, &error);
        let connection = tables::writer(&path, most_bytes, clock.now()).map_err(at_fault)?;
        let secret = tables::secret(&connection, random()?).map_err(at_fault)?;
        let (jobs, waiting) = mpsc::channel();
        let heads = Arc::new(Heads::default());
        let told = Arc::clone(&heads);
        let stamps = clock.clone();
        let thread = thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || {
                writer::run(connection, &waiting, &stamps, |room, position| {
                    if let Ok(heads) = told.lock()
                        && let Some(head) = heads.get(room)
                    {
                        head.send_replace(position);
                    }
                });
            })
            .map_err(Error::Thread)?;
        let log = Self {
            clock,
            jobs,
            readers: Arc::new(Readers::new(path)),
            heads,
            secret: RoomKey::new(secret),
        };
        Ok((log, thread))
    }

    /// The secret of this server, made with its log: it signs device keys and the server's own tokens.
    pub const fn secret(&self) -> &RoomKey {
        &self.secret
    }

    /// Makes a room with a key of its own, and gives what the log has of it; one that is there stays as it is.
    pub async fn make(&self, room: &RoomId) -> Result<Kept, Unavailable> {
        let key = random().map_err(|error| Unavailable(error.to_string()))?;
        self.write(room, Work::Make(key)).await?;
        let missing = || Unavailable("a room that was made is not there".to_owned());
        self.room(room).await?.ok_or_else(missing)
    }

    /// What the log has of a room; nothing if it was never made.
    pub async fn room(&self, room: &RoomId) -> Result<Option<Kept>, Unavailable> {
        let room = room.clone();
        self.read(move |readers| readers.room(&room)).await
    }

    /// Writes private values without a record; one that is there is replaced.
    pub async fn keep(&self, room: &RoomId, values: Vec<PrivateValue>) -> Result<(), Unavailable> {
        self.write(room, Work::Keep(values)).await.map(drop)
    }

    /// Deletes what lies in these places beside a room's log; what a record after `folded` names stays. Nobody waits for it:
    /// what could not be deleted is found again when the room is next opened.
    pub fn forget(&self, room: &RoomId, places: Vec<String>, folded: Position) {
        self.write_unasked(room, Work::Forget(places, folded));
    }

    /// Ends a room: writes the views that remain, and destroys its key and all that lies beside its log, in one transaction.
    pub async fn seal(&self, room: &RoomId, views: String) -> Result<(), Unavailable> {
        self.write(room, Work::Seal(views)).await.map(drop)
    }

    /// The records after a position, at once; blocks, so call it off the runtime's threads.
    pub fn read_after(&self, room: &RoomId, after: Position) -> Result<Batch, Unavailable> {
        self.readers.records(room, after)
    }

    /// All that lies beside a room's log; blocks.
    pub fn private(&self, room: &RoomId) -> Result<Vec<PrivateValue>, Unavailable> {
        self.readers.private(room)
    }

    fn write_unasked(&self, room: &RoomId, work: Work) {
        let (done, _) = oneshot::channel();
        let room = room.clone();
        // The thread that writes has ended: then so has the server.
        let _ = self.jobs.send(Job { room, work, done });
    }

    fn write_now(&self, room: &RoomId, work: Work) -> Result<(), Unavailable> {
        let (done, written) = oneshot::channel();
        let room = room.clone();
        let gone = || Unavailable("the thread that writes the log has ended".to_owned());
        self.jobs
            .send(Job { room, work, done })
            .map_err(|_| gone())?;
        written.blocking_recv().map_err(|_| gone())?.map(drop)
    }

    async fn write(&self, room: &RoomId, work: Work) -> Result<usize, Unavailable> {
        let (done, written) = oneshot::channel();
        let room = room.clone();
        let gone = |_| Unavailable("the thread that writes the log has ended".to_owned());
        self.jobs
            .send(Job { room, work, done })
            .map_err(|_| Unavailable("the thread that writes the log has ended".to_owned()))?;
        let late = self.clock.now().after(LONGEST);
        tokio::select! {
            biased;
            written = written => written.map_err(gone)?,
            () = self.clock.reach(Some(late)) => {
                Err(Unavailable(format!("it was not written within {} s", LONGEST.0 / 1_000)))
            }
        }
    }

    async fn read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Readers) -> Result<T, Unavailable> + Send + 'static,
    ) -> Result<T, Unavailable> {
        let readers = Arc::clone(&self.readers);
        tokio::task::spawn_blocking(move || read(&readers))
            .await
            .map_err(|error| Unavailable(error.to_string()))?
    }

    fn head(&self, room: &RoomId) -> watch::Receiver<Position> {
        let mut heads = match self.heads.lock() {
            Ok(heads) => heads,
            Err(poisoned) => poisoned.into_inner(),
        };
        heads.entry(room.clone()).or_default().subscribe()
    }
}

impl Log for SqliteLog {
    async fn append(&self, room: &RoomId, appends: Vec<Append>) -> Result<(), Unavailable> {
        if appends.is_empty() {
            return Ok(());
        }
        self.write(room, Work::Append(appends)).await.map(drop)
    }

    async fn follow(&self, room: &RoomId, after: Position) -> Result<Batch, Unavailable> {
        let mut head = self.head(room);
        loop {
            head.borrow_and_update();
            let wanted = room.clone();
            let batch = self
                .read(move |readers| readers.records(&wanted, after))
                .await?;
            if !batch.records.is_empty() || batch.damaged.is_some() {
                return Ok(batch);
            }
            if head.changed().await.is_err() {
                return Err(Unavailable("the log has been closed".to_owned()));
            }
        }
    }
}
