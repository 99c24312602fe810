//! The map of the server's HTTP.

use crate::Server;
use crate::collector::Collector;
use crate::rate::network;
use crate::status::Refused;
use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use liveroom_protocol::{Reason, Refusal};
use std::hash::{BuildHasher, RandomState};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::time::timeout;

mod acts;
mod alerts;
mod body;
mod check;
mod columns;
mod cors;
mod csv;
mod desk;
mod draws;
mod erasures;
mod events;
mod exports;
mod health;
mod hooks;
mod insights;
mod kit;
mod messages;
mod pages;
mod rooms;
mod rows;
mod run;
mod team;
mod tokens;

pub(crate) use acts::RELAYS;
pub(crate) use draws::LISTS;
pub(crate) use events::WAITS;
pub(crate) use hooks::TRIALS;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// All routes of a server.
pub(crate) fn all(server: Arc<Server>, collector: &Collector) -> Router {
    let rooms = Router::new()
        .route(
            "/v1/rooms/{room}",
            get(rooms::news).put(rooms::make).options(cors::preflight),
        )
        .route("/v1/rooms/{room}/socket", get(rooms::socket))
        .route(
            "/v1/rooms/{room}/messages",
            post(messages::talk).options(cors::preflight),
        )
        .merge(of_staff())
        .merge(insights())
        .merge(back_ends())
        .route(
            "/v1/rooms/{room}/erasures",
            get(erasures::receipts).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/draws/{activity}",
            get(draws::proof).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/ticket-key",
            get(exports::ticket_key).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/claims",
            get(exports::claims).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/questions",
            get(exports::questions).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/comments",
            get(exports::comments).options(cors::preflight),
        )
        .route_layer(middleware::from_fn_with_state(
            Arc::clone(&server),
            cors::of_room,
        ));
    let tokens = Router::new()
        .route(
            "/v1/tokens",
            post(tokens::exchange).options(cors::preflight),
        )
        .route_layer(middleware::from_fn_with_state(
            Arc::clone(&server),
            cors::of_server,
        ));
    let paced = rooms
        .merge(tokens)
        .route_layer(middleware::from_fn_with_state(Arc::clone(&server), pace));
    Router::new()
        .merge(paced)
        .merge(pages::routes())
        .merge(kit::routes(server.config.kit.as_deref(), server.config.dev))
        .route("/healthz", get(health::health))
        .route("/metrics", get(health::metrics))
        .route("/openapi.json", get(health::openapi))
        .with_state(server)
        .merge(collector.router())
        .fallback(nowhere)
        .method_not_allowed_fallback(no_such_method)
        .layer(middleware::from_fn(polite))
}

/// What those who run a room ask of it.
fn of_staff() -> Router<Arc<Server>> {
    Router::new()
        .route(
            "/v1/rooms/{room}/commands",
            post(rooms::command).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/check",
            post(check::check).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/audit",
            get(team::audit).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/keys",
            get(team::keys).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/desk/{activity}",
            get(desk::find).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/run",
            get(run::load)
                .put(run::save)
                .post(run::check)
                .options(cors::preflight),
        )
}

/// A room's figures.
fn insights() -> Router<Arc<Server>> {
    Router::new()
        .route(
            "/v1/rooms/{room}/insights",
            get(insights::figures).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/export.csv",
            get(insights::csv).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/export.json",
            get(insights::json).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/alerts",
            get(alerts::tell).put(alerts::set).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/moments.vtt",
            get(insights::chapters).options(cors::preflight),
        )
}

/// What other servers do with a room.
fn back_ends() -> Router<Arc<Server>> {
    Router::new()
        .route(
            "/v1/rooms/{room}/events",
            get(events::read).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/acts",
            post(acts::relay).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/hooks",
            get(hooks::list).options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/hooks/{hook}",
            get(hooks::one)
                .put(hooks::set)
                .delete(hooks::remove)
                .options(cors::preflight),
        )
        .route(
            "/v1/rooms/{room}/hooks/{hook}/test",
            post(hooks::test).options(cors::preflight),
        )
}

async fn nowhere() -> Refused {
    Refusal::because(Reason::NotFound, "there is nothing at this address").into()
}

async fn no_such_method() -> Response {
    let refused = Refused::from(Refusal::because(
        Reason::Unsupported,
        "this address does not take that method",
    ));
    (
        axum::http::StatusCode::METHOD_NOT_ALLOWED,
        axum::Json(refused),
    )
        .into_response()
}

/// What every answer has in common: an end, and a word to browsers not to guess.
async fn polite(request: Request, next: Next) -> Response {
    let late = || {
        Refused::from(Refusal::because(Reason::Unavailable, "this took too long")).into_response()
    };
    let mut response = timeout(PATIENCE, next.run(request))
        .await
        .unwrap_or_else(|_| late());
    let headers = response.headers_mut();
    let set = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in set {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Not too often from one address.
async fn pace(
    State(server): State<Arc<Server>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Response {
    match server.requests.take(stand_in(peer), server.clock.now()) {
        Ok(()) => next.run(request).await,
        Err(again) => Refused::from(crate::status::too_fast(again)).into_response(),
    }
}

/// A number that stands for a network while the server runs: addresses themselves are not kept.
fn stand_in(peer: SocketAddr) -> u64 {
    static SALT: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    SALT.hash_one(network(peer.ip()))
}
