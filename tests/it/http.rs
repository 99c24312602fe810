//! A room over HTTP: its news and its messages without a socket, its commands, its making, its audit log.

use liveroom_protocol::identity::Role;
use liveroom_protocol::message::FromRoom;
use liveroom_tests::house::tea;
use liveroom_tests::{House, Seen};
use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

/// Talks to the room as a page without a socket, and gives what it then knows, with all that was said.
async fn talk(house: &House, messages: Value) -> (Seen, Vec<FromRoom>) {
    let request = Client::new()
        .post(house.url("/v1/rooms/demo/messages"))
        .header("origin", house.url(""))
        .json(&messages);
    let response = request.send().await.expect("the server answers");
    assert_eq!(response.status(), StatusCode::OK);
    let said: Vec<FromRoom> = response
        .json()
        .await
        .expect("a room says what the protocol says");
    let mut seen = Seen::default();
    said.iter().for_each(|message| seen.take(message));
    (seen, said)
}

async fn command(house: &House, token: &str, key: Option<&str>, body: &Value) -> Response {
    let request = Client::new()
        .post(house.url("/v1/rooms/demo/commands"))
        .bearer_auth(token)
        .json(body);
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    request.send().await.expect("the server answers")
}

async fn reason(response: Response) -> Value {
    let body: Value = response.json().await.expect("a refusal is JSON");
    body["refusal"]["reason"].clone()
}

#[tokio::test]
async fn a_page_without_a_socket_votes_and_sees() {
    let house = House::open().await;
    house.open_tea().await;
    let hello = json!({ "type": "hello", "version": 1 });
    let act = |id: &str, choice: &str| json!({ "type": "act", "id": id, "activity": "tea", "action": { "type": "poll.vote", "choices": [choice] } });
    let (seen, said) = talk(
        &house,
        json!([hello, { "type": "mint" }, act("h1", "1"), { "type": "ping", "sent": 3 }]),
    )
    .await;
    assert_eq!(
        seen.votes("tea"),
        Some(&[1, 0][..]),
        "the answer comes with the news it made"
    );
    assert_eq!(seen.mine("tea"), ["1"]);
    assert!(
        said.iter()
            .any(|message| matches!(message, FromRoom::Pong { .. }))
    );
    let device = said.iter().find_map(|message| match message {
        FromRoom::Device { device } => Some(device.clone()),
        _ => None,
    });
    let known = json!({ "type": "hello", "version": 1, "device": device });
    let (seen, _) = talk(&house, json!([known, act("h1", "1"), act("h2", "2")])).await;
    assert_eq!(
        seen.votes("tea"),
        Some(&[0, 1][..]),
        "one viewer has one ballot, by any road"
    );
    let (seen, _) = talk(&house, json!([hello])).await;
    assert!(seen.mine("tea").is_empty());
    assert_eq!(seen.votes("tea"), Some(&[0, 1][..]));
    house.close().await;
}

#[tokio::test]
async fn the_public_news_can_be_read_by_anybody() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({ "type": "poll.open", "activity": "q", "question": "?", "options": ["A", "B"], "right": ["2"], "results": "on_reveal" })).await;
    desk.must(json!({ "type": "poll.prepare", "activity": "later", "question": "?", "options": ["A", "B"] })).await;
    let text = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("it is text");
    let said: Vec<FromRoom> =
        serde_json::from_str(&text).expect("a room says what the protocol says");
    let mut seen = Seen::default();
    said.iter().for_each(|message| seen.take(message));
    assert_eq!(seen.shown().len(), 1, "what is prepared is the desk's");
    assert_eq!(seen.votes("q"), None);
    assert!(
        !text.contains("right") && !text.contains("viewers"),
        "{text}"
    );
    assert_eq!(
        house.get("/v1/rooms/other").await.status(),
        StatusCode::NOT_FOUND
    );
    house.close().await;
}

#[tokio::test]
async fn a_command_over_http_is_done_once_for_one_key() {
    let house = House::open().await;
    let token = house.token(Role::Streamer, "lin");
    let first = command(&house, &token, Some("k1"), &tea()).await;
    assert_eq!(first.status(), StatusCode::OK);
    let first: Value = first.json().await.expect("an answer is JSON");
    assert_eq!(first["activity"], "tea");
    let again: Value = command(&house, &token, Some("k1"), &tea())
        .await
        .json()
        .await
        .expect("an answer is JSON");
    assert_eq!(again["position"], first["position"]);
    let taken = command(&house, &token, Some("k2"), &tea()).await;
    assert_eq!(taken.status(), StatusCode::CONFLICT);
    assert_eq!(reason(taken).await, "taken");
    let several = json!([{ "type": "close", "activity": "tea" }, { "type": "reveal", "activity": "tea" }, { "type": "put_away", "activity": "tea" }]);
    let answers: Value = command(&house, &token, Some("k3"), &several)
        .await
        .json()
        .await
        .expect("answers are JSON");
    assert!(
        answers
            .as_array()
            .is_some_and(|all| all.len() == 3 && all.iter().all(|answer| answer["ok"] == true)),
        "{answers}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_command_is_refused_with_a_status_that_says_why() {
    let house = House::open().await;
    let streamer = house.token(Role::Streamer, "lin");
    let viewer = house.token(Role::Viewer, "ada");
    let moderator = house.token(Role::Moderator, "mo");
    let close = json!({ "type": "close", "activity": "nothing" });
    let bad_draft = json!({ "type": "poll.open", "question": "?", "options": ["only one"] });
    let cases = [
        (&streamer, close.clone(), StatusCode::NOT_FOUND, "not-found"),
        (&streamer, bad_draft, StatusCode::BAD_REQUEST, "malformed"),
        (
            &streamer,
            json!({ "type": "explode" }),
            StatusCode::BAD_REQUEST,
            "malformed",
        ),
        (
            &streamer,
            json!({ "type": "room.seal" }),
            StatusCode::FORBIDDEN,
            "not-allowed",
        ),
        (&moderator, tea(), StatusCode::FORBIDDEN, "not-allowed"),
        (&viewer, close.clone(), StatusCode::FORBIDDEN, "not-allowed"),
    ];
    for (token, body, status, word) in cases {
        let response = command(&house, token, None, &body).await;
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(reason(response).await, word, "{body}");
    }
    let nobody = Client::new()
        .post(house.url("/v1/rooms/demo/commands"))
        .json(&close)
        .send()
        .await
        .expect("the server answers");
    assert_eq!(nobody.status(), StatusCode::UNAUTHORIZED);
    let odd = command(&house, &streamer, Some("a key with spaces"), &close).await;
    assert_eq!(reason(odd).await, "malformed");
    house.close().await;
}

#[tokio::test]
async fn an_owner_makes_a_room_and_sets_it_up() {
    let house = House::with(|_| {}).await;
    assert_eq!(
        house.get("/v1/rooms/demo").await.status(),
        StatusCode::NOT_FOUND
    );
    let put = async |role: Role, body: Value| {
        let request = Client::new()
            .put(house.url("/v1/rooms/demo"))
            .bearer_auth(house.token(role, "owner"))
            .json(&body);
        request.send().await.expect("the server answers")
    };
    assert_eq!(
        put(Role::Streamer, json!({})).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        house.get("/v1/rooms/demo").await.status(),
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        put(Role::Owner, json!({ "delay_ms": 999_999 }))
            .await
            .status(),
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        put(Role::Owner, json!({ "delay_ms": 12_000, "level": "token" }))
            .await
            .status(),
        StatusCode::OK
    );
    let (seen, _) = talk(&house, json!([{ "type": "hello", "version": 1 }])).await;
    assert_eq!(seen.room.map(|room| room.delay_ms.0), Some(12_000));
    house.close().await;
}

#[tokio::test]
async fn a_room_made_by_many_at_once_has_one_beginning() {
    let house = House::with(|_| {}).await;
    let token = house.token(Role::Owner, "owner");
    let put = || {
        Client::new()
            .put(house.url("/v1/rooms/demo"))
            .bearer_auth(&token)
            .json(&json!({}))
            .send()
    };
    let all = futures_util::future::join_all((0..20).map(|_| put())).await;
    let made = all
        .into_iter()
        .map(|response| response.expect("the server answers").status());
    assert_eq!(
        made.filter(|status| *status == StatusCode::CREATED).count(),
        1
    );
    let (seen, _) = talk(&house, json!([{ "type": "hello", "version": 1 }])).await;
    assert_eq!(
        seen.room.map(|room| room.state),
        Some(liveroom_protocol::message::State::Live)
    );
    house.close().await;
}

#[tokio::test]
async fn the_audit_log_says_who_ordered_what() {
    let house = House::open().await;
    house.open_tea().await;
    let audit = async |role: Role| {
        let request = Client::new()
            .get(house.url("/v1/rooms/demo/audit"))
            .bearer_auth(house.token(role, "reader"));
        request.send().await.expect("the server answers")
    };
    assert_eq!(audit(Role::Streamer).await.status(), StatusCode::FORBIDDEN);
    let lines: Value = audit(Role::Analyst).await.json().await.expect("it is JSON");
    assert_eq!(
        (&lines[0]["what"], &lines[0]["activity"]),
        (&json!("poll.open"), &json!("tea"))
    );
    let who = lines[0]["who"].as_str().expect("it is text");
    assert!(
        who.starts_with("owner:") && !who.contains("desk"),
        "a pseudonym, not an account: {who}"
    );
    house.close().await;
}
