//! Webhooks over real sockets: who sets them, what comes, in which order, and that it is the same as what can be read.

use liveroom_demo::Config;
use liveroom_protocol::identity::Role;
use liveroom_tests::receiver::Answer;
use liveroom_tests::{Client, House, Receiver};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

mod again;
mod reach;

/// A server that may send to this machine.
async fn house() -> House {
    House::with(local).await
}

fn local(config: &mut Config) {
    config.dev = true;
    config.hooks_local = true;
}

/// Asks something of a room's hooks as somebody of a role.
async fn ask(
    house: &House,
    role: Role,
    method: Method,
    path: &str,
    body: Option<&Value>,
) -> (StatusCode, Value) {
    let url = house.url(&format!("/v1/rooms/demo/{path}"));
    let request = reqwest::Client::new()
        .request(method, url)
        .bearer_auth(house.token(role, "x"));
    let request = match body {
        Some(body) => request.json(body),
        None => request,
    };
    let answer = request.send().await.expect("the server answers");
    (answer.status(), answer.json().await.unwrap_or_default())
}

async fn put(house: &House, hook: &str, body: &Value) -> (StatusCode, Value) {
    ask(
        house,
        Role::Owner,
        Method::PUT,
        &format!("hooks/{hook}"),
        Some(body),
    )
    .await
}

async fn show(house: &House, hook: &str) -> Value {
    let (status, told) = ask(
        house,
        Role::Owner,
        Method::GET,
        &format!("hooks/{hook}"),
        None,
    )
    .await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told
}

/// Makes the hook `shop` to a receiver.
async fn with_hook(house: &House, receiver: &Receiver) -> String {
    let (status, told) = put(house, "shop", &json!({"url": receiver.url()})).await;
    assert_eq!(status, StatusCode::CREATED, "{told}");
    told["secret"].as_str().expect("a secret").to_owned()
}

async fn events(house: &House) -> Vec<Value> {
    let (status, told) = ask(house, Role::Shop, Method::GET, "events", None).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told.as_array().expect("a batch").clone()
}

async fn start(desk: &mut Client, times: usize) {
    for _ in 0..times {
        desk.must(json!({"type": "show.start"})).await;
        desk.must(json!({"type": "show.end"})).await;
    }
}

#[tokio::test]
async fn a_shop_is_sent_what_it_could_read_signed_and_in_order() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    let mut desk = house.desk().await;
    start(&mut desk, 1).await;
    let secret = with_hook(&house, &receiver).await;
    assert!(
        secret.starts_with("whsec_") && secret.len() == 50,
        "{secret}"
    );
    start(&mut desk, 6).await;
    let mut all = Vec::new();
    let mut names = BTreeSet::new();
    while all.len() < 12 {
        let heard = receiver.hears().await;
        assert_eq!(heard.path, "/hooks?from=room");
        assert_eq!(
            heard.line("content-type"),
            "application/cloudevents-batch+json"
        );
        assert_eq!(heard.line("host"), receiver.address.to_string());
        assert_eq!(heard.line("webhook-timestamp"), "1777896000");
        assert!(heard.line("webhook-signature").starts_with("v1,"));
        let last = heard.events.last().expect("an event")["id"].clone();
        assert_eq!(heard.line("webhook-id"), last);
        assert!(names.insert(heard.line("webhook-id").to_owned()));
        all.extend(heard.events);
    }
    // What was before the hook was made is there to read, and is not sent unless asked for.
    assert_eq!(all, events(&house).await[2..]);
    assert!(receiver.is_quiet());
    let told = show(&house, "shop").await;
    assert_eq!(told["state"], "active");
    assert!(told["secret"].is_null(), "it is told once");
    house.close().await;
}

#[tokio::test]
async fn a_hook_goes_on_where_it_was_after_a_restart_and_from_where_its_owner_says() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    let mut desk = house.desk().await;
    start(&mut desk, 1).await;
    assert_eq!(receiver.hears_events(2).await.len(), 2);
    drop(desk);
    let house = house.restart().await;
    let mut desk = house.desk().await;
    start(&mut desk, 1).await;
    let all = events(&house).await;
    // What was taken last may come once more, where the server stopped before it had noted that.
    let mut got = receiver.hears_events(2).await;
    while got.last() != all.last() {
        got.extend(receiver.hears_events(1).await);
    }
    assert!(got.ends_with(&all[2..]), "{got:?}");
    // Again from a cursor, and all again.
    let after = all[0]["id"].clone();
    let (status, told) = put(
        &house,
        "shop",
        &json!({"url": receiver.url(), "after": after}),
    )
    .await;
    assert_eq!((status, &told["secret"]), (StatusCode::OK, &Value::Null));
    assert_eq!(receiver.hears_events(3).await, all[1..]);
    put(&house, "shop", &json!({"url": receiver.url(), "after": ""})).await;
    assert_eq!(receiver.hears_events(4).await, all);
    house.close().await;
}

#[tokio::test]
async fn a_shop_is_sent_the_types_that_it_asked_for() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    let asked = json!({"url": receiver.url(), "types": ["live.poll.*", "live.room.show_ended"]});
    put(&house, "shop", &asked).await;
    let mut desk = house.desk().await;
    for _ in 0..60 {
        start(&mut desk, 1).await;
        house.turn(1_000);
    }
    desk.must(liveroom_tests::house::tea()).await;
    let heard = receiver.hears_events(61).await;
    assert!(
        heard
            .iter()
            .all(|event| event["type"] != "live.room.show_started")
    );
    assert_eq!(heard[60]["type"], "live.poll.opened");
    let told = show(&house, "shop").await;
    assert_eq!(told["types"], asked["types"]);
    house.close().await;
}

#[tokio::test]
async fn a_test_delivery_says_what_came_of_it() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    receiver.answers([Answer::Status(200, ""), Answer::Status(500, "")]);
    let (status, told) = ask(&house, Role::Owner, Method::POST, "hooks/shop/test", None).await;
    assert_eq!(
        (status, &told["ok"]),
        (StatusCode::OK, &json!(true)),
        "{told}"
    );
    assert_eq!(receiver.hears().await.kinds(), ["live.room.test"]);
    let (_, told) = ask(&house, Role::Owner, Method::POST, "hooks/shop/test", None).await;
    assert_eq!(
        (&told["ok"], &told["delivery"]["status"]),
        (&json!(false), &json!(500))
    );
    let told = show(&house, "shop").await;
    let deliveries = told["deliveries"].as_array().expect("a list");
    let statuses: Vec<&Value> = deliveries.iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, [500, 200]);
    assert!(
        events(&house).await.is_empty(),
        "a test is no event of the room"
    );
    for _ in 0..8 {
        ask(&house, Role::Owner, Method::POST, "hooks/shop/test", None).await;
    }
    let (status, _) = ask(&house, Role::Owner, Method::POST, "hooks/shop/test", None).await;
    assert_eq!(status, StatusCode::TOO_MANY_REQUESTS);
    house.close().await;
}

#[tokio::test]
async fn only_the_owner_sets_hooks_and_sees_them() {
    let house = house().await;
    let mut receiver = Receiver::open().await;
    with_hook(&house, &receiver).await;
    let body = json!({"url": receiver.url()});
    for role in [
        Role::Viewer,
        Role::Moderator,
        Role::Analyst,
        Role::Operator,
        Role::Streamer,
        Role::Shop,
        Role::Relay,
    ] {
        for (method, path) in [
            (Method::GET, "hooks"),
            (Method::GET, "hooks/shop"),
            (Method::PUT, "hooks/shop"),
            (Method::DELETE, "hooks/shop"),
            (Method::POST, "hooks/shop/test"),
        ] {
            let said = format!("{role:?} {method} {path}");
            let (status, _) = ask(&house, role, method, path, Some(&body)).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{said}");
        }
    }
    let (_, told) = ask(&house, Role::Owner, Method::GET, "hooks", None).await;
    assert_eq!(told[0]["hook"], "shop");
    let (status, _) = ask(&house, Role::Owner, Method::DELETE, "hooks/shop", None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    for (method, path) in [
        (Method::DELETE, "hooks/shop"),
        (Method::GET, "hooks/shop"),
        (Method::POST, "hooks/shop/test"),
    ] {
        let (status, _) = ask(&house, Role::Owner, method, path, None).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut desk = house.desk().await;
    start(&mut desk, 1).await;
    assert_eq!(events(&house).await.len(), 2);
    assert!(receiver.is_quiet(), "nothing is sent to what was removed");
    house.close().await;
}

#[tokio::test]
async fn what_is_no_hook_is_refused_in_words() {
    let house = house().await;
    let receiver = Receiver::open().await;
    let url = receiver.url();
    for body in [
        json!({}),
        json!([]),
        json!({"url": 7}),
        json!({"url": ""}),
        json!({"url": "shop.example/hooks"}),
        json!({"url": "ftp://shop.example/hooks"}),
        json!({"url": "https://user:word@shop.example/"}),
        json!({"url": "https://shop.example/#x"}),
        json!({"url": url, "types": ["live.deal.eaten"]}),
        json!({"url": url, "types": "live.*"}),
        json!({"url": url, "after": "x"}),
    ] {
        let (status, told) = put(&house, "shop", &body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}: {told}");
        assert!(
            told["message"].is_string() || told["refusal"]["message"].is_string(),
            "{told}"
        );
    }
    let mut desk = house.desk().await;
    start(&mut desk, 1).await;
    let (status, _) = put(&house, "shop", &json!({"url": url, "after": "another-1-0"})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let long = "a".repeat(65);
    for name in ["a%20b", long.as_str(), "%C3%A9"] {
        let (status, _) = put(&house, name, &json!({"url": url})).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name}");
    }
    for number in 0..10 {
        let (status, _) = put(&house, &format!("h{number}"), &json!({"url": url})).await;
        assert_eq!(status, StatusCode::CREATED);
    }
    let (status, _) = put(&house, "one-more", &json!({"url": url})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, told) = put(&house, "h3", &json!({"url": url, "rotate": true})).await;
    assert_eq!(status, StatusCode::OK);
    assert!(told["secret"].is_string(), "another secret is told");
    house.close().await;
}
