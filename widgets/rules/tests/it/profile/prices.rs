//! Prices held against what the room itself asked, and words that are warned of.

use super::*;

#[test]
fn a_price_before_is_held_against_what_the_room_itself_asked() {
    let dear = |name: &str, more: &str| deal("deal.open", name, more);
    // Eight days ago, and in another currency: neither counts within seven days.
    let mut stage = room("cn");
    stage.order(&dear(
        "old",
        r#"{"price":{"amount":"50","currency":"CNY"}}"#,
    ));
    stage.order(r#"{"type":"close","activity":"old"}"#);
    stage.now += 8 * 86_400_000;
    stage.order(&dear(
        "other",
        r#"{"price":{"amount":"1","currency":"EUR"}}"#,
    ));
    let unnamed = dear("new", r#"{"price_basis":null}"#);
    assert_eq!(
        refusal(stage.order_as(Role::Streamer, &unnamed)).reason,
        Reason::Incomplete
    );
    // Sold for 99 lately: that is the base, and need not be named.
    stage.order(&dear(
        "lately",
        r#"{"price":{"amount":"99","currency":"CNY"},"before":null}"#,
    ));
    assert!(checked(&stage, &[&unnamed])[0].missing.is_empty());
    // Sold for 80 since: a base of 99 that is not named is refused, and one that is named is warned of.
    stage.order(&dear(
        "since",
        r#"{"price":{"amount":"80","currency":"CNY"},"before":null}"#,
    ));
    assert_eq!(
        refusal(stage.order_as(Role::Streamer, &unnamed)).reason,
        Reason::Incomplete
    );
    let named = &checked(&stage, &[&dear("new", "{}")])[0];
    let told: Vec<_> = named
        .missing
        .iter()
        .map(|one| (one.rule.as_str(), one.severity))
        .collect();
    assert_eq!(told, [("cn.deal.own_prices", Severity::Warning)]);
    assert!(named.ok);
    stage.order(&dear("new", "{}"));
}

#[test]
fn the_lowest_price_of_30_days_is_no_more_than_the_room_itself_asked() {
    let mut stage = room("eu");
    stage.order(&deal(
        "deal.open",
        "old",
        r#"{"price":{"amount":"70","currency":"CNY"},"before":null}"#,
    ));
    let new = deal("deal.open", "new", "{}");
    assert_eq!(
        checked(&stage, &[&new])[0].missing[0].field,
        "lowest_30_days"
    );
    assert_eq!(
        refusal(stage.order_as(Role::Streamer, &new)).reason,
        Reason::Incomplete
    );
    stage.order(&deal("deal.open", "new", r#"{"lowest_30_days":"70"}"#));
    // Opened again it is not held against itself.
    stage.order(r#"{"type":"close","activity":"new"}"#);
    stage.order(r#"{"type":"close","activity":"old"}"#);
    stage.order(r#"{"type":"reopen","activity":"new"}"#);
}

#[test]
fn a_superlative_is_warned_of_wherever_viewers_read_it_and_nothing_is_refused() {
    let mut stage = room("cn");
    let command = draw(
        "lottery.open",
        "a",
        r#"{"title":"国家级 抽奖","delivery":"最佳 快递","conditions":[{"kind":"keyword","word":"顶级","shown":true}]}"#,
    );
    let told = &checked(&stage, &[&command])[0];
    let words: Vec<_> = told
        .missing
        .iter()
        .map(|one| {
            (
                one.field.as_str(),
                one.word.as_deref().unwrap(),
                one.severity,
            )
        })
        .collect();
    assert_eq!(
        words,
        [
            ("title", "国家级", Severity::Warning),
            ("delivery", "最佳", Severity::Warning),
            ("conditions.0.word", "顶级", Severity::Warning),
        ]
    );
    assert!(told.ok);
    stage.order(&command);
    assert!(checked(&room("eu"), &[&command])[0].missing.is_empty());
}
