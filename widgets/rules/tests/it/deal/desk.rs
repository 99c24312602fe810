//! What the desk is told of a deal's claims, who said what of each, and what it looks up.

use super::{BEGUN, FAILED, TAKEN, claim, id, mine, open, order, settle, stock};
use crate::stage::{Stage, accepted};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liveroom_protocol::Reason;
use liveroom_protocol::deal::{OpenClaim, OpenClaims, Standing, Ticket};
use liveroom_protocol::desk::{Desk, Listed};
use liveroom_protocol::id::{ActivityId, Epoch};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Seat;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::session::{Session, Sheet};
use liveroom_rules::ticket;
use liveroom_rules::view;
use std::collections::HashSet;

fn listed(desk: Desk) -> OpenClaims {
    match desk.listed {
        Listed::Deal(claims) => claims,
        other => panic!("{other:?}"),
    }
}

fn told(stage: &Stage) -> OpenClaims {
    let activity = stage.room.activity(&id()).expect("it is there");
    listed(view::desk(&stage.room, activity).expect("a deal has claims"))
}

fn find(stage: &Stage, text: &str) -> Vec<OpenClaim> {
    listed(view::find(&stage.room, &id(), text, None).expect("it is there")).claims
}

fn names(claims: &[OpenClaim]) -> Vec<&str> {
    claims.iter().map(|claim| claim.claim.as_str()).collect()
}

#[test]
fn the_desk_is_told_the_claims_that_are_open_and_not_whose_they_are() {
    let mut stage = open(r#","limit":2"#);
    for who in 10..13 {
        accepted(stage.does(who, &id(), &claim("red", 1)));
    }
    accepted(stage.does(10, &id(), &order("c3", BEGUN)));
    accepted(stage.does(11, &id(), &order("c4", BEGUN)));
    accepted(stage.does(11, &id(), &order("c4", FAILED)));
    let open = told(&stage);
    assert_eq!(open.open, 3);
    // What is being ordered waits for the desk, so it comes first.
    assert_eq!(names(&open.claims), ["c3", "c5", "c4"]);
    assert_eq!(open.claims[0].standing, Standing::Ordering);
    assert!(open.claims[2].failure.is_some());
    let text = serde_json::to_string(&open).unwrap();
    for who in 10..13 {
        assert!(!text.contains(&Pseudonym(who).to_string()));
    }
    stage.order_as(Role::Shop, &settle("c3", r#"{"outcome":"returned"}"#));
    assert_eq!(names(&told(&stage).claims), ["c5", "c4"]);
}

#[test]
fn only_the_desk_is_told_and_before_the_tally_that_it_belongs_to() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("red", 1)));
    let sheet = Sheet::of(&stage.room, None);
    for (seat, wanted) in [(Seat::Viewer, 0), (Seat::Overlay, 0), (Seat::Desk, 1)] {
        let mut session = Session::new(seat, None, HashSet::new());
        let frames = session.due(&sheet);
        let kinds: Vec<bool> = frames
            .iter()
            .map(|frame| frame.contains(r#""type":"desk""#))
            .collect();
        assert_eq!(
            kinds.iter().filter(|desk| **desk).count(),
            wanted,
            "{seat:?}"
        );
        if wanted == 1 {
            let desk = kinds.iter().position(|desk| *desk).unwrap();
            assert!(frames[desk + 1].contains(r#""stock":"#), "{frames:?}");
        }
        assert!(session.due(&sheet).is_empty(), "it is told once");
    }
}

#[test]
fn what_the_page_said_stays_what_only_the_page_said() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("red", 1)));
    accepted(stage.does(10, &id(), &order("c3", BEGUN)));
    accepted(stage.does(10, &id(), &order("c3", TAKEN)));
    accepted(stage.order_as(Role::Shop, &settle("c3", r#"{"outcome":"sold"}"#)));
    let [sold] = &find(&stage, "c3")[..] else {
        panic!("it is found")
    };
    assert_eq!(sold.standing, Standing::Sold);
    assert!(sold.settled.is_nothing(), "the shop said neither");
    let value = sold.page.value.as_ref().map(|value| value.amount.as_str());
    assert_eq!(value, Some("29.90"));
    // The viewer reads the number that their own page gave, and no value that the shop has not said.
    let own = &mine(&stage, 10).claims[0];
    assert_eq!(own.order.as_ref().unwrap().as_str(), "A-1");
    assert_eq!(own.value, None);
    let word = r#"{"outcome":"sold","order":"S-9","value":{"amount":"19.00","currency":"EUR"}}"#;
    accepted(stage.order_as(Role::Shop, &settle("c3", word)));
    let own = &mine(&stage, 10).claims[0];
    assert_eq!(own.order.as_ref().unwrap().as_str(), "S-9");
    assert_eq!(own.value.as_ref().unwrap().amount.as_str(), "19.00");
    assert_eq!(
        find(&stage, "s-9")[0].page.order.as_ref().unwrap().as_str(),
        "A-1"
    );
}

#[test]
fn where_the_page_settles_its_word_is_the_word() {
    let mut stage = open(r#","settles":"page""#);
    accepted(stage.does(10, &id(), &claim("red", 1)));
    accepted(stage.does(10, &id(), &order("c3", TAKEN)));
    let [sold] = &find(&stage, "c3")[..] else {
        panic!("it is found")
    };
    assert_eq!(sold.settled.order.as_ref().unwrap().as_str(), "A-1");
    assert!(sold.page.is_nothing());
}

#[test]
fn a_claim_is_found_by_its_name_its_order_and_its_code() {
    let mut stage = open(r#","by":{"kind":"code"},"limit":2"#);
    accepted(stage.does(10, &id(), &claim("red", 1)));
    accepted(stage.does(11, &id(), &claim("blue", 1)));
    let code = mine(&stage, 11).claims[0].code.clone().expect("a code");
    assert_eq!(
        names(&find(&stage, &format!(" {} ", code.to_lowercase()))),
        ["c4"]
    );
    assert_eq!(names(&find(&stage, "c3")), ["c3"]);
    accepted(stage.order_as(
        Role::Shop,
        &settle("c3", r#"{"outcome":"sold","order":"S-1"}"#),
    ));
    assert_eq!(names(&find(&stage, "S-1")), ["c3"]);
    assert_eq!(
        names(&find(&stage, "")),
        ["c4"],
        "without a text what is open"
    );
    assert_eq!(find(&stage, "c99"), []);
    let nowhere = ActivityId::parse("x").unwrap();
    assert_eq!(
        view::find(&stage.room, &nowhere, "", None)
            .unwrap_err()
            .reason,
        Reason::NotFound
    );
}

#[test]
fn of_ten_thousand_open_claims_the_desk_is_told_a_few_and_reads_all_of_them_in_pages() {
    let mut stage = open("");
    let more = r#"{"type":"deal.stock","activity":"d","variant":"red","by":10000}"#;
    accepted(stage.order_as(Role::Shop, more));
    for who in 0..10_000 {
        accepted(stage.does(1_000 + who, &id(), &claim("red", 1)));
    }
    let open = told(&stage);
    assert_eq!((open.open, open.claims.len()), (10_000, 20));
    let mut before = None;
    let mut read = HashSet::new();
    loop {
        let desk = view::find(&stage.room, &id(), "", before).unwrap();
        before = desk.next;
        let page = listed(desk).claims;
        assert!(page.len() <= 50);
        read.extend(page.into_iter().map(|claim| claim.claim));
        if before.is_none() {
            break;
        }
    }
    assert_eq!(read.len(), 10_000);
    // What is not there is looked for in parts, so that nobody waits for it.
    let mut looks = 0;
    let mut before = None;
    while looks == 0 || before.is_some() {
        let desk = view::find(&stage.room, &id(), "no such order", before).unwrap();
        (before, looks) = (desk.next, looks + 1);
        assert_eq!(listed(desk).claims, []);
    }
    assert_eq!(looks, 2);
    assert_eq!(stock(&stage)[0].reserved, 10_000);
}

#[test]
fn a_ticket_says_of_which_log_it_is() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &claim("red", 1)));
    let text = mine(&stage, 10).claims[0].ticket.clone().expect("a ticket");
    let body = text.split('.').nth(1).expect("three parts");
    let body = URL_SAFE_NO_PAD.decode(body).expect("base64url");
    let told: Ticket = serde_json::from_slice(&body).expect("a ticket");
    let epoch = Epoch::parse("e1").unwrap();
    assert_eq!(
        (told.iss.as_str(), told.epoch),
        (ticket::ISSUER, Some(epoch))
    );
}
