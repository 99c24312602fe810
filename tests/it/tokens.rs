//! Who a token makes of someone, which tokens are trusted, and how they come about.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use liveroom_protocol::Reason;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::message::{Seat, ToRoom};
use liveroom_protocol::token::Claims;
use liveroom_tests::client::Closed;
use liveroom_tests::house::hello;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A key pair made for these tests.
const PRIVATE: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIIUcKWXmzNgfUgMBqltJ80pQQVWAi2ecHGhIf+yqtIjN\n-----END PRIVATE KEY-----\n";
const PUBLIC: &str = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAi0/IIBfDq9ekGW31Vc2JyVApRIduFf6ZcqtbqZ4Rn3k=\n-----END PUBLIC KEY-----\n";
/// The same public key as a JSON Web Key.
const X: &str = "i0_IIBfDq9ekGW31Vc2JyVApRIduFf6ZcqtbqZ4Rn3k";
const SECRET: &str = "a secret that a shop and its room server share";

fn file(folder: &tempfile::TempDir, text: &str) -> PathBuf {
    let path = folder.path().join("key");
    std::fs::write(&path, text).expect("a temporary file can be written");
    path
}

async fn with_key(text: &str) -> House {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let key = file(&folder, text);
    House::with(|config| {
        config.dev = true;
        config.key = Some(key);
    })
    .await
}

fn signed(claims: &impl serde::Serialize, algorithm: Algorithm, kid: Option<&str>) -> String {
    let mut header = Header::new(algorithm);
    header.kid = kid.map(str::to_owned);
    let key = match algorithm {
        Algorithm::EdDSA => EncodingKey::from_ed_pem(PRIVATE.as_bytes()).expect("it is a key"),
        _ => EncodingKey::from_secret(SECRET.as_bytes()),
    };
    encode(&header, claims, &key).expect("a token can be signed")
}

async fn refused(house: &House, token: &str) -> Closed {
    let mut page = Client::silent(house).await;
    page.hello(hello(Some(token.to_owned()), Seat::Viewer))
        .await;
    page.closed().await
}

async fn exchange(house: &House, body: Value, bearer: Option<&str>) -> (StatusCode, Value) {
    let request = reqwest::Client::new()
        .post(house.url("/v1/tokens"))
        .json(&body);
    let request = match bearer {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let response = request.send().await.expect("the server answers");
    (
        response.status(),
        response.json().await.expect("the answer is JSON"),
    )
}

#[tokio::test]
async fn a_shops_own_key_vouches_for_its_viewers() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let set = file(
        &folder,
        &json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "kid": "k1", "x": X }] }).to_string(),
    );
    let by_set = House::with(|config| {
        config.dev = true;
        config.jwks = Some(set);
    })
    .await;
    let cases = [
        (with_key(PUBLIC).await, Algorithm::EdDSA, None),
        (with_key(SECRET).await, Algorithm::HS256, None),
        (by_set, Algorithm::EdDSA, Some("k1")),
    ];
    for (house, algorithm, kid) in cases {
        let mut claims = house.claims(Role::Viewer, "ada");
        claims.level = Some(Level::Verified);
        let token = signed(&claims, algorithm, kid);
        let page = Client::greet(&house, hello(Some(token), Seat::Viewer)).await;
        let welcome = page.seen.welcome.as_ref().expect("it was welcomed");
        assert_eq!(welcome.level, Some(Level::Verified), "{algorithm:?}");
        house.close().await;
    }
}

/// Tokens that claim to be an owner's and are not to be believed.
fn untrusted(house: &House) -> Vec<(&'static str, String)> {
    let good = house.claims(Role::Owner, "eve");
    let end = good.exp;
    let change = |change: fn(&mut Claims)| {
        let mut claims = good.clone();
        change(&mut claims);
        signed(&claims, Algorithm::EdDSA, None)
    };
    let secret = |algorithm, secret: &str| {
        let key = EncodingKey::from_secret(secret.as_bytes());
        encode(&Header::new(algorithm), &good, &key).expect("a token can be signed")
    };
    let claims = |claims: Value| signed(&claims, Algorithm::EdDSA, None);
    let whole = change(|_| {});
    let (body, sign) = whole.rsplit_once('.').expect("a token has points");
    let other = |claims: &mut Claims| claims.aud = RoomId::parse("other").expect("it is an id");
    let unsigned =
        "eyJhbGciOiJub25lIn0.eyJhdWQiOiJkZW1vIiwic3ViIjoiZXZlIiwiZXhwIjoxNzc3ODk5NjAwfQ.";
    vec![
        ("unsigned", unsigned.to_owned()),
        (
            "the public key, known to all, taken for a secret",
            secret(Algorithm::HS256, PUBLIC),
        ),
        ("another secret", secret(Algorithm::HS256, SECRET)),
        ("another algorithm", secret(Algorithm::HS512, SECRET)),
        (
            "the server's name",
            signed(&good, Algorithm::HS256, Some("liveroom-server")),
        ),
        ("cut", body.to_owned()),
        ("changed", format!("{body}.{}A", &sign[..sign.len() - 1])),
        ("another room", change(other)),
        ("too long a life", change(|claims| claims.exp += 3_600)),
        ("nobody", change(|claims| claims.sub.clear())),
        ("a long name", change(|claims| claims.sub = "x".repeat(257))),
        ("no end", claims(json!({ "aud": "demo", "sub": "eve" }))),
        (
            "an unknown role",
            claims(json!({ "aud": "demo", "sub": "eve", "exp": end, "role": "god" })),
        ),
        (
            "not yet",
            claims(json!({ "aud": "demo", "sub": "eve", "exp": end, "nbf": end })),
        ),
        ("empty", String::new()),
        ("huge", "e".repeat(5_000)),
    ]
}

#[tokio::test]
async fn a_token_that_cannot_be_trusted_closes_the_line() {
    let house = with_key(PUBLIC).await;
    for (what, token) in untrusted(&house) {
        let reason = Some(Reason::BadToken);
        assert_eq!(
            refused(&house, &token).await,
            Closed { code: 4401, reason },
            "{what}"
        );
    }
    let mut claims = house.claims(Role::Owner, "eve");
    claims.exp -= 3_600 + 31;
    let old = signed(&claims, Algorithm::EdDSA, None);
    let reason = Some(Reason::ExpiredToken);
    assert_eq!(refused(&house, &old).await, Closed { code: 4401, reason });
    house.close().await;
}

#[tokio::test]
async fn a_line_ends_with_its_token_unless_that_is_renewed() {
    let house = House::open().await;
    let mut kept = house.account("ada").await;
    let mut lost = house.account("ada").await;
    let mut swapped = house.account("ada").await;
    house.turn(3_000_000);
    let token = house.token(Role::Viewer, "ada");
    kept.send(&ToRoom::Renew { token }).await;
    kept.send(&ToRoom::Ping { sent: 1.0 }).await;
    while !matches!(
        kept.next().await,
        liveroom_protocol::message::FromRoom::Pong { .. }
    ) {}
    let token = house.token(Role::Viewer, "bob");
    swapped.send(&ToRoom::Renew { token }).await;
    assert_eq!(
        swapped.closed().await,
        Closed {
            code: 4401,
            reason: Some(Reason::BadToken)
        }
    );
    house.turn(600_000);
    assert_eq!(
        lost.closed().await,
        Closed {
            code: 4401,
            reason: Some(Reason::ExpiredToken)
        }
    );
    kept.send(&ToRoom::Ping { sent: 2.0 }).await;
    kept.next().await;
    house.close().await;
}

#[tokio::test]
async fn a_desk_that_is_renewed_as_a_viewer_is_no_desk() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let token = house.token(Role::Viewer, "desk");
    desk.send(&ToRoom::Renew { token }).await;
    assert_eq!(
        desk.closed().await,
        Closed {
            code: 4403,
            reason: Some(Reason::NotAllowed)
        }
    );
    house.close().await;
}

#[tokio::test]
async fn the_owner_link_is_good_once_within_an_hour_and_then_renewed() {
    let house = House::with(|_| {}).await;
    let key = house
        .running()
        .owner_key()
        .expect("the first start prints a link")
        .to_owned();
    let (status, answer) = exchange(&house, json!({ "key": key }), None).await;
    assert_eq!(
        (status, &answer["role"], &answer["room"]),
        (StatusCode::OK, &json!("owner"), &json!("demo"))
    );
    let token = answer["token"]
        .as_str()
        .expect("a token is text")
        .to_owned();
    let (status, _) = exchange(&house, json!({ "key": key }), None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED, "a link is good once");
    house.turn(3_000_000);
    let (status, answer) = exchange(&house, json!({}), Some(&token)).await;
    assert_eq!(status, StatusCode::OK, "{answer}");
    house.turn(3_000_000);
    let (status, _) = exchange(&house, json!({}), Some(&token)).await;
    assert_eq!(
        status,
        StatusCode::UNAUTHORIZED,
        "an ended token is not renewed"
    );
    let house = house.restart().await;
    assert_eq!(
        house.running().owner_key(),
        None,
        "only the first start prints a link"
    );
    house.close().await;
}

#[tokio::test]
async fn an_owner_link_is_void_after_an_hour() {
    let house = House::with(|_| {}).await;
    let key = house
        .running()
        .owner_key()
        .expect("the first start prints a link")
        .to_owned();
    house.turn(3_600_000);
    let (status, _) = exchange(&house, json!({ "key": key }), None).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    house.close().await;
}

#[tokio::test]
async fn tokens_are_minted_for_the_asking_only_in_development() {
    let house = House::open().await;
    let wanted = json!({ "room": "demo", "role": "streamer", "sub": "lin", "name": "Lin" });
    let (status, answer) = exchange(&house, wanted.clone(), None).await;
    assert_eq!(status, StatusCode::OK);
    let token = answer["token"]
        .as_str()
        .expect("a token is text")
        .to_owned();
    let mut desk = Client::greet(&house, hello(Some(token.clone()), Seat::Desk)).await;
    desk.must(json!({ "type": "show.start" })).await;
    let (status, _) = exchange(&house, json!({}), Some(&token)).await;
    assert_eq!(
        status,
        StatusCode::FORBIDDEN,
        "only an owner's token is renewed"
    );
    house.close().await;

    let strict = House::with(|_| {}).await;
    let (status, answer) = exchange(&strict, wanted, None).await;
    assert_eq!(
        (status, &answer["refusal"]["reason"]),
        (StatusCode::FORBIDDEN, &json!("not-allowed"))
    );
    strict.close().await;
}

#[tokio::test]
async fn a_key_that_cannot_be_used_is_said_at_the_start() {
    let folder = tempfile::TempDir::new().expect("a temporary folder can be made");
    let start = async |text: &str| {
        let mut config = liveroom_demo::Config::in_folder(folder.path());
        config.key = Some(file(&folder, text));
        liveroom_demo::serve(config, liveroom_demo::Clock::System)
            .await
            .err()
            .map(|error| error.to_string())
    };
    for (text, said) in [
        ("short", "at least 32 bytes"),
        (PRIVATE, "private key"),
        (
            "-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----",
            "Ed25519",
        ),
    ] {
        let error = start(text).await.expect("such a key is refused");
        assert!(error.contains(said), "{error}");
    }
    let missing = Path::new("nowhere").to_owned();
    let mut config = liveroom_demo::Config::in_folder(folder.path());
    config.jwks = Some(missing);
    assert!(
        liveroom_demo::serve(config, liveroom_demo::Clock::System)
            .await
            .is_err()
    );
}
