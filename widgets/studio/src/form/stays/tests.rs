//! Drafts with all that they may say, changed in the composer and back.

use crate::form::{Form, Kind};
use liveroom_protocol::Command;
use serde_json::{Value, json};

fn command(draft: &Value) -> Command {
    serde_json::from_value(draft.clone()).unwrap_or_else(|no| panic!("{draft}: {no}"))
}

/// What every draft may have.
fn with_all(mut draft: Value) -> Value {
    let shared = json!({
        "level": "verified",
        "who": { "tiers": ["gold"], "segments": ["new"], "roles": ["viewer"], "points": 5 },
        "closes_in_ms": 90_500,
        "announce": true,
        "about": { "ad": "Ad", "products": ["T-1", "T-2"], "brand": "Harbour", "tags": ["tea"] },
    });
    if let (Some(draft), Value::Object(shared)) = (draft.as_object_mut(), shared) {
        draft.extend(shared);
    }
    draft
}

/// Drafts in which nothing is as it would be if it were left out.
fn drafts() -> Vec<Value> {
    let poll = json!({
        "type": "poll.prepare", "question": "Which?",
        "options": [{ "id": "red", "text": "Red", "image": "/red.png" }, "Blue", { "id": "green", "text": "Green" }],
        "max_choices": 2, "results": "after_voting", "can_change": false, "time": "picture", "grace_ms": 1_500, "programme_at": 77_000,
    });
    let quiz = json!({
        "type": "poll.prepare", "question": "Right?", "options": [{ "id": "b", "text": "No" }, { "id": "a", "text": "Yes" }],
        "max_choices": 0, "right": ["a"], "board": true, "named": true, "time": "room",
    });
    let scale = json!({ "type": "poll.prepare", "question": "How?", "scale": { "min": 0, "max": 10, "low": "Bad", "high": "Good" } });
    let lottery = json!({
        "type": "lottery.prepare", "title": "Win",
        "prizes": [{ "name": "Pot", "count": 2, "value": { "amount": "29.90", "currency": "EUR" }, "image": "/pot.png" }],
        "conditions": [
            { "kind": "attested", "what": "newsletter" }, { "kind": "watched", "for_ms": 90_000 },
            { "kind": "voted", "poll": "tea" }, { "kind": "keyword", "word": "TEA", "shown": true },
        ],
        "tickets": { "each": 2, "tiers": [{ "tier": "gold", "tickets": 3 }] },
        "rules": "https://shop.example/rules", "organiser": "Harbour Ltd", "free_entry": "By post to Harbour", "delivery": "By mail in May",
        "winners_shown": "private", "claim": { "kind": "form", "fields": [{ "label": "Really?" }, { "label": "Town", "optional": true }] },
        "claim_within_ms": 43_200_000, "exclusions": ["works here"], "round": 7, "not_after": ["before"], "wins_allowed": 1,
    });
    let qna = json!({
        "type": "qna.prepare", "title": "Ask", "approval": false, "anonymous": true, "replies": true, "tags": ["size"], "most": 3,
        "every_ms": 1_500,
    });
    let deal = json!({
        "type": "deal.prepare", "title": "Pot", "sku": "T-1", "image": "/pot.png", "price": { "amount": "19.90", "currency": "EUR" },
        "before": "29.90", "price_basis": "Our price in April", "lowest_30_days": "18.00",
        "member_prices": [{ "tier": "gold", "price": "17.90" }], "price_hidden": true,
        "variants": [{ "id": "r", "name": "Red", "stock": 3 }, { "name": "Blue", "stock": 4 }], "limit": 2, "reserve_ms": 90_500,
        "seller": { "name": "Harbour", "about": "https://h.example/a", "returns": "https://h.example/r", "delivery": "https://h.example/d" },
        "by": { "kind": "link", "address": "https://h.example/buy" }, "settles": "page",
    });
    [poll, quiz, scale, lottery, qna, deal].map(with_all).into()
}

#[test]
fn a_draft_with_all_that_it_may_say_comes_back_whole() {
    for draft in drafts() {
        let was = command(&draft);
        let said = serde_json::to_value(&was).unwrap();
        for (field, value) in draft.as_object().unwrap() {
            assert_eq!(said[field], *value, "the protocol knows {field}");
        }
        let form = Form::default().of_draft(&was).expect("fields can say it");
        let again = form
            .command(false)
            .unwrap_or_else(|flaws| panic!("{draft}: {flaws:?}"));
        assert_eq!(again, was);
        // Also where the desk was reloaded meanwhile.
        let kept = serde_json::to_string(&form).unwrap();
        let form: Form = serde_json::from_str(&kept).unwrap();
        assert_eq!(form.command(false), Ok(was));
    }
}

#[test]
fn a_draft_that_leaves_all_out_comes_back_so() {
    for draft in [
        json!({ "type": "poll.prepare", "question": "?", "options": ["a", "b"] }),
        json!({ "type": "lottery.prepare", "title": "Win", "prizes": [{ "name": "Pot", "count": 1 }] }),
        json!({ "type": "qna.prepare", "title": "Ask" }),
        json!({ "type": "deal.prepare", "title": "Pot", "sku": "T", "price": { "amount": "1", "currency": "EUR" }, "variants": [{ "stock": 3 }] }),
    ] {
        let was = command(&draft);
        // What stands in the composer meanwhile is another matter.
        let full = Form::default().of_draft(&command(&drafts()[3])).unwrap();
        for before in [Form::default(), full] {
            let form = before.of_draft(&was).expect("fields can say it");
            assert_eq!(form.command(false), Ok(was.clone()), "{draft}");
        }
    }
}

#[test]
fn what_is_typed_is_taken_and_all_else_stays() {
    let said = |place: usize, change: &dyn Fn(&mut Form)| {
        let mut form = Form::default()
            .of_draft(&command(&drafts()[place]))
            .unwrap();
        change(&mut form);
        serde_json::to_value(form.command(true).unwrap()).unwrap()
    };
    let poll = said(0, &|form| {
        form.question = "Which one?".into();
        form.options[0].text = "Crimson".into();
        form.remove_option(1);
    });
    assert_eq!(poll["type"], "poll.open");
    assert_eq!(poll["programme_at"], 77_000);
    assert_eq!(poll["grace_ms"], 1_500);
    let ids = |poll: &Value| -> Vec<Value> {
        let options = poll["options"].as_array().cloned().unwrap_or_default();
        options.iter().map(|option| option["id"].clone()).collect()
    };
    assert_eq!(ids(&poll), ["red", "green"]);
    let quiz = said(1, &|form| {
        form.options[0].right = true;
        form.add_option(1);
        form.options[2].text = "Perhaps".into();
    });
    assert_eq!(quiz["right"], json!(["b", "a"]));
    assert_eq!(ids(&quiz), [json!("b"), json!("a"), Value::Null]);
    let lottery = said(3, &|form| form.lottery.claim_days = "3".into());
    assert_eq!(lottery["claim_within_ms"], 3 * 24 * 3_600_000);
    assert_eq!(lottery["free_entry"], "By post to Harbour");
    assert_eq!(lottery["conditions"][1]["for_ms"], 90_000);
    let deal = said(5, &|form| form.deal.closes = "2:00".into());
    assert_eq!(deal["closes_in_ms"], 120_000);
    assert_eq!(deal["price_basis"], "Our price in April");
    assert_eq!(deal["reserve_ms"], 90_500);
}

#[test]
fn options_whose_names_would_be_numbers_of_others_are_all_numbered() {
    let draft = json!({
        "type": "poll.prepare", "question": "?", "right": ["3"],
        "options": [{ "id": "2", "text": "a" }, { "id": "3", "text": "b" }],
    });
    let mut form = Form::default().of_draft(&command(&draft)).unwrap();
    form.add_option(0);
    form.options[1].text = "new".into();
    let draft = form.draft().unwrap();
    let said = serde_json::to_value(&draft).unwrap();
    assert_eq!(said["options"], json!(["a", "new", "b"]));
    assert_eq!(said["right"], json!(["3"]));
}

#[test]
fn what_follows_on_something_has_nothing_of_what_that_was_about() {
    for draft in drafts() {
        let form = Form::default().of_draft(&command(&draft)).unwrap();
        let next = form.next();
        assert_eq!(next.was, None);
        let about = [&next.ad, &next.products, &next.brand, &next.about_tags];
        assert!(about.iter().all(|text| text.is_empty()), "{draft}");
        assert_eq!(next.tiers, "gold", "whom it is for is a habit");
        // One like it is another one.
        assert_eq!(form.like(&form.card()).was, None);
    }
    assert_eq!(Form::default().next().kind, Kind::One);
}
