//! What a shop's server may order, and that asking again is the same request.

use super::{claim, sees, settle, with_deal};
use liveroom_protocol::identity::Role;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Posts commands as somebody of a role, with a key or without one.
async fn post(
    house: &House,
    role: Role,
    key: Option<&str>,
    commands: &Value,
) -> (StatusCode, Value) {
    let request = reqwest::Client::new()
        .post(house.url("/v1/rooms/demo/commands"))
        .bearer_auth(house.token(role, "shop"))
        .json(commands);
    let request = match key {
        Some(key) => request.header("idempotency-key", key),
        None => request,
    };
    let answer = request.send().await.expect("the server answers");
    (answer.status(), answer.json().await.expect("JSON"))
}

fn stock(by: i32) -> Value {
    json!({"type": "deal.stock", "activity": "mug", "variant": "blue", "by": by})
}

/// A draw with a prize that a viewer has claimed.
async fn with_prize(house: &House, desk: &mut Client) {
    desk.must(json!({"type": "lottery.open", "activity": "cup", "title": "A cup", "prizes": [{"name": "A cup"}]}))
        .await;
    let mut eve = house.account("eve").await;
    for act in [
        json!({"type": "lottery.enter"}),
        json!({"type": "lottery.claim", "win": 0}),
    ] {
        if act["type"] == "lottery.claim" {
            desk.must(json!({"type": "close", "activity": "cup"})).await;
            desk.must(json!({"type": "lottery.draw", "activity": "cup"}))
                .await;
        }
        assert!(eve.does("cup", act).await.ok);
    }
}

#[tokio::test]
async fn a_shop_settles_stocks_and_hands_over_and_nobody_below_the_owner_does_it_for_it() {
    let (house, mut desk) = with_deal(json!({})).await;
    with_prize(&house, &mut desk).await;
    let mut ann = house.account("ann").await;
    let held = claim(&mut ann, "red").await.expect("a claim");
    let fulfil = json!({"type": "lottery.fulfil", "activity": "cup", "win": 0});
    let settling = settle(&held, "sold");
    for role in [
        Role::Viewer,
        Role::Moderator,
        Role::Analyst,
        Role::Operator,
        Role::Streamer,
    ] {
        for command in [&fulfil, &settling] {
            let (status, told) = post(&house, role, None, command).await;
            assert_eq!(status, StatusCode::FORBIDDEN, "{role:?} {told}");
        }
    }
    for role in [Role::Viewer, Role::Moderator, Role::Analyst] {
        let (status, _) = post(&house, role, None, &stock(1)).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{role:?}");
    }
    for other in [
        json!({"type": "close", "activity": "mug"}),
        json!({"type": "cancel", "activity": "mug", "reason": "x"}),
        json!({"type": "lottery.draw", "activity": "cup"}),
        json!({"type": "lottery.forfeit", "activity": "cup", "win": 0, "reason": "x"}),
        json!({"type": "room.seal"}),
        json!({"type": "room.set", "delay_ms": 1}),
    ] {
        let (status, told) = post(&house, Role::Shop, None, &other).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{other} {told}");
    }
    for command in [fulfil, settling, stock(1)] {
        let (status, told) = post(&house, Role::Shop, None, &command).await;
        assert_eq!((status, &told["ok"]), (StatusCode::OK, &json!(true)));
    }
    sees(&mut desk, &[[1, 0, 0, 1, 2], [2, 0, 0, 0, 2]]).await;
    desk.until("the prize is handed over", |seen| {
        seen.card_of("cup")["winners"][0]["standing"] == "fulfilled"
    })
    .await;
    house.close().await;
}

#[tokio::test]
async fn a_shop_that_asks_again_under_the_same_key_asked_once() {
    let (house, mut desk) = with_deal(json!({})).await;
    let (status, first) = post(&house, Role::Shop, Some("delivery-7"), &stock(3)).await;
    assert_eq!(status, StatusCode::OK, "{first}");
    let house = house.restart().await;
    let (status, again) = post(&house, Role::Shop, Some("delivery-7"), &stock(3)).await;
    assert_eq!((status, &again), (StatusCode::OK, &first));
    let (status, other) = post(&house, Role::Shop, Some("delivery-7"), &stock(4)).await;
    assert!(status.is_client_error(), "{other}");

    // Several at once, the key of each after the key of all.
    let both = json!([stock(1), stock(-99), stock(1)]);
    for _ in 0..2 {
        let (status, told) = post(&house, Role::Shop, Some("night"), &both).await;
        let done: Vec<bool> = told
            .as_array()
            .expect("an answer each")
            .iter()
            .map(|answer| answer["ok"] == true)
            .collect();
        assert_eq!(done, [true, false, true], "{told}");
        assert!(status.is_client_error(), "the worst of them is the status");
    }
    desk = {
        drop(desk);
        house.desk().await
    };
    sees(&mut desk, &[[2, 0, 0, 0, 2], [6, 0, 0, 0, 6]]).await;
    house.close().await;
}
