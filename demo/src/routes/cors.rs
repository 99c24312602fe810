//! Which pages may use the rooms' HTTP: the same list as for sockets, said to browsers by CORS.
//!
//! See <https://fetch.spec.whatwg.org/#http-cors-protocol>.

use crate::Server;
use crate::origin::{Admission, Sender};
use crate::room::Room;
use crate::status::Refused;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::{Reason, Refusal};
use std::collections::HashMap;
use std::sync::Arc;

/// How a request of a room came in; handlers find it among the request's extensions.
#[derive(Clone)]
pub(super) struct Entered {
    pub(super) id: RoomId,
    /// The room, if there is one.
    pub(super) room: Result<Room, Refusal>,
    pub(super) admission: Admission,
}

/// Lets in who may talk to the room in the path.
pub(super) async fn of_room(
    State(server): State<Arc<Server>>,
    Path(path): Path<HashMap<String, String>>,
    mut request: Request,
    next: Next,
) -> Response {
    let room = path.get("room").map(String::as_str).unwrap_or_default();
    let Ok(id) = RoomId::parse(room) else {
        let refusal = Refusal::because(
            Reason::NotFound,
            "a room's name is 1 to 64 of A-Z a-z 0-9 - _ .",
        );
        return Refused::from(refusal).into_response();
    };
    let room = server.rooms.get(&id).await;
    let listed = room
        .as_ref()
        .map(|room| room.now_published().origins.clone())
        .unwrap_or_default();
    let sender = Sender::of(request.headers());
    let admission = server.door.admits(&sender, &listed);
    request.extensions_mut().insert(Entered {
        id,
        room,
        admission,
    });
    enter(admission, request, next).await
}

/// Lets in the server's own pages, and programs.
pub(super) async fn of_server(
    State(server): State<Arc<Server>>,
    request: Request,
    next: Next,
) -> Response {
    let admission = server.door.admits(&Sender::of(request.headers()), &[]);
    enter(admission, request, next).await
}

/// What a browser asks before it sends what a form could not; the layers above have answered who may.
pub(super) async fn preflight() -> StatusCode {
    StatusCode::NO_CONTENT
}

async fn enter(admission: Admission, request: Request, next: Next) -> Response {
    let origin = request.headers().get(header::ORIGIN).cloned();
    if admission == Admission::Never {
        let refusal = Refusal::because(
            Reason::WrongOrigin,
            "this page's origin is not on the room's list: see PUT /v1/rooms/{room}, origins",
        );
        return Refused::from(refusal).into_response();
    }
    let preflight = request.method() == Method::OPTIONS;
    let mut response = next.run(request).await;
    readable(response.headers_mut(), origin, preflight);
    response
}

/// Says that the page may read the answer.
fn readable(headers: &mut HeaderMap, origin: Option<HeaderValue>, preflight: bool) {
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    let Some(origin) = origin else { return };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    let said = if preflight {
        [
            (
                header::ACCESS_CONTROL_ALLOW_METHODS,
                "GET, POST, PUT, DELETE",
            ),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "authorization, content-type, idempotency-key, if-match, if-none-match",
            ),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
        ]
        .to_vec()
    } else {
        [(header::ACCESS_CONTROL_EXPOSE_HEADERS, "etag, retry-after")].to_vec()
    };
    for (name, value) in said {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
