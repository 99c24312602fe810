//! Refusals by every road, against the document: nobody, the wrong one, what is not there, what cannot be read, too much of it.

use super::asker::Asker;
use super::{beside, bodies};
use liveroom_protocol::engagement::BATCH_TYPE;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::limits::RUN_BYTES;
use liveroom_tests::house::tea;
use liveroom_tests::{House, Receiver};
use serde_json::{Value, json};

#[tokio::test]
async fn every_refusal_that_the_document_names_comes_and_is_as_it_says() {
    let house = House::with(|config| {
        config.dev = true;
        config.hooks_local = true;
    })
    .await;
    house.open_tea().await;
    let mut asker = Asker::of(&house).await;
    whoever(&house, &mut asker).await;
    nowhere(&house, &mut asker).await;
    unreadable(&house, &mut asker).await;
    at_odds(&house, &mut asker).await;
    of_run(&house, &mut asker).await;
    reports(&mut asker).await;
    too_often(&house, &mut asker).await;
    ended(&house, &mut asker).await;
    let unseen = asker.unseen(|status| (400..500).contains(&status));
    assert_eq!(unseen, Vec::<String>::new(), "nothing was refused so");
    house.close().await;
}

/// Every operation that wants a token: without one, with a viewer's, and of a room that is not there.
async fn whoever(house: &House, asker: &mut Asker) {
    let viewer = house.token(Role::Viewer, "ann");
    let mut claims = house.claims(Role::Owner, "olga");
    claims.aud = RoomId::parse("nowhere").expect("it is an id");
    let lost = house.sign(&claims);
    let secured: Vec<_> = asker
        .described
        .operations()
        .filter(|(_, about)| about["security"] != json!([]))
        .map(|((route, method), about)| {
            let content = &about["requestBody"]["content"]["application/json"];
            (route, method, content["example"].clone())
        })
        .collect();
    assert!(secured.len() > 20, "{}", secured.len());
    for (route, method, body) in secured {
        let line = format!("{} {}", method.to_uppercase(), bodies::real(&route));
        asker.asks(401, &line, "", body.clone()).await;
        asker.asks(401, &line, "not.a.token", body.clone()).await;
        asker.asks(403, &line, &viewer, body.clone()).await;
        // An owner makes the room that is not there.
        if route != "/v1/rooms/{room}" {
            let line = line.replace("/demo", "/nowhere");
            let said = asker
                .ask(&line, |request| match &body {
                    Value::Null => request.bearer_auth(&lost),
                    body => request.bearer_auth(&lost).json(body),
                })
                .await;
            assert!(
                matches!(said.status, 400 | 403 | 404),
                "{line}: {}",
                said.body
            );
        }
    }
}

/// What is not there.
async fn nowhere(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    for path in [
        "/kit/none.js",
        "/pages/none.js",
        "/r/none",
        "/v1/rooms/none",
        "/v1/rooms/none/draws/pot",
        "/v1/rooms/demo/draws/tea",
    ] {
        asker
            .asks(404, &format!("GET {path}"), "", Value::Null)
            .await;
    }
    for path in [
        "desk/tea",
        "claims?activity=tea",
        "claims?code=NONE",
        "questions?activity=tea",
        "comments?activity=none",
        "insights?show=none",
        "hooks/none",
    ] {
        let line = format!("GET /v1/rooms/demo/{path}");
        asker.asks(404, &line, &owner, Value::Null).await;
    }
    for line in [
        "DELETE /v1/rooms/demo/hooks/none",
        "POST /v1/rooms/demo/hooks/none/test",
    ] {
        asker.asks(404, line, &owner, Value::Null).await;
    }
    let hello = json!([{ "type": "hello", "version": 1 }]);
    asker
        .asks(404, "POST /v1/rooms/none/messages", "", hello)
        .await;
}

/// What cannot be read.
async fn unreadable(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    for path in [
        "audit?last=few",
        "insights?by=colour",
        "export.csv?from=soon",
        "export.json?to=soon",
        "moments.vtt?start=soon",
        "claims",
        "questions",
        "comments?format=xml&activity=tea",
        "events?limit=0",
        "events?after=x",
        "desk/tea?before=x",
        "hooks/a+b",
        "draws/tea?roll=maybe",
        "socket",
    ] {
        let line = format!("GET /v1/rooms/demo/{path}");
        asker.asks(400, &line, &owner, Value::Null).await;
    }
}

/// What is at odds with what the room is: one command, several, an invitation that is used up, a hook too many.
async fn at_odds(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let post = "POST /v1/rooms/demo/commands";
    let one = asker.asks(409, post, &owner, tea()).await;
    assert_eq!(one["ok"], false, "{one}");
    let both = json!([{ "type": "pause", "activity": "tea" }, tea()]);
    let answers = asker.asks(409, post, &owner, both).await;
    assert_eq!(answers[0]["ok"], true, "{answers}");
    let unknown = json!({ "type": "close", "activity": "none" });
    asker.asks(404, post, &owner, unknown).await;
    let machine = json!({ "kind": "automation", "commands": ["poll.open"] });
    let secret = beside::key(house, asker, machine).await;
    let exchange = json!({ "room": "demo", "key": secret });
    let token = asker.asks(200, "POST /v1/tokens", "", exchange).await;
    let token = token["token"].as_str().expect("a token");
    let close = json!({ "type": "close", "activity": "tea" });
    asker.asks(403, post, token, close).await;

    let post = "POST /v1/tokens";
    let crew = json!({ "kind": "invitation", "role": "moderator", "uses": 1 });
    let link = beside::key(house, asker, crew).await;
    let body = json!({ "room": "demo", "key": link });
    for (name, status) in [
        ("short", 400),
        ("mia-mia-mia-mia-mia", 200),
        ("ben-ben-ben-ben-ben", 409),
    ] {
        let came = asker
            .ask(post, |request| {
                request.header("idempotency-key", name).json(&body)
            })
            .await;
        assert_eq!(came.status, status, "{}", came.body);
    }
    let unknown = json!({ "room": "demo", "key": "lk_none" });
    asker.asks(401, post, "", unknown).await;
    let foreign = house.token(Role::Streamer, "lin");
    asker.asks(403, post, &foreign, json!({})).await;

    let hook = json!({ "url": "https://shop.example/live" });
    for number in 0..=10 {
        let put = format!("PUT /v1/rooms/demo/hooks/h{number}");
        let status = if number < 10 { 201 } else { 409 };
        asker.asks(status, &put, &owner, hook.clone()).await;
    }
}

/// A run of show that another desk has saved, one that names no version, one that is none, one that is too large.
async fn of_run(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let put = "PUT /v1/rooms/demo/run";
    asker.asks(428, put, &owner, json!({ "schema": 1 })).await;
    let large = json!({ "schema": 1, "title": "x".repeat(RUN_BYTES) });
    for (version, body, status) in [
        ("\"7\"", json!({ "schema": 1 }), 412),
        ("\"0\"", json!({ "schema": 2 }), 400),
        ("\"0\"", large.clone(), 413),
    ] {
        let said = asker
            .ask(put, |request| {
                let request = request.bearer_auth(&owner).json(&body);
                request.header("if-match", version)
            })
            .await;
        assert_eq!(said.status, status, "{}", said.body);
    }
    let post = "POST /v1/rooms/demo/run";
    asker.asks(400, post, &owner, json!({ "schema": 2 })).await;
    asker.asks(413, post, &owner, large).await;
}

/// Reports that are none, of another server, too large, of another kind.
async fn reports(asker: &mut Asker) {
    let report = |source: &str| json!([{ "specversion": "1.0", "id": "r1", "source": source, "type": "live.poll.seen", "data": {} }]);
    for (kind, body, status) in [
        (BATCH_TYPE, "[{}]".to_owned(), 400),
        (BATCH_TYPE, report("urn:liveroom:none").to_string(), 403),
        (BATCH_TYPE, " ".repeat(129 * 1024), 413),
        (
            "application/json",
            report("urn:liveroom:demo").to_string(),
            415,
        ),
    ] {
        let said = asker
            .ask("POST /v1/engagement", |request| {
                request.header("content-type", kind).body(body)
            })
            .await;
        assert_eq!(said.status, status, "{}", said.body);
    }
}

/// Asks until it is too often: a hook that is tried out, and reports.
async fn too_often(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let receiver = Receiver::open().await;
    let hook = json!({ "url": receiver.url() });
    asker
        .asks(200, "PUT /v1/rooms/demo/hooks/h0", &owner, hook)
        .await;
    let line = "POST /v1/rooms/demo/hooks/h0/test";
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let said = asker.ask(line, |request| request.bearer_auth(&owner)).await;
        statuses.push(said.status);
        if said.status == 429 {
            assert!(
                said.body["refusal"]["again_in_ms"].is_u64(),
                "{}",
                said.body
            );
        }
    }
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
    receiver.close().await;
    // Each costs by its size, and the clock stands.
    let mut last = 0;
    for _ in 0..200 {
        let said = asker
            .ask("POST /v1/engagement", |request| {
                request
                    .header("content-type", BATCH_TYPE)
                    .body(" ".repeat(120 * 1024))
            })
            .await;
        last = said.status;
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429);
}

/// A room that has ended.
async fn ended(house: &House, asker: &mut Asker) {
    let owner = house.token(Role::Owner, "olga");
    let post = "POST /v1/rooms/demo/commands";
    let seal = json!({ "type": "room.seal" });
    asker.asks(200, post, &owner, seal).await;
    let late = json!({ "type": "poll.open", "question": "?", "options": ["A", "B"] });
    let said = asker.asks(410, post, &owner, late).await;
    assert_eq!(said["refusal"]["reason"], "sealed");
    asker.gets("/v1/rooms/demo", "").await;
    asker.gets("/v1/rooms/demo/audit", &owner).await;
}
