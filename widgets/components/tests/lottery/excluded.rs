//! Who cannot win, how many cannot, and what somebody's tickets are worth.

use super::{OPEN, beans, draw, draw_as, drawn, has, has_not};
use liveroom::{Check, Scene, Shop};

#[tokio::test]
async fn who_is_excluded_sees_why_and_everybody_how_many_are() {
    let card = beans(r#","exclusions":["Employees","Minors"],"not_after":["l"]"#);
    let counts = |phase: &str| {
        format!(r#"{{"phase":"{phase}","entrants":5,"tickets":4,"excluded":[2,0,1]}}"#)
    };
    let own = r#"{"entered":true,"excluded":"Employees"}"#;
    let html = draw(&card, &counts("open"), own).await;
    has(
        &html,
        &[
            "You are on the list without a ticket: \u{2068}Employees\u{2069}",
            "You cannot win in this draw",
            "Excluded: \u{2068}Employees\u{2069} 2, \u{2068}won in an earlier draw\u{2069} 1.",
        ],
    );
    has_not(&html, &["You are in the draw", "You have 1 ticket"]);
    let html = draw(&drawn(""), &counts("closed"), own).await;
    has(&html, &["You cannot win in this draw"]);
    has_not(&html, &["not drawn this time"]);
    let html = draw(&card, &counts("open"), "{}").await;
    has(&html, &["Excluded:"]);
    has_not(&html, &["without a ticket"]);
    has_not(&draw(&card, OPEN, "{}").await, &["Excluded:"]);
}

#[tokio::test]
async fn where_tickets_differ_the_rule_stands_in_the_open_and_a_member_sees_the_own_odds() {
    let card = beans(r#","tickets":{"each":1,"tiers":[{"tier":"gold","tickets":3}]}"#);
    let seen = |tier: Option<&str>, driven: bool, tally: &'static str| {
        let shop = Shop {
            tier: tier.map(str::to_owned),
            ..Shop::default()
        };
        let scene = Scene {
            shop,
            driven,
            ..Scene::default()
        };
        let card = card.clone();
        async move { draw_as(scene, Check::Unasked, &card, tally, "{}").await }
    };
    let rule = "An entry has: 1 ticket, \u{2068}gold\u{2069} 3.";
    let html = seen(Some("gold"), false, OPEN).await;
    has(
        &html,
        &[rule, "If you enter now: 3 tickets of 1,207 for 5 prizes"],
    );
    assert_eq!(html.matches("An entry has").count(), 1);
    has(
        &seen(None, false, OPEN).await,
        &["If you enter now: 1 ticket of 1,205"],
    );
    has(&seen(None, true, OPEN).await, &["1 ticket of 1,204 so far"]);
    let closed = r#"{"phase":"closed","entrants":1203,"tickets":1204,"most":3}"#;
    has(
        &seen(None, false, closed).await,
        &["The most that one entrant has: 3 tickets."],
    );
}
