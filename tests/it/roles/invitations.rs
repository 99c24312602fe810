//! Invitations: a link makes so many people one of the staff, each under a key of their own.

use super::keys::{ask, command, exchange, make};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Seat;
use liveroom_tests::client::Closed;
use liveroom_tests::house::{hello, tea};
use liveroom_tests::{Client, House};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// Opens the link of an invitation.
async fn come(house: &House, secret: &str, name: &str, id: &str) -> (StatusCode, Value) {
    let body = json!({ "room": "demo", "key": secret, "name": name });
    ask(house, (Method::POST, "/v1/tokens"), None, Some(id), &body).await
}

fn text<'a>(answer: &'a Value, name: &str) -> &'a str {
    answer[name].as_str().expect("a text")
}

fn crew(uses: u32) -> Value {
    json!({ "kind": "invitation", "role": "moderator", "uses": uses })
}

#[tokio::test]
async fn as_many_come_by_a_link_as_may_and_each_has_a_key_of_their_own() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea()).await;
    let link = make(&mut desk, "crew", crew(2)).await;
    let (status, mia) = come(&house, &link, "Mia", "mia-mia-mia-mia-mia").await;
    assert_eq!(status, StatusCode::OK, "{mia}");
    assert_eq!(mia["role"], json!("moderator"));
    // Her answer was lost on the way, and the page asks again.
    let (_, again) = come(&house, &link, "Mia", "mia-mia-mia-mia-mia").await;
    assert_eq!(mia["key"], again["key"]);
    let (status, ben) = come(&house, &link, "Ben", "ben-ben-ben-ben-ben").await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(mia["key"], ben["key"]);
    let (status, full) = come(&house, &link, "Eve", "eve-eve-eve-eve-eve").await;
    assert_eq!(full["refusal"]["reason"], json!("too-many"), "{status}");
    // A reload, days later, and after a restart.
    house.turn(5 * 24 * 3_600_000);
    let house = house.restart().await;
    let (status, later) = exchange(&house, text(&mia, "key")).await;
    assert_eq!((status, later.get("key")), (StatusCode::OK, None));
    let mut page = Client::greet(
        &house,
        hello(Some(text(&later, "token").to_owned()), Seat::Desk),
    )
    .await;
    page.must(json!({ "type": "close", "activity": "tea" }))
        .await;
    let (status, _) = command(
        &house,
        text(&later, "token"),
        &json!({ "type": "room.seal" }),
    )
    .await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    house.close().await;
}

#[tokio::test]
async fn revoking_an_invitation_sends_away_all_who_came_by_it_and_one_key_that_one_alone() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let link = make(&mut desk, "crew", crew(3)).await;
    let mut came = Vec::new();
    for name in ["mia", "ben"] {
        let (_, answer) = come(
            &house,
            &link,
            name,
            &format!("{name}-{name}-{name}-{name}-{name}"),
        )
        .await;
        let token = text(&answer, "token").to_owned();
        let page = Client::greet(&house, hello(Some(token), Seat::Desk)).await;
        came.push((text(&answer, "key").to_owned(), page));
    }
    desk.must(json!({ "type": "key.revoke", "key": "mia-mia-mia-mia-mia" }))
        .await;
    let away = || Closed {
        code: 4401,
        reason: Some(Reason::BadToken),
    };
    assert_eq!(came[0].1.closed().await, away());
    assert_eq!(
        exchange(&house, &came[0].0).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(exchange(&house, &came[1].0).await.0, StatusCode::OK);
    desk.must(json!({ "type": "key.revoke", "key": "crew" }))
        .await;
    assert_eq!(came[1].1.closed().await, away());
    assert_eq!(
        exchange(&house, &came[1].0).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        come(&house, &link, "Eve", "eve-eve-eve-eve-eve").await.0,
        StatusCode::UNAUTHORIZED
    );
    house.close().await;
}

#[tokio::test]
async fn an_invitation_ends_with_all_who_came_by_it() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let end = house.clock.now().0 + 60_000;
    let wanted =
        json!({ "type": "key.make", "label": "Tonight", "scope": crew(9), "ends_at": end });
    let link = desk.must(wanted).await.secret.expect("a secret");
    let (_, mia) = come(&house, &link, "Mia", "mia-mia-mia-mia-mia").await;
    assert_eq!(mia["exp"], json!(end / 1000), "her token ends with it");
    house.turn(60_000);
    assert_eq!(
        exchange(&house, text(&mia, "key")).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        come(&house, &link, "Eve", "eve-eve-eve-eve-eve").await.0,
        StatusCode::UNAUTHORIZED
    );
    house.close().await;
}

#[tokio::test]
async fn a_request_that_others_could_guess_makes_nobody_one_of_the_staff() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let link = make(&mut desk, "crew", crew(1)).await;
    let (status, _) = come(&house, &link, "Mia", "1").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(
        exchange(&house, &link).await.0,
        StatusCode::OK,
        "the server makes one of its own"
    );
    assert_eq!(
        exchange(&house, &link).await.1["refusal"]["reason"],
        json!("too-many")
    );
    house.close().await;
}

#[tokio::test]
async fn a_partner_reads_no_figures_but_those_of_its_brand_and_sits_at_no_desk() {
    let house = House::open().await;
    let mut desk = house.desk().await;
    desk.must(tea()).await;
    let scope = json!({ "kind": "invitation", "role": "partner", "brand": "Harbour", "uses": 1 });
    let link = make(&mut desk, "harbour", scope).await;
    let (_, answer) = come(&house, &link, "Pat", "pat-pat-pat-pat-pat").await;
    assert_eq!(answer["role"], json!("partner"));
    let token = text(&answer, "token");
    for path in [
        "audit",
        "keys",
        "claims?activity=tea",
        "questions?activity=tea",
        "comments?activity=tea",
        "desk/tea",
        "ticket-key",
    ] {
        let path = format!("/v1/rooms/demo/{path}");
        let (status, _) = ask(&house, (Method::GET, &path), Some(token), None, &json!({})).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(
        command(&house, token, &tea()).await.0,
        StatusCode::FORBIDDEN
    );
    let mut page = Client::silent(&house).await;
    page.hello(hello(Some(token.to_owned()), Seat::Desk)).await;
    let reason = Some(Reason::NotAllowed);
    assert_eq!(page.closed().await, Closed { code: 4403, reason });
    let (status, _) = ask(
        &house,
        (Method::GET, "/v1/rooms/demo/insights"),
        Some(&house.token(Role::Partner, "pat")),
        None,
        &json!({}),
    )
    .await;
    assert_eq!(
        status,
        StatusCode::FORBIDDEN,
        "a partner of no brand reads nothing"
    );
    house.close().await;
}
