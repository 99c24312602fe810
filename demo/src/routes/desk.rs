//! `GET /v1/rooms/{room}/desk/{activity}?text=…&before=…`: what those at the desk look up among entrants and claims.

use super::cors::Entered;
use super::rooms::bearer;
use super::rows::no_store;
use crate::Server;
use crate::status::Refused;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::{permit, view};
use serde::Deserialize;
use std::sync::Arc;

/// What is looked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    text: String,
    before: Option<u64>,
}

pub(super) async fn find(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    Path((_, activity)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let role = bearer(&server, &headers, &entered)?.role;
    if !permit::may_see_desk(role) {
        return Err(Reason::NotAllowed.into());
    }
    let Query(asked) = asked.map_err(|_| {
        let why = "ask with text= and before=, a whole number";
        Refusal::because(Reason::Malformed, why)
    })?;
    let activity = ActivityId::parse(activity).map_err(|_| Reason::NotFound)?;
    let look = move |room: &liveroom_rules::room::Room| {
        view::find(room, &activity, &asked.text, asked.before)
    };
    let found = entered.room?.look(look).await??;
    Ok((no_store(), Json(found)).into_response())
}
