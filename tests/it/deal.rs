//! Deals over real sockets: stock that is real, tickets that a shop can check offline, settlement that is the last word.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode};
use liveroom_protocol::Reason;
use liveroom_protocol::deal::Ticket;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Answer;
use liveroom_tests::{Client, House};
use reqwest::StatusCode;
use serde_json::{Value, json};

mod desk;
mod shop;

async fn with_deal(more: Value) -> (House, Client) {
    let house = House::open().await;
    let mut desk = house.desk().await;
    let mut draft = json!({"type": "deal.open", "activity": "mug", "title": "A mug", "sku": "m-1",
        "price": {"amount": "9.90", "currency": "EUR"},
        "variants": [{"id": "red", "name": "Red", "stock": 2}, {"id": "blue", "name": "Blue", "stock": 1}],
        "reserve_ms": 60_000});
    for (name, value) in more.as_object().expect("members") {
        draft[name] = value.clone();
    }
    desk.must(draft).await;
    (house, desk)
}

fn refusal(answer: &Answer) -> Option<Reason> {
    answer.refusal.as_ref().map(|refusal| refusal.reason)
}

/// Claims a unit; the claim as its viewer is told of it.
async fn claim(page: &mut Client, variant: &str) -> Result<Value, Option<Reason>> {
    let answer = page
        .does("mug", json!({"type": "deal.claim", "variant": variant}))
        .await;
    if !answer.ok {
        return Err(refusal(&answer));
    }
    let claims = page.seen.mine_of("mug")["claims"].clone();
    Ok(claims
        .as_array()
        .expect("claims")
        .last()
        .expect("one")
        .clone())
}

async fn get(house: &House, role: Role, path: &str) -> (StatusCode, Value) {
    let request = reqwest::Client::new().get(house.url(&format!("/v1/rooms/demo/{path}")));
    let answer = request
        .bearer_auth(house.token(role, "x"))
        .send()
        .await
        .expect("an answer");
    (answer.status(), answer.json().await.unwrap_or_default())
}

/// What the shop's server posts.
async fn from_shop(house: &House, command: Value) -> (StatusCode, Value) {
    let request = reqwest::Client::new().post(house.url("/v1/rooms/demo/commands"));
    let request = request
        .bearer_auth(house.token(Role::Shop, "shop"))
        .json(&command);
    let answer = request.send().await.expect("an answer");
    (answer.status(), answer.json().await.unwrap_or_default())
}

fn settle(claim: &Value, outcome: &str) -> Value {
    json!({"type": "deal.settle", "activity": "mug", "claim": claim["claim"], "settle": {"outcome": outcome}})
}

/// `[left, reserved, ordering, sold, total]` of each variant.
fn stock(tally: &Value) -> Vec<[u64; 5]> {
    let names = ["left", "reserved", "ordering", "sold", "total"];
    let stock = tally["stock"].as_array().cloned().unwrap_or_default();
    let numbers = stock
        .iter()
        .map(|one| names.map(|name| one[name].as_u64().unwrap_or(0)));
    numbers
        .inspect(|[left, reserved, ordering, sold, total]| {
            assert_eq!(left + reserved + ordering + sold, *total)
        })
        .collect()
}

async fn sees(page: &mut Client, wanted: &[[u64; 5]]) {
    page.until(&format!("{wanted:?}"), |seen| {
        stock(&seen.tally_of("mug")) == wanted
    })
    .await;
}

#[tokio::test]
async fn stock_moves_left_reserved_ordering_sold_or_back() {
    let (house, mut desk) = with_deal(json!({})).await;
    let (mut ann, mut bob, mut cleo) = (
        house.account("ann").await,
        house.account("bob").await,
        house.account("cleo").await,
    );
    let first = claim(&mut ann, "blue").await.expect("a claim");
    sees(&mut cleo, &[[2, 0, 0, 0, 2], [0, 1, 0, 0, 1]]).await;
    assert_eq!(claim(&mut bob, "blue").await, Err(Some(Reason::SoldOut)));
    assert_eq!(
        claim(&mut ann, "red").await,
        Err(Some(Reason::LimitReached))
    );
    let begun = json!({"type": "deal.order", "claim": first["claim"], "order": {"step": "begun"}});
    assert!(ann.does("mug", begun).await.ok);
    sees(&mut cleo, &[[2, 0, 0, 0, 2], [0, 0, 1, 0, 1]]).await;
    // What the page says does not make it sold; what the shop says does.
    let taken = json!({"type": "deal.order", "claim": first["claim"], "order": {"step": "taken", "order": "A-1"}});
    assert!(ann.does("mug", taken).await.ok);
    sees(&mut cleo, &[[2, 0, 0, 0, 2], [0, 0, 1, 0, 1]]).await;
    let (status, told) = from_shop(&house, settle(&first, "sold")).await;
    assert!(status.is_success(), "{told}");
    sees(&mut cleo, &[[2, 0, 0, 0, 2], [0, 0, 0, 1, 1]]).await;
    ann.until("it is hers", |seen| {
        seen.mine_of("mug")["claims"][0]["standing"] == "sold"
    })
    .await;

    // A claim that nobody orders goes back when its time is over, to everybody at once.
    claim(&mut bob, "red").await.expect("a claim");
    sees(&mut cleo, &[[1, 1, 0, 0, 2], [0, 0, 0, 1, 1]]).await;
    house.turn(60_001);
    sees(&mut cleo, &[[2, 0, 0, 0, 2], [0, 0, 0, 1, 1]]).await;
    bob.until("it went", |seen| {
        seen.mine_of("mug")["claims"][0]["standing"] == "returned"
    })
    .await;
    // The shop brings some, and takes no more than there is.
    assert!(
        from_shop(
            &house,
            json!({"type": "deal.stock", "activity": "mug", "variant": "blue", "by": 3})
        )
        .await
        .0
        .is_success()
    );
    sees(&mut desk, &[[2, 0, 0, 0, 2], [3, 0, 0, 1, 4]]).await;
    let (status, told) = from_shop(
        &house,
        json!({"type": "deal.stock", "activity": "mug", "variant": "blue", "by": -4}),
    )
    .await;
    assert!(status.is_client_error(), "{told}");
    house.close().await;
}

#[tokio::test]
async fn a_shop_checks_a_ticket_offline_and_nothing_else_passes_for_one() {
    let (house, _desk) = with_deal(json!({})).await;
    let mut ann = house.account("ann").await;
    let made = claim(&mut ann, "red").await.expect("a claim");
    for role in [
        Role::Viewer,
        Role::Moderator,
        Role::Analyst,
        Role::Operator,
        Role::Streamer,
    ] {
        assert_eq!(
            get(&house, role, "ticket-key").await.0,
            StatusCode::FORBIDDEN,
            "{role:?}"
        );
    }
    let (_, told) = get(&house, Role::Shop, "ticket-key").await;
    let key = told["key"].as_str().expect("a key").to_owned();
    let public = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    assert!(!public.contains(&key) && !format!("{:?}", ann.seen).contains(&key));

    let check = |ticket: &str, key: &str| {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&["demo"]);
        rules.set_issuer(&["liveroom-ticket"]);
        // The test's clock is not the system's.
        rules.validate_exp = false;
        decode::<Ticket>(ticket, &DecodingKey::from_secret(key.as_bytes()), &rules)
            .map(|read| read.claims)
    };
    let ticket = made["ticket"].as_str().expect("a ticket");
    let read = check(ticket, &key).expect("it is signed");
    assert_eq!(
        (
            read.jti.as_str(),
            &*read.sku,
            read.variant.as_str(),
            read.quantity
        ),
        (made["claim"].as_str().expect("an id"), "m-1", "red", 1)
    );
    assert_eq!(serde_json::to_value(read.price).expect("JSON"), "9.90");
    assert_eq!(read.exp, house.clock.now().0 / 1_000 + 60);
    assert!(check(ticket, "another").is_err());
    let mut parts: Vec<String> = ticket.split('.').map(str::to_owned).collect();
    parts[1] = parts[1]
        .replace(|_| true, "")
        .chars()
        .chain("eyJhIjoxfQ".chars())
        .collect();
    assert!(check(&parts.join("."), &key).is_err());
    assert!(
        check(&house.token(Role::Viewer, "ann"), &key).is_err(),
        "a viewer's token is no ticket"
    );
    let mut page = Client::silent(&house).await;
    let hello = liveroom_tests::house::hello(
        Some(ticket.to_owned()),
        liveroom_protocol::message::Seat::Viewer,
    );
    page.send(&liveroom_protocol::message::ToRoom::Hello(hello))
        .await;
    assert_eq!(
        page.closed().await.reason,
        Some(Reason::BadToken),
        "a ticket is no viewer's token"
    );
    house.close().await;
}

#[tokio::test]
async fn a_settlement_counts_once_late_or_not_and_is_the_last_word() {
    let (house, _desk) = with_deal(json!({"variants": [{"stock": 1}]})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    let lapsed = claim(&mut ann, "1").await.expect("a claim");
    house.turn(60_001);
    sees(&mut bob, &[[1, 0, 0, 0, 1]]).await;
    let held = claim(&mut bob, "1").await.expect("a claim");
    // She paid too late, and it is another's by now: the shop is told so, to pay back.
    let (status, told) = from_shop(&house, settle(&lapsed, "sold")).await;
    assert!(
        status.is_client_error() && told.to_string().contains("sold-out"),
        "{told}"
    );
    for _ in 0..2 {
        let (status, told) = from_shop(&house, settle(&held, "sold")).await;
        assert!(status.is_success(), "asked again it is the same: {told}");
    }
    sees(&mut bob, &[[0, 0, 0, 1, 1]]).await;
    // A return gives it back, and she may have it after all.
    assert!(
        from_shop(&house, settle(&held, "returned"))
            .await
            .0
            .is_success()
    );
    sees(&mut bob, &[[1, 0, 0, 0, 1]]).await;
    assert!(
        from_shop(&house, settle(&lapsed, "sold"))
            .await
            .0
            .is_success()
    );
    sees(&mut bob, &[[0, 0, 0, 1, 1]]).await;
    house.close().await;
}

#[tokio::test]
async fn claims_and_sales_outlive_the_server_and_are_exported_to_the_shop() {
    let (house, _desk) = with_deal(json!({})).await;
    let (mut ann, mut bob) = (house.account("ann").await, house.account("bob").await);
    let sold = claim(&mut ann, "red").await.expect("a claim");
    let kept = claim(&mut bob, "blue").await.expect("a claim");
    from_shop(&house, settle(&sold, "sold")).await;
    let house = house.restart().await;
    let mut bob = house.account("bob").await;
    sees(&mut bob, &[[1, 0, 0, 1, 2], [0, 1, 0, 0, 1]]).await;
    bob.until("the claim", |seen| seen.mine_of("mug")["claims"][0] == kept)
        .await;
    let (_, rows) = get(&house, Role::Shop, "claims?activity=mug").await;
    let text = rows.to_string();
    for one in [&sold, &kept] {
        assert!(
            text.contains(one["claim"].as_str().expect("an id")),
            "{text}"
        );
    }
    house.close().await;
}

#[tokio::test]
async fn a_hidden_price_is_hidden_and_members_pay_theirs() {
    let (house, mut desk) = with_deal(
        json!({"price_hidden": true, "member_prices": [{"tier": "gold", "price": "7.50"}]}),
    )
    .await;
    let mut ann = house.account("ann").await;
    ann.until("the card", |seen| seen.card_of("mug").is_object())
        .await;
    assert!(!ann.seen.card_of("mug").to_string().contains("9.90"));
    let public = house
        .get("/v1/rooms/demo")
        .await
        .text()
        .await
        .expect("a text");
    assert!(
        !public.contains("9.90") && !public.contains("7.50"),
        "{public}"
    );
    assert!(claim(&mut ann, "red").await.is_err());
    desk.must(json!({"type": "reveal", "activity": "mug"}))
        .await;
    ann.until("the price", |seen| {
        seen.card_of("mug")["price"]["amount"] == "9.90"
    })
    .await;
    let mut claims = house.claims(Role::Viewer, "gil");
    claims.tier = Some(liveroom_protocol::identity::Label::parse("gold").expect("a tier"));
    let hello = liveroom_tests::house::hello(
        Some(house.sign(&claims)),
        liveroom_protocol::message::Seat::Viewer,
    );
    let mut gil = Client::greet(&house, hello).await;
    assert_eq!(
        claim(&mut gil, "red").await.expect("a claim")["price"]["amount"],
        "7.50"
    );
    house.close().await;
}
