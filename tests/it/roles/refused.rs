//! Every command with a token that is not good for it, and every command of every role over a socket: refused, and nothing is written.

use super::keys::{command, make, token};
use super::{ROLES, commands, read};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{FromRoom, Seat};
use liveroom_rules::permit;
use liveroom_tests::client::Closed;
use liveroom_tests::house::{hello, tea};
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::json;

#[tokio::test]
async fn no_command_is_taken_with_a_token_that_is_not_good_here_and_now() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let scope = json!({ "kind": "invitation", "role": "operator", "uses": 1 });
    let link = make(&mut desk, "crew", scope).await;
    let revoked = token(&house, &link).await;
    desk.must(json!({ "type": "key.revoke", "key": "crew" }))
        .await;
    let mut elsewhere = house.claims(Role::Owner, "eve");
    elsewhere.aud = serde_json::from_value(json!("kitchen")).expect("a room");
    let mut ended = house.claims(Role::Owner, "eve");
    ended.exp -= 3_600 + 31;
    let good = house.token(Role::Owner, "eve");
    let forged = format!("{}AAAA", &good[..good.len() - 4]);
    let before = house.records();
    for (what, token) in [
        ("of another room", house.sign(&elsewhere)),
        ("ended", house.sign(&ended)),
        ("forged", forged),
        ("revoked", revoked),
    ] {
        for (kind, order) in commands() {
            let (status, answer) = command(&house, &token, &order).await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{kind}, {what}: {answer}");
        }
    }
    assert_eq!(house.records(), before, "nothing is written");
    house.close().await;
}

#[tokio::test]
async fn over_a_socket_a_role_gives_the_same_commands_as_by_http() {
    let house = House::open().await;
    let mut all = commands();
    // It ends the room.
    all.sort_by_key(|(kind, _)| kind == "room.seal");
    for role in ROLES.into_iter().rev() {
        let seat = if permit::may_see_desk(role) {
            Seat::Desk
        } else {
            Seat::Viewer
        };
        let token = house.token(role, role.word());
        let mut page = Client::greet(&house, hello(Some(token), seat)).await;
        for (kind, order) in &all {
            let may = permit::may(role, &read(order));
            let reason = loop {
                let answer = page.order(order.clone()).await;
                let reason = answer.refusal.map(|refusal| refusal.reason);
                // So many orders take their time.
                if reason != Some(Reason::TooFast) {
                    break reason;
                }
                house.turn(1_000);
            };
            let refused = reason == Some(Reason::NotAllowed);
            assert_eq!(refused, !may, "{kind} by {role:?}: {reason:?}");
        }
    }
    house.close().await;
}

#[tokio::test]
async fn a_desk_whose_token_ends_in_mid_show_orders_nothing_more_until_it_is_renewed() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea()).await;
    let before = house.records();
    house.turn(3_600_000 + 31_000);
    let reason = Some(Reason::ExpiredToken);
    assert_eq!(desk.closed().await, Closed { code: 4401, reason });
    assert_eq!(house.records(), before);
    let mut desk = house.desk().await;
    desk.until("the poll", |seen| seen.card("tea").is_some())
        .await;
    desk.must(json!({ "type": "close", "activity": "tea" }))
        .await;
    house.turn(3_000_000);
    let renewed = house.token(Role::Owner, "desk");
    desk.send(&liveroom_protocol::message::ToRoom::Renew { token: renewed })
        .await;
    desk.send(&liveroom_protocol::message::ToRoom::Ping { sent: 1.0 })
        .await;
    while !matches!(desk.next().await, FromRoom::Pong { .. }) {}
    house.turn(2_000_000);
    desk.must(json!({ "type": "reopen", "activity": "tea" }))
        .await;
    house.close().await;
}
