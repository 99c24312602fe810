//! What a back end is told of rooms: events in a file of their own, `events.db`, made from what each room's log holds and nothing else.
//!
//! The file is derived: a room is folded anyway when it is opened, and whatever of its events is missing then is written again, the
//! same; so that nobody waits for it, nothing is lost with it, and reading costs neither the room's task nor a fold. Asking the fold each
//! time would cost seconds for a room of a million votes, and keeping events in the room's memory would lose them when it is sealed.
//! Beside them lie the alerts, which no log holds, and the webhooks with how far each has come.
//!
//! [`alerts`] is what no log holds, [`notes`] what a fold hands over, [`store`] the file and its one writer, [`lots`] how events are
//! kept and read, [`derive`] making anew what is missing.

mod alerts;
mod derive;
mod lots;
mod notes;
mod store;

pub use alerts::Alert;
pub(crate) use lots::{Page, Place, Row, last};
pub(crate) use notes::Notes;
pub(crate) use store::{Store, Writer};

use crate::Clock;
use crate::log::SqliteLog;
use crate::origin::Origin;
use crate::room::stopped;
use liveroom_protocol::id::{Epoch, RoomId};
use liveroom_protocol::time::Span;
use liveroom_rules::log::Unavailable;
use lots::Lot;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// Events that may wait for the writer; beyond that they are made anew from the log.
const WAITING: usize = 200_000;
/// How often rooms whose events are behind are looked after.
const ROUND: Span = Span(30_000);
/// How long a reader waits for what was handed over before.
const PATIENCE: Duration = Duration::from_secs(1);

/// The events of all rooms; clones are the same.
#[derive(Clone)]
pub struct Events(Arc<Inner>);

struct Inner {
    store: Store,
    public: Option<Origin>,
    clock: Clock,
    /// Told of each room's news, where somebody waits for it.
    heads: Mutex<HashMap<RoomId, watch::Sender<u64>>>,
    /// Rooms whose events could not all be written.
    behind: Mutex<HashSet<RoomId>>,
    waiting: AtomicUsize,
}

impl Events {
    /// Opens `events.db` in a folder, or makes it. `public` is where browsers find the server: rooms have their addresses there.
    pub(crate) fn open(
        folder: &Path,
        public: Option<Origin>,
        clock: Clock,
    ) -> Result<(Self, Writer), rusqlite::Error> {
        let (store, writer) = Store::open(&folder.join("events.db"))?;
        let events = Self(Arc::new(Inner {
            store,
            public,
            clock,
            heads: Mutex::default(),
            behind: Mutex::default(),
            waiting: AtomicUsize::new(0),
        }));
        Ok((events, writer))
    }

    /// The address of a room, as events name it. The port of a server that is tried out is no name for ever.
    pub(crate) fn source(&self, room: &RoomId) -> String {
        match &self.0.public {
            Some(public) => format!("{public}/v1/rooms/{room}"),
            None => format!("urn:liveroom:{room}"),
        }
    }

    /// The file, for what lies beside the events.
    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// Notes what a room does from now on; what is kept already is not noted again. Blocks.
    pub(crate) fn notes(&self, room: &RoomId) -> Notes {
        let kept = self.0.store.read(|file| lots::kept(file, room));
        // A file that cannot be read keeps no room shut: what is noted twice is kept once.
        Notes::new(self.source(room), kept.unwrap_or_default())
    }

    /// Takes what a room noted. Nobody waits for it: what cannot be written is made anew later.
    pub(crate) fn take(&self, room: &RoomId, notes: &mut Notes) {
        let Some(lot) = notes.lot() else { return };
        let count = lot.len();
        if self.0.waiting.fetch_add(count, Ordering::Relaxed) > WAITING {
            self.0.waiting.fetch_sub(count, Ordering::Relaxed);
            self.is_behind(room);
            return;
        }
        let (events, room) = (self.clone(), room.clone());
        self.0.store.begin(move |file| {
            events.keep(file, &room, &lot);
            events.0.waiting.fetch_sub(count, Ordering::Relaxed);
        });
    }

    /// The same, and waits until it is written; says whether it is. Blocks.
    pub(crate) fn take_now(&self, room: &RoomId, notes: &mut Notes) -> bool {
        let Some(lot) = notes.lot() else { return true };
        let (events, name) = (self.clone(), room.clone());
        let kept = self
            .0
            .store
            .finish(move |file| Ok(events.keep(file, &name, &lot)));
        kept.unwrap_or(false)
    }

    /// Says where a room's log ends, where that is known: what a log does not hold any more, since it was restored, did not happen.
    pub(crate) fn ends(&self, room: &RoomId, epoch: &Epoch, position: u64, notes: &mut Notes) {
        if !notes.end(position) {
            return;
        }
        let (room, epoch) = (room.clone(), epoch.clone());
        self.0.store.begin(move |file| {
            if let Err(error) = lots::cut(file, &room, &epoch, position) {
                tracing::warn!("room {room}: its events cannot be set right: {error}");
            }
        });
    }

    /// Whether events of a room that has ended are missing. Blocks for one row.
    pub(crate) fn lack(&self, room: &RoomId, epoch: &Epoch, position: u64) -> bool {
        let kept = self.0.store.read(|file| lots::kept(file, room));
        // The last record of such a room sealed it, which is told.
        kept.is_ok_and(|kept| {
            kept.is_none_or(|kept| kept.epoch != *epoch || kept.derived < position)
        })
    }

    fn keep(&self, file: &mut rusqlite::Connection, room: &RoomId, lot: &Lot) -> bool {
        match lots::keep(file, room, lot) {
            Ok(true) => {
                self.tell(room, lot.to());
                true
            }
            Ok(false) => {
                self.is_behind(room);
                false
            }
            Err(error) => {
                tracing::warn!("room {room}: its events are not written yet: {error}");
                self.is_behind(room);
                false
            }
        }
    }

    fn is_behind(&self, room: &RoomId) {
        lock(&self.0.behind).insert(room.clone());
    }

    /// Tells who waits.
    fn tell(&self, room: &RoomId, position: u64) {
        let mut heads = lock(&self.0.heads);
        if let Some(head) = heads.get(room) {
            if head.receiver_count() == 0 {
                heads.remove(room);
            } else {
                head.send_modify(|known| *known = position.max(known.saturating_add(1)));
            }
        }
    }

    /// Told each time a room has more.
    pub(crate) fn changes(&self, room: &RoomId) -> watch::Receiver<u64> {
        let mut heads = lock(&self.0.heads);
        heads.entry(room.clone()).or_default().subscribe()
    }

    /// Waits a little until what was handed over before is written, so that whoever was answered finds what they did.
    pub(crate) async fn settled(&self) {
        let _ = timeout(PATIENCE, self.0.store.write(|_| Ok(()))).await;
    }

    /// The events of a room after a place, at most so many.
    pub(crate) async fn page(
        &self,
        room: &RoomId,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Page, Unavailable> {
        let (events, room) = (self.clone(), room.clone());
        let read = move || {
            events
                .0
                .store
                .read(|file| lots::page(file, &room, after, limit))
        };
        let page = tokio::task::spawn_blocking(read).await;
        page.map_err(|error| Unavailable(error.to_string()))?
            .map_err(unavailable)
    }

    /// Makes anew what could not be written, until the server stops.
    pub(crate) async fn look_after(self, log: SqliteLog, mut stop: watch::Receiver<bool>) {
        loop {
            let next = self.0.clock.now().after(ROUND);
            tokio::select! {
                () = self.0.clock.reach(Some(next)) => {}
                () = stopped(&mut stop) => return,
            }
            let behind = std::mem::take(&mut *lock(&self.0.behind));
            for room in behind {
                self.derive(&log, &room).await;
            }
        }
    }

    /// Makes a room's missing events from its log, without its task: also of a room that has ended.
    pub(crate) async fn derive(&self, log: &SqliteLog, room: &RoomId) {
        let (events, log, name) = (self.clone(), log.clone(), room.clone());
        let derived = tokio::task::spawn_blocking(move || derive::derive(&events, &log, &name));
        match derived.await {
            Ok(Ok(true)) => {}
            Ok(Ok(false)) => self.is_behind(room),
            Ok(Err(why)) => {
                tracing::warn!("room {room}: its events are not made yet: {}", why.0);
                self.is_behind(room);
            }
            Err(error) => tracing::warn!("room {room}: its events are not made: {error}"),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn unavailable(error: rusqlite::Error) -> Unavailable {
    Unavailable(error.to_string())
}
