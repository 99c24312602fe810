//! The worst that a streamer's tool, a shop or a viewer can send about draws, questions and deals: each gets a typed no, and leaves nothing behind.

use liveroom_protocol::identity::Role;
use liveroom_tests::House;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Posts a body as a role; tells the status and the reason of the refusal.
async fn post(house: &House, role: Role, body: &str) -> (StatusCode, String) {
    let request = reqwest::Client::new()
        .post(house.url("/v1/rooms/demo/commands"))
        .bearer_auth(house.token(role, "someone"))
        .header("content-type", "application/json")
        .body(body.to_owned());
    let answer = request.send().await.expect("the server answers");
    let status = answer.status();
    let told: Value = answer.json().await.expect("it answers in JSON");
    let refusal = if told["refusal"].is_object() {
        &told["refusal"]
    } else {
        &told
    };
    let reason = refusal["reason"].as_str().unwrap_or_default().to_owned();
    (status, reason)
}

/// A draft with some members laid over it.
fn with(mut draft: Value, over: Value) -> Value {
    for (name, value) in over.as_object().expect("members").clone() {
        draft[name] = value;
    }
    draft
}

fn draw(over: Value) -> Value {
    let draft = json!({"type": "lottery.open", "activity": "d", "title": "A draw", "prizes": [{"name": "A mug"}]});
    with(draft, over)
}

fn ask(over: Value) -> Value {
    with(
        json!({"type": "qna.open", "activity": "q", "title": "Ask"}),
        over,
    )
}

fn deal(over: Value) -> Value {
    let draft = json!({"type": "deal.open", "activity": "m", "title": "A mug", "sku": "m-1",
        "price": {"amount": "9.90", "currency": "EUR"}, "variants": [{"stock": 3}]});
    with(draft, over)
}

/// Drafts that make no sense.
fn nonsense() -> Vec<Value> {
    let long = "x".repeat(10_000);
    vec![
        draw(json!({"title": ""})),
        draw(json!({"title": "\u{202e}\u{200b}\n"})),
        draw(json!({"title": long})),
        draw(json!({"prizes": []})),
        draw(json!({"prizes": [{"name": "A mug", "count": 0}]})),
        draw(json!({"prizes": [{"name": "A mug", "count": 1_000_000}]})),
        draw(json!({"prizes": [{"name": "A mug", "count": -1}]})),
        draw(json!({"prizes": vec![json!({"name": "A mug"}); 21]})),
        draw(json!({"rules": "javascript:alert(1)"})),
        draw(json!({"rules": "http://shop.example/"})),
        draw(json!({"rules": "//shop.example/"})),
        draw(json!({"claim": {"kind": "link", "address": "data:text/html,x"}})),
        draw(json!({"claim": {"kind": "form", "fields": []}})),
        draw(json!({"tickets": {"each": 0}})),
        draw(json!({"tickets": {"each": 4_000_000_000_u64}})),
        draw(json!({"conditions": [{"kind": "keyword"}]})),
        draw(json!({"conditions": [{"kind": "keyword", "word": " \u{3000} "}]})),
        draw(json!({"conditions": vec![json!({"kind": "voted"}); 9]})),
        draw(json!({"conditions": [{"kind": "paid"}]})),
        draw(json!({"closes_in_ms": 0})),
        draw(json!({"closes_in_ms": -5})),
        draw(json!({"closes_in_ms": 1e18})),
        draw(json!({"round": 7, "draws_itself": true})),
        draw(json!({"prizes": [{"name": "A mug", "image": "javascript:alert(1)"}]})),
        ask(json!({"title": long})),
        ask(json!({"most": 0})),
        ask(json!({"most": 101})),
        ask(json!({"every_ms": 3_600_001})),
        ask(json!({"tags": vec!["x"; 33]})),
        ask(json!({"opens_in_ms": -1})),
        deal(json!({"price": {"amount": "9,90", "currency": "EUR"}})),
        deal(json!({"price": {"amount": "9.90", "currency": "eur0"}})),
        deal(json!({"price": {"amount": "1e3", "currency": "EUR"}})),
        deal(json!({"price": {"amount": "-1", "currency": "EUR"}})),
        deal(json!({"price": {"amount": "NaN", "currency": "EUR"}})),
        deal(json!({"price": {"amount": 9.9, "currency": "EUR"}})),
        deal(json!({"price": {"amount": "1".repeat(40), "currency": "EUR"}})),
        deal(json!({"before": "9.90"})),
        deal(json!({"before": "1.00"})),
        deal(json!({"member_prices": [{"tier": "gold", "price": "12.00"}]})),
        deal(json!({"variants": []})),
        deal(json!({"variants": [{"stock": 1}, {"stock": 1}]})),
        deal(
            json!({"variants": [{"id": "a", "name": "A", "stock": 1}, {"id": "a", "name": "B", "stock": 1}]}),
        ),
        deal(json!({"variants": [{"stock": 1_000_001}]})),
        deal(json!({"variants": [{"stock": -1}]})),
        deal(json!({"limit": 0})),
        deal(json!({"reserve_ms": 9_999})),
        deal(json!({"reserve_ms": 3_600_001})),
        deal(json!({"by": {"kind": "link", "address": "javascript:pay()"}})),
        deal(json!({"seller": {"returns": "javascript:alert(1)"}})),
        deal(json!({"image": "data:text/html;base64,PHNjcmlwdD4="})),
        deal(json!({"closes_in_ms": 0})),
        deal(json!({"who": {"points": -1}})),
        deal(json!({"who": {"points": 1.5}})),
        deal(json!({"who": {"points": "100"}})),
        draw(json!({"who": {"points": 4_294_967_296_u64}})),
        ask(json!({"who": {"points": 1e300}})),
        ask(json!({"who": 100})),
        deal(json!({"sku": ""})),
        deal(json!({"about": {"ad": long}})),
    ]
}

#[tokio::test]
async fn a_draft_that_makes_no_sense_is_refused_and_nothing_is_written() {
    let house = House::open().await;
    for body in nonsense() {
        let body = body.to_string();
        let start: String = body.chars().take(200).collect();
        let (status, reason) = post(&house, Role::Streamer, &body).await;
        assert!(status.is_client_error(), "{status} {reason}: {start}");
        assert!(!reason.is_empty(), "{status} without a reason: {start}");
        house.turn(1_000);
    }
    let told: Value = house
        .get("/v1/rooms/demo")
        .await
        .json()
        .await
        .expect("JSON");
    assert!(
        !told.to_string().contains("widget"),
        "nothing of it is shown: {told}"
    );
    house.close().await;
}

#[tokio::test]
async fn what_is_odd_but_possible_is_taken_as_it_is_meant() {
    let house = House::open().await;
    let odd = [
        draw(json!({"title": "Tea\u{202e} \u{7} party"})),
        draw(
            json!({"activity": "d2", "prizes": [{"name": "A car", "value": {"amount": "0.5", "currency": "XTS"}}]}),
        ),
        ask(json!({"title": "质问"})),
        // A deal with nothing left is announced for what it is, and the shop may bring some.
        deal(json!({"variants": [{"stock": 0}]})),
        deal(json!({"activity": "m2", "price": {"amount": "1234567.1234", "currency": "JPY"}})),
    ];
    for body in odd {
        let (status, reason) = post(&house, Role::Streamer, &body.to_string()).await;
        assert!(status.is_success(), "{reason}: {body}");
        house.turn(1_000);
    }
    let told: Value = house
        .get("/v1/rooms/demo")
        .await
        .json()
        .await
        .expect("JSON");
    let text = told.to_string();
    assert!(!text.contains('\u{202e}') && !text.contains("\\u0007"));
    assert!(text.contains("Tea"));
    house.close().await;
}

#[tokio::test]
async fn a_viewers_nonsense_is_refused_by_its_reason() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(draw(
        json!({"conditions": [{"kind": "keyword", "word": "ＦＦ Tea"}], "level": "device"}),
    ))
    .await;
    desk.must(ask(json!({"approval": false}))).await;
    desk.must(deal(json!({"variants": [{"id": "a", "name": "A", "stock": 1}, {"id": "b", "name": "B", "stock": 0}]}))).await;
    let mut page = house.account("eve").await;
    for (activity, action, reason) in [
        ("d", json!({"type": "lottery.enter"}), "wrong-keyword"),
        (
            "d",
            json!({"type": "lottery.enter", "keyword": "\u{202e}"}),
            "",
        ),
        ("d", json!({"type": "lottery.claim", "win": 0}), ""),
        (
            "d",
            json!({"type": "lottery.claim", "win": 4_294_967_295_u32}),
            "",
        ),
        (
            "q",
            json!({"type": "qna.ask", "text": "x".repeat(10_000)}),
            "",
        ),
        ("q", json!({"type": "qna.ask"}), ""),
        ("q", json!({"type": "qna.vote", "question": 99}), ""),
        (
            "q",
            json!({"type": "qna.reply", "question": 1, "text": "Yes"}),
            "",
        ),
        ("m", json!({"type": "deal.claim", "variant": "zz"}), ""),
        (
            "m",
            json!({"type": "deal.claim", "variant": "b"}),
            "sold-out",
        ),
        (
            "m",
            json!({"type": "deal.claim", "variant": "a", "quantity": 0}),
            "",
        ),
        (
            "m",
            json!({"type": "deal.claim", "variant": "a", "quantity": 2}),
            "",
        ),
        ("m", json!({"type": "deal.release", "claim": "nobodys"}), ""),
        (
            "m",
            json!({"type": "deal.order", "claim": "nobodys", "order": {"step": "taken"}}),
            "",
        ),
        ("m", json!({"type": "lottery.enter"}), ""),
    ] {
        house.turn(2_000);
        let text = json!({"type": "act", "id": liveroom_tests::Client::id(), "activity": activity, "action": action});
        page.send_text(text.to_string()).await;
        let told = serde_json::to_value(page.reply().await).expect("it is JSON");
        let found = told["refusal"]["reason"].as_str().unwrap_or_default();
        assert!(!found.is_empty(), "{action} was taken: {told}");
        assert!(reason.is_empty() || found == reason, "{action}: {found}");
    }
    house.turn(2_000);
    let entered = page
        .does(
            "d",
            json!({"type": "lottery.enter", "keyword": "  ﬀ ｔＥＡ "}),
        )
        .await;
    assert!(
        entered.ok,
        "width, case and spaces are no difference: {entered:?}"
    );
    house.close().await;
}

#[tokio::test]
async fn only_the_shop_and_the_owner_settle_and_only_staff_run_the_room() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(deal(json!({}))).await;
    let settle = json!({"type": "deal.settle", "activity": "m", "claim": "c", "settle": {"outcome": "sold"}}).to_string();
    let open = ask(json!({})).to_string();
    for role in [
        Role::Viewer,
        Role::Moderator,
        Role::Analyst,
        Role::Operator,
        Role::Streamer,
    ] {
        let (status, reason) = post(&house, role, &settle).await;
        assert_eq!(
            (status, &*reason),
            (StatusCode::FORBIDDEN, "not-allowed"),
            "{role:?}"
        );
    }
    for role in [Role::Viewer, Role::Analyst, Role::Shop] {
        let (status, reason) = post(&house, role, &open).await;
        assert_eq!(
            (status, &*reason),
            (StatusCode::FORBIDDEN, "not-allowed"),
            "{role:?}"
        );
    }
    let (_, reason) = post(&house, Role::Shop, &settle).await;
    assert_eq!(
        reason, "unknown-claim",
        "the shop may, but there is no such claim"
    );
    house.close().await;
}
