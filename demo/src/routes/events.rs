//! `GET /v1/rooms/{room}/events`: what happened in a room, for a back end; webhooks deliver the same.
//!
//! | query | |
//! |---|---|
//! | `after=` | the id of an event: those that follow it; without it from the beginning |
//! | `limit=` | at most so many, 1 to 100, which it is unless said otherwise |
//! | `wait=` | where there is none yet: how many seconds to wait for one, at most 25 |
//!
//! The answer is a CloudEvents batch, empty where there is nothing after. The id of its last event is what to ask with next.

use super::cors::Entered;
use super::rooms::bearer;
use super::rows::no_store;
use crate::Server;
use crate::events::{Page, Place};
use crate::room::stopped;
use crate::status::{Refused, unavailable};
use axum::Extension;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use liveroom_protocol::event::Cursor;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::limits::EVENTS;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use serde::Deserialize;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};

/// Who may wait at once, in all rooms; more are answered at once.
pub(crate) const WAITS: usize = 1_000;
/// The longest time to wait, in seconds: an answer may take thirty.
const LONGEST: u64 = 25;

/// What is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    after: Option<String>,
    limit: Option<usize>,
    #[serde(default)]
    wait: u64,
}

pub(super) async fn read(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    if !permit::may_read_events(claims.role) {
        return Err(Reason::NotAllowed.into());
    }
    let Query(asked) =
        asked.map_err(|_| malformed("ask with after=, limit= and wait=, the latter numbers"))?;
    let limit = asked.limit.unwrap_or(EVENTS);
    if !(1..=EVENTS).contains(&limit) || asked.wait > LONGEST {
        return Err(malformed("limit= is 1 to 100, wait= at most 25").into());
    }
    let after = asked.after.as_deref().map(str::parse::<Cursor>);
    let after = after.transpose().map_err(malformed)?;
    // What there is of a room that has ended lies in the same file.
    drop(entered.room?);
    let mut stop = server.stop.clone();
    let page = tokio::select! {
        page = waited(&server, &entered.id, after.as_ref(), limit, asked.wait) => page?,
        () = stopped(&mut stop) => return Err(unavailable().into()),
    };
    let bodies: Vec<String> = page.rows.into_iter().map(|row| row.body).collect();
    let said = [(
        header::CONTENT_TYPE,
        "application/cloudevents-batch+json; charset=utf-8",
    )];
    Ok((said, no_store(), format!("[{}]", bodies.join(","))).into_response())
}

/// The events, waited for if there are none and somebody may wait.
async fn waited(
    server: &Server,
    room: &RoomId,
    after: Option<&Cursor>,
    limit: usize,
    seconds: u64,
) -> Result<Page, Refusal> {
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut changes = server.events.changes(room);
    server.events.settled().await;
    let place = server.waits.try_acquire();
    loop {
        changes.borrow_and_update();
        let page = page(server, room, after, limit).await?;
        let may_wait = place.is_ok() && seconds > 0;
        if !page.rows.is_empty() || !may_wait {
            return Ok(page);
        }
        if !matches!(timeout_at(until, changes.changed()).await, Ok(Ok(()))) {
            return Ok(page);
        }
    }
}

async fn page(
    server: &Server,
    room: &RoomId,
    after: Option<&Cursor>,
    limit: usize,
) -> Result<Page, Refusal> {
    let place: Option<Place> = after.map(|cursor| (cursor.position, cursor.number));
    let page = server.events.page(room, place, limit).await;
    let page = page.map_err(|why| {
        tracing::warn!("room {room}: its events cannot be read: {}", why.0);
        unavailable()
    })?;
    match (&page.epoch, after) {
        (Some(epoch), Some(cursor)) if *epoch != cursor.epoch => Err(Refusal::because(
            Reason::OtherRun,
            "the room was made anew since: read from its beginning, without after=",
        )),
        _ => Ok(page),
    }
}

fn malformed(said: &str) -> Refusal {
    Refusal::because(Reason::Malformed, said)
}
