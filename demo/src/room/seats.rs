//! Who sits in a room: connections by viewer, so that one viewer's connections all learn what that viewer did,
//! and the room learns when a viewer's first connection comes and the last one goes.

use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::Seat;
use liveroom_rules::pseudonym::Pseudonym;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc;

/// Pieces of a viewer's own news that a connection may be behind with before it is cut.
const BEHIND: usize = 64;

/// News for one viewer alone.
#[derive(Clone, Debug)]
pub(crate) struct Personal {
    /// Which activity it is about.
    pub(crate) activity: ActivityId,
    /// Whether the viewer takes part in it now.
    pub(crate) acted: bool,
    /// The frame.
    pub(crate) frame: Arc<str>,
}

/// A viewer came or went.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Move {
    pub(crate) who: Pseudonym,
    pub(crate) came: bool,
}

/// The seats of a room.
#[derive(Debug)]
pub(crate) struct Seats {
    by_viewer: Mutex<HashMap<Pseudonym, Vec<Line>>>,
    /// Each coming and going, in order; at most two a connection.
    moves: mpsc::UnboundedSender<Move>,
    viewers: AtomicU32,
    /// The most at once since it was last asked for.
    most: AtomicU32,
    next: AtomicU64,
}

#[derive(Debug)]
struct Line {
    number: u64,
    /// A viewer's page, which watches; a desk or an overlay does not.
    watches: bool,
    news: mpsc::Sender<Personal>,
}

/// A connection's seat, free again when it goes.
pub(crate) struct Taken {
    seats: Arc<Seats>,
    number: u64,
    viewer: Option<Pseudonym>,
    counted: bool,
    news: Option<mpsc::Receiver<Personal>>,
}

impl Seats {
    /// Empty seats, and what will be told of them.
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<Move>) {
        let (moves, told) = mpsc::unbounded_channel();
        let seats = Self {
            by_viewer: Mutex::default(),
            moves,
            viewers: AtomicU32::new(0),
            most: AtomicU32::new(0),
            next: AtomicU64::new(0),
        };
        (seats, told)
    }

    /// Sits down.
    pub(crate) fn take(self: &Arc<Self>, seat: Seat, viewer: Option<Pseudonym>) -> Taken {
        let counted = seat == Seat::Viewer;
        if counted {
            let now = self.viewers.fetch_add(1, Ordering::Relaxed) + 1;
            self.most.fetch_max(now, Ordering::Relaxed);
        }
        let mut taken = Taken {
            seats: Arc::clone(self),
            number: self.next.fetch_add(1, Ordering::Relaxed),
            viewer: None,
            counted,
            news: None,
        };
        if let Some(viewer) = viewer {
            taken.become_viewer(viewer);
        }
        taken
    }

    /// Viewers connected now.
    pub(crate) fn viewers(&self) -> u32 {
        self.viewers.load(Ordering::Relaxed)
    }

    /// The most viewers at once since this was last asked.
    pub(crate) fn most_viewers(&self) -> u32 {
        let now = self.viewers();
        self.most.swap(now, Ordering::Relaxed).max(now)
    }

    /// Told while the seats are locked, so that comings and goings are in their order.
    fn tell_move(&self, who: Pseudonym, came: bool) {
        // A room that is over hears nothing any more.
        let _ = self.moves.send(Move { who, came });
    }

    /// Tells a viewer's connections but one. One that is too far behind loses its line, and is cut.
    pub(crate) fn tell(
        &self,
        viewer: Pseudonym,
        but: Option<u64>,
        news: impl FnOnce() -> Option<Personal>,
    ) {
        let mut by_viewer = self
            .by_viewer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(lines) = by_viewer.get_mut(&viewer) else {
            return;
        };
        if lines.iter().any(|line| Some(line.number) != but)
            && let Some(news) = news()
        {
            lines.retain(|line| {
                Some(line.number) == but || line.news.try_send(news.clone()).is_ok()
            });
        }
    }
}

impl Taken {
    /// The connection's number in its room.
    pub(crate) const fn number(&self) -> u64 {
        self.number
    }

    /// Says whose seat it is, once that is known.
    pub(crate) fn become_viewer(&mut self, viewer: Pseudonym) {
        self.leave();
        self.viewer = Some(viewer);
        let (sender, news) = mpsc::channel(BEHIND);
        self.news = Some(news);
        let line = Line {
            number: self.number,
            watches: self.counted,
            news: sender,
        };
        let mut by_viewer = self
            .seats
            .by_viewer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let lines = by_viewer.entry(viewer).or_default();
        let came = line.watches && !lines.iter().any(|line| line.watches);
        lines.push(line);
        if came {
            self.seats.tell_move(viewer, true);
        }
    }

    /// What this connection's viewer did elsewhere; nothing once the connection is too far behind.
    pub(crate) async fn news(&mut self) -> Option<Personal> {
        match &mut self.news {
            Some(news) => news.recv().await,
            None => std::future::pending().await,
        }
    }

    fn leave(&mut self) {
        let Some(viewer) = self.viewer.take() else {
            return;
        };
        let mut by_viewer = self
            .seats
            .by_viewer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(lines) = by_viewer.get_mut(&viewer) {
            lines.retain(|line| line.number != self.number);
            if self.counted && !lines.iter().any(|line| line.watches) {
                self.seats.tell_move(viewer, false);
            }
            if lines.is_empty() {
                by_viewer.remove(&viewer);
            }
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.leave();
        if self.counted {
            self.seats.viewers.fetch_sub(1, Ordering::Relaxed);
        }
    }
}
