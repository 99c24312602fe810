//! Erasing a viewer over HTTP: the answer to the command has the receipt, and so has a list of them.

use super::cors::Entered;
use super::rooms::{bearer, order};
use super::rows::no_store;
use crate::Server;
use crate::bearer::Bearer;
use crate::room::Room;
use crate::status::Refused;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::erase::{Erase, Receipt};
use liveroom_protocol::id::RequestId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Answer;
use liveroom_protocol::{Command, Reason, Refusal};
use liveroom_rules::permit;
use serde::Serialize;
use std::sync::Arc;

/// The answer to a command; with the receipt, where somebody was erased.
#[derive(Serialize)]
pub(super) struct Told {
    #[serde(flatten)]
    pub(super) answer: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
}

/// Gives a command to a room. An erasure is answered once it is done, or says what is not.
pub(super) async fn tell(
    server: &Server,
    room: &Room,
    bearer: &Bearer,
    id: RequestId,
    command: Command,
) -> Result<Told, Refusal> {
    let erases = matches!(command, Command::ViewerErase(_));
    if room.key().is_none()
        && let Command::ViewerErase(erase) = command
    {
        return of_ended(server, room, bearer.claims.role, id, erase).await;
    }
    let answer = order(room, bearer, id, command).await?;
    let receipt = match answer.position {
        Some(position) if erases => Some(server.rooms.eraser().receipt(room.id(), position).await?),
        _ => None,
    };
    Ok(Told { answer, receipt })
}

/// In a room that has ended pieces can be named, or somebody's reports: nobody knows any more what an account wrote.
async fn of_ended(
    server: &Server,
    room: &Room,
    role: Role,
    id: RequestId,
    erase: Erase,
) -> Result<Told, Refusal> {
    if !permit::may(role, &Command::ViewerErase(Erase::default())) {
        return Err(Reason::NotAllowed.into());
    }
    if erase.account.is_some() {
        let why = "this room has ended, and with its key went the way from an account to what it wrote: name the pieces, or the viewer's name in reports";
        return Err(Refusal::because(Reason::Sealed, why));
    }
    if !erase.is_well_formed() {
        let why = "name at most 100 pieces, or one viewer's name in reports";
        return Err(Refusal::because(Reason::Malformed, why));
    }
    let erased = server
        .rooms
        .eraser()
        .erase_sealed(room.id(), id.clone(), erase);
    let receipt = erased.await?;
    server.rooms.let_go(room.id());
    let answer = Answer {
        id,
        ok: true,
        position: Some(receipt.position),
        activity: None,
        refusal: None,
        secret: None,
        mine: None,
    };
    Ok(Told {
        answer,
        receipt: Some(receipt),
    })
}

/// `GET /v1/rooms/{room}/erasures`: the receipts of a room, oldest first; for the owner.
pub(super) async fn receipts(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    if !permit::may_own(claims.role) {
        return Err(Reason::NotAllowed.into());
    }
    let room = entered.room?;
    let receipts = server.rooms.eraser().receipts(room.id()).await?;
    Ok((no_store(), Json(receipts)).into_response())
}
