//! One room over HTTP: its news, its socket, its commands, its making.

use super::body::{json, object};
use super::cors::Entered;
use super::erasures::{Told, tell};
use super::messages::{array, state};
use super::rows::no_store;
use super::stand_in;
use crate::accept::Alive;
use crate::bearer::Bearer;
use crate::guest::Guest;
use crate::origin::Admission;
use crate::room::{Room, Staff};
use crate::status::{Refused, status};
use crate::{Server, connection};
use axum::body::Body;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::command::Settings;
use liveroom_protocol::id::RequestId;
use liveroom_protocol::limits::COMMAND_BYTES;
use liveroom_protocol::message::{Answer, Hello, Order};
use liveroom_protocol::token::Claims;
use liveroom_protocol::{Command, Reason, Refusal, VERSION};
use liveroom_rules::{permit, wire};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;

/// `GET /v1/rooms/{room}`: the public news, as someone who joins late gets it.
pub(super) async fn news(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
) -> Result<Response, Refused> {
    let room = entered.room?;
    let hello = Hello {
        version: VERSION,
        ..Hello::default()
    };
    // What everybody may know needs no token; whose page may not read it was stopped at the door.
    let guest = Guest::of(&server, &room, &hello, Admission::Free)?;
    Ok(array(
        &state(&server.collector, &room, &guest, &hello).await?,
    ))
}

/// `GET /v1/rooms/{room}/socket`: the WebSocket.
pub(super) async fn socket(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(alive): Extension<Alive>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Refused> {
    let no_socket = |_| Refusal::because(Reason::Unsupported, "this address speaks WebSocket");
    let upgrade = connection::sized(upgrade.map_err(no_socket)?);
    let peer = stand_in(peer);
    Ok(upgrade.on_upgrade(move |socket| async move {
        match entered.room {
            Ok(room) => connection::serve(server, room, entered.admission, peer, socket).await,
            Err(refusal) => connection::refuse(server, refusal, socket).await,
        }
        drop(alive);
    }))
}

/// `PUT /v1/rooms/{room}`: makes the room if there is none, and sets it up as the body says.
pub(super) async fn make(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let bearer = whoever(&server, &headers, &entered)?;
    if bearer.machine.is_some() || !permit::may_own(bearer.claims.role) {
        return Err(Refusal::because(
            Reason::NotAllowed,
            "only its owner makes a room and sets it up",
        )
        .into());
    }
    let bytes = object(&headers, body, COMMAND_BYTES).await?;
    let settings: Settings = wire::settings(&bytes, COMMAND_BYTES)?;
    let (room, made) = server.rooms.make(&entered.id).await?;
    let mut position = None;
    if settings != Settings::default() {
        let id = key(&headers)?;
        let answer = order(&room, &bearer, id, Command::RoomSet(settings)).await?;
        position = answer.position;
        if let Some(refusal) = answer.refusal {
            return Err(refusal.into());
        }
    }
    let epoch = room.now_published().sheet.epoch.clone();
    let status = if made {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let body = json!({ "room": entered.id, "epoch": epoch, "made": made, "position": position });
    Ok((status, Json(body)).into_response())
}

/// Whoever asks, if they may give any command at all.
pub(super) fn commander(
    server: &Server,
    headers: &HeaderMap,
    entered: &Entered,
) -> Result<Bearer, Refusal> {
    let bearer = whoever(server, headers, entered)?;
    if permit::may_order(bearer.claims.role) {
        Ok(bearer)
    } else {
        let why = "this role gives no commands";
        Err(Refusal::because(Reason::NotAllowed, why))
    }
}

/// `POST /v1/rooms/{room}/commands`: one command, or several in their order; `Idempotency-Key` is the request's id.
pub(super) async fn command(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let bearer = commander(&server, &headers, &entered)?;
    let room = entered.room?;
    let id = key(&headers)?;
    let bytes = json(&headers, body, COMMAND_BYTES).await?;
    if bytes.trim_ascii_start().first() != Some(&b'[') {
        let command = wire::command(&bytes, COMMAND_BYTES)?;
        let told = tell(&server, &room, &bearer, id, command).await?;
        return Ok((status_of(&told.answer), no_store(), Json(told)).into_response());
    }
    let mut answers: Vec<Told> = Vec::new();
    for (number, command) in wire::commands(&bytes, COMMAND_BYTES)?
        .into_iter()
        .enumerate()
    {
        let id = part(&id, number + 1)?;
        answers.push(tell(&server, &room, &bearer, id, command).await?);
    }
    let worst = answers
        .iter()
        .map(|told| status_of(&told.answer))
        .find(|status| *status != StatusCode::OK);
    Ok((worst.unwrap_or(StatusCode::OK), no_store(), Json(answers)).into_response())
}

/// Whoever bears the token in `Authorization`, a machine with its key too.
pub(super) fn whoever(
    server: &Server,
    headers: &HeaderMap,
    entered: &Entered,
) -> Result<Bearer, Refusal> {
    let missing = || {
        Refusal::because(
            Reason::BadToken,
            "send the token as Authorization: Bearer …",
        )
    };
    let token = token(headers).ok_or_else(missing)?;
    Bearer::of(server, &entered.id, entered.room.as_ref(), token)
}

/// The claims of the token in `Authorization`, if a person bears it: no machine's key reaches what is read.
pub(super) fn bearer(
    server: &Server,
    headers: &HeaderMap,
    entered: &Entered,
) -> Result<Claims, Refusal> {
    whoever(server, headers, entered)?.person()
}

/// The token in `Authorization`.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// The request's id: what `Idempotency-Key` says, else one that cannot be asked again.
pub(super) fn key(headers: &HeaderMap) -> Result<RequestId, Refusal> {
    let wrong = || {
        Refusal::because(
            Reason::Malformed,
            "an Idempotency-Key is 1 to 64 of A-Z a-z 0-9 - _ .",
        )
    };
    let id = match headers.get("idempotency-key") {
        Some(key) => key.to_str().map_err(|_| wrong())?.to_owned(),
        None => crate::chance::name()
            .map_err(|error| Refusal::because(Reason::Unavailable, error.to_string()))?,
    };
    RequestId::parse(id).map_err(|_| wrong())
}

/// The id of one of several commands.
fn part(id: &RequestId, number: usize) -> Result<RequestId, Refusal> {
    let long = |_| {
        Refusal::because(
            Reason::Malformed,
            "an Idempotency-Key of several commands is at most 61 characters",
        )
    };
    RequestId::parse(format!("{id}.{number}")).map_err(long)
}

pub(super) async fn order(
    room: &Room,
    bearer: &Bearer,
    id: RequestId,
    command: Command,
) -> Result<Answer, Refusal> {
    let staff = staff_of(room, bearer)?;
    Ok(room.order(staff, Order { id, command }).await.answer)
}

/// Who commands, as the room's log knows them.
pub(super) fn staff_of(room: &Room, bearer: &Bearer) -> Result<Staff, Refusal> {
    let key = room.key().ok_or(Reason::Sealed)?;
    let who = key.pseudonym(&bearer.identity());
    let Claims { role, name, .. } = bearer.claims.clone();
    Ok(Staff { role, who, name })
}

fn status_of(answer: &Answer) -> StatusCode {
    answer
        .refusal
        .as_ref()
        .map_or(StatusCode::OK, |refusal| status(refusal.reason))
}
