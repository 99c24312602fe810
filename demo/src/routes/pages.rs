//! The pages of this server, which use the built kit as any site would, under the policy that the README prints.

use crate::Server;
use crate::status::Refused;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::{Reason, Refusal};
use rust_embed::{Embed, EmbeddedFile};
use std::sync::Arc;

/// The README's policy, with this server as kit, room and endpoint, and these pages' own styles.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' ws: wss:; \
    img-src 'self' https:; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// The files of `demo/pages`: in the binary of a release, read from the folder while developing.
#[derive(Embed)]
#[folder = "pages"]
struct Pages;

/// The pages and what they load.
pub(super) fn routes() -> Router<Arc<Server>> {
    let mut router = Router::new().route("/", get(|| page("index")));
    for name in [
        "viewer", "studio", "insights", "overlay", "gallery", "doctor",
    ] {
        router = router.route(&format!("/{name}"), get(move || page(name)));
    }
    router
        .route("/pages/{*path}", get(|Path(path): Path<String>| file(path)))
        .route("/r/{room}", get(join))
}

/// `GET /r/{room}`: the short address of a room, as it is read off a picture; leads to the page that the owner set, or to this server's own.
async fn join(
    State(server): State<Arc<Server>>,
    Path(room): Path<String>,
) -> Result<Response, Refused> {
    let nowhere = |_| Refusal::because(Reason::NotFound, "there is no such room");
    let id = RoomId::parse(room).map_err(nowhere)?;
    let page = server.rooms.get(&id).await?.now_published().page.clone();
    let own = || format!("/viewer?room={id}");
    let address = page.map_or_else(own, String::from);
    // Where it leads may change: nobody is to remember it.
    Ok((
        [(header::CACHE_CONTROL, "no-store")],
        Redirect::temporary(&address),
    )
        .into_response())
}

async fn page(name: &'static str) -> Response {
    file(format!("{name}.html")).await
}

async fn file(path: String) -> Response {
    let Some(EmbeddedFile { data, metadata }) = Pages::get(&path) else {
        return Refused::from(Refusal::because(Reason::NotFound, "there is no such page"))
            .into_response();
    };
    let kind = metadata.mimetype();
    let utf8 = if kind.starts_with("text/") {
        "; charset=utf-8"
    } else {
        ""
    };
    let mut response = data.into_owned().into_response();
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(&format!("{kind}{utf8}")) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    let set = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-cache"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        ),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
