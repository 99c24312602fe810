//! The pages of this server, which use the built kit as any site would, under the policy that the README prints.

use crate::Server;
use crate::status::Refused;
use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
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
    router.route("/pages/{*path}", get(|Path(path): Path<String>| file(path)))
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
