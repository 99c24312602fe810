//! Questions that are likely the same, found among all that were asked, and only those that may be told.

use super::{ask, change, id, look, open};
use crate::stage::{KEY, Stage, accepted};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Found, More, Similar};
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::{Order, Question, Words};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::{self, Audience};

fn similar(stage: &Stage, audience: Audience, text: &str) -> Result<Found, Reason> {
    let asked = Similar {
        activity: id(),
        text: Words::parse(text).unwrap(),
    };
    view::similar(&stage.room, &asked, audience).map_err(|refusal| refusal.reason)
}

/// The words that are offered to viewers.
fn offered(stage: &Stage, text: &str) -> Vec<String> {
    let found = similar(stage, Audience::Public, text).unwrap();
    assert_eq!(found.list.len(), found.entries.len());
    let words = found.entries.into_iter().filter_map(|entry| match entry {
        Entry::Qna(question) => question.text,
        other => panic!("a question: {other:?}"),
    });
    words.collect()
}

fn question(stage: &Stage, number: u32) -> Question {
    let (_, questions) = look(stage, Audience::Desk);
    let mut all = questions.into_iter();
    all.find(|question| question.id == number).unwrap()
}

fn page(
    stage: &Stage,
    audience: Audience,
    order: Order,
    find: Option<&str>,
) -> Result<Vec<u32>, Reason> {
    let more = More {
        activity: id(),
        order,
        after: 0,
        find: find.map(|words| Words::parse(words).unwrap()),
    };
    let page = view::page(&stage.room, &more, audience).map_err(|refusal| refusal.reason)?;
    Ok(page.list.iter().map(|row| row.0).collect())
}

#[test]
fn one_of_five_thousand_is_found_though_no_page_has_it() {
    let mut stage = open(r#","approval":false,"most":100"#);
    let subjects = [
        "jacket", "teapot", "lamp", "chair", "bowl", "blanket", "mirror",
    ];
    for number in 0..5_000_u128 {
        let subject = subjects[number as usize % subjects.len()];
        let text = format!("What about {subject} number {number}?");
        accepted(stage.does(1_000 + number / 50, &id(), &ask(&text)));
    }
    accepted(stage.does(10, &id(), &ask("Is the velvet curtain fireproof?")));
    for number in 0..100_u128 {
        accepted(stage.does(5_000 + number, &id(), &ask(&format!("Later {number}?"))));
    }
    // Taken in turns, so that nobody waits for thousands of them.
    stage.room.learn(5_000);
    assert!(offered(&stage, "is the velvet curtain fireproof").is_empty());
    stage.room.learn(5_000);
    let (_, shown) = look(&stage, Audience::Public);
    let told = shown.iter().filter_map(|question| question.text.as_deref());
    assert!(told.clone().all(|text| !text.contains("velvet")));
    assert_eq!(
        offered(&stage, "is this velvet curtain fireproof")[..1],
        ["Is the velvet curtain fireproof?"]
    );
    assert!(offered(&stage, "what about lamp number").len() <= 5);
}

#[test]
fn the_words_of_what_viewers_do_not_see_are_never_offered_to_them() {
    let mut stage = open("");
    for text in [
        "Is the jacket waterproof?",
        "Is the zip waterproof?",
        "Is the hood waterproof?",
        "Is the bag waterproof?",
    ] {
        accepted(stage.does(10, &id(), &ask(text)));
    }
    stage.order(&change(2, r#"{"to":"dismiss"}"#));
    stage.order(&change(3, r#"{"to":"approve"}"#));
    stage.order(&change(4, r#"{"to":"approve"}"#));
    stage.order(&change(4, r#"{"to":"merge","into":3}"#));
    stage.room.learn(100);
    for text in [
        "is the jacket waterproof",
        "is the zip waterproof",
        "is the bag waterproof",
    ] {
        for audience in [Audience::Public, Audience::Acted] {
            let told = format!("{:?}", similar(&stage, audience, text).unwrap());
            let secret = ["jacket", "zip", "bag"]
                .iter()
                .any(|word| told.contains(word));
            assert!(!secret, "{told}");
        }
    }
    assert_eq!(
        offered(&stage, "is the hood waterproof"),
        ["Is the hood waterproof?"]
    );
    // What is approved is offered, what is dismissed no more, what was erased neither.
    stage.order(&change(1, r#"{"to":"approve"}"#));
    assert_eq!(
        offered(&stage, "jacket waterproof")[..1],
        ["Is the jacket waterproof?"]
    );
    stage.order(&change(1, r#"{"to":"dismiss"}"#));
    assert!(
        !offered(&stage, "jacket waterproof").contains(&"Is the jacket waterproof?".to_owned())
    );
    let erase = format!(
        r#"{{"type":"viewer.erase","me":"{}"}}"#,
        KEY.for_reports(Pseudonym(10))
    );
    accepted(stage.order_as(Role::Owner, &erase));
    stage.room.private.erase(Pseudonym(10), |_| false);
    stage.room.learn(100);
    assert!(offered(&stage, "is the hood waterproof").is_empty());
}

#[test]
fn what_is_typed_changes_nothing_and_a_list_that_is_put_away_tells_nothing() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("Is it warm?")));
    stage.room.learn(100);
    let before = format!("{:?}", stage.room);
    similar(&stage, Audience::Public, "is it warm and secret").unwrap();
    assert_eq!(format!("{:?}", stage.room), before);
    stage.order(r#"{"type":"reset","activity":"q"}"#);
    stage.room.learn(100);
    assert!(
        similar(&stage, Audience::Desk, "is it warm")
            .unwrap()
            .list
            .is_empty()
    );
    stage.order(r#"{"type":"put_away","activity":"q"}"#);
    assert_eq!(
        similar(&stage, Audience::Public, "is it warm"),
        Err(Reason::NotFound)
    );
}

#[test]
fn what_waits_says_at_the_desk_what_it_is_like_and_that_can_be_merged() {
    let mut stage = open("");
    for (who, text) in [
        (10, "Is the jacket waterproof?"),
        (11, "Do you ship to Norway?"),
        (12, "is this jacket waterproof"),
        (13, "the jacket, is it waterproof?"),
    ] {
        accepted(stage.does(who, &id(), &ask(text)));
        stage.room.learn(100);
    }
    stage.order(&change(1, r#"{"to":"approve"}"#));
    assert!(question(&stage, 2).similar.is_empty());
    assert_eq!(question(&stage, 3).similar, [1]);
    assert_eq!(question(&stage, 4).similar[0], 1);
    for audience in [Audience::Public, Audience::Acted] {
        let (_, questions) = look(&stage, audience);
        assert!(questions.iter().all(|question| question.similar.is_empty()));
    }
    let mine = super::mine(&stage, 12);
    assert!(
        mine.asked
            .iter()
            .all(|question| question.similar.is_empty())
    );
    stage.order(&change(3, r#"{"to":"merge","into":1}"#));
    assert_eq!(
        question(&stage, 4).similar,
        [1],
        "what was merged is called by the one that stays"
    );
    stage.order(&change(1, r#"{"to":"dismiss"}"#));
    assert!(question(&stage, 4).similar.is_empty());
}

#[test]
fn the_desk_looks_up_what_waits_what_was_dismissed_and_what_has_some_words() {
    let mut stage = open("");
    for text in [
        "Is it WARM?",
        "Is it blue?",
        "Is it wet?",
        "Warmer than wool?",
    ] {
        accepted(stage.does(10, &id(), &ask(text)));
    }
    stage.order(&change(1, r#"{"to":"dismiss"}"#));
    stage.order(&change(2, r#"{"to":"approve"}"#));
    stage.order(&change(3, r#"{"to":"merge","into":2}"#));
    let desk = |order, find| page(&stage, Audience::Desk, order, find).unwrap();
    assert_eq!(desk(Order::Dismissed, None), [1]);
    assert_eq!(desk(Order::Waiting, None), [4]);
    assert_eq!(desk(Order::Top, Some("warm")), [4, 1]);
    assert_eq!(desk(Order::Top, Some("#2")), [2]);
    assert_eq!(desk(Order::Top, Some("?!")), Vec::<u32>::new());
    assert_eq!(
        desk(Order::Top, Some("wet")),
        Vec::<u32>::new(),
        "it was merged"
    );
    for (order, find) in [
        (Order::Dismissed, None),
        (Order::Waiting, None),
        (Order::Top, Some("warm")),
    ] {
        assert_eq!(
            page(&stage, Audience::Public, order, find),
            Err(Reason::NotAllowed)
        );
    }
}
