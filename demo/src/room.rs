//! One open room: what others may ask of it, and what it publishes. Its task alone holds its state.

mod ask;
mod look;
mod open;
mod pace;
mod pending;
mod published;
mod rolls;
mod seats;
mod task;

pub use ask::{Joined, Staff, Viewer};
pub use look::Found;
pub use pending::Answered;
pub use published::Published;
pub(crate) use rolls::Roll;
pub(crate) use seats::{Personal, Taken};
pub(crate) use task::stopped;

use crate::erase::Eraser;
use crate::events::Events;
use crate::metrics::Metrics;
use crate::rate::{Buckets, Rate};
use crate::status::too_fast;
use crate::{Clock, log::SqliteLog};
use ask::Ask;
use liveroom_protocol::Refusal;
use liveroom_protocol::id::{KeyId, RequestId, RoomId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::message::{Act, Answer, Order, Seat};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::Unavailable;
use liveroom_rules::pseudonym::{Identity, Pseudonym, RoomKey};
use liveroom_rules::seal::Sealed;
use rolls::Rolls;
use seats::Seats;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot, watch};

/// Requests that may wait for a room's task.
const WAITING: usize = 4_096;

/// A viewer's actions: ten at once, then two a second.
const ACTS: Rate = Rate {
    burst: 10,
    each_ms: 500,
};

/// The commands of one account: forty at once, then ten a second.
const ORDERS: Rate = Rate {
    burst: 40,
    each_ms: 100,
};

/// An open room. Clones are the same room.
#[derive(Clone)]
pub struct Room(Arc<Inner>);

struct Inner {
    id: RoomId,
    /// Makes pseudonyms; none once the room has ended.
    key: Option<RoomKey>,
    /// Closed once the room has ended.
    asks: mpsc::Sender<Ask>,
    /// All that remains of a room that has ended.
    ended: Option<Box<Sealed>>,
    published: watch::Receiver<Arc<Published>>,
    seats: Arc<Seats>,
    acts: Buckets<Pseudonym>,
    orders: Buckets<Pseudonym>,
    /// Lists of entrants that are asked for.
    rolls: Rolls,
    clock: Clock,
}

/// An answer that comes once it is durable.
pub type Waiting = Pin<Box<dyn Future<Output = Answered> + Send>>;

/// What rooms need of their server.
#[derive(Clone)]
pub(crate) struct Ground {
    pub(crate) log: SqliteLog,
    pub(crate) events: Events,
    pub(crate) clock: Clock,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) eraser: Eraser,
    /// True once the server stops.
    pub(crate) stop: watch::Receiver<bool>,
}

impl Room {
    /// Opens a room; nothing if there is none. `over` is called when its task ends.
    pub(crate) async fn open(
        ground: &Ground,
        id: &RoomId,
        over: impl FnOnce() + Send + 'static,
    ) -> Result<Option<Self>, Unavailable> {
        let (asks, waiting) = mpsc::channel(WAITING);
        let (seats, moves) = Seats::new();
        let seats = Arc::new(seats);
        let (key, ended, published) = match open::open(ground, id).await? {
            open::Found::Nothing => return Ok(None),
            open::Found::Sealed(sealed) => {
                let published =
                    watch::Sender::new(Arc::new(Published::sealed(&sealed))).subscribe();
                (None, Some(sealed), published)
            }
            open::Found::Live(folded, key) => {
                let place = task::Place {
                    ground: ground.clone(),
                    key: key.clone(),
                    seats: Arc::clone(&seats),
                };
                let published = task::start(place, *folded, (waiting, moves), over);
                (Some(key), None, published)
            }
        };
        Ok(Some(Self(Arc::new(Inner {
            id: id.clone(),
            key,
            asks,
            ended,
            published,
            seats,
            acts: Buckets::new(ACTS),
            orders: Buckets::new(ORDERS),
            rolls: Rolls::default(),
            clock: ground.clock.clone(),
        }))))
    }

    /// Its name.
    pub fn id(&self) -> &RoomId {
        &self.0.id
    }

    /// What makes pseudonyms; nothing once the room has ended.
    pub fn key(&self) -> Option<&RoomKey> {
        self.0.key.as_ref()
    }

    /// What it tells everybody, now and from now on.
    pub fn published(&self) -> watch::Receiver<Arc<Published>> {
        self.0.published.clone()
    }

    /// What it tells everybody now.
    pub fn now_published(&self) -> Arc<Published> {
        Arc::clone(&self.0.published.borrow())
    }

    /// The room's clock: the server's, but never before what the log has seen.
    pub fn time(&self) -> Timestamp {
        self.0.clock.now().max(self.0.published.borrow().at)
    }

    /// Whether this is the only hold on it, nothing falls due in it, and nothing is wrong with it that an operator should see.
    pub(crate) fn is_idle(&self) -> bool {
        let published = self.0.published.borrow();
        Arc::strong_count(&self.0) == 1 && published.due.is_none() && published.damaged.is_none()
    }

    /// Viewers connected now.
    pub fn viewers(&self) -> u32 {
        self.0.seats.viewers()
    }

    /// The most viewers at once since this was last asked.
    pub(crate) fn most_viewers(&self) -> u32 {
        self.0.seats.most_viewers()
    }

    /// Sits down.
    pub(crate) fn sit(&self, seat: Seat, viewer: Option<Pseudonym>) -> Taken {
        self.0.seats.take(seat, viewer)
    }

    /// What a viewer did before.
    pub async fn join(&self, who: Pseudonym) -> Joined {
        let (done, joined) = oneshot::channel();
        // A room that has ended has nobody's part any more.
        match self.0.asks.send(Ask::Join { who, done }).await {
            Ok(()) => joined.await.unwrap_or_default(),
            Err(_) => Joined::default(),
        }
    }

    /// A viewer acts, as soon as this is called.
    pub fn act(&self, viewer: Viewer, act: Act, line: Option<u64>) -> Waiting {
        let id = act.id.clone();
        let rate = self.0.acts.take(viewer.who, self.0.clock.now());
        self.ask(id, rate, move |done| Ask::Act {
            viewer,
            act,
            line,
            done,
        })
    }

    /// A viewer came with an account in a browser that has a device key: what was done with that is the account's when this returns.
    pub(crate) async fn sign_in(&self, device: Pseudonym, account: Pseudonym) {
        if self.0.acts.take(account, self.0.clock.now()).is_err() {
            // The next greeting makes up for it.
            return;
        }
        let (done, told) = oneshot::channel();
        let asked = Ask::SignIn {
            device,
            account,
            done,
        };
        if self.0.asks.send(asked).await.is_ok() {
            // Nothing is said where there was nothing to do.
            let _ = told.await;
        }
    }

    /// A streamer commands, as soon as this is called.
    pub fn order(&self, staff: Staff, order: Order) -> Waiting {
        let id = order.id.clone();
        let rate = self.0.orders.take(staff.who, self.0.clock.now());
        self.ask(id, rate, move |done| Ask::Order { staff, order, done })
    }

    /// Someone comes by an invitation; the answer has the secret of their own key, which is named as the request is.
    pub fn come(&self, invitation: KeyId, id: RequestId, name: Option<Label>) -> Waiting {
        let own = KeyId::parse(id.as_str()).map(Identity::Key);
        let rate = match (own, self.key()) {
            (Ok(own), Some(key)) => self.0.orders.take(key.pseudonym(&own), self.0.clock.now()),
            // Refused below, before the log.
            (Err(_), _) | (_, None) => Ok(()),
        };
        self.ask(id.clone(), rate, move |done| Ask::Come {
            invitation,
            id,
            name,
            done,
        })
    }

    /// A request that is refused before the room is asked, as one that waits.
    pub(crate) fn refuse(id: RequestId, refusal: Refusal) -> Waiting {
        Box::pin(std::future::ready(refused(id, refusal)))
    }

    /// Asks at once; the answer comes once it is durable.
    fn ask(
        &self,
        id: RequestId,
        rate: Result<(), u64>,
        ask: impl FnOnce(oneshot::Sender<Answered>) -> Ask,
    ) -> Waiting {
        let (done, answered) = oneshot::channel();
        let asked = match rate {
            Err(again) => Err(too_fast(again)),
            Ok(()) => self
                .0
                .asks
                .try_send(ask(done))
                .map_err(|error| match error {
                    mpsc::error::TrySendError::Full(_) => too_fast(1_000),
                    mpsc::error::TrySendError::Closed(_) => self.silent(),
                }),
        };
        let room = self.clone();
        Box::pin(async move {
            match asked {
                Ok(()) => answered
                    .await
                    .unwrap_or_else(|_| refused(id, room.silent())),
                Err(refusal) => refused(id, refusal),
            }
        })
    }
}

/// A refusal as the answer to a request.
pub(crate) fn refused(id: RequestId, refusal: Refusal) -> Answered {
    let answer = Answer {
        id,
        ok: false,
        position: None,
        activity: None,
        refusal: Some(refusal),
        secret: None,
        mine: None,
    };
    Answered {
        answer,
        acted: None,
    }
}
