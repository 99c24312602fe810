//! The built kit: `/kit/{version}/…` never changes, `/kit/…` is the newest, and both can be read from any page.

use crate::Server;
use crate::status::Refused;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use liveroom_protocol::{Reason, Refusal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;
use tower_http::services::ServeDir;

/// A version's files never change; the hashes in the README are of these.
const FOREVER: &str = "public, max-age=31536000, immutable";
/// The newest files are for trying out.
const A_WHILE: &str = "public, max-age=300";
/// While the kit is being worked on, a version's files do change.
const ASK_EACH_TIME: &str = "no-cache";

/// The routes of a kit that was built into a folder.
pub(super) fn routes(folder: Option<&Path>, dev: bool) -> Router<Arc<Server>> {
    let folder = folder.map(Path::to_owned);
    let serve = move |request: Request| {
        let folder = folder.clone();
        async move { serve(folder, request).await }
    };
    Router::new()
        .route("/kit/{*path}", get(serve))
        .route_layer(middleware::from_fn(move |request: Request, next: Next| {
            open(dev, request, next)
        }))
}

async fn serve(folder: Option<PathBuf>, mut request: Request) -> Response {
    let Some(folder) = folder else {
        return missing("this server was started without --kit");
    };
    let path = request.uri().path().trim_start_matches("/kit").to_owned();
    let path = if is_versioned(&path) {
        path
    } else {
        format!("/{}{path}", env!("CARGO_PKG_VERSION"))
    };
    let Ok(uri) = path.parse::<Uri>() else {
        return missing("there is no such file");
    };
    *request.uri_mut() = uri;
    let files = ServeDir::new(folder)
        .precompressed_br()
        .append_index_html_on_directories(false);
    match files.oneshot(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => {
            missing("the kit has no such file: has ./demo/kit been run?")
        }
        Ok(response) => response.into_response(),
        Err(never) => match never {},
    }
}

/// Whether a path below `/kit` begins with a version.
fn is_versioned(path: &str) -> bool {
    let first = path
        .trim_start_matches('/')
        .split('/')
        .next()
        .unwrap_or_default();
    first.starts_with(|c: char| c.is_ascii_digit()) && path.trim_start_matches('/').contains('/')
}

fn missing(why: &str) -> Response {
    Refused::from(Refusal::because(Reason::NotFound, why)).into_response()
}

/// Lets any page read the kit, and says how long it may be kept.
async fn open(dev: bool, request: Request, next: Next) -> Response {
    let versioned = is_versioned(request.uri().path().trim_start_matches("/kit"));
    let mut response = next.run(request).await;
    let keep = match (dev, versioned) {
        _ if !response.status().is_success() => "no-store",
        (true, _) => ASK_EACH_TIME,
        (false, true) => FOREVER,
        (false, false) => A_WHILE,
    };
    let headers: &mut HeaderMap = response.headers_mut();
    let set = [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "cross-origin",
        ),
        (HeaderName::from_static("timing-allow-origin"), "*"),
        (header::CACHE_CONTROL, keep),
    ];
    for (name, value) in set {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::is_versioned;

    #[test]
    fn a_version_is_told_from_a_file() {
        for (path, versioned) in [
            ("/0.1.0/liveroom.js", true),
            ("/liveroom.js", false),
            ("/lang/en.json", false),
            ("/0.1.0", false),
        ] {
            assert_eq!(is_versioned(path), versioned, "{path}");
        }
    }
}
