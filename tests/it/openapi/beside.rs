//! What lies beside a room, against the document: webhooks, tokens, the run of show, figures and reports, events, acts from elsewhere.

use super::asker::Asker;
use liveroom_protocol::engagement::BATCH_TYPE;
use liveroom_protocol::identity::Role;
use liveroom_tests::{House, Receiver};
use serde_json::{Value, json};

const HOOK: &str = "/v1/rooms/demo/hooks/shop";

/// A webhook that is made, set anew, tried out and read.
pub(super) async fn hook(house: &House, asker: &mut Asker, receiver: &Receiver) {
    let owner = house.token(Role::Owner, "olga");
    let wanted = json!({ "url": receiver.url(), "types": ["live.deal.*"] });
    let put = format!("PUT {HOOK}");
    let made = asker.asks(201, &put, &owner, wanted.clone()).await;
    assert!(made["secret"].is_string(), "{made}");
    let again = asker.asks(200, &put, &owner, wanted).await;
    assert!(again.get("secret").is_none(), "{again}");
    let tried = asker
        .asks(200, &format!("POST {HOOK}/test"), &owner, Value::Null)
        .await;
    assert_eq!(tried["ok"], true);
    let one = asker.gets(HOOK, &owner).await;
    assert_eq!(one["deliveries"][0], tried["delivery"]);
    asker.gets("/v1/rooms/demo/hooks", &owner).await;
}

/// The same webhook where nobody answers any more, and without it.
pub(super) async fn no_hook(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let put = format!("PUT {HOOK}");
    // The port of the server itself speaks no TLS.
    let url = house.url("/").replace("http:", "https:");
    let nowhere = json!({ "url": url, "rotate": true });
    let turned = asker.asks(200, &put, &owner, nowhere).await;
    assert!(turned["secret"].is_string(), "{turned}");
    let tried = asker
        .asks(200, &format!("POST {HOOK}/test"), &owner, Value::Null)
        .await;
    assert!(tried["delivery"]["said"].is_string(), "{tried}");
    let gone = asker
        .asks(204, &format!("DELETE {HOOK}"), &owner, Value::Null)
        .await;
    assert!(gone.is_null());
}

/// Makes a key, and gives its secret.
pub(super) async fn key(house: &House, asker: &mut Asker, scope: Value) -> String {
    let owner = house.token(Role::Owner, "olga");
    let make = json!({ "type": "key.make", "label": "The key", "scope": scope });
    let made = asker
        .asks(200, "POST /v1/rooms/demo/commands", &owner, make)
        .await;
    made["secret"].as_str().expect("a secret").to_owned()
}

/// Tokens for a machine's key, for an invitation, for an owner whose token ends, and for whoever asks a development server.
pub(super) async fn tokens(house: &House, asker: &mut Asker) {
    let post = "POST /v1/tokens";
    let machine = json!({ "kind": "automation", "commands": ["poll.open"] });
    let secret = key(house, asker, machine).await;
    let token = asker
        .asks(200, post, "", json!({ "room": "demo", "key": secret }))
        .await;
    assert_eq!(token["scope"], "automation");
    let crew = json!({ "kind": "invitation", "role": "moderator", "uses": 2 });
    let link = key(house, asker, crew).await;
    let came = asker
        .ask(post, |request| {
            let body = json!({ "room": "demo", "key": link, "name": "Mia" });
            request
                .header("idempotency-key", "mia-mia-mia-mia-mia")
                .json(&body)
        })
        .await;
    assert_eq!(came.status, 200, "{}", came.body);
    assert!(came.body["key"].is_string(), "{}", came.body);
    let owner = house.token(Role::Owner, "olga");
    let renewed = asker.asks(200, post, &owner, json!({})).await;
    assert_eq!(renewed["role"], "owner");
    asker.asks(200, post, "", json!({ "role": "shop" })).await;
}

/// A run of show: none, one that is tried, kept, and known already.
pub(super) async fn run(house: &House, asker: &mut Asker) {
    let operator = house.token(Role::Operator, "op");
    let path = "/v1/rooms/demo/run";
    let none = asker.gets(path, &operator).await;
    assert_eq!(none["version"], 0);
    let cue = |name: &str| json!({ "draft": { "type": "poll.prepare", "activity": name, "question": "?", "options": ["A", "B"] }, "at_ms": 60_000 });
    let run = json!({ "schema": 1, "title": "Evening", "cues": [cue("tea"), cue("later")] });
    let tried = asker
        .asks(200, &format!("POST {path}"), &operator, run.clone())
        .await;
    assert_eq!(tried["refused"][0]["cue"], 0, "there is a tea: {tried}");
    let kept = asker
        .ask(&format!("PUT {path}"), |request| {
            let request = request.bearer_auth(&operator).json(&run);
            request.header("if-match", "\"0\"")
        })
        .await;
    assert_eq!(kept.status, 200, "{}", kept.body);
    let loaded = asker.gets(path, &operator).await;
    assert_eq!(loaded["run"]["title"], "Evening");
    let same = asker
        .ask(&format!("GET {path}"), |request| {
            let request = request.bearer_auth(&operator);
            request.header("if-none-match", kept.head["etag"].clone())
        })
        .await;
    assert_eq!(same.status, 304);
}

fn report(number: u32, kind: &str, data: Value) -> Value {
    let mut all =
        json!({ "room": "demo", "at": 1, "channel": "page", "activity": "tea", "widget": "poll" });
    for (name, value) in data.as_object().expect("members") {
        all[name] = value.clone();
    }
    json!({ "specversion": "1.0", "id": format!("r{number}"), "source": "urn:liveroom:demo", "type": kind, "subject": "tea",
        "session": "s1", "sequence": number, "data": all })
}

/// Figures of all that was done so far and of what was reported; and when alerts are raised.
pub(super) async fn figures(house: &House, asker: &mut Asker) {
    let reports = json!([
        report(1, "live.poll.seen", json!({})),
        report(2, "live.poll.refused", json!({ "reason": "closed" })),
        report(3, "live.room.error", json!({ "code": "socket" })),
        report(4, "live.room.arrived", json!({ "code": "abcd" })),
    ]);
    let taken = asker
        .ask("POST /v1/engagement", |request| {
            let request = request.header("content-type", BATCH_TYPE);
            request.body(reports.to_string())
        })
        .await;
    assert_eq!((taken.status, &taken.body["stored"]), (202, &json!(4)));
    house.turn(60_000);
    let analyst = house.token(Role::Analyst, "ana");
    for query in ["", "?show=all&by=all", "?brand=Harbour", "?from=0&to=60000"] {
        asker
            .gets(&format!("/v1/rooms/demo/insights{query}"), &analyst)
            .await;
    }
    let all = asker
        .gets("/v1/rooms/demo/insights?show=all&by=all", &analyst)
        .await;
    for list in [
        "shows",
        "minutes",
        "timeline",
        "rows",
        "further",
        "activities",
        "referrals",
    ] {
        assert!(all[list][0].is_object(), "there is nothing in {list}");
    }
    let lines = asker
        .gets("/v1/rooms/demo/export.json?show=all&by=all", &analyst)
        .await;
    assert!(lines[0].is_object());
    for file in ["export.csv", "moments.vtt"] {
        asker
            .gets(&format!("/v1/rooms/demo/{file}?show=all"), &analyst)
            .await;
    }
    let put = "PUT /v1/rooms/demo/alerts";
    let told = asker
        .asks(200, put, &analyst, json!({ "stock_low": 100 }))
        .await;
    assert_eq!(told["alerts"][0]["alert"], "stock_low", "{told}");
    let streamer = house.token(Role::Streamer, "lin");
    let heard = asker.gets("/v1/rooms/demo/alerts", &streamer).await;
    assert_eq!(heard["thresholds"]["stock_low"], 100);
}

/// What happened, and acts for viewers elsewhere.
pub(super) async fn back_end(house: &House, asker: &mut Asker) {
    let relay = house.token(Role::Relay, "bot");
    let vote = |id: &str, choice: &str| json!({ "by": "youtube:UC1", "id": id, "activity": "tea", "action": { "type": "poll.vote", "choices": [choice] } });
    let acts = json!([vote("m1", "1"), vote("m2", "9")]);
    let answers = asker
        .asks(200, "POST /v1/rooms/demo/acts", &relay, acts)
        .await;
    assert_eq!(
        (&answers[0]["ok"], &answers[1]["ok"]),
        (&json!(true), &json!(false))
    );
    let shop = house.token(Role::Shop, "shop");
    let mut after = String::new();
    let mut kinds = 0;
    loop {
        let path = format!("/v1/rooms/demo/events?limit=10{after}");
        let events = asker.gets(&path, &shop).await;
        let Some(last) = events.as_array().and_then(|events| events.last()) else {
            break;
        };
        kinds += events.as_array().map_or(0, Vec::len);
        after = format!("&after={}", last["id"].as_str().expect("an id"));
    }
    assert!(kinds > 10, "{kinds} events");
}
