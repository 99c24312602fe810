//! Keys of machines: made once, told once, good for their scope and nothing else, worth nothing once revoked.

use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Answer, Seat};
use liveroom_tests::client::Closed;
use liveroom_tests::house::{hello, tea};
use liveroom_tests::{Client, House};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// Asks for something over HTTP: the status and the answer.
pub(super) async fn ask(
    house: &House,
    (method, path): (Method, &str),
    token: Option<&str>,
    key: Option<&str>,
    body: &Value,
) -> (StatusCode, Value) {
    let mut request = reqwest::Client::new()
        .request(method, house.url(path))
        .json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let answer = request.send().await.expect("the server answers");
    let status = answer.status();
    let text = answer.text().await.expect("it has a body");
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// Gives a command over HTTP.
pub(super) async fn command(house: &House, token: &str, body: &Value) -> (StatusCode, Value) {
    let post = (Method::POST, "/v1/rooms/demo/commands");
    ask(house, post, Some(token), None, body).await
}

/// Exchanges a secret.
pub(super) async fn exchange(house: &House, secret: &str) -> (StatusCode, Value) {
    let body = json!({ "room": "demo", "key": secret });
    ask(house, (Method::POST, "/v1/tokens"), None, None, &body).await
}

/// Makes a key at the desk, and gives its secret.
pub(super) async fn make(desk: &mut Client, name: &str, scope: Value) -> String {
    let wanted =
        json!({ "type": "key.make", "key": name, "label": format!("the {name}"), "scope": scope });
    desk.must(wanted).await.secret.expect("it has a secret")
}

/// The token for a secret.
pub(super) async fn token(house: &House, secret: &str) -> String {
    let (status, answer) = exchange(house, secret).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    answer["token"].as_str().expect("a token").to_owned()
}

fn refusal(answer: Answer) -> Option<Reason> {
    answer.refusal.map(|refusal| refusal.reason)
}

fn deck() -> Value {
    json!({ "kind": "automation", "commands": ["poll.open", "close"] })
}

#[tokio::test]
async fn the_secret_of_a_key_is_told_to_who_made_it_and_lies_nowhere() {
    let house = House::open().await;
    let owner = house.token(Role::Owner, "olga");
    let wanted = json!({ "type": "key.make", "label": "Deck", "scope": deck() });
    let post = (Method::POST, "/v1/rooms/demo/commands");
    let (_, first) = ask(&house, post.clone(), Some(&owner), Some("once"), &wanted).await;
    let (_, again) = ask(&house, post.clone(), Some(&owner), Some("once"), &wanted).await;
    let secret = first["secret"].as_str().expect("a secret");
    assert_eq!(first, again, "asked again, the same is told");
    assert!(secret.starts_with("lk_") && secret.len() == 67, "{secret}");
    let (_, other) = ask(&house, post, Some(&owner), Some("twice"), &wanted).await;
    assert_ne!(first["secret"], other["secret"]);
    let (_, keys) = ask(
        &house,
        (Method::GET, "/v1/rooms/demo/keys"),
        Some(&owner),
        None,
        &json!({}),
    )
    .await;
    assert_eq!(keys.as_array().map(Vec::len), Some(2));
    assert_eq!(keys[0]["label"], json!("Deck"));
    let (_, audit) = ask(
        &house,
        (Method::GET, "/v1/rooms/demo/audit"),
        Some(&owner),
        None,
        &json!({}),
    )
    .await;
    assert!(!keys.to_string().contains(secret) && !audit.to_string().contains(secret));
    let secret = secret.to_owned();
    let house = house
        .restart_after(|folder| {
            for file in std::fs::read_dir(folder).expect("a folder") {
                let bytes = std::fs::read(file.expect("a file").path()).expect("it can be read");
                let found = bytes
                    .windows(secret.len())
                    .any(|part| part == secret.as_bytes());
                assert!(!found, "the secret lies in a file");
            }
        })
        .await;
    assert_eq!(
        exchange(&house, &secret).await.0,
        StatusCode::OK,
        "it outlives a restart"
    );
    house.close().await;
}

#[tokio::test]
async fn an_automation_gives_the_commands_that_its_key_names_and_reads_nothing() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let secret = make(&mut desk, "deck", deck()).await;
    let token = token(&house, &secret).await;
    let (status, _) = command(&house, &token, &tea()).await;
    assert_eq!(status, StatusCode::OK);
    for refused in [
        json!({ "type": "extend", "activity": "tea", "by_ms": 1000 }),
        json!({ "type": "room.seal" }),
        json!({ "type": "key.make", "label": "More", "scope": { "kind": "relay" } }),
    ] {
        let (status, answer) = command(&house, &token, &refused).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{refused}: {answer}");
    }
    for path in [
        "claims?activity=tea",
        "questions?activity=tea",
        "comments?activity=tea",
        "desk/tea",
        "insights",
        "export.csv",
        "audit",
        "keys",
    ] {
        let path = format!("/v1/rooms/demo/{path}");
        let (status, _) = ask(&house, (Method::GET, &path), Some(&token), None, &json!({})).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    let mut page = Client::silent(&house).await;
    page.hello(hello(Some(token.clone()), Seat::Desk)).await;
    let reason = Some(Reason::NotAllowed);
    assert_eq!(page.closed().await, Closed { code: 4403, reason });
    let mut page = Client::greet(&house, hello(Some(token), Seat::Viewer)).await;
    assert_eq!(
        refusal(page.vote("tea", &["1"]).await),
        Some(Reason::NotAllowed)
    );
    house.close().await;
}

#[tokio::test]
async fn overlays_and_relays_see_what_viewers_see_and_neither_votes_nor_commands() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea()).await;
    for kind in ["overlay", "relay"] {
        let secret = make(&mut desk, kind, json!({ "kind": kind })).await;
        let token = token(&house, &secret).await;
        let mut page = Client::greet(&house, hello(Some(token.clone()), Seat::Viewer)).await;
        page.until("the poll", |seen| seen.card("tea").is_some())
            .await;
        assert_eq!(
            refusal(page.vote("tea", &["1"]).await),
            Some(Reason::NotAllowed),
            "{kind}"
        );
        let (status, _) = command(
            &house,
            &token,
            &json!({ "type": "close", "activity": "tea" }),
        )
        .await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{kind}");
    }
    house.close().await;
}

#[tokio::test]
async fn a_key_that_is_revoked_ends_the_lines_and_the_tokens_it_was_exchanged_for() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let secret = make(&mut desk, "screen", json!({ "kind": "overlay" })).await;
    let deck = make(&mut desk, "deck", deck()).await;
    let (screen, robot) = (token(&house, &secret).await, token(&house, &deck).await);
    let mut page = Client::greet(&house, hello(Some(screen.clone()), Seat::Overlay)).await;
    for key in ["screen", "deck"] {
        desk.must(json!({ "type": "key.revoke", "key": key })).await;
    }
    let reason = Some(Reason::BadToken);
    assert_eq!(page.closed().await, Closed { code: 4401, reason });
    let mut late = Client::silent(&house).await;
    late.hello(hello(Some(screen), Seat::Overlay)).await;
    assert_eq!(late.closed().await, Closed { code: 4401, reason });
    assert_eq!(
        command(&house, &robot, &tea()).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(exchange(&house, &secret).await.0, StatusCode::UNAUTHORIZED);
    let again = json!({ "type": "key.revoke", "key": "deck" });
    assert_eq!(refusal(desk.order(again).await), Some(Reason::NotFound));
    let house = house.restart().await;
    assert_eq!(
        exchange(&house, &deck).await.0,
        StatusCode::UNAUTHORIZED,
        "for good"
    );
    house.close().await;
}

#[tokio::test]
async fn a_key_ends_when_it_says_and_its_tokens_with_it() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let end = house.clock.now().0 + 600_000;
    let wanted = json!({ "type": "key.make", "label": "Deck", "scope": deck(), "ends_at": end });
    let secret = desk.must(wanted).await.secret.expect("a secret");
    let (_, answer) = exchange(&house, &secret).await;
    assert_eq!(answer["exp"], json!(end / 1000));
    house.turn(600_000);
    let (status, _) = exchange(&house, &secret).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    let robot = answer["token"].as_str().expect("a token");
    assert_eq!(
        command(&house, robot, &tea()).await.0,
        StatusCode::UNAUTHORIZED
    );
    house.close().await;
}

#[tokio::test]
async fn what_is_no_key_is_refused_with_words() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut wrong = async |more: Value| {
        let mut wanted = json!({ "type": "key.make", "label": "x", "scope": { "kind": "relay" } });
        let more = more.as_object().expect("an object").clone();
        wanted.as_object_mut().expect("an object").extend(more);
        refusal(desk.order(wanted).await)
    };
    let malformed = Some(Reason::Malformed);
    for scope in [
        json!({ "kind": "automation", "commands": [] }),
        json!({ "kind": "automation", "commands": ["room.seal"] }),
        json!({ "kind": "automation", "commands": ["close", "close"] }),
        json!({ "kind": "invitation", "role": "owner", "uses": 1 }),
        json!({ "kind": "invitation", "role": "partner", "uses": 1 }),
        json!({ "kind": "invitation", "role": "operator", "brand": "Harbour", "uses": 1 }),
        json!({ "kind": "invitation", "role": "operator", "uses": 0 }),
        json!({ "kind": "invitation", "role": "operator", "uses": 101 }),
    ] {
        assert_eq!(wrong(json!({ "scope": scope })).await, malformed, "{scope}");
    }
    assert_eq!(wrong(json!({ "ends_at": 1 })).await, malformed);
    assert_eq!(wrong(json!({ "label": null })).await, malformed);
    assert_eq!(wrong(json!({ "key": "one" })).await, None);
    assert_eq!(wrong(json!({ "key": "one" })).await, Some(Reason::Taken));
    for secret in [
        "lk_",
        "lk_0000",
        &format!("lk_{}", "0".repeat(64)),
        &"lk_x".repeat(2_000),
    ] {
        assert_eq!(exchange(&house, secret).await.0, StatusCode::UNAUTHORIZED);
    }
    let body = json!({ "room": "nowhere", "key": format!("lk_{}", "0".repeat(64)) });
    let (status, _) = ask(&house, (Method::POST, "/v1/tokens"), None, None, &body).await;
    assert_eq!(
        status,
        StatusCode::UNAUTHORIZED,
        "nor is it told whether there is such a room"
    );
    house.close().await;
}

#[tokio::test]
async fn a_token_that_names_a_key_is_no_more_than_that_key() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    make(&mut desk, "screen", json!({ "kind": "overlay" })).await;
    make(
        &mut desk,
        "crew",
        json!({ "kind": "invitation", "role": "operator", "uses": 1 }),
    )
    .await;
    for (key, role) in [
        ("screen", Role::Owner),
        ("nothing", Role::Viewer),
        ("crew", Role::Operator),
    ] {
        let mut claims = house.claims(role, "eve");
        claims.key = Some(liveroom_protocol::id::KeyId::parse(key).expect("an id"));
        let (status, _) = command(&house, &house.sign(&claims), &tea()).await;
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
        assert!(refused.contains(&status), "{key}: {status}");
    }
    house.close().await;
}
