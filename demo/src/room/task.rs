//! The task that owns a room: asks the log, folds what it gives back, answers from that alone, and publishes.

use super::open::{self, Folded};
use super::pace::Pace;
use super::pending::Pending;
use super::seats::Seats;
use super::{Ask, Ground, Published};
use crate::metrics::Held;
use crate::status::unavailable;
use liveroom_protocol::id::RequestId;
use liveroom_protocol::message::State;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::log::{Append, Batch, Log, Unavailable};
use liveroom_rules::pseudonym::RoomKey;
use liveroom_rules::record::{Entry, Record, What, Who};
use liveroom_rules::room::{Room, Verdict};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};

mod answer;
mod ask;

/// How long a room waits before it tries again what the log could not do.
const AGAIN: Duration = Duration::from_secs(1);

/// Where a room's task lives.
pub(super) struct Place {
    pub(super) ground: Ground,
    pub(super) key: RoomKey,
    pub(super) seats: Arc<Seats>,
}

struct Task {
    place: Place,
    room: Room,
    damaged: Option<(u64, Held)>,
    pending: Pending,
    published: watch::Sender<Arc<Published>>,
    pace: Pace,
    /// What was folded is not published yet.
    fresh: Option<Fresh>,
    /// The deadline for which a tick was appended.
    ticked: Option<Timestamp>,
    /// Nothing is ticked before, after the log failed.
    rest_until: Instant,
    /// A command that waits until all before it is folded.
    held: Option<Ask>,
}

/// How urgent news is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fresh {
    /// Numbers.
    Tally,
    /// A phase, perhaps.
    Phase,
}

type Work<T> = Pin<Box<dyn Future<Output = Result<T, Unavailable>> + Send>>;

/// Starts the task of a room; it ends when the server stops, when the room has ended, and when nobody can ask any more.
pub(super) fn start(
    place: Place,
    folded: Folded,
    asks: mpsc::Receiver<Ask>,
    over: impl FnOnce() + Send + 'static,
) -> watch::Receiver<Arc<Published>> {
    let Folded { room, damaged } = folded;
    let held = |position| (position, Held::new(&place.ground.metrics.damaged));
    let damaged = damaged.map(held);
    let first = Published::of(&room, None, damaged.as_ref().map(|(position, _)| *position));
    let (published, receiver) = watch::channel(Arc::new(first));
    let open = Held::new(&place.ground.metrics.rooms);
    let task = Task {
        place,
        room,
        damaged,
        pending: Pending::default(),
        published,
        pace: Pace::default(),
        fresh: None,
        ticked: None,
        rest_until: Instant::now(),
        held: None,
    };
    tokio::spawn(async move {
        // Also when the task panics: then the room is folded anew by whoever asks next.
        let _over = Over(Some(over));
        task.run(asks).await;
        drop(open);
    });
    receiver
}

struct Over<F: FnOnce()>(Option<F>);

impl<F: FnOnce()> Drop for Over<F> {
    fn drop(&mut self) {
        if let Some(over) = self.0.take() {
            over();
        }
    }
}

/// Waits until the server stops.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // Its sender is the server: if that is gone, it has stopped.
    let _ = stop.wait_for(|stop| *stop).await;
}

impl Task {
    async fn run(mut self, mut asks: mpsc::Receiver<Ask>) {
        let mut stop = self.place.ground.stop.clone();
        let clock = self.place.ground.clock.clone();
        let mut following = self.follow();
        let mut appending: Option<Work<()>> = None;
        loop {
            let idle = appending.is_none();
            let due = self.next_tick().filter(|_| idle);
            let rest = self.rest_until;
            let publish_at = self.pace.next(Instant::now());
            tokio::select! {
                batch = &mut following => {
                    if self.take(batch).await {
                        return;
                    }
                    following = self.follow();
                }
                done = async { appending.as_mut().expect("it is asked only then").await }, if !idle => {
                    appending = None;
                    if let Err(why) = done {
                        self.fail(&why).await;
                        following = self.follow();
                    }
                }
                ask = asks.recv(), if idle && self.held.is_none() => match ask {
                    Some(ask) => appending = self.gather(ask, &mut asks),
                    None => return,
                },
                () = async { sleep_until(rest).await; clock.reach(due).await }, if due.is_some() => {
                    appending = Some(self.tick(due));
                }
                () = sleep_until(publish_at), if self.fresh.is_some() => self.publish(),
                () = stopped(&mut stop) => return,
            }
            if appending.is_none()
                && self.pending.is_empty()
                && let Some(ask) = self.held.take()
            {
                appending = self.gather(ask, &mut asks);
            }
        }
    }

    fn follow(&self) -> Work<Batch> {
        if self.damaged.is_some() {
            // Nothing after the damage is ever taken.
            return Box::pin(std::future::pending());
        }
        let (log, id, after) = (
            self.place.ground.log.clone(),
            self.room.id().clone(),
            self.room.position(),
        );
        Box::pin(async move { log.follow(&id, after).await })
    }

    fn append(&self, appends: Vec<Append>) -> Work<()> {
        let (log, id) = (self.place.ground.log.clone(), self.room.id().clone());
        Box::pin(async move { log.append(&id, appends).await })
    }

    fn next_tick(&self) -> Option<Timestamp> {
        let due = self.room.next_due()?;
        (self.room.state() == State::Live && self.ticked != Some(due)).then_some(due)
    }

    /// Appends a record that says nothing but the time.
    fn tick(&mut self, due: Option<Timestamp>) -> Work<()> {
        self.ticked = due;
        let number = due.unwrap_or_default().0;
        let id = RequestId::parse(format!("tick-{number}")).expect("a word and a number are an id");
        let entry = Entry {
            who: Who::Room,
            id,
            what: What::Tick,
        };
        self.append(vec![Append {
            entry,
            private: Vec::new(),
        }])
    }

    /// Folds what the log gave back and answers who asked for it; true if the room has ended.
    async fn take(&mut self, batch: Result<Batch, Unavailable>) -> bool {
        let batch = match batch {
            Ok(batch) => batch,
            Err(why) => {
                self.fail(&why).await;
                tokio::time::sleep(AGAIN).await;
                return false;
            }
        };
        let mut verdicts: Vec<(Record, Verdict)> = Vec::with_capacity(batch.records.len());
        let mut damaged = batch.damaged;
        for record in batch.records {
            let due = self.room.next_due().is_some_and(|due| due <= record.at);
            match self.room.fold(&record) {
                Ok(verdict) => {
                    let only_numbers = matches!(record.entry.what, What::Act(_)) && !due;
                    let fresh = if only_numbers {
                        Fresh::Tally
                    } else {
                        Fresh::Phase
                    };
                    self.fresh = self.fresh.max(Some(fresh));
                    verdicts.push((record, verdict));
                }
                Err(damage) => {
                    tracing::error!(
                        "room {}: record {} cannot be taken: {damage:?}",
                        self.room.id(),
                        record.position
                    );
                    damaged = Some(record.position);
                    break;
                }
            }
        }
        if let Some(position) = damaged {
            self.damage(position);
        }
        let ended = self.room.state() == State::Sealed;
        if ended && let Err(why) = open::finish(&self.place.ground.log, &self.room).await {
            // It is done when the room is next opened.
            tracing::warn!("room {}: not sealed yet: {}", self.room.id(), why.0);
        }
        self.publish_if_due();
        self.answer(verdicts);
        ended
    }

    fn damage(&mut self, position: u64) {
        tracing::error!(
            "room {} is damaged at {position}: it shows its last good state and takes no changes",
            self.room.id()
        );
        self.room.damage();
        self.damaged = Some((position, Held::new(&self.place.ground.metrics.damaged)));
        self.fresh = Some(Fresh::Phase);
        let refusal = self.closed().unwrap_or_else(unavailable);
        self.refuse_all(&refusal);
    }

    /// Why the room takes no changes.
    fn closed(&self) -> Option<Refusal> {
        match (self.room.state(), &self.damaged) {
            (State::Sealed, _) => Some(Reason::Sealed.into()),
            (State::Damaged, Some((position, _))) => Some(Refusal::because(
                Reason::Damaged,
                format!(
                    "the log of this room is damaged at {position}: it shows its last good state and takes no changes"
                ),
            )),
            (State::Damaged, None) => Some(Reason::Damaged.into()),
            (State::Live, _) => None,
        }
    }

    /// The log took nothing: callers are told so, and the room is folded again from what the log holds.
    async fn fail(&mut self, why: &Unavailable) {
        tracing::warn!("room {}: the log took nothing: {}", self.room.id(), why.0);
        self.place.ground.metrics.unavailable.inc();
        self.refuse_all(&unavailable());
        self.ticked = None;
        self.rest_until = Instant::now() + AGAIN;
        match open::fold(&self.place.ground.log, self.room.id()).await {
            Ok(Folded { room, damaged }) => {
                self.room = room;
                self.damaged = damaged
                    .map(|position| (position, Held::new(&self.place.ground.metrics.damaged)));
                self.fresh = Some(Fresh::Phase);
            }
            // What was folded came from the log, and stays true.
            Err(why) => {
                tracing::warn!("room {}: the log cannot be read: {}", self.room.id(), why.0)
            }
        }
    }

    fn publish_if_due(&mut self) {
        let now = Instant::now();
        let Some(fresh) = self.fresh else { return };
        if self.pace.next(now) <= now {
            self.publish();
        } else if fresh == Fresh::Phase {
            let before = Arc::clone(&self.published.borrow());
            let next = self.look(&before);
            if next.sheet.is_urgent(&before.sheet) || next.news != before.news {
                self.send(&before, next);
            } else {
                self.fresh = Some(Fresh::Tally);
            }
        }
    }

    fn publish(&mut self) {
        let before = Arc::clone(&self.published.borrow());
        let next = self.look(&before);
        self.send(&before, next);
    }

    fn look(&self, before: &Published) -> Published {
        let damaged = self.damaged.as_ref().map(|(position, _)| *position);
        Published::of(&self.room, Some(&before.sheet), damaged)
    }

    fn send(&mut self, before: &Published, next: Published) {
        let bytes = next.sheet.weight(&before.sheet);
        self.pace
            .went(Instant::now(), bytes, self.place.seats.viewers());
        self.fresh = None;
        self.published.send_replace(Arc::new(next));
    }
}
