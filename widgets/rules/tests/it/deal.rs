//! Deals, row by row.

use crate::stage::{KEY, Stage, accepted, account, reason};
use liveroom_protocol::Reason;
use liveroom_protocol::deal::{Card, Mine, Standing, Stock};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::limits::ORDER_MS;
use liveroom_rules::private;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::{self, Audience};

mod again;
mod desk;
mod model;

fn id() -> ActivityId {
    ActivityId::parse("d").unwrap()
}

fn open(more: &str) -> Stage {
    let mut stage = Stage::new();
    stage.room.private.keep(private::ticket_key(&KEY));
    stage.order(&format!(
        r#"{{"type":"deal.open","activity":"d","title":"Teapot","sku":"TP-1","price":{{"amount":"29.90","currency":"EUR"}},"variants":[{{"id":"red","name":"Red","stock":3}},{{"id":"blue","name":"Blue","stock":1}}],"reserve_ms":60000{more}}}"#
    ));
    stage
}

fn claim(variant: &str, quantity: u32) -> String {
    format!(r#"{{"type":"deal.claim","variant":"{variant}","quantity":{quantity}}}"#)
}

fn order(claim: &str, step: &str) -> String {
    format!(r#"{{"type":"deal.order","claim":"{claim}","order":{step}}}"#)
}

fn settle(claim: &str, outcome: &str) -> String {
    format!(r#"{{"type":"deal.settle","activity":"d","claim":"{claim}","settle":{outcome}}}"#)
}

const BEGUN: &str = r#"{"step":"begun"}"#;
const TAKEN: &str = r#"{"step":"taken","order":"A-1","value":{"amount":"29.90","currency":"EUR"}}"#;
const FAILED: &str = r#"{"step":"failed","reason":"payment-failed"}"#;
const SOLD: &str = r#"{"outcome":"sold","order":"A-1"}"#;
const RETURNED: &str = r#"{"outcome":"returned"}"#;

fn stock(stage: &Stage) -> Vec<Stock> {
    match stage
        .look(&id(), Audience::Public)
        .expect("it is shown")
        .tally
    {
        liveroom_protocol::Tally::Deal(tally) => tally.stock,
        other => panic!("{other:?}"),
    }
}

fn card(stage: &Stage, audience: Audience) -> Card {
    match stage.look(&id(), audience).expect("it is shown").card {
        liveroom_protocol::Card::Deal(card) => card,
        other => panic!("{other:?}"),
    }
}

fn mine(stage: &Stage, who: u128) -> Mine {
    match view::mine(&stage.room, Pseudonym(who), &id()).and_then(|item| item.mine) {
        Some(liveroom_protocol::Mine::Deal(mine)) => mine,
        other => panic!("{other:?}"),
    }
}

fn numbers(stock: Stock) -> [u32; 5] {
    let Stock {
        left,
        reserved,
        ordering,
        sold,
        total,
    } = stock;
    assert_eq!(left + reserved + ordering + sold, total);
    [left, reserved, ordering, sold, total]
}

#[test]
fn a_claim_reserves_and_what_is_not_ordered_in_time_goes_back() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("red", 1)));
    assert_eq!(numbers(stock(&stage)[0]), [2, 1, 0, 0, 3]);
    let held = &mine(&stage, 10).claims[0];
    assert_eq!((held.standing, held.until.0), (Standing::Reserved, 61_000));
    assert!(held.ticket.is_some());
    stage.now = 61_000;
    stage.tick();
    assert_eq!(numbers(stock(&stage)[0]), [3, 0, 0, 0, 3]);
    assert_eq!(mine(&stage, 10).claims[0].standing, Standing::Returned);
    assert_eq!(mine(&stage, 10).claims[0].ticket, None);
    // The viewer is told without asking.
    assert!(stage.room.touched().any(|(who, _)| who == Pseudonym(10)));
}

#[test]
fn stock_and_limit_are_kept_and_more_is_refused() {
    let mut stage = open(r#","limit":2"#);
    accepted(stage.does(10, &id(), &claim("red", 2)));
    assert_eq!(
        reason(stage.does(10, &id(), &claim("red", 1))),
        Reason::LimitReached
    );
    assert_eq!(
        reason(stage.does(11, &id(), &claim("red", 2))),
        Reason::SoldOut
    );
    accepted(stage.does(11, &id(), &claim("red", 1)));
    assert_eq!(
        reason(stage.does(12, &id(), &claim("red", 1))),
        Reason::SoldOut
    );
    assert_eq!(
        reason(stage.does(12, &id(), &claim("red", 0))),
        Reason::LimitReached
    );
    assert_eq!(
        reason(stage.does(12, &id(), &claim("green", 1))),
        Reason::UnknownVariant
    );
    let held = mine(&stage, 10).claims[0].claim.clone();
    let release = format!(r#"{{"type":"deal.release","claim":"{held}"}}"#);
    assert_eq!(
        reason(stage.does(12, &id(), &release)),
        Reason::UnknownClaim
    );
    accepted(stage.does(10, &id(), &release));
    accepted(stage.does(12, &id(), &claim("red", 2)));
}

#[test]
fn a_unit_is_sold_when_the_shop_says_so_and_not_when_the_page_does() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("blue", 1)));
    let held = mine(&stage, 10).claims[0].claim.to_string();
    accepted(stage.does(10, &id(), &order(&held, BEGUN)));
    assert_eq!(numbers(stock(&stage)[1]), [0, 0, 1, 0, 1]);
    assert_eq!(
        reason(stage.does(10, &id(), &order(&held, BEGUN))),
        Reason::AlreadyClaimed,
        "another tab would call the cart once more"
    );
    accepted(stage.does(10, &id(), &order(&held, TAKEN)));
    assert_eq!(numbers(stock(&stage)[1]), [0, 0, 1, 0, 1], "a page can lie");
    assert_eq!(stage.refused(&settle(&held, SOLD)), Reason::NotAllowed);
    accepted(stage.order_as(Role::Shop, &settle(&held, SOLD)));
    assert_eq!(numbers(stock(&stage)[1]), [0, 0, 0, 1, 1]);
    let sold = &mine(&stage, 10).claims[0];
    assert_eq!(sold.order.as_ref().map(|order| order.as_str()), Some("A-1"));
    // The shop may say it again, and may take it back.
    accepted(stage.order_as(Role::Shop, &settle(&held, SOLD)));
    accepted(stage.order_as(Role::Shop, &settle(&held, RETURNED)));
    assert_eq!(numbers(stock(&stage)[1]), [1, 0, 0, 0, 1]);
}

#[test]
fn where_the_page_settles_the_card_says_so() {
    let mut stage = open(r#","settles":"page""#);
    assert_eq!(
        card(&stage, Audience::Public).settles,
        liveroom_protocol::deal::Settles::Page
    );
    accepted(stage.does(10, &id(), &claim("blue", 1)));
    let held = mine(&stage, 10).claims[0].claim.to_string();
    accepted(stage.does(10, &id(), &order(&held, TAKEN)));
    assert_eq!(numbers(stock(&stage)[1]), [0, 0, 0, 1, 1]);
}

#[test]
fn a_failed_order_can_be_tried_again_while_its_time_lasts() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("blue", 1)));
    let held = mine(&stage, 10).claims[0].claim.to_string();
    accepted(stage.does(10, &id(), &order(&held, BEGUN)));
    accepted(stage.does(10, &id(), &order(&held, FAILED)));
    assert_eq!(
        mine(&stage, 10).claims[0].failure,
        Some(liveroom_protocol::deal::Failure::PaymentFailed)
    );
    assert_eq!(numbers(stock(&stage)[1]), [0, 1, 0, 0, 1]);
    accepted(stage.does(10, &id(), &order(&held, BEGUN)));
    stage.now = 61_000;
    accepted(stage.does(10, &id(), &order(&held, FAILED)));
    assert_eq!(numbers(stock(&stage)[1]), [1, 0, 0, 0, 1]);
    assert_eq!(
        reason(stage.does(10, &id(), &order(&held, BEGUN))),
        Reason::TooLate
    );
}

#[test]
fn an_order_that_nobody_settles_goes_back_and_a_late_settlement_is_honest() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("blue", 1)));
    let held = mine(&stage, 10).claims[0].claim.to_string();
    accepted(stage.does(10, &id(), &order(&held, BEGUN)));
    stage.now = 61_000 + ORDER_MS;
    stage.tick();
    assert_eq!(numbers(stock(&stage)[1]), [1, 0, 0, 0, 1]);
    // Paid after all: sold while a unit is left.
    accepted(stage.order_as(Role::Shop, &settle(&held, SOLD)));
    assert_eq!(numbers(stock(&stage)[1]), [0, 0, 0, 1, 1]);
    accepted(stage.order_as(Role::Shop, &settle(&held, RETURNED)));
    accepted(stage.does(11, &id(), &claim("blue", 1)));
    // Refused as sold out: the shop pays back.
    assert_eq!(
        reason(stage.order_as(Role::Shop, &settle(&held, SOLD))),
        Reason::SoldOut
    );
}

#[test]
fn tickets_of_claims_that_were_given_back_buy_no_more_than_the_limit() {
    let mut stage = open("");
    let mut kept = Vec::new();
    for _ in 0..3 {
        accepted(stage.does(10, &id(), &claim("red", 1)));
        let held = mine(&stage, 10).claims.pop().expect("a claim").claim;
        let release = format!(r#"{{"type":"deal.release","claim":"{held}"}}"#);
        accepted(stage.does(10, &id(), &release));
        kept.push(held.to_string());
    }
    accepted(stage.order_as(Role::Shop, &settle(&kept[0], SOLD)));
    // Refused as sold out: the shop pays back.
    for late in &kept[1..] {
        let verdict = stage.order_as(Role::Shop, &settle(late, SOLD));
        assert_eq!(reason(verdict), Reason::SoldOut);
    }
    assert_eq!(numbers(stock(&stage)[0]), [2, 0, 0, 1, 3]);
    accepted(stage.order_as(Role::Shop, &settle(&kept[0], RETURNED)));
    accepted(stage.order_as(Role::Shop, &settle(&kept[1], SOLD)));
}

#[test]
fn the_shop_restocks_but_takes_nothing_that_somebody_has() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("red", 1)));
    let restock =
        |by: i32| format!(r#"{{"type":"deal.stock","activity":"d","variant":"red","by":{by}}}"#);
    accepted(stage.order_as(Role::Shop, &restock(-2)));
    assert_eq!(numbers(stock(&stage)[0]), [0, 1, 0, 0, 1]);
    assert_eq!(
        reason(stage.order_as(Role::Shop, &restock(-1))),
        Reason::SoldOut
    );
    assert_eq!(
        reason(stage.order_as(Role::Shop, &restock(i32::MAX))),
        Reason::SoldOut
    );
    accepted(stage.order_as(Role::Shop, &restock(5)));
    assert_eq!(numbers(stock(&stage)[0]), [5, 1, 0, 0, 6]);
}

#[test]
fn members_pay_less_and_a_hidden_price_is_hidden() {
    let mut stage =
        open(r#","member_prices":[{"tier":"gold","price":"19.90"}],"price_hidden":true"#);
    assert_eq!(card(&stage, Audience::Public).price, None);
    assert!(card(&stage, Audience::Public).member_prices.is_empty());
    assert!(card(&stage, Audience::Desk).price.is_some());
    assert_eq!(
        reason(stage.does(10, &id(), &claim("red", 1))),
        Reason::NotOpen
    );
    stage.order(r#"{"type":"reveal","activity":"d"}"#);
    assert!(card(&stage, Audience::Public).price.is_some());
    let gold = liveroom_protocol::identity::Standing {
        tier: Some(Label::parse("gold").unwrap()),
        ..account()
    };
    let action = serde_json::from_str(&claim("red", 1)).unwrap();
    accepted(stage.act_as(10, "g", &id(), action, gold));
    let price = mine(&stage, 10).claims[0].price.clone().expect("a price");
    assert_eq!(price.amount.as_str(), "19.90");
}

#[test]
fn a_claim_outlives_closing_and_cancelling_gives_back_what_is_not_ordered() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("red", 1)));
    accepted(stage.does(11, &id(), &claim("red", 1)));
    let held = mine(&stage, 10).claims[0].claim.to_string();
    let back = mine(&stage, 11).claims[0].claim.to_string();
    stage.order(r#"{"type":"close","activity":"d"}"#);
    assert_eq!(
        reason(stage.does(12, &id(), &claim("red", 1))),
        Reason::Closed
    );
    accepted(stage.does(10, &id(), &order(&held, BEGUN)));
    stage.order(r#"{"type":"cancel","activity":"d","reason":"wrong price"}"#);
    assert_eq!(numbers(stock(&stage)[0]), [2, 0, 1, 0, 3]);
    accepted(stage.order_as(Role::Shop, &settle(&held, SOLD)));
    assert_eq!(
        reason(stage.order_as(Role::Shop, &settle(&back, SOLD))),
        Reason::CalledOff,
        "nothing more is sold at a price that was called off"
    );
    assert_eq!(
        stage.refused(r#"{"type":"reset","activity":"d"}"#),
        Reason::StillOpen
    );
    assert_eq!(
        card(&stage, Audience::Public).cancelled.as_deref(),
        Some("wrong price")
    );
}

#[test]
fn a_draft_that_cannot_be_kept_is_refused() {
    let price = r#""price":{"amount":"10","currency":"EUR"}"#;
    let stock = r#""variants":[{"stock":1}]"#;
    for bad in [
        format!(r#"{price},"variants":[]"#),
        format!(r#"{price},"variants":[{{"stock":1}},{{"stock":1}}]"#),
        format!(
            r#"{price},"variants":[{{"id":"a","name":"A","stock":1}},{{"id":"a","name":"B","stock":1}}]"#
        ),
        format!(r#"{price},"variants":[{{"stock":1000001}}]"#),
        format!(r#"{price},{stock},"before":"10.00""#),
        format!(r#"{price},{stock},"member_prices":[{{"tier":"gold","price":"10.01"}}]"#),
        format!(r#"{price},{stock},"limit":0"#),
        format!(r#"{price},{stock},"reserve_ms":9999"#),
    ] {
        let mut stage = Stage::new();
        let order = format!(r#"{{"type":"deal.open","title":"x","sku":"s",{bad}}}"#);
        assert_eq!(stage.refused(&order), Reason::Malformed, "{bad}");
    }
}
