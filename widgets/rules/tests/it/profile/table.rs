//! Row by row: each rule of each profile refuses what lacks its demand, and takes what has it.

use super::*;
use liveroom_rules::profile::{Demand, newest};
use std::collections::BTreeSet;

/// Of a rule: the widget, and what of a whole draft fails it, with the field that is told.
type Row = (&'static str, Widget, &'static str, &'static str);

const ROWS: &[Row] = &[
    (
        "cn.draw.organiser",
        Widget::Lottery,
        r#"{"organiser":null}"#,
        "organiser",
    ),
    (
        "cn.draw.rules",
        Widget::Lottery,
        r#"{"rules":null}"#,
        "rules",
    ),
    (
        "cn.draw.end",
        Widget::Lottery,
        r#"{"closes_in_ms":null}"#,
        "closes_in_ms",
    ),
    (
        "cn.draw.time",
        Widget::Lottery,
        r#"{"draws_itself":false}"#,
        "draws_itself",
    ),
    (
        "cn.draw.claim",
        Widget::Lottery,
        r#"{"claim_within_ms":null}"#,
        "claim_within_ms",
    ),
    (
        "cn.draw.delivery",
        Widget::Lottery,
        r#"{"delivery":null}"#,
        "delivery",
    ),
    (
        "cn.draw.value",
        Widget::Lottery,
        r#"{"prizes":[{"name":"Cup","value":{"amount":"9","currency":"CNY"}},{"name":"Teapot"}]}"#,
        "prizes.1.value",
    ),
    (
        "cn.draw.value",
        Widget::Lottery,
        r#"{"prizes":[{"name":"Teapot","value":{"amount":"9","currency":"EUR"}}]}"#,
        "prizes.0.value",
    ),
    (
        "cn.draw.cap",
        Widget::Lottery,
        r#"{"prizes":[{"name":"Car","value":{"amount":"50000.01","currency":"CNY"}}]}"#,
        "prizes.0.value",
    ),
    (
        "cn.draw.tickets",
        Widget::Lottery,
        r#"{"tickets":{"each":2,"tiers":[{"tier":"Gold","tickets":21}]}}"#,
        "tickets",
    ),
    (
        "cn.ad_label",
        Widget::Lottery,
        r#"{"about":{"products":["cup"]}}"#,
        "about.ad",
    ),
    (
        "cn.ad_label",
        Widget::Poll,
        r#"{"about":{"brand":"Example","ad":"Ad"}}"#,
        "about.ad",
    ),
    (
        "cn.ad_label",
        Widget::Qna,
        r#"{"about":{"products":["cup"]}}"#,
        "about.ad",
    ),
    ("cn.ad_label", Widget::Deal, r#"{"about":{}}"#, "about.ad"),
    (
        "cn.deal.basis",
        Widget::Deal,
        r#"{"price_basis":null}"#,
        "price_basis",
    ),
    (
        "cn.deal.seller",
        Widget::Deal,
        r#"{"seller":{}}"#,
        "seller.name",
    ),
    (
        "cn.qna.approval",
        Widget::Qna,
        r#"{"approval":false}"#,
        "approval",
    ),
    (
        "eu.deal.lowest",
        Widget::Deal,
        r#"{"lowest_30_days":null}"#,
        "lowest_30_days",
    ),
    (
        "eu.ad_label",
        Widget::Poll,
        r#"{"about":{"products":["cup"]}}"#,
        "about.ad",
    ),
    (
        "eu.draw.tickets",
        Widget::Lottery,
        r#"{"tickets":{"each":1,"tiers":[{"tier":"Gold","tickets":11}]}}"#,
        "tickets",
    ),
    ("uk.ad_label", Widget::Deal, r#"{"about":{}}"#, "about.ad"),
    (
        "uk.draw.tickets",
        Widget::Lottery,
        r#"{"tickets":{"each":1,"tiers":[{"tier":"Gold","tickets":11}]}}"#,
        "tickets",
    ),
    (
        "us.draw.free",
        Widget::Lottery,
        r#"{"free_entry":null}"#,
        "free_entry",
    ),
    (
        "us.draw.bought",
        Widget::Lottery,
        r#"{"conditions":[{"kind":"voted"},{"kind":"attested","what":"bought"}]}"#,
        "conditions.1",
    ),
    (
        "us.draw.rules",
        Widget::Lottery,
        r#"{"rules":null}"#,
        "rules",
    ),
    (
        "us.draw.organiser",
        Widget::Lottery,
        r#"{"organiser":null}"#,
        "organiser",
    ),
    (
        "us.draw.end",
        Widget::Lottery,
        r#"{"closes_in_ms":null}"#,
        "closes_in_ms",
    ),
    (
        "us.ad_label",
        Widget::Lottery,
        r#"{"about":{"brand":"Example"}}"#,
        "about.ad",
    ),
    (
        "us.draw.tickets",
        Widget::Lottery,
        r#"{"tickets":{"each":1,"tiers":[{"tier":"Gold","tickets":11}]}}"#,
        "tickets",
    ),
];

fn open(widget: Widget, more: &str) -> String {
    match widget {
        Widget::Poll => poll("poll.open", "a", more),
        Widget::Lottery => draw("lottery.open", "a", more),
        Widget::Qna => qna("qna.open", "a", more),
        Widget::Deal => deal("deal.open", "a", more),
    }
}

#[test]
fn each_rule_refuses_what_lacks_its_demand_and_nothing_is_made() {
    for (rule, widget, more, field) in ROWS {
        let (profile, _) = rule.split_once('.').unwrap();
        let mut stage = room(profile);
        let command = open(*widget, more);
        let told = checked(&stage, &[&command]);
        let [missing] = told[0].missing.as_slice() else {
            panic!("{rule}: {:?}", told[0].missing)
        };
        assert_eq!(
            (missing.rule.as_str(), missing.field.as_str()),
            (*rule, *field)
        );
        assert_eq!(missing.severity, Severity::Missing, "{rule}");
        let refused = refusal(stage.order_as(Role::Streamer, &command));
        assert_eq!(refused.reason, Reason::Incomplete, "{rule}");
        let says = refused.message.expect("a sentence");
        assert!(says.contains(&missing.says), "{rule}: {says}");
        assert!(stage.room.activities().is_empty(), "{rule}");
    }
}

#[test]
fn what_has_all_that_is_demanded_opens_in_every_profile() {
    for profile in Profile::ALL {
        let mut stage = room(profile.name());
        for widget in Widget::ALL {
            let command = open(widget, "{}").replace(
                r#""activity":"a""#,
                &format!(r#""activity":"{}""#, widget.name()),
            );
            let told = checked(&stage, &[&command]);
            assert_eq!(told[0].missing, [], "{profile:?} {widget:?}");
            assert!(told[0].ok && told[0].refusal.is_none());
            stage.order(&command);
            assert_eq!(phase(&stage, widget.name()), Phase::Open);
        }
    }
}

#[test]
fn without_a_profile_nothing_is_demanded() {
    for (rule, widget, more, _) in ROWS {
        for mut stage in [Stage::new(), room("none")] {
            stage.order(&open(*widget, more));
            assert_eq!(phase(&stage, "a"), Phase::Open, "{rule}");
            assert_eq!(ruled(&stage, "a"), Ruled::default());
        }
    }
}

#[test]
fn every_rule_that_can_fail_has_a_row_here() {
    let rows: BTreeSet<&str> = ROWS.iter().map(|(rule, ..)| *rule).collect();
    for rule in Profile::ALL
        .iter()
        .flat_map(|profile| &newest(*profile).rules)
    {
        let elsewhere = match rule.demand {
            // Nothing can be missing; or tried in tests of their own.
            Demand::Kept
            | Demand::ExcludedShare { .. }
            | Demand::OwnPrices { .. }
            | Demand::Words { .. } => true,
            Demand::Organiser
            | Demand::RulesLink
            | Demand::EndTime
            | Demand::DrawTime
            | Demand::ClaimTime
            | Demand::Delivery
            | Demand::FreeEntry
            | Demand::NothingBought
            | Demand::PrizeValue { .. }
            | Demand::PrizeCap { .. }
            | Demand::TicketMultiple { .. }
            | Demand::AdLabel { .. }
            | Demand::QuestionApproval
            | Demand::PriceBasis { .. }
            | Demand::LowestPrice
            | Demand::Seller => false,
        };
        assert_eq!(rows.contains(rule.id.as_str()), !elsewhere, "{}", rule.id);
    }
}

#[test]
fn the_cap_itself_is_not_too_much_and_a_draw_by_a_public_round_has_a_time() {
    let mut stage = room("cn");
    let prize = r#"{"prizes":[{"name":"Car","value":{"amount":"50000","currency":"CNY"}}],"draws_itself":false,"round":18000000}"#;
    stage.order(&draw("lottery.open", "a", prize));
}
