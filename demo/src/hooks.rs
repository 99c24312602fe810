//! Webhooks: a room's events, sent to the addresses that its owner sets, signed, in order, until they are taken.
//!
//! Each hook is one task that reads `events.db` from where the receiver is, sends at most a hundred events as one CloudEvents batch, and
//! moves on once a 2xx was seen; the same batch is sent again until then, under the same `webhook-id`. What has been sent and not taken
//! when the server is killed is sent again: at least once, in order for each hook.
//!
//! [`Post`] speaks HTTP to an address that was looked at before, [`address`] says which are refused, [`Secret`] signs, [`plan`] says when
//! it is tried again, [`table`] keeps how far each has come, `worker` does it.
//!
//! See Standard Webhooks, <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>, and CloudEvents'
//! HTTP webhooks, <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md>.

pub mod address;
mod kinds;
pub mod plan;
mod post;
mod resolver;
mod secret;
pub(crate) mod table;
mod target;
mod worker;

pub use kinds::Kinds;
pub use post::{Fault, Outgoing, Post, Reply};
pub use resolver::Resolver;
pub use secret::Secret;
pub use target::Target;

use crate::events::Events;
use crate::rooms::Rooms;
use crate::{Clock, Error};
use liveroom_protocol::id::{HookId, RoomId};
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// Requests to receivers at once.
const SENDING: usize = 64;

/// The webhooks of all rooms; clones are the same.
#[derive(Clone)]
pub(crate) struct Hooks(Arc<Inner>);

struct Inner {
    events: Events,
    post: Post,
    clock: Clock,
    rooms: Rooms,
    stop: watch::Receiver<bool>,
    sending: Semaphore,
    workers: Mutex<HashMap<(RoomId, HookId), JoinHandle<()>>>,
}

/// What reaches receivers.
pub(crate) struct Reach {
    /// Also this machine, and without TLS.
    pub(crate) local: bool,
    /// Finds the addresses of names.
    pub(crate) resolver: Resolver,
}

impl Hooks {
    /// The hooks that are kept beside the events. `authority`: one that receivers' certificates may be signed by besides the usual.
    pub(crate) fn new(
        events: Events,
        rooms: Rooms,
        reach: Reach,
        authority: Option<&Path>,
        (clock, stop): (Clock, watch::Receiver<bool>),
    ) -> Result<Self, Error> {
        let post = Post::new(reach.resolver, reach.local, authority)?;
        Ok(Self(Arc::new(Inner {
            events,
            post,
            clock,
            rooms,
            stop,
            sending: Semaphore::new(SENDING),
            workers: Mutex::default(),
        })))
    }

    /// Goes on where the server stopped. Rooms with hooks are opened, so that what falls due in them is told.
    pub(crate) async fn resume(self) {
        let events = self.0.events.clone();
        let known = tokio::task::spawn_blocking(move || events.store().read(table::all)).await;
        let known = match known {
            Ok(Ok(known)) => known,
            Ok(Err(error)) => {
                tracing::warn!("webhooks cannot be read: {error}");
                return;
            }
            Err(_) => return,
        };
        for (room, hook) in &known {
            self.start(room, hook);
        }
        for (room, _) in &known {
            // One that cannot be opened now is opened by whoever asks for it.
            let _ = self.0.rooms.get(room).await;
        }
    }

    /// Begins to send, with what is kept of the hook now.
    pub(crate) fn start(&self, room: &RoomId, hook: &HookId) {
        let worker = worker::Worker::new(self.clone(), room.clone(), hook.clone());
        let task = tokio::spawn(worker.run());
        let mut workers = self
            .0
            .workers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        workers.retain(|_, task| !task.is_finished());
        if let Some(before) = workers.insert((room.clone(), hook.clone()), task) {
            before.abort();
        }
    }

    /// Sends no more to it.
    pub(crate) fn end(&self, room: &RoomId, hook: &HookId) {
        let mut workers = self
            .0
            .workers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = workers.remove(&(room.clone(), hook.clone())) {
            task.abort();
        }
    }

    /// Whether receivers may be on this machine, and be spoken to without TLS.
    pub(crate) fn is_local(&self) -> bool {
        self.0.post.is_local()
    }
}
