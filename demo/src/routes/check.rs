//! `POST /v1/rooms/{room}/check`: what the room would say to commands that compose or open, without giving them.

use super::body::json;
use super::cors::Entered;
use super::rooms::{commander, staff_of};
use super::rows::no_store;
use crate::Server;
use crate::room::Staff;
use crate::status::Refused;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::Reason;
use liveroom_protocol::limits::COMMAND_BYTES;
use liveroom_rules::wire;
use std::sync::Arc;

pub(super) async fn check(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let bearer = commander(&server, &headers, &entered)?;
    let room = entered.room?;
    let bytes = json(&headers, body, COMMAND_BYTES).await?;
    let staff: Staff = staff_of(&room, &bearer)?;
    // One is answered as one, and a list as a list, as commands are.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        let commands = wire::commands(&bytes, COMMAND_BYTES)?;
        let checked = room.check(staff, commands).await?;
        return Ok((no_store(), Json(checked)).into_response());
    }
    let command = wire::command(&bytes, COMMAND_BYTES)?;
    let mut checked = room.check(staff, vec![command]).await?;
    let one = checked.pop().ok_or(Reason::Unavailable)?;
    Ok((no_store(), Json(one)).into_response())
}
