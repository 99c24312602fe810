//! What a server says of itself: whether it is well, its figures, and its HTTP.

use crate::Server;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::sync::Arc;

/// `GET /healthz`: 200 while the log can be read, else 503.
pub(super) async fn health(State(server): State<Arc<Server>>) -> Response {
    let read = server.log.room(&server.config.room).await;
    let status = if read.is_ok() {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let body = json!({ "ok": read.is_ok(), "version": env!("CARGO_PKG_VERSION"), "at": server.clock.now() });
    (status, [(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// `GET /metrics`, for Prometheus.
pub(super) async fn metrics(State(server): State<Arc<Server>>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], server.metrics.text()).into_response()
}

/// `GET /openapi.json`: the description of all this. Written by hand, since most of what a route takes and gives is in the protocol's own schema
/// already; tests hold it to the router, to what the server answers, and to what it takes.
pub(super) async fn openapi() -> Response {
    const TEXT: &str = include_str!("../../openapi.json");
    ([(header::CONTENT_TYPE, "application/json")], TEXT).into_response()
}
