//! Every success that the document names, from a real server: its status, its type and its body are as the document says.

use super::asker::Asker;
use super::described::{Answered, Described};
use super::{beside, widgets};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Role;
use liveroom_tests::house::tea;
use liveroom_tests::{House, Receiver};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

#[tokio::test]
async fn every_answer_that_the_document_names_comes_and_is_as_it_says() {
    let kit = TempDir::new().expect("a temporary folder can be made");
    let version = kit.path().join(env!("CARGO_PKG_VERSION"));
    fs::create_dir(&version).expect("a folder can be made");
    fs::write(version.join("liveroom.js"), "export {}").expect("a file can be written");
    let house = House::with(|config| {
        config.dev = true;
        config.hooks_local = true;
        config.kit = Some(kit.path().to_owned());
    })
    .await;
    let mut asker = Asker::of(&house).await;
    let receiver = Receiver::open().await;
    beside::hook(&house, &mut asker, &receiver).await;
    pages(&mut asker).await;
    room(&house, &mut asker).await;
    commands(&house, &mut asker).await;
    beside::tokens(&house, &mut asker).await;
    widgets::poll(&house, &mut asker).await;
    widgets::lottery(&house, &mut asker).await;
    widgets::deal(&house, &mut asker).await;
    widgets::questions(&house, &mut asker).await;
    staff(&house, &mut asker).await;
    beside::run(&house, &mut asker).await;
    beside::figures(&house, &mut asker).await;
    beside::back_end(&house, &mut asker).await;
    beside::no_hook(&house, &mut asker).await;
    let unseen = asker.unseen(|status| status < 400);
    assert_eq!(unseen, Vec::<String>::new(), "nothing was asked for these");
    receiver.close().await;
    house.close().await;
}

/// What needs no room.
async fn pages(asker: &mut Asker) {
    for page in [
        "/",
        "/viewer",
        "/studio",
        "/insights",
        "/overlay",
        "/gallery",
        "/doctor",
    ] {
        asker.gets(page, "").await;
    }
    for file in ["/pages/studio.js", "/kit/liveroom.js", "/metrics"] {
        asker.gets(file, "").await;
    }
    let health = asker.gets("/healthz", "").await;
    assert_eq!(health["ok"], true);
    asker.gets("/openapi.json", "").await;
    asker.asks(307, "GET /r/demo", "", Value::Null).await;
    let socket = asker
        .ask("GET /v1/rooms/demo/socket", |request| {
            request
                .header("connection", "upgrade")
                .header("upgrade", "websocket")
                .header("sec-websocket-version", "13")
                .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        })
        .await;
    assert_eq!(socket.status, 101);
}

/// A room that is made, set up, and talked to without a socket.
async fn room(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let put = "PUT /v1/rooms/demo";
    let set = asker
        .asks(
            200,
            put,
            &owner,
            json!({ "delay_ms": 5, "approval": false }),
        )
        .await;
    assert!(set["position"].is_u64(), "{set}");
    let unset = asker.asks(200, put, &owner, json!({})).await;
    assert!(unset["position"].is_null(), "{unset}");
    let mut claims = house.claims(Role::Owner, "olga");
    claims.aud = RoomId::parse("side").expect("it is an id");
    let made = asker
        .asks(201, "PUT /v1/rooms/side", &house.sign(&claims), json!({}))
        .await;
    assert_eq!(made["made"], true);
    house.open_tea().await;
    asker.gets("/v1/rooms/demo", "").await;
    let act = |id: &str, choice: &str| json!({ "type": "act", "id": id, "activity": "tea", "action": { "type": "poll.vote", "choices": [choice] } });
    for messages in [
        json!([{ "type": "hello", "version": 1 }, { "type": "mint" }, act("a1", "1"), act("a2", "9"), { "type": "ping", "sent": 3 }]),
        json!([{ "type": "hello", "version": 1, "seat": "desk", "token": owner }]),
    ] {
        let said = asker
            .asks(200, "POST /v1/rooms/demo/messages", "", messages)
            .await;
        assert_eq!(said[0]["type"], "welcome");
    }
}

/// Commands that are done, and what their room would say to them.
async fn commands(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let post = "POST /v1/rooms/demo/commands";
    for command in [
        json!({ "type": "show.start", "title": "Evening", "on_air": ["lin"], "tags": ["tea"] }),
        json!({ "type": "poll.prepare", "activity": "next", "question": "?", "options": ["A", "B"] }),
        json!({ "type": "key.make", "label": "Stage", "scope": { "kind": "overlay" } }),
    ] {
        asker.asks(200, post, &owner, command).await;
    }
    let both =
        json!([{ "type": "pause", "activity": "tea" }, { "type": "resume", "activity": "tea" }]);
    let answers = asker.asks(200, post, &owner, both).await;
    assert_eq!(answers.as_array().map(Vec::len), Some(2));
    // It is refused, which the audit log has too.
    asker.asks(409, post, &owner, tea()).await;
    let erase = json!({ "type": "viewer.erase", "account": "nobody" });
    let erased = asker.asks(200, post, &owner, erase).await;
    assert!(erased["receipt"]["position"].is_u64(), "{erased}");
    let receipts = asker.gets("/v1/rooms/demo/erasures", &owner).await;
    assert_eq!(receipts[0], erased["receipt"]);

    let post = "POST /v1/rooms/demo/check";
    let one = asker.asks(200, post, &owner, tea()).await;
    assert_eq!(one["ok"], false, "there is a tea already: {one}");
    let draft = json!({ "type": "poll.prepare", "activity": "more", "question": "?", "options": ["A", "B"] });
    let two = asker.asks(200, post, &owner, json!([draft, tea()])).await;
    assert_eq!(two[0]["ok"], true, "{two}");
    // What a profile finds missing.
    let profiled = json!([{ "type": "room.set", "profile": "eu" }]);
    asker
        .asks(200, "POST /v1/rooms/demo/commands", &owner, profiled)
        .await;
    let deal = json!({ "type": "deal.prepare", "title": "A mug", "sku": "m-1", "price": { "amount": "9.90", "currency": "EUR" },
        "variants": [{ "id": "red", "name": "Red", "stock": 2 }] });
    let checked = asker.asks(200, post, &owner, deal).await;
    assert_eq!(checked["profile"]["name"], "eu", "{checked}");
    assert!(checked["missing"][0].is_object(), "{checked}");
    let plain = json!({ "type": "room.set", "profile": "none" });
    asker
        .asks(200, "POST /v1/rooms/demo/commands", &owner, plain)
        .await;
}

/// Keys, those who came by them, and the audit log.
async fn staff(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let keys = asker.gets("/v1/rooms/demo/keys", &owner).await;
    let kinds: Vec<&str> = keys
        .as_array()
        .expect("keys")
        .iter()
        .filter_map(|key| key["scope"]["kind"].as_str())
        .collect();
    for kind in ["overlay", "automation", "invitation"] {
        assert!(kinds.contains(&kind), "{kinds:?}");
    }
    let lines = asker.gets("/v1/rooms/demo/audit", &owner).await;
    let lines = lines.as_array().expect("lines");
    for member in ["activity", "key", "label", "refused", "on_air", "profile"] {
        let has = lines.iter().any(|line| !line[member].is_null());
        assert!(has, "no line of the audit log has {member}");
    }
    asker
        .gets("/v1/rooms/demo/audit?format=csv&last=3", &owner)
        .await;
}

#[tokio::test]
async fn an_answer_that_is_not_as_the_document_says_is_seen() {
    let house = House::open().await;
    let described = Described::of(&house).await;
    let check = |method, path, status, kind, body: &Value| {
        let body = body.to_string();
        let answered = Answered {
            method,
            path,
            status,
            kind,
            body: body.as_bytes(),
        };
        described.check(&answered)
    };
    let json = "application/json; charset=utf-8";
    let well = json!({ "ok": true, "version": "1", "at": 1 });
    assert!(check("GET", "/healthz", 200, json, &well).is_ok());
    let post = "/v1/rooms/demo/commands";
    let done = json!({ "id": "a", "ok": true, "mine": { "activity": "tea", "run": 1, "rev": 2 } });
    assert!(check("POST", post, 200, json, &done).is_ok());
    // Only the schema of the messages knows what a viewer's own part is.
    let odd = json!({ "id": "a", "ok": true, "mine": { "activity": 7, "run": 1, "rev": 2 } });
    let more = json!({ "ok": true, "version": "1", "at": 1, "mood": "fine" });
    for (method, path, status, kind, body) in [
        ("GET", "/healthz", 200, json, json!({ "ok": true })),
        ("GET", "/healthz", 200, json, more),
        ("GET", "/healthz", 200, "text/plain", well.clone()),
        ("GET", "/healthz", 202, json, well.clone()),
        ("GET", "/healthz", 404, json, well.clone()),
        ("PUT", "/healthz", 200, json, well.clone()),
        ("GET", "/healthy", 200, json, well),
        ("POST", post, 200, json, odd),
        ("POST", post, 403, json, json!({ "refusal": "no" })),
        ("GET", "/v1/rooms/demo/keys", 200, json, json!([{}])),
        ("DELETE", "/v1/rooms/demo/hooks/shop", 204, json, json!({})),
    ] {
        let said = check(method, path, status, kind, &body);
        assert!(said.is_err(), "{method} {path} {status} {body}");
    }
    house.close().await;
}
