//! The task that owns a room: asks the log, folds what it gives back, answers from that alone, and publishes.

use super::ask::Ask;
use super::open::Folded;
use super::pace::Pace;
use super::pending::Pending;
use super::seats::{Move, Seats};
use super::{Ground, Published};
use crate::events::Notes;
use crate::facts::Facts;
use crate::metrics::Held;
use liveroom_protocol::erase::Retention;
use liveroom_protocol::id::RequestId;
use liveroom_protocol::message::State;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::{Append, Batch, Log, Unavailable};
use liveroom_rules::private::{self, Spare};
use liveroom_rules::pseudonym::RoomKey;
use liveroom_rules::record::{Entry, What, Who};
use liveroom_rules::retention;
use liveroom_rules::room::Room;
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};
use watching::Watching;

pub(in crate::room) mod answer;
mod erase;
mod fold;
mod gather;
mod publish;
mod watching;

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
    facts: Facts,
    notes: Notes,
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
    /// Something may have fallen to the room itself to order.
    to_order: bool,
    /// What the room ordered of its own: one that was refused is not ordered again.
    ordered: HashSet<RequestId>,
    /// A command that waits until all before it is folded.
    held: Option<Ask>,
    watching: Watching,
    /// Words of requests that were refused.
    spare: Spare,
    /// How long the room keeps what, as it was last written down.
    retention: Retention,
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
    (asks, moves): (mpsc::Receiver<Ask>, mpsc::UnboundedReceiver<Move>),
    over: impl FnOnce() + Send + 'static,
) -> watch::Receiver<Arc<Published>> {
    let Folded {
        room,
        facts,
        notes,
        damaged,
        ..
    } = folded;
    let held = |position| (position, Held::new(&place.ground.metrics.damaged));
    let damaged = damaged.map(held);
    let first = Published::of(&room, None, damaged.as_ref().map(|(position, _)| *position));
    let (published, receiver) = watch::channel(Arc::new(first));
    let open = Held::new(&place.ground.metrics.rooms);
    let watching = Watching::new(moves, &room);
    let retention = retention::of_room(&room);
    let task = Task {
        place,
        room,
        facts,
        notes,
        damaged,
        pending: Pending::default(),
        published,
        pace: Pace::default(),
        fresh: None,
        ticked: None,
        rest_until: Instant::now(),
        to_order: true,
        ordered: HashSet::new(),
        held: None,
        watching,
        spare: Spare::default(),
        retention,
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
            let live = self.room.state() == State::Live;
            let free = appending.is_none();
            let idle = free && !(live && self.watching.must_vacate());
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
                done = async { appending.as_mut().expect("it is asked only then").await }, if !free => {
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
                Some(moved) = self.watching.moves.recv() => self.moved(moved),
                () = sleep_until(rest), if idle && self.to_order => appending = self.order_itself(),
                () = sleep_until(rest), if free && live && self.watching.owes() => appending = self.tell_log(),
                () = sleep_until(publish_at), if self.fresh.is_some() => self.publish(),
                () = stopped(&mut stop) => {
                    self.tell_last().await;
                    return;
                }
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
        let beat = self.watching.beat(&self.room);
        let due = self.room.next_due().into_iter().chain(beat).min()?;
        (self.room.state() == State::Live && self.ticked != Some(due)).then_some(due)
    }

    /// Appends what the room itself has to order: draws that are due.
    fn order_itself(&mut self) -> Option<Work<()>> {
        self.to_order = false;
        let mut orders = private::room_orders(&self.place.key, &self.room);
        // What is due no more may fall due again: it was opened anew, say.
        self.ordered
            .retain(|id| orders.iter().any(|order| order.entry.id == *id));
        orders.retain(|order| self.ordered.insert(order.entry.id.clone()));
        (!orders.is_empty()).then(|| self.append(orders))
    }

    /// A viewer came or went, and perhaps others after them.
    fn moved(&mut self, first: Move) {
        let now = self.place.ground.clock.now().max(self.room.at());
        self.watching.moved(first, now, &self.room);
        while let Ok(next) = self.watching.moves.try_recv() {
            self.watching.moved(next, now, &self.room);
        }
    }

    /// Appends the facts of who is here that the log lacks.
    fn tell_log(&mut self) -> Option<Work<()>> {
        let now = self.place.ground.clock.now().max(self.room.at());
        let facts = self.watching.facts(now, &self.room);
        (!facts.is_empty()).then(|| self.append(facts))
    }

    /// Writes the time at which the server stopped, where how long viewers watch counts.
    async fn tell_last(&mut self) {
        if self.watching.beat(&self.room).is_some() && self.room.state() == State::Live {
            let now = self.place.ground.clock.now();
            // Without it the last record before counts, which is true as well.
            let _ = timeout(AGAIN, self.tick(Some(now))).await;
        }
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
}
