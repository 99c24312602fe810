//! What a shop and those who run a room take out of it: the ticket key, claims with what winners wrote, questions.

use super::cors::Entered;
use super::csv::Table;
use super::rooms::bearer;
use crate::Server;
use crate::status::Refused;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use liveroom_rules::private::TICKET_KEY;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::sync::Arc;

mod claims;
mod questions;

/// What is asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    activity: ActivityId,
    #[serde(default)]
    format: Format,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Json,
    Csv,
}

/// Rows that can be written as a table.
trait Rows: Serialize {
    fn table(&self) -> Table;
}

/// `GET /v1/rooms/{room}/ticket-key`: what tickets are signed with; for the shop and the owner.
pub(super) async fn ticket_key(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered.id)?;
    of_shop(claims.role)?;
    let look =
        |room: &liveroom_rules::room::Room| room.private.value(TICKET_KEY).map(str::to_owned);
    let key = entered.room?.look(look).await?;
    let key = key.ok_or_else(crate::status::unavailable)?;
    Ok((no_store(), Json(json!({ "key": key }))).into_response())
}

/// `GET /v1/rooms/{room}/claims?activity=ID`: who won or claimed what, with the form; for the shop and the owner.
pub(super) async fn claims(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered.id)?;
    of_shop(claims.role)?;
    let Asked { activity, format } = known(asked)?;
    let room = entered.room?;
    let rows = room.look(move |room| claims::of(room, &activity)).await??;
    Ok(answer(&rows, format, "claims"))
}

/// `GET /v1/rooms/{room}/questions?activity=ID`: every question with its votes and its answer; for those who sit at the desk.
pub(super) async fn questions(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered.id)?;
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

fn of_shop(role: Role) -> Result<(), Refusal> {
    match role {
        Role::Shop | Role::Owner => Ok(()),
        Role::Viewer | Role::Moderator | Role::Analyst | Role::Operator | Role::Streamer => {
            Err(Refusal::because(
                Reason::NotAllowed,
                "only the shop and the owner are told this",
            ))
        }
    }
}

fn known(asked: Result<Query<Asked>, QueryRejection>) -> Result<Asked, Refusal> {
    let wrong = |_| {
        Refusal::because(
            Reason::Malformed,
            "ask with activity=, and format=json or format=csv",
        )
    };
    asked.map(|Query(asked)| asked).map_err(wrong)
}

fn answer(rows: &impl Rows, format: Format, name: &str) -> Response {
    match format {
        Format::Json => (no_store(), Json(rows)).into_response(),
        Format::Csv => {
            let said = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}.csv\""),
                ),
            ];
            (said, no_store(), rows.table().text()).into_response()
        }
    }
}

/// Particulars of people stay in no cache.
const fn no_store() -> [(header::HeaderName, &'static str); 1] {
    [(header::CACHE_CONTROL, "no-store")]
}
