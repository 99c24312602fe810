//! The audit log: every command that the room took or refused, by whom, and never anything of a viewer.

use super::keys::{ask, command, make, token};
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::message::Seat;
use liveroom_tests::house::{hello, tea};
use liveroom_tests::{Client, House};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn lines(house: &House, query: &str) -> Vec<Value> {
    let reader = house.token(Role::Analyst, "reader");
    let path = format!("/v1/rooms/demo/audit{query}");
    let (status, lines) = ask(house, (Method::GET, &path), Some(&reader), None, &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{lines}");
    lines.as_array().expect("a list").clone()
}

async fn csv(house: &House, query: &str) -> String {
    let answer = reqwest::Client::new()
        .get(house.url(&format!("/v1/rooms/demo/audit{query}")))
        .bearer_auth(house.token(Role::Analyst, "reader"))
        .send()
        .await
        .expect("the server answers");
    answer.text().await.expect("a text")
}

#[tokio::test]
async fn each_command_has_its_line_with_who_what_when_and_what_came_of_it() {
    let house = House::open().await;
    let mut claims = house.claims(Role::Owner, "olga");
    claims.name = Label::parse("=Olga").ok();
    let mut desk = Client::greet(&house, hello(Some(house.sign(&claims)), Seat::Desk)).await;
    desk.must(tea()).await;
    let scope = json!({ "kind": "automation", "commands": ["poll.open", "close"] });
    let robot = token(&house, &make(&mut desk, "deck", scope).await).await;
    let mut viewer = house.account("vera").await;
    assert!(viewer.vote("tea", &["1"]).await.ok);
    house.turn(1_000);
    let close = json!({ "type": "close", "activity": "tea" });
    assert_eq!(command(&house, &robot, &close).await.0, StatusCode::OK);
    assert_eq!(
        command(&house, &robot, &close).await.0,
        StatusCode::CONFLICT
    );
    let noon = house.clock.now().0 - 1_000;
    let all = lines(&house, "").await;
    let told: Vec<Value> = all
        .iter()
        .map(|line| {
            json!([
                line["at"],
                line["name"],
                line["by"],
                line["what"],
                line["activity"],
                line["key"],
                line["refused"]
            ])
        })
        .collect();
    let none = Value::Null;
    assert_eq!(
        told,
        [
            json!([noon, "=Olga", none, "poll.open", "tea", none, none]),
            json!([noon, "=Olga", none, "key.make", none, "deck", none]),
            json!([noon + 1_000, "the deck", "deck", "close", "tea", none, none]),
            json!([
                noon + 1_000,
                "the deck",
                "deck",
                "close",
                "tea",
                none,
                "closed"
            ]),
        ]
    );
    assert_eq!(
        lines(&house, &format!("?from={}", noon + 1)).await,
        all[2..]
    );
    assert_eq!(lines(&house, &format!("?to={}", noon + 1)).await, all[..2]);
    let table = csv(&house, "?format=csv").await;
    assert!(
        table.starts_with("\u{feff}position,at,who,name,"),
        "{table}"
    );
    assert!(table.contains(",'=Olga,"), "no cell is a formula: {table}");
    assert_eq!(table.lines().count(), 5);
    assert!(!table.contains("vera"));
    let (status, _) = ask(
        &house,
        (Method::GET, "/v1/rooms/demo/audit?from=yesterday"),
        Some(&house.token(Role::Owner, "olga")),
        None,
        &json!({}),
    )
    .await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    house.close().await;
}

#[tokio::test]
async fn keys_and_invitations_have_their_lines_and_an_ended_room_names_nobody() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let scope = json!({ "kind": "invitation", "role": "operator", "uses": 1 });
    let link = make(&mut desk, "crew", scope).await;
    let post = (Method::POST, "/v1/tokens");
    let body = json!({ "room": "demo", "key": link, "name": "Mia" });
    ask(
        &house,
        post.clone(),
        None,
        Some("mia-mia-mia-mia-mia"),
        &body,
    )
    .await;
    ask(&house, post, None, Some("eve-eve-eve-eve-eve"), &body).await;
    desk.must(json!({ "type": "key.revoke", "key": "crew" }))
        .await;
    let told: Vec<Value> = lines(&house, "")
        .await
        .iter()
        .map(|line| {
            json!([
                line["name"],
                line["what"],
                line["key"],
                line["label"],
                line["refused"]
            ])
        })
        .collect();
    let none = Value::Null;
    assert_eq!(
        told,
        [
            json!([none, "key.make", "crew", "the crew", none]),
            json!(["Mia", "key.use", "crew", "the crew", none]),
            json!([none, "key.revoke", "crew", "the crew", none]),
        ]
    );
    desk.must(json!({ "type": "room.seal" })).await;
    let left = lines(&house, "").await;
    assert_eq!(left.len(), 4);
    let text = json!(left).to_string();
    assert!(
        !text.contains("Mia") && !text.contains("the crew"),
        "{text}"
    );
    house.close().await;
}

#[tokio::test]
async fn a_line_says_what_was_set_and_by_how_much_and_nobodys_words() {
    let house = House::open().await;
    let mut desk = house.staff(Role::Owner).await;
    desk.must(json!({ "type": "room.set", "approval": true, "delay_ms": 3_000, "blocked": ["damn", "heck"], "retention": { "words": 30 } }))
        .await;
    desk.must(
        json!({ "type": "room.set", "approval": false, "origins": ["https://shop.example"] }),
    )
    .await;
    let scope = json!({ "kind": "invitation", "role": "partner", "brand": "Harbour", "uses": 2 });
    make(&mut desk, "pat", scope).await;
    desk.must(json!({ "type": "deal.open", "activity": "mug", "title": "Mug", "sku": "m-1",
        "price": { "amount": "5.00", "currency": "EUR" }, "variants": [{ "id": "red", "stock": 2 }] }))
        .await;
    desk.must(json!({ "type": "deal.stock", "activity": "mug", "variant": "red", "by": -1 }))
        .await;
    desk.must(json!({ "type": "extend", "activity": "mug", "by_ms": 30_000 }))
        .await;
    desk.must(json!({ "type": "cancel", "activity": "mug", "reason": "It was the wrong mug" }))
        .await;
    desk.must(json!({ "type": "qna.open", "activity": "ask", "title": "Ask" }))
        .await;
    let question = json!({ "type": "qna.ask", "text": "Is it warm?" });
    assert!(house.viewer().await.does("ask", question).await.ok);
    let dismiss = json!({ "type": "qna.change", "activity": "ask", "question": 1, "change": { "to": "dismiss" } });
    desk.must(dismiss).await;
    let said: Vec<Value> = lines(&house, "")
        .await
        .iter()
        .map(|line| json!([line["what"], line["detail"]]))
        .collect();
    assert_eq!(
        json!(said),
        json!([
            [
                "room.set",
                "delay_ms=3000 approval=true blocked=2 retention.words=30"
            ],
            ["room.set", "approval=false origins=https://shop.example"],
            [
                "key.make",
                "brand=Harbour kind=invitation role=partner uses=2"
            ],
            ["deal.open", null],
            ["deal.stock", "variant=red by=-1"],
            ["extend", "by_ms=30000"],
            ["cancel", null],
            ["qna.open", null],
            ["qna.change", "question=1 change=dismiss"],
        ])
    );
    let table = csv(&house, "?format=csv").await;
    assert!(table.contains("variant=red by=-1"), "{table}");
    house.close().await;
}
