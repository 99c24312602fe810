//! What the server serves besides rooms: its pages, the kit, its health and figures, and words where nothing is.

use liveroom_tests::House;
use reqwest::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE,
};
use reqwest::{Client, Method, StatusCode};
use serde_json::Value;

#[tokio::test]
async fn pages_come_under_the_policy_of_the_readme() {
    let house = House::open().await;
    for path in [
        "/",
        "/viewer?room=demo",
        "/studio?room=demo",
        "/insights?room=demo",
        "/overlay",
        "/gallery",
        "/doctor",
    ] {
        let page = house.get(path).await;
        assert_eq!(page.status(), StatusCode::OK, "{path}");
        let policy = page.headers()[CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("it is text")
            .to_owned();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; "),
            "{policy}"
        );
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{policy}"
        );
        assert_eq!(page.headers()["x-content-type-options"], "nosniff");
        assert_eq!(page.headers()["referrer-policy"], "no-referrer");
        let text = page.text().await.expect("it is text");
        let inline = text
            .split("<script")
            .skip(1)
            .any(|tag| !tag.split('>').next().unwrap_or_default().contains("src="));
        assert!(
            !inline && !text.contains(" style=") && !text.contains("<style"),
            "{path} has something inline"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn the_kit_is_read_from_any_page_and_kept_as_long_as_it_may() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let version = folder.path().join(env!("CARGO_PKG_VERSION"));
    std::fs::create_dir(&version).expect("a folder can be made");
    for (name, text) in [
        ("liveroom.js", "export {}"),
        ("elements.wasm", "\0asm"),
        ("elements.wasm.br", "brotli"),
    ] {
        std::fs::write(version.join(name), text).expect("a file can be written");
    }
    let house = House::with(|config| config.kit = Some(folder.path().to_owned())).await;
    let versioned = format!("/kit/{}/liveroom.js", env!("CARGO_PKG_VERSION"));
    for (path, kept) in [
        (versioned.as_str(), "immutable"),
        ("/kit/liveroom.js", "max-age=300"),
    ] {
        let file = house.get(path).await;
        assert_eq!(file.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        assert!(
            file.headers()[CACHE_CONTROL]
                .to_str()
                .expect("it is text")
                .contains(kept),
            "{path}"
        );
        assert!(
            file.headers()[CONTENT_TYPE]
                .to_str()
                .expect("it is text")
                .contains("javascript")
        );
        assert_eq!(file.text().await.expect("it is text"), "export {}");
    }
    let packed = Client::new()
        .get(house.url("/kit/elements.wasm"))
        .header("accept-encoding", "br")
        .send()
        .await
        .expect("the server answers");
    assert_eq!(packed.headers()[CONTENT_TYPE], "application/wasm");
    assert_eq!(packed.headers()[CONTENT_ENCODING], "br");
    for path in [
        "/kit/nothing.js",
        "/kit/../log.db",
        "/kit/%2e%2e/log.db",
        "/kit/0.1.0/..%2f..%2flog.db",
        "/kit//etc/passwd",
    ] {
        let status = house.get(path).await.status();
        assert!(
            matches!(status, StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST),
            "{path}: {status}"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn health_and_figures_are_told_without_names() {
    let house = House::open().await;
    house.open_tea().await;
    house.account("ada").await.vote("tea", &["1"]).await;
    let health: Value = house
        .get("/healthz")
        .await
        .json()
        .await
        .expect("it is JSON");
    assert_eq!(health["ok"], true);
    let figures = house
        .get("/metrics")
        .await
        .text()
        .await
        .expect("it is text");
    assert!(
        figures.contains("liveroom_requests_accepted_total 2"),
        "{figures}"
    );
    assert!(
        !figures.contains("ada") && !figures.contains("demo"),
        "{figures}"
    );
    house.close().await;
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_words() {
    let house = House::open().await;
    for (method, path, status) in [
        (Method::GET, "/nothing", StatusCode::NOT_FOUND),
        (Method::GET, "/v1/rooms/a%20b", StatusCode::NOT_FOUND),
        (Method::GET, "/pages/../Cargo.toml", StatusCode::NOT_FOUND),
        (
            Method::GET,
            "/pages/%2e%2e%2fCargo.toml",
            StatusCode::NOT_FOUND,
        ),
        (
            Method::DELETE,
            "/v1/rooms/demo",
            StatusCode::METHOD_NOT_ALLOWED,
        ),
        (
            Method::GET,
            "/v1/rooms/demo/socket",
            StatusCode::BAD_REQUEST,
        ),
        (
            Method::POST,
            "/v1/rooms/demo/messages",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let response = Client::new()
            .request(method, house.url(path))
            .send()
            .await
            .expect("the server answers");
        assert_eq!(response.status(), status, "{path}");
        let body: Value = response.json().await.expect("a refusal is JSON");
        assert!(body["refusal"]["reason"].is_string(), "{path}");
    }
    house.close().await;
}
