//! Which pages may talk to a room: by socket, and by HTTP as browsers ask (CORS).

use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Seat;
use liveroom_tests::client::Closed;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use reqwest::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_ORIGIN, VARY};
use reqwest::{Method, Response, StatusCode};
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;

/// A server without `--dev` whose room lists one page.
async fn strict() -> House {
    let house = House::with(|_| {}).await;
    let token = house.token(Role::Owner, "owner");
    let made = reqwest::Client::new()
        .put(house.url("/v1/rooms/demo"))
        .bearer_auth(token)
        .json(&json!({ "origins": ["https://shop.example"] }))
        .send()
        .await
        .expect("the server answers");
    assert_eq!(made.status(), StatusCode::CREATED);
    house
}

async fn ask(house: &House, method: Method, path: &str, origin: &str) -> Response {
    let request = reqwest::Client::new()
        .request(method, house.url(path))
        .header("origin", origin);
    request.send().await.expect("the server answers")
}

#[tokio::test]
async fn only_listed_pages_open_a_socket() {
    let house = strict().await;
    let own = house.url("");
    for origin in ["https://shop.example", own.as_str()] {
        let mut page = Client::from_origin(&house, Some(origin))
            .await
            .expect("a listed page connects");
        page.hello(hello(None, Seat::Viewer)).await;
        page.until("a welcome", |seen| seen.welcome.is_some()).await;
    }
    for origin in [
        "https://evil.example",
        "https://shop.example.evil.example",
        "http://shop.example",
        "http://localhost:3000",
        "file://",
        "",
    ] {
        match Client::from_origin(&house, Some(origin)).await {
            Err(Error::Http(response)) => assert_eq!(response.status().as_u16(), 403, "{origin}"),
            Err(error) => panic!("{origin}: {error}"),
            Ok(_) => panic!("{origin} was let in"),
        }
    }
    house.close().await;
}

#[tokio::test]
async fn who_has_no_origin_needs_a_token() {
    let house = strict().await;
    for origin in [None, Some("null")] {
        let mut page = Client::from_origin(&house, origin)
            .await
            .expect("the socket opens");
        page.hello(hello(None, Seat::Viewer)).await;
        assert_eq!(
            page.closed().await,
            Closed {
                code: 4403,
                reason: Some(Reason::WrongOrigin)
            }
        );
        let mut page = Client::from_origin(&house, origin)
            .await
            .expect("the socket opens");
        let token = house.token(Role::Viewer, "bot");
        page.hello(hello(Some(token), Seat::Viewer)).await;
        page.until("a welcome", |seen| seen.welcome.is_some()).await;
    }
    house.close().await;
}

#[tokio::test]
async fn development_lets_pages_of_this_machine_in() {
    let house = House::open().await;
    for origin in ["null", "http://localhost:5173", "http://127.0.0.1:3000"] {
        let mut page = Client::from_origin(&house, Some(origin))
            .await
            .expect("it connects");
        page.hello(hello(None, Seat::Viewer)).await;
        page.until("a welcome", |seen| seen.welcome.is_some()).await;
    }
    assert!(
        Client::from_origin(&house, Some("https://evil.example"))
            .await
            .is_err()
    );
    house.close().await;
}

#[tokio::test]
async fn listed_pages_read_the_rooms_http_and_others_do_not() {
    let house = strict().await;
    let good = ask(
        &house,
        Method::GET,
        "/v1/rooms/demo",
        "https://shop.example",
    )
    .await;
    assert_eq!(good.status(), StatusCode::OK);
    assert_eq!(
        good.headers()[ACCESS_CONTROL_ALLOW_ORIGIN],
        "https://shop.example"
    );
    assert_eq!(good.headers()[VARY], "origin");
    let bad = ask(
        &house,
        Method::GET,
        "/v1/rooms/demo",
        "https://evil.example",
    )
    .await;
    assert_eq!(bad.status(), StatusCode::FORBIDDEN);
    assert!(!bad.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
    house.close().await;
}

#[tokio::test]
async fn a_preflight_says_what_a_page_may_send() {
    let house = strict().await;
    for path in [
        "/v1/rooms/demo/messages",
        "/v1/rooms/demo/commands",
        "/v1/rooms/demo",
    ] {
        let asked = ask(&house, Method::OPTIONS, path, "https://shop.example").await;
        assert_eq!(asked.status(), StatusCode::NO_CONTENT, "{path}");
        let headers = asked.headers()[ACCESS_CONTROL_ALLOW_HEADERS]
            .to_str()
            .expect("it is text");
        assert!(
            headers.contains("authorization") && headers.contains("idempotency-key"),
            "{headers}"
        );
        let asked = ask(&house, Method::OPTIONS, path, "https://evil.example").await;
        assert_eq!(asked.status(), StatusCode::FORBIDDEN, "{path}");
    }
    house.close().await;
}

#[tokio::test]
async fn messages_without_an_origin_need_a_token_too() {
    let house = strict().await;
    let talk = async |token: Option<String>| {
        let body = json!([{ "type": "hello", "version": 1, "token": token }]);
        let request = reqwest::Client::new()
            .post(house.url("/v1/rooms/demo/messages"))
            .json(&body);
        request.send().await.expect("the server answers").status()
    };
    assert_eq!(talk(None).await, StatusCode::FORBIDDEN);
    assert_eq!(
        talk(Some(house.token(Role::Viewer, "bot"))).await,
        StatusCode::OK
    );
    house.close().await;
}

#[tokio::test]
async fn tokens_are_not_handed_to_other_pages() {
    let house = House::open().await;
    let body = json!({ "role": "owner", "sub": "eve" }).to_string();
    let steal = async |origin: &str, kind: &str| {
        let request = reqwest::Client::new()
            .post(house.url("/v1/tokens"))
            .header("origin", origin)
            .header("content-type", kind)
            .body(body.clone());
        request.send().await.expect("the server answers").status()
    };
    assert_eq!(
        steal("https://evil.example", "application/json").await,
        StatusCode::FORBIDDEN
    );
    // A form needs no preflight, and so is not taken at all.
    assert_eq!(steal("null", "text/plain").await, StatusCode::BAD_REQUEST);
    house.close().await;
}
