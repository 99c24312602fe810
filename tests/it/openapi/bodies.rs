//! Bodies of requests: what the document shows as an example is taken, and what its schema does not want is not.

use super::asker::{Asker, Said};
use super::beside;
use super::described::Operation;
use liveroom_protocol::identity::Role;
use liveroom_tests::House;
use liveroom_tests::house::tea;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// An address of a route.
pub(super) fn real(route: &str) -> String {
    route
        .replace("{room}", "demo")
        .replace("{activity}", "tea")
        .replace("{hook}", "shop")
}

/// Sends a body as some kind, as who may do what is asked.
async fn send(
    house: &House,
    asker: &mut Asker,
    (route, method): &Operation,
    kind: &str,
    body: String,
) -> Said {
    let role = if route.ends_with("/acts") {
        Role::Relay
    } else {
        Role::Owner
    };
    let token = house.token(role, "olga");
    let line = format!("{} {}", method.to_uppercase(), real(route));
    asker
        .ask(&line, |request| {
            let request = match route.as_str() {
                // These two ask nobody who they are: a token would be renewed. Who comes by an invitation names the request.
                "/v1/tokens" => request.header("idempotency-key", "mia-mia-mia-mia-mia"),
                "/v1/engagement" => request,
                _ => request.bearer_auth(token),
            };
            let request = request.header("if-match", "\"0\"");
            request.header("content-type", kind).body(body)
        })
        .await
}

/// Every operation that takes a body, each kind of body, and the example of it.
fn examples(asker: &Asker) -> Vec<(Operation, String, Value)> {
    let operations = asker.described.operations();
    let all = operations.flat_map(|(operation, about)| {
        let content = about["requestBody"]["content"].as_object();
        let kinds = content.into_iter().flatten();
        kinds
            .map(|(kind, body)| (operation.clone(), kind.clone(), body["example"].clone()))
            .collect::<Vec<_>>()
    });
    all.collect()
}

#[tokio::test]
async fn what_the_document_shows_as_an_example_is_taken() {
    let house = House::open().await;
    house.open_tea().await;
    let mut asker = Asker::of(&house).await;
    let crew = json!({ "kind": "invitation", "role": "moderator", "uses": 2 });
    let secret = beside::key(&house, &mut asker, crew).await;
    let examples = examples(&asker);
    assert!(examples.len() > 10, "{}", examples.len());
    for (operation, kind, mut body) in examples {
        assert!(!body.is_null(), "{operation:?} has no example of {kind}");
        let taken = asker.described.takes(&operation, &kind, &body, true);
        assert_eq!(taken, Ok(()), "{operation:?} {kind}");
        if operation.0 == "/v1/tokens" {
            // A secret that nobody has cannot be shown; the one of a key stands for it.
            body["key"] = json!(secret);
        }
        let text = body
            .as_str()
            .map_or_else(|| body.to_string(), str::to_owned);
        let said = send(&house, &mut asker, &operation, &kind, text).await;
        assert!(said.status < 300, "{operation:?} {kind}: {}", said.body);
        let answers = said.body.as_array().into_iter().flatten();
        let refused = answers.filter(|answer| answer["ok"] == false).count();
        assert_eq!(refused, 0, "{operation:?}: {}", said.body);
    }
    house.close().await;
}

/// What the schema of an operation's body does not want.
fn wrong((route, method): &Operation) -> Vec<Value> {
    let many = |one: Value, count: usize| Value::Array(vec![one; count]);
    let runs = || {
        vec![
            json!({}),
            json!([1]),
            json!({ "schema": 2 }),
            json!({ "schema": 1, "cues": [{}] }),
            json!({ "schema": 1, "cues": [{ "draft": tea(), "lasts_ms": "long" }] }),
        ]
    };
    let commands = || {
        vec![
            json!({}),
            json!({ "type": "poll.eaten" }),
            json!({ "type": "poll.open", "question": "?", "options": "A" }),
            json!([{ "activity": "tea" }]),
            many(json!({ "type": "screen.clear" }), 33),
        ]
    };
    match (
        method.as_str(),
        route.trim_start_matches("/v1/rooms/{room}"),
    ) {
        ("put", "") => vec![
            json!([null, 7]),
            json!({ "delay_ms": "soon" }),
            json!({ "origins": "https://shop.example" }),
            json!("approval"),
        ],
        ("post", "/messages") => vec![
            json!({}),
            json!([]),
            json!([{ "version": 1 }]),
            many(json!({ "type": "hello", "version": 1 }), 33),
        ],
        ("post", "/commands" | "/check") => commands(),
        ("put", "/alerts") => vec![
            json!([]),
            json!({ "stock_low": -1 }),
            json!({ "stock_low": 100_001 }),
            json!({ "participation_falls": 101 }),
            json!({ "silent_minutes": 1_441 }),
            json!({ "colour": 1 }),
        ],
        ("put" | "post", "/run") => runs(),
        ("post", "/acts") => vec![
            json!({}),
            json!([{ "by": "youtube:UC1" }]),
            json!([{ "by": 7, "id": "m1", "activity": "tea", "action": { "type": "poll.withdraw" } }]),
            many(
                json!({ "by": "a:b", "id": "m1", "activity": "tea", "action": { "type": "poll.withdraw" } }),
                101,
            ),
        ],
        ("put", "/hooks/{hook}") => vec![
            json!({}),
            json!({ "url": 7 }),
            json!(["https://shop.example/hooks/of/liveroom"]),
            json!({ "url": "https://shop.example", "types": "live.*" }),
            json!({ "url": "https://shop.example", "types": many(json!("live.*"), 51) }),
            json!({ "url": "https://shop.example", "rotate": "yes" }),
        ],
        ("post", "/v1/tokens") => vec![
            json!([]),
            json!({ "key": 7 }),
            json!({ "room": ["demo"] }),
            json!(7),
        ],
        ("post", "/v1/engagement") => vec![
            json!({ "specversion": "1.0" }),
            json!([{ "specversion": "1.0", "id": "", "source": "urn:liveroom:demo", "type": "live.poll.seen" }]),
            json!([{ "specversion": "0.3", "id": "x", "source": "urn:liveroom:demo", "type": "live.poll.seen" }]),
            many(
                json!({ "specversion": "1.0", "id": "x", "source": "urn:liveroom:demo", "type": "live.poll.seen" }),
                501,
            ),
        ],
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn what_the_schema_of_a_body_does_not_want_the_server_refuses() {
    let house = House::open().await;
    let mut asker = Asker::of(&house).await;
    let mut without = BTreeSet::new();
    for (operation, kind, _) in examples(&asker) {
        let json = kind.ends_with("json");
        let bodies = if json { wrong(&operation) } else { Vec::new() };
        if json && bodies.is_empty() {
            without.insert(operation.clone());
        }
        for body in bodies {
            let wanted = asker.described.takes(&operation, &kind, &body, false);
            assert!(wanted.is_err(), "the schema takes it: {operation:?} {body}");
            let said = send(&house, &mut asker, &operation, &kind, body.to_string()).await;
            assert!(
                matches!(said.status, 400 | 413 | 415 | 422),
                "{operation:?} {body}: {} {}",
                said.status,
                said.body
            );
        }
        // Nothing is read that says it is something else.
        let other = send(
            &house,
            &mut asker,
            &operation,
            "application/xml",
            "<a/>".into(),
        )
        .await;
        assert!(matches!(other.status, 400 | 415), "{operation:?}");
    }
    assert_eq!(without, BTreeSet::new(), "nothing wrong was sent to these");
    house.close().await;
}
