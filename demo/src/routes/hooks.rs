//! `/v1/rooms/{room}/hooks`: where a room's events are sent, for its owner.

mod failing;
mod shown;
mod trial;

pub(super) use failing::failing;
pub(crate) use trial::TRIALS;
pub(super) use trial::test;

use super::body::object;
use super::cors::Entered;
use super::rooms::bearer;
use super::rows::no_store;
use crate::Server;
use crate::chance::random;
use crate::events::{Place, Store, last};
use crate::hooks::table::{self, Hook, State as Condition};
use crate::hooks::{Kinds, Secret, Target, address};
use crate::status::{Refused, unavailable};
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::event::Cursor;
use liveroom_protocol::id::HookId;
use liveroom_protocol::limits::{FRAME_BYTES, HOOKS};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use serde::Deserialize;
use shown::{Shown, shown};
use std::sync::Arc;

/// How a hook is to be.
#[derive(Deserialize)]
struct Asked {
    url: String,
    /// All, unless some are named.
    #[serde(default)]
    types: Kinds,
    /// The id of an event: those that follow it are sent, also again; `""` for all there ever were.
    after: Option<String>,
    /// Another secret, told with the answer.
    #[serde(default)]
    rotate: bool,
}

/// The room and the hook in the path.
type Named = Path<(String, String)>;

fn owner(server: &Server, headers: &HeaderMap, entered: &Entered) -> Result<(), Refusal> {
    let claims = bearer(server, headers, entered)?;
    if !permit::may_set_hooks(claims.role) {
        let why = "only the room's owner says where its events are sent";
        return Err(Refusal::because(Reason::NotAllowed, why));
    }
    entered.room.as_ref().map(drop).map_err(Clone::clone)
}

/// `GET …/hooks`: all of them.
pub(super) async fn list(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    owner(&server, &headers, &entered)?;
    let room = entered.id;
    let hooks = read(&server, move |store| {
        store.read(|file| {
            let epoch = last(file, &room)?.map(|(epoch, _)| epoch);
            let all = table::of_room(file, &room)?;
            Ok(all
                .into_iter()
                .map(|hook| (hook, epoch.clone()))
                .collect::<Vec<_>>())
        })
    })
    .await?;
    let shown: Vec<Shown> = hooks
        .into_iter()
        .map(|(hook, epoch)| shown(hook, epoch))
        .collect();
    Ok((no_store(), Json(shown)).into_response())
}

/// `GET …/hooks/{hook}`: one, with its latest deliveries.
pub(super) async fn one(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    Path((_, id)): Named,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    owner(&server, &headers, &entered)?;
    let (room, id) = (entered.id, named(&id)?);
    let found = read(&server, move |store| {
        store.read(|file| {
            let Some(hook) = table::one(file, &room, &id)? else {
                return Ok(None);
            };
            let epoch = last(file, &room)?.map(|(epoch, _)| epoch);
            let deliveries = table::deliveries(file, &room, &id)?;
            Ok(Some((hook, epoch, deliveries)))
        })
    })
    .await?;
    let (hook, epoch, deliveries) = found.ok_or_else(missing)?;
    let shown = Shown {
        deliveries: Some(deliveries),
        ..shown(hook, epoch)
    };
    Ok((no_store(), Json(shown)).into_response())
}

/// `PUT …/hooks/{hook}`: makes it, or sets it anew; its secret is told when it is made, and never again.
pub(super) async fn set(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    Path((_, id)): Named,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    owner(&server, &headers, &entered)?;
    let (room, id) = (entered.id, named(&id)?);
    let bytes = object(&headers, body, FRAME_BYTES).await?;
    let asked: Asked = serde_json::from_slice(&bytes)
        .map_err(|error| malformed(error.to_string().chars().take(300).collect::<String>()))?;
    sound(&server, &asked.url)?;
    let types = asked.types.known().map_err(malformed)?;
    let after = match asked.after.as_deref() {
        None => None,
        Some("") => Some(None),
        Some(cursor) => Some(Some(cursor.parse::<Cursor>().map_err(malformed)?)),
    };
    let secret = Secret::new(random().map_err(|_| unavailable())?);
    let (made, url, rotate) = (server.clock.now(), asked.url, asked.rotate);
    let (name, hook) = (room.clone(), id.clone());
    // What was answered is what is kept after it.
    server.events.settled().await;
    let store = server.events.store();
    let kept = store.write_for_good(move |file| {
        let known = table::of_room(file, &name)?;
        let before = known.iter().find(|known| known.id == hook);
        if before.is_none() && known.len() >= HOOKS {
            return Ok(Err(too_many()));
        }
        let end = last(file, &name)?;
        let at = match (&after, before, &end) {
            (None, Some(before), _) => before.at,
            (None, None, Some((_, place))) => *place,
            (Some(Some(cursor)), _, Some((epoch, _))) if cursor.epoch != *epoch => {
                return Ok(Err(other_log()));
            }
            (Some(Some(cursor)), ..) => (cursor.position, cursor.number),
            (Some(None), ..) | (None, None, None) => BEGINNING,
        };
        let fresh = before.is_none() || rotate;
        let hook = Hook {
            id: hook,
            made: before.map_or(made, |before| before.made),
            generation: before.map_or(1, |before| before.generation + 1),
            url,
            types,
            secret: before
                .filter(|_| !rotate)
                .map_or(secret, |before| before.secret.clone()),
            state: Condition::Active,
            at,
            to: None,
            tries: 0,
            since: None,
            next_at: Timestamp(0),
        };
        table::set(file, &name, &hook)?;
        Ok(Ok((
            hook,
            end.map(|(epoch, _)| epoch),
            before.is_none(),
            fresh,
        )))
    });
    let (hook, epoch, new, fresh) = kept.await.map_err(broken)??;
    server.hooks.start(&room, &id);
    let told = fresh.then(|| hook.secret.told());
    let shown = Shown {
        secret: told,
        ..shown(hook, epoch)
    };
    let status = if new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok((status, no_store(), Json(shown)).into_response())
}

/// `DELETE …/hooks/{hook}`: nothing more is sent there.
pub(super) async fn remove(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    Path((_, id)): Named,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    owner(&server, &headers, &entered)?;
    let (room, id) = (entered.id, named(&id)?);
    server.hooks.end(&room, &id);
    let store = server.events.store();
    let gone = store.write_for_good(move |file| table::remove(file, &room, &id));
    if gone.await.map_err(broken)? {
        Ok(StatusCode::NO_CONTENT.into_response())
    } else {
        Err(missing().into())
    }
}

/// Before all events.
const BEGINNING: Place = (0, 0);

/// What is plainly no receiver is refused at once; where a name points to is looked at each time that something is sent.
fn sound(server: &Server, url: &str) -> Result<(), Refusal> {
    let target: Target = url.parse().map_err(malformed)?;
    let local = server.hooks.is_local();
    if !target.tls && !local {
        return Err(malformed("events are sent by https only"));
    }
    let private = |address| !address::may_reach(address, local);
    if target.address().is_some_and(private) {
        return Err(malformed(
            "this address is private, of this machine, or reserved: events are sent to the public internet only",
        ));
    }
    Ok(())
}

async fn read<T: Send + 'static>(
    server: &Arc<Server>,
    read: impl FnOnce(&Store) -> rusqlite::Result<T> + Send + 'static,
) -> Result<T, Refusal> {
    let events = server.events.clone();
    let read = tokio::task::spawn_blocking(move || read(events.store())).await;
    read.map_err(|_| unavailable())?.map_err(broken)
}

fn named(id: &str) -> Result<HookId, Refusal> {
    let wrong = |_| malformed("a hook's name is 1 to 64 of A-Z a-z 0-9 - _ .");
    HookId::parse(id).map_err(wrong)
}

fn malformed(said: impl Into<String>) -> Refusal {
    Refusal::because(Reason::Malformed, said)
}

fn missing() -> Refusal {
    Refusal::because(Reason::NotFound, "there is no such hook")
}

fn too_many() -> Refusal {
    let why = format!("a room has at most {HOOKS} hooks: delete one first");
    Refusal::because(Reason::TooMany, why)
}

fn other_log() -> Refusal {
    let why = "the room was made anew since that event: leave after away, or give \"\" for all";
    Refusal::because(Reason::OtherRun, why)
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn broken(error: rusqlite::Error) -> Refusal {
    tracing::warn!("the file of events does not work: {error}");
    unavailable()
}
