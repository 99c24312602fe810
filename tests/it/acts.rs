//! Acts for viewers of other platforms: the same refusals, the same one ballot, their channel in the figures, and nothing else.

use liveroom_protocol::identity::{Level, Role};
use liveroom_tests::House;
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

async fn relay_as(house: &House, token: &str, body: &Value) -> (StatusCode, Value) {
    let request = Client::new().post(house.url("/v1/rooms/demo/acts"));
    let answer = request.bearer_auth(token).json(body).send().await;
    let answer = answer.expect("the server answers");
    (answer.status(), answer.json().await.expect("JSON"))
}

async fn relay(house: &House, body: &Value) -> Vec<Value> {
    let token = house.token(Role::Relay, "bot");
    let (status, told) = relay_as(house, &token, body).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    told.as_array().expect("answers").clone()
}

fn vote(by: &str, id: &str, choice: &str) -> Value {
    json!({"by": by, "id": id, "activity": "tea", "action": {"type": "poll.vote", "choices": [choice]}})
}

/// How the room answered each: `ok`, or the reason.
fn words(answers: &[Value]) -> Vec<&str> {
    answers
        .iter()
        .map(|answer| match answer["refusal"]["reason"].as_str() {
            Some(reason) => reason,
            None if answer["ok"] == true => "ok",
            None => "?",
        })
        .collect()
}

/// The voters of the poll, once there are so many; each question is a message to the server, which is asked again.
async fn has_voters(house: &House, wanted: u32) -> bool {
    for _ in 0..2_000 {
        if voters(house).await == wanted {
            return true;
        }
    }
    false
}

async fn voters(house: &House) -> Value {
    let told: Value = house
        .get("/v1/rooms/demo")
        .await
        .json()
        .await
        .expect("JSON");
    let news = told.as_array().into_iter().flatten();
    let items = news.flat_map(|frame| frame["news"].as_array().into_iter().flatten());
    let tally = items
        .filter(|item| item["activity"] == "tea")
        .find_map(|item| {
            let tally = &item["tally"];
            tally.is_object().then(|| tally.clone())
        });
    tally.expect("the poll is shown")["voters"].clone()
}

#[tokio::test]
async fn a_viewer_elsewhere_has_one_ballot_whatever_is_sent_again() {
    let house = House::open().await;
    house.open_tea().await;
    let first = json!([
        vote("youtube:UC1", "m1", "1"),
        vote("youtube:UC2", "m2", "2"),
        // The same name on another platform is another viewer.
        vote("douyin:UC1", "m3", "1"),
        vote("youtube:UC1", "m4", "2"),
        vote("youtube:UC3", "m5", "9")
    ]);
    let answers = relay(&house, &first).await;
    assert_eq!(words(&answers), ["ok", "ok", "ok", "ok", "unknown-option"]);
    assert_eq!(answers[2]["id"], "m3");
    assert_eq!(
        answers[2]["mine"]["mine"]["choices"],
        json!(["1"]),
        "{}",
        answers[2]
    );
    let again = relay(&house, &first).await;
    let positions = |all: &[Value]| -> Vec<Value> {
        all.iter()
            .map(|answer| answer["position"].clone())
            .collect()
    };
    assert_eq!(positions(&again), positions(&answers));
    assert_eq!(
        words(&relay(&house, &json!([vote("youtube:UC1", "m1", "2")])).await),
        ["id-reused"]
    );
    assert!(has_voters(&house, 3).await);
    let house = house.restart().await;
    assert_eq!(positions(&relay(&house, &first).await), positions(&answers));
    assert!(has_voters(&house, 3).await);
    // Nobody's name of another platform is in the log.
    let log = std::fs::read(house.folder().join("log.db")).expect("a log");
    for name in [&b"UC1"[..], b"UC2"] {
        assert!(!log.windows(name.len()).any(|part| part == name));
    }
    house.close().await;
}

#[tokio::test]
async fn the_same_act_again_says_what_has_become_of_it_also_a_win_that_is_claimed_then() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(json!({"type": "lottery.open", "activity": "cups", "title": "Cups", "prizes": [{"name": "A cup"}], "level": "device"}))
        .await;
    let entries: Vec<Value> = ["tv:7", "tv:8", "tv:9"]
        .iter()
        .map(|by| json!({"by": by, "id": "enter", "activity": "cups", "action": {"type": "lottery.enter"}}))
        .collect();
    let entries = Value::from(entries);
    assert_eq!(words(&relay(&house, &entries).await), ["ok", "ok", "ok"]);
    desk.must(json!({"type": "close", "activity": "cups"}))
        .await;
    desk.must(json!({"type": "lottery.draw", "activity": "cups"}))
        .await;
    let house = house.restart().await;
    let told = relay(&house, &entries).await;
    assert_eq!(words(&told), ["ok", "ok", "ok"]);
    let won = |answer: &Value| {
        answer["mine"]["mine"]["wins"]
            .as_array()
            .map_or(0, Vec::len)
    };
    let wins: Vec<usize> = told.iter().map(won).collect();
    assert_eq!(wins.iter().sum::<usize>(), 1, "{told:?}");
    let claims = ["tv:7", "tv:8", "tv:9"].map(|by| {
        json!({"by": by, "id": "claim", "activity": "cups", "action": {"type": "lottery.claim", "win": 0}})
    });
    let answers = relay(&house, &Value::from(claims.to_vec())).await;
    for (answer, wins) in answers.iter().zip(wins) {
        let reason = &answer["refusal"]["reason"];
        assert_eq!(reason, &json!((wins == 0).then_some("no-win")), "{answer}");
    }
    house.close().await;
}

#[tokio::test]
async fn what_a_viewer_elsewhere_may_depends_on_what_the_key_says_of_them() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(
        json!({"type": "deal.open", "activity": "mug", "title": "A mug", "sku": "m-1",
        "price": {"amount": "9.90", "currency": "EUR"}, "variants": [{"id": "red", "stock": 2}]}),
    )
    .await;
    desk.must(json!({"type": "lottery.open", "activity": "cups", "title": "Cups", "prizes": [{"name": "A cup"}],
        "level": "device", "conditions": [{"kind": "keyword", "word": "harbour"}]}))
        .await;
    desk.must(json!({"type": "qna.open", "activity": "ask", "title": "Ask", "approval": false}))
        .await;
    let all = json!([
        {"by": "tv:7", "id": "a", "activity": "mug", "action": {"type": "deal.claim", "variant": "red"}},
        {"by": "tv:7", "id": "b", "activity": "cups", "action": {"type": "lottery.enter", "keyword": "Harbour"}},
        {"by": "tv:8", "id": "c", "activity": "cups", "action": {"type": "lottery.enter", "keyword": "bay"}},
        {"by": "tv:7", "name": "Ann", "id": "d", "activity": "ask", "action": {"type": "qna.ask", "text": "What does it weigh?"}},
        {"by": "tv:7", "id": "e", "activity": "none", "action": {"type": "poll.vote", "choices": ["1"]}},
        {"by": "tv:7", "id": "f", "activity": "ask", "attest": "x", "action": {"type": "qna.vote", "question": 1}}
    ]);
    assert_eq!(
        words(&relay(&house, &all).await),
        [
            "needs-sign-in",
            "ok",
            "wrong-keyword",
            "ok",
            "not-found",
            "bad-attest"
        ]
    );
    let mut claims = house.claims(Role::Relay, "bot");
    claims.level = Some(Level::Token);
    let (_, told) = relay_as(&house, &house.sign(&claims), &json!([all[0]])).await;
    assert_eq!(words(told.as_array().expect("answers")), ["ok"], "{told}");
    desk.until("the question is there with its name", |seen| {
        seen.tally_of("ask")["questions"] == 1
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn figures_tell_channels_apart() {
    let house = House::open().await;
    house.open_tea().await;
    let mut page = house.account("ann").await;
    assert!(
        page.does("tea", json!({"type": "poll.vote", "choices": ["1"]}))
            .await
            .ok
    );
    relay(
        &house,
        &json!([
            vote("youtube:UC1", "m1", "1"),
            vote("youtube:UC2", "m2", "1"),
            vote("tv:1", "m3", "2")
        ]),
    )
    .await;
    let request = Client::new().get(house.url("/v1/rooms/demo/insights?by=channel&show=all"));
    let owner = house.token(Role::Owner, "x");
    let told = request.bearer_auth(owner).send().await.expect("an answer");
    let told: Value = told.json().await.expect("JSON");
    let votes = |key: &str| {
        let rows = told["rows"].as_array().expect("rows");
        let row = rows.iter().find(|row| row["key"] == key);
        row.map_or(Value::Null, |row| row["room"]["votes"].clone())
    };
    assert_eq!(
        [votes(""), votes("youtube"), votes("tv")],
        [json!(1), json!(2), json!(1)],
        "{told}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_relay_does_nothing_else_and_nobody_else_relays() {
    let house = House::open().await;
    house.open_tea().await;
    let body = json!([vote("tv:1", "m1", "1")]);
    for role in [
        Role::Viewer,
        Role::Moderator,
        Role::Analyst,
        Role::Operator,
        Role::Streamer,
        Role::Owner,
        Role::Shop,
    ] {
        let (status, _) = relay_as(&house, &house.token(role, "x"), &body).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{role:?}");
    }
    let token = house.token(Role::Relay, "bot");
    for path in [
        "claims?activity=tea",
        "insights",
        "audit",
        "events",
        "hooks",
        "desk/tea",
        "questions?activity=tea",
    ] {
        let request = Client::new().get(house.url(&format!("/v1/rooms/demo/{path}")));
        let answer = request.bearer_auth(&token).send().await.expect("an answer");
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path}");
    }
    let request = Client::new().post(house.url("/v1/rooms/demo/commands"));
    let close = json!({"type": "close", "activity": "tea"});
    let answer = request.bearer_auth(&token).json(&close).send().await;
    assert_eq!(answer.expect("an answer").status(), StatusCode::FORBIDDEN);
    // On a line it takes no part itself.
    let hello = json!({"type": "hello", "version": 1, "token": token});
    let act = json!({"type": "act", "id": "x", "activity": "tea", "action": {"type": "poll.vote", "choices": ["1"]}});
    let request = Client::new().post(house.url("/v1/rooms/demo/messages"));
    let said = request
        .json(&json!([hello, act]))
        .send()
        .await
        .expect("an answer");
    let said: Vec<Value> = said.json().await.expect("frames");
    let answer = said.iter().find(|frame| frame["type"] == "answer");
    assert_eq!(
        answer.expect("an answer")["refusal"]["reason"],
        "not-allowed"
    );
    assert_eq!(voters(&house).await, 0);
    house.close().await;
}

#[tokio::test]
async fn what_is_no_act_is_refused_and_too_many_are_refused_one_by_one() {
    let house = House::open().await;
    house.open_tea().await;
    let token = house.token(Role::Relay, "bot");
    let good = vote("tv:1", "m1", "1");
    let by = |by: &str| json!([vote(by, "m1", "1")]);
    let many = Value::Array((0..101).map(|_| good.clone()).collect());
    let long = format!("tv:{}", "x".repeat(201));
    for (body, status) in [
        (json!({}), StatusCode::BAD_REQUEST),
        (json!([{"by": "tv:1"}]), StatusCode::BAD_REQUEST),
        (by("tv"), StatusCode::BAD_REQUEST),
        (by("tv:"), StatusCode::BAD_REQUEST),
        (by(":1"), StatusCode::BAD_REQUEST),
        (by("TV:1"), StatusCode::BAD_REQUEST),
        (by("a b:1"), StatusCode::BAD_REQUEST),
        (by("tv:a\u{0}b"), StatusCode::BAD_REQUEST),
        (by(&long), StatusCode::BAD_REQUEST),
        (many, StatusCode::PAYLOAD_TOO_LARGE),
        (json!([]), StatusCode::OK),
    ] {
        let (found, told) = relay_as(&house, &token, &body).await;
        assert_eq!(found, status, "{body}: {told}");
    }
    // One viewer's rate is a viewer's own; the clock stands.
    let eager: Vec<Value> = (0..12)
        .map(|n| vote("tv:1", &format!("e{n}"), "1"))
        .collect();
    let answers = relay(&house, &Value::Array(eager)).await;
    assert_eq!(words(&answers[..10]), vec!["ok"; 10]);
    assert_eq!(words(&answers[10..]), ["too-fast", "too-fast"]);
    assert!(answers[10]["refusal"]["again_in_ms"].as_u64() > Some(0));
    // And so is the relay's.
    let mut refused = 0;
    for batch in 0..21 {
        let crowd = (0..100).map(|n| vote(&format!("tv:{batch}-{n}"), "m", "1"));
        let answers = relay(&house, &Value::Array(crowd.collect())).await;
        refused += words(&answers)
            .iter()
            .filter(|word| **word == "too-fast")
            .count();
    }
    assert_eq!(
        refused, 112,
        "two thousand at once, the twelve before among them"
    );
    house.close().await;
}
