//! The HTTP of the collector: one path, readable from any page, no credentials.

use super::event::{NotTaken, parse};
use super::sources::Foreign;
use super::store::Unavailable;
use super::{BODY_BYTES, Collector, REPORTS};
use axum::body::Bytes;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequest, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde_json::json;
use std::net::SocketAddr;

/// The path that takes reports.
const PATH: &str = "/v1/engagement";
/// Seconds after which a sender may try again when the writer is busy, and when the store is full or broken.
const BUSY_SECONDS: u64 = 1;
const FULL_SECONDS: u64 = 60;

/// The routes of a collector: `POST /v1/engagement`, and what browsers ask before it.
///
/// Addresses are told apart where the server adds [`ConnectInfo`] to its requests; else all senders share one allowance.
pub fn router(collector: Collector) -> Router {
    Router::new()
        .route(PATH, post(take).options(preflight))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(map_response(open_to_all))
        .with_state(collector)
}

async fn take(State(collector): State<Collector>, request: Request) -> Response {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let address = address.map(|ConnectInfo(address)| address.ip());
    let inner = &collector.0;
    if let Err(seconds) = inner.pace.enter(address, inner.clock.now()) {
        return later(
            StatusCode::TOO_MANY_REQUESTS,
            "too many reports from this address",
            seconds,
        );
    }
    if let Err(why) = check_type(request.headers()) {
        return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, why);
    }
    let body = match Bytes::from_request(request, &()).await {
        Ok(body) => body,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let why = format!("the body is larger than {BODY_BYTES} bytes");
            return refused(StatusCode::PAYLOAD_TOO_LARGE, &why);
        }
        Err(_) => return refused(StatusCode::BAD_REQUEST, "the body ended early"),
    };
    inner.pace.charge(address, body.len(), inner.clock.now());
    let events = match parse(&body) {
        Ok(events) => events,
        Err(NotTaken::Malformed(why)) => return refused(StatusCode::BAD_REQUEST, &why),
        Err(NotTaken::TooMany) => {
            let why = format!("more than {REPORTS} reports");
            return refused(StatusCode::PAYLOAD_TOO_LARGE, &why);
        }
    };
    let now = inner.clock.now();
    match inner.sources.admit(&events, address, now).await {
        Ok(()) => {}
        Err(Foreign::NoRoom(source)) => {
            let why =
                format!("{source} is no room of this server; it keeps reports of its own rooms");
            return refused(StatusCode::FORBIDDEN, &why);
        }
        Err(Foreign::TooMany) => {
            return refused(StatusCode::BAD_REQUEST, "more sources than a page can have");
        }
        Err(Foreign::TooFast(seconds)) => {
            let why = "too many reports of this room";
            return later(StatusCode::TOO_MANY_REQUESTS, why, seconds);
        }
        Err(Foreign::Unknown) => {
            return later(StatusCode::SERVICE_UNAVAILABLE, "busy", BUSY_SECONDS);
        }
    }
    match inner.store.write(events, inner.clock.now()).await {
        Ok(receipt) => (StatusCode::ACCEPTED, Json(receipt)).into_response(),
        Err(Unavailable::Busy) => later(StatusCode::SERVICE_UNAVAILABLE, "busy", BUSY_SECONDS),
        Err(Unavailable::Full) => later(
            StatusCode::SERVICE_UNAVAILABLE,
            "the store is full",
            FULL_SECONDS,
        ),
        Err(Unavailable::RoomFull) => later(
            StatusCode::SERVICE_UNAVAILABLE,
            "this room has as many reports as it may keep",
            FULL_SECONDS,
        ),
        Err(Unavailable::Broken) => later(
            StatusCode::SERVICE_UNAVAILABLE,
            "the store cannot be written",
            FULL_SECONDS,
        ),
    }
}

/// The two types of CloudEvents in JSON, and the one that a closing page may send without asking first.
fn check_type(headers: &HeaderMap) -> Result<(), &'static str> {
    if headers.contains_key(header::CONTENT_ENCODING) {
        return Err("the body is compressed; send it as it is");
    }
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::to_str);
    let kind = kind.and_then(Result::ok).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let known = [
        "application/cloudevents-batch+json",
        "application/cloudevents+json",
        "text/plain",
    ];
    if known.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
        Ok(())
    } else {
        Err(
            "send application/cloudevents-batch+json, application/cloudevents+json, or either as text/plain",
        )
    }
}

fn refused(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "error": why }))).into_response()
}

fn later(status: StatusCode, why: &str, seconds: u64) -> Response {
    (
        [(header::RETRY_AFTER, seconds.to_string())],
        refused(status, why),
    )
        .into_response()
}

/// The answer to what a browser asks before it sends the CloudEvents types.
async fn preflight() -> Response {
    let allowed: [(HeaderName, &str); 3] = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
        (header::ACCESS_CONTROL_MAX_AGE, "86400"),
    ];
    (StatusCode::NO_CONTENT, allowed).into_response()
}

/// Any page may report and read the answer; none may send or get credentials.
async fn open_to_all(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let open = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after"),
        (header::CACHE_CONTROL, "no-store"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
    ];
    for (name, value) in open {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
