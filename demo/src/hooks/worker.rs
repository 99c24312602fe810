//! Sending to one hook, one batch after the other.

use super::table::{self, Delivery, Hook, Outcome, State};
use super::{Fault, Hooks, Outgoing, Reply, Target, plan};
use crate::chance::random;
use crate::events::{Alert, Page, Place, Row};
use crate::room::stopped;
use hyper::StatusCode;
use liveroom_protocol::event::Cursor;
use liveroom_protocol::id::{HookId, RoomId};
use liveroom_protocol::limits::EVENTS;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_rules::log::Unavailable;
use std::time::Instant;

/// Bytes of one batch, unless a single event has more.
const BATCH_BYTES: usize = 256 * 1024;
/// How long a worker rests when its file does not work.
const REST: Span = Span(1_000);

/// Who sends to one hook.
pub(super) struct Worker {
    hooks: Hooks,
    room: RoomId,
    id: HookId,
}

/// What is sent at once.
#[derive(Debug)]
struct Batch {
    /// The id of its last event.
    name: String,
    to: Place,
    count: usize,
    body: Vec<u8>,
}

impl Worker {
    pub(super) const fn new(hooks: Hooks, room: RoomId, id: HookId) -> Self {
        Self { hooks, room, id }
    }

    /// Sends until the server stops, the hook is set anew or removed, or it is tried no more.
    pub(super) async fn run(self) {
        let mut stop = self.hooks.0.stop.clone();
        tokio::select! {
            () = self.work() => {}
            () = stopped(&mut stop) => {}
        }
    }

    async fn work(&self) {
        let mut changes = self.hooks.0.events.changes(&self.room);
        loop {
            changes.borrow_and_update();
            match self.step().await {
                Ok(Step::On) => {}
                Ok(Step::Over) => return,
                Ok(Step::Nothing) => {
                    if changes.changed().await.is_err() {
                        return;
                    }
                }
                Err(why) => {
                    tracing::warn!("room {}: webhook {}: {}", self.room, self.id, why.0);
                    self.until(self.hooks.0.clock.now().after(REST)).await;
                }
            }
        }
    }

    async fn until(&self, at: Timestamp) {
        self.hooks.0.clock.reach(Some(at)).await;
    }

    /// Sends the next batch, once its time has come.
    async fn step(&self) -> Result<Step, Unavailable> {
        let Some(hook) = self.hook().await? else {
            return Ok(Step::Over);
        };
        match hook.state {
            State::Active => {}
            State::Failing | State::Gone => return Ok(Step::Over),
        }
        let events = &self.hooks.0.events;
        let page = events.page(&self.room, Some(hook.at), EVENTS).await?;
        let Some(read) = page.rows.last().map(|row| (row.position, row.number)) else {
            return Ok(Step::Nothing);
        };
        let Some(batch) = batch(page, &hook) else {
            // Nothing of it was asked for.
            self.mark(&hook, (read, None)).await?;
            return Ok(Step::On);
        };
        // What failed is the same until it is taken, also after a kill.
        if hook.to.is_none() {
            self.mark(&hook, (hook.at, Some(batch.to))).await?;
        }
        self.until(hook.next_at).await;
        self.send(&hook, batch).await
    }

    async fn send(&self, hook: &Hook, batch: Batch) -> Result<Step, Unavailable> {
        let clock = &self.hooks.0.clock;
        let (at, began) = (clock.now(), Instant::now());
        let (id, events, to) = (batch.name.clone(), batch.count, batch.to);
        let answer = self.hooks.post(hook, batch.name, batch.body).await;
        let mut delivery = Delivery {
            at,
            id,
            events,
            status: None,
            said: None,
            took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
        };
        delivery.tell(&answer);
        let outcome = outcome(hook, answer, to, clock.now());
        let (room, known) = (self.room.clone(), hook.clone());
        let store = self.hooks.0.events.store();
        let noted = store.write(move |file| table::note(file, &room, &known, outcome, &delivery));
        noted
            .await
            .map_err(|error| Unavailable(error.to_string()))?;
        match outcome {
            Outcome::Taken(_) | Outcome::Again(..) => Ok(Step::On),
            Outcome::Over(state) => {
                self.say(hook, state).await;
                Ok(Step::Over)
            }
        }
    }

    /// Tells the operator, and the room's other back ends.
    async fn say(&self, hook: &Hook, state: State) {
        let alert = match state {
            State::Gone => "hook_gone",
            State::Active | State::Failing => "hook_failing",
        };
        tracing::warn!(
            "room {}: webhook {}: {alert}, it is tried no more",
            self.room,
            self.id
        );
        let alert = Alert {
            alert: alert.to_owned(),
            figure: Some(hook.tries.saturating_add(1).into()),
            hook: Some(self.id.to_string()),
            ..Alert::default()
        };
        if let Err(why) = self.hooks.0.events.alert(&self.room, alert).await {
            tracing::warn!("room {}: an alert was not kept: {}", self.room, why.0);
        }
    }

    async fn hook(&self) -> Result<Option<Hook>, Unavailable> {
        let (events, room, id) = (
            self.hooks.0.events.clone(),
            self.room.clone(),
            self.id.clone(),
        );
        let read = move || events.store().read(|file| table::one(file, &room, &id));
        let hook = tokio::task::spawn_blocking(read).await;
        hook.map_err(|error| Unavailable(error.to_string()))?
            .map_err(|error| Unavailable(error.to_string()))
    }

    async fn mark(&self, hook: &Hook, places: (Place, Option<Place>)) -> Result<(), Unavailable> {
        let (room, known) = (self.room.clone(), hook.clone());
        let store = self.hooks.0.events.store();
        let marked = store.write(move |file| table::mark(file, &room, &known, places));
        marked.await.map_err(|error| Unavailable(error.to_string()))
    }
}

/// What came of a step.
enum Step {
    /// There may be more to do.
    On,
    /// There is nothing until there are more events.
    Nothing,
    /// It is not sent to any more.
    Over,
}

impl Hooks {
    /// Sends a body to a hook, signed now.
    pub(crate) async fn post(
        &self,
        hook: &Hook,
        name: String,
        body: Vec<u8>,
    ) -> Result<Reply, Fault> {
        let target: Target = hook.url.parse().map_err(|_| Fault::NoAddress)?;
        let seconds = self.0.clock.now().0 / 1_000;
        let outgoing = Outgoing {
            signature: hook.secret.sign(&name, seconds, &body),
            name,
            seconds,
            body,
        };
        // It is never closed.
        let _place = self.0.sending.acquire().await;
        self.0.post.send(&target, outgoing).await
    }
}

impl Delivery {
    /// Takes in what was answered.
    pub(crate) fn tell(&mut self, answer: &Result<Reply, Fault>) {
        match answer {
            Ok(reply) => self.status = Some(reply.status.as_u16()),
            Err(fault) => self.said = Some(fault.to_string()),
        }
    }
}

/// The first of the events that the hook is sent, as one body; up to where the same was sent before.
fn batch(page: Page, hook: &Hook) -> Option<Batch> {
    let Page { epoch, rows } = page;
    let within = |row: &Row| hook.to.is_none_or(|to| (row.position, row.number) <= to);
    let mut body = vec![b'['];
    let mut count = 0;
    let mut to = None;
    let wanted = |row: &Row| hook.types.take(&row.kind);
    for row in rows.into_iter().filter(within).filter(wanted) {
        if count > 0 && body.len() + row.body.len() > BATCH_BYTES {
            break;
        }
        if count > 0 {
            body.push(b',');
        }
        body.extend_from_slice(row.body.as_bytes());
        count += 1;
        to = Some((row.position, row.number));
    }
    body.push(b']');
    let (epoch, to) = epoch.zip(to)?;
    let (position, number) = to;
    let cursor = Cursor {
        epoch,
        position,
        number,
    };
    Some(Batch {
        name: cursor.to_string(),
        to,
        count,
        body,
    })
}

/// What an answer means.
fn outcome(hook: &Hook, answer: Result<Reply, Fault>, to: Place, now: Timestamp) -> Outcome {
    let again = match answer {
        Ok(Reply { status, .. }) if status.is_success() => return Outcome::Taken(to),
        Ok(Reply { status, .. }) if status == StatusCode::GONE => {
            return Outcome::Over(State::Gone);
        }
        Ok(Reply { again, .. }) => again,
        Err(_) => None,
    };
    let since = hook.since.unwrap_or(now);
    if plan::is_over(since, now) {
        return Outcome::Over(State::Failing);
    }
    // Without chance the waits are the longest.
    let chance = random().map_or(u32::MAX, u32::from_be_bytes);
    let wait = plan::wait(hook.tries.saturating_add(1), again, chance);
    Outcome::Again(since, now.after(wait))
}
