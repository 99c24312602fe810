//! `/v1/rooms/{room}/run`: the run of show of a room's desk.
//!
//! | method | who | gives |
//! |---|---|---|
//! | `GET` | desk | `{"version", "run"?}`, the version as `ETag` too; 304 to `If-None-Match` |
//! | `PUT`, with `If-Match` | owner, streamer, operator | keeps the run in the body: `{"version"}`; 412 if another desk has saved one since, 428 without `If-Match` |
//! | `POST` | owner, streamer, operator | a dry run of the run in the body: `{"refused":[{"cue","refusal","missing"?}],"warned"?:[{"cue","missing"}]}`; nothing is kept |

use super::body;
use super::cors::Entered;
use super::rooms::bearer;
use super::rows::no_store;
use crate::Server;
use crate::runs::Saved;
use crate::status::{Refused, unavailable};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::RUN_BYTES;
use liveroom_protocol::run::{Kept, Rehearsed};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::{permit, wire};
use serde_json::json;
use std::sync::Arc;

/// Gives the run that was saved last.
pub(super) async fn load(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !permit::may_see_desk(bearer(&server, &headers, &entered)?.role) {
        return Err(Reason::NotAllowed.into());
    }
    entered.room?;
    let (version, text) = server
        .runs
        .load(entered.id)
        .await
        .map_err(|_| unavailable())?;
    // What was written here was read before; what a newer server wrote may be of another form.
    let read = |text: String| wire::run(text.as_bytes(), RUN_BYTES);
    let run = text.map(read).transpose().map_err(|_| {
        Refusal::because(
            Reason::Unsupported,
            "it was saved by a newer server: this one cannot read it",
        )
    })?;
    if headers.get(header::IF_NONE_MATCH) == Some(&tag(version)) {
        return Ok((StatusCode::NOT_MODIFIED, tagged(version)).into_response());
    }
    Ok((tagged(version), Json(Kept { version, run })).into_response())
}

/// Keeps a run in the place of the one that `If-Match` names.
pub(super) async fn save(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    plans(&server, &headers, &entered)?;
    entered.room?;
    let Some(version) = matched(&headers) else {
        let refusal = Refusal::because(
            Reason::Malformed,
            "send If-Match with the version that it changes, \"0\" for the first",
        );
        return Ok((
            StatusCode::PRECONDITION_REQUIRED,
            Json(Refused::from(refusal)),
        )
            .into_response());
    };
    let run = wire::run(&body::object(&headers, body, RUN_BYTES).await?, RUN_BYTES)?;
    let text = serde_json::to_string(&run).map_err(|_| unavailable())?;
    match server.runs.save(entered.id, version, text).await {
        Ok(Saved::Kept(version)) => {
            let kept = Kept { version, run: None };
            Ok((tagged(version), Json(kept)).into_response())
        }
        Ok(Saved::Other(version)) => {
            let refusal = Refusal::because(
                Reason::Taken,
                "another desk has saved the run of show since: load it first",
            );
            let said = Json(json!({ "refusal": refusal, "version": version }));
            Ok((StatusCode::PRECONDITION_FAILED, tagged(version), said).into_response())
        }
        Err(_) => Err(unavailable().into()),
    }
}

/// Says what the room would refuse, and what it would warn of.
pub(super) async fn check(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let role = plans(&server, &headers, &entered)?;
    let run = wire::run(&body::object(&headers, body, RUN_BYTES).await?, RUN_BYTES)?;
    let look = move |room: &liveroom_rules::room::Room| room.rehearse(role, &run);
    let said: Rehearsed = entered.room?.look(look).await?;
    Ok((no_store(), Json(said)).into_response())
}

fn plans(server: &Server, headers: &HeaderMap, entered: &Entered) -> Result<Role, Refusal> {
    let role = bearer(server, headers, entered)?.role;
    match permit::may_plan(role) {
        true => Ok(role),
        false => Err(Reason::NotAllowed.into()),
    }
}

/// The version that `If-Match` names.
fn matched(headers: &HeaderMap) -> Option<u64> {
    let tag = headers.get(header::IF_MATCH)?.to_str().ok()?.trim();
    let tag = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    tag?.parse().ok().filter(|version| *version < u64::MAX >> 2)
}

fn tag(version: u64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

fn tagged(version: u64) -> [(header::HeaderName, HeaderValue); 2] {
    [
        (header::ETAG, tag(version)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ]
}
