//! A long list: a small first page, and further ones.

use super::{ask, change, id, look, open, texts, vote};
use crate::stage::accepted;
use liveroom_protocol::message::More;
use liveroom_protocol::qna::Order;
use liveroom_rules::view::{self, Audience};
use std::collections::BTreeSet;

#[test]
fn a_list_of_thousands_has_a_small_first_page_and_further_ones_on_demand() {
    let mut stage = open(r#","approval":false,"most":100"#);
    for number in 0..600_u128 {
        accepted(stage.does(
            1_000 + number,
            &id(),
            &ask(&format!("Question number {number}?")),
        ));
    }
    for who in 0..5_u128 {
        accepted(stage.does(5_000 + who, &id(), &vote(300)));
    }
    let (tally, entries) = look(&stage, Audience::Public);
    assert_eq!(tally.questions, 600);
    assert_eq!((tally.list.len(), entries.len()), (50, 50));
    assert_eq!(tally.list[0].0, 300);
    let mut seen = BTreeSet::new();
    for after in (0..600).step_by(50) {
        let asked = More {
            activity: id(),
            order: Order::Newest,
            after,
            find: None,
        };
        let page = view::page(&stage.room, &asked, Audience::Public).unwrap();
        assert_eq!(
            (page.total, page.list.len(), page.entries.len()),
            (600, 50, 50)
        );
        seen.extend(page.list.iter().map(|row| row.0));
    }
    assert_eq!(seen.len(), 600);
}

#[test]
fn what_a_run_took_down_is_not_taken_down_in_the_next() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("Is it blue?")));
    stage.order(&change(1, r#"{"to":"dismiss"}"#));
    stage.order(r#"{"type":"reset","activity":"q"}"#);
    accepted(stage.does(11, &id(), &ask("Is it red?")));
    let (_, entries) = look(&stage, Audience::Public);
    assert_eq!(entries.len(), 1, "{entries:?}");
    assert_eq!(texts(&stage, Audience::Public), ["Is it red?"]);
}
