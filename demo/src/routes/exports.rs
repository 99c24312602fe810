//! What a shop and those who run a room take out of it: the ticket key, claims with what winners wrote, questions, comments.

use super::columns::{self, Column};
use super::cors::Entered;
use super::csv::Table;
use super::rooms::bearer;
use super::rows::{Format, Rows, answer, no_store};
use crate::Server;
use crate::status::Refused;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use liveroom_rules::private::TICKET_KEY;
use liveroom_rules::room::Room;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

mod claims;
mod code;
mod comments;
mod questions;

/// What is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    activity: ActivityId,
    #[serde(default)]
    format: Format,
}

/// Which claims are asked for: those of an activity, or the one that has a code.
#[derive(Deserialize)]
pub(super) struct Wanted {
    activity: Option<ActivityId>,
    code: Option<String>,
    #[serde(default)]
    format: Format,
}

/// `GET /v1/rooms/{room}/ticket-key`: what tickets are signed with, and of which log; for the shop and the owner.
pub(super) async fn ticket_key(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    of_shop(claims.role)?;
    let look = |room: &Room| {
        let key = room.private.value(TICKET_KEY).map(str::to_owned);
        (key, room.epoch().cloned())
    };
    let (key, epoch) = entered.room?.look(look).await?;
    let key = key.ok_or_else(crate::status::unavailable)?;
    Ok((no_store(), Json(json!({ "key": key, "epoch": epoch }))).into_response())
}

/// `GET /v1/rooms/{room}/claims?activity=ID`: who won or claimed what, for those who run the room; with the forms and the
/// codes for the shop and the owner. `code=` looks one up, in that activity or in all; for the shop and the owner.
pub(super) async fn claims(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let role = bearer(&server, &headers, &entered)?.role;
    if !permit::may_read_claims(role) {
        return Err(Reason::NotAllowed.into());
    }
    let wanted = asked.map_err(|_| malformed("ask with activity= or code=, and format="))?;
    let Query(Wanted {
        activity,
        code,
        format,
    }) = wanted;
    let rows = match (activity, code) {
        (activity, Some(code)) => {
            of_shop(role)?;
            code::find(&entered.room?, activity, &code).await?
        }
        (Some(activity), None) => {
            let whole = permit::may_read_forms(role);
            let look = move |room: &Room| claims::of(room, &activity, whole);
            entered.room?.look(look).await??
        }
        (None, None) => return Err(malformed("ask with activity= or with code=").into()),
    };
    Ok(answer(&rows, format, "claims"))
}

/// `GET /v1/rooms/{room}/questions?activity=ID`: every question with its votes and its answer; for those who sit at the desk.
pub(super) async fn questions(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    if !permit::may_see_desk(claims.role) {
        return Err(Reason::NotAllowed.into());
    }
    let Asked { activity, format } = known(asked)?;
    let room = entered.room?;
    let rows = room
        .look(move |room| questions::of(room, &activity))
        .await??;
    Ok(answer(&rows, format, "questions"))
}

/// `GET /v1/rooms/{room}/comments?activity=ID`: all that was written in a survey; for those who sit at the desk.
pub(super) async fn comments(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    if !permit::may_see_desk(claims.role) {
        return Err(Reason::NotAllowed.into());
    }
    let Asked { activity, format } = known(asked)?;
    let room = entered.room?;
    let rows = room
        .look(move |room| comments::of(room, &activity))
        .await??;
    Ok(answer(&rows, format, "comments"))
}

fn of_shop(role: Role) -> Result<(), Refusal> {
    if permit::may_read_forms(role) {
        Ok(())
    } else {
        let said = "only the shop and the owner are told this";
        Err(Refusal::because(Reason::NotAllowed, said))
    }
}

fn known(asked: Result<Query<Asked>, QueryRejection>) -> Result<Asked, Refusal> {
    let wrong = |_| malformed("ask with activity=, and format=json, csv or dictionary");
    asked.map(|Query(asked)| asked).map_err(wrong)
}

fn malformed(said: &str) -> Refusal {
    Refusal::because(Reason::Malformed, said)
}
