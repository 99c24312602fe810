//! Questions and answers, row by row.

use crate::stage::{Stage, accepted, account, reason};
use liveroom_protocol::identity::{Label, Role, Standing as Known};
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::{Mine, Question, Standing, Tally};
use liveroom_protocol::{Reason, id::ActivityId};
use liveroom_rules::private;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Verdict;
use liveroom_rules::view::{self, Audience};

mod at_once;
mod frames;
mod list;
mod model;
mod similar;

fn id() -> ActivityId {
    ActivityId::parse("q").unwrap()
}

fn open(more: &str) -> Stage {
    let mut stage = Stage::new();
    stage.order(&format!(
        r#"{{"type":"qna.open","activity":"q","title":"Ask us","every_ms":0{more}}}"#
    ));
    stage
}

fn ask(text: &str) -> String {
    format!(r#"{{"type":"qna.ask","text":"{text}"}}"#)
}

fn vote(question: u32) -> String {
    format!(r#"{{"type":"qna.vote","question":{question}}}"#)
}

fn change(question: u32, change: &str) -> String {
    format!(r#"{{"type":"qna.change","activity":"q","question":{question},"change":{change}}}"#)
}

fn look(stage: &Stage, audience: Audience) -> (Tally, Vec<Question>) {
    let view = stage.look(&id(), audience).expect("it is shown");
    let liveroom_protocol::Tally::Qna(tally) = view.tally else {
        panic!("questions");
    };
    let entries = view.entries.into_iter().map(|entry| match entry {
        Entry::Qna(question) => question,
        other => panic!("a question: {other:?}"),
    });
    (tally, entries.collect())
}

fn texts(stage: &Stage, audience: Audience) -> Vec<String> {
    look(stage, audience)
        .1
        .into_iter()
        .filter_map(|question| question.text)
        .collect()
}

fn mine(stage: &Stage, who: u128) -> Mine {
    match view::mine(&stage.room, Pseudonym(who), &id()).and_then(|item| item.mine) {
        Some(liveroom_protocol::Mine::Qna(mine)) => mine,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_question_waits_for_approval_and_only_its_asker_and_the_desk_see_it() {
    let mut stage = open("");
    accepted(stage.does(10, &id(), &ask("Is it oven-safe?")));
    assert!(texts(&stage, Audience::Public).is_empty());
    assert_eq!(texts(&stage, Audience::Desk), ["Is it oven-safe?"]);
    assert_eq!(
        mine(&stage, 10).asked[0].text.as_deref(),
        Some("Is it oven-safe?")
    );
    assert!(mine(&stage, 11).asked.is_empty());
    assert_eq!(
        reason(stage.does(11, &id(), &vote(1))),
        Reason::UnknownQuestion
    );
    assert_eq!(look(&stage, Audience::Desk).0.waiting, Some(1));
    assert_eq!(look(&stage, Audience::Public).0.waiting, None);
    stage.order(&change(1, r#"{"to":"approve"}"#));
    assert_eq!(texts(&stage, Audience::Public), ["Is it oven-safe?"]);
    assert!(stage.room.touched().any(|(who, _)| who == Pseudonym(10)));
    // The log holds no word of it.
    assert!(!format!("{:?}", stage.log).contains("oven"));
}

#[test]
fn a_viewer_votes_once_and_may_take_it_back() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("One?")));
    accepted(stage.does(11, &id(), &vote(1)));
    accepted(stage.does(11, &id(), &vote(1)));
    assert_eq!(look(&stage, Audience::Public).0.list[0].1, 1);
    accepted(stage.does(11, &id(), r#"{"type":"qna.withdraw","question":1}"#));
    assert_eq!(
        reason(stage.does(11, &id(), r#"{"type":"qna.withdraw","question":1}"#)),
        Reason::NoVote
    );
    assert_eq!(look(&stage, Audience::Public).0.list[0].1, 0);
}

#[test]
fn the_same_words_are_not_asked_twice_and_blocked_words_not_at_all() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("Is it oven-safe?")));
    assert_eq!(
        reason(stage.does(11, &id(), &ask("is it OVEN safe"))),
        Reason::Duplicate
    );
    // Once dismissed it may be asked again.
    stage.order(&change(1, r#"{"to":"dismiss"}"#));
    accepted(stage.does(11, &id(), &ask("is it OVEN safe")));
    accepted(stage.order_as(Role::Owner, r#"{"type":"room.set","blocked":["Darn"]}"#));
    assert_eq!(
        reason(stage.does(12, &id(), &ask("what the ｄａｒｎ"))),
        Reason::Blocked
    );
    assert_eq!(
        reason(stage.does(12, &id(), r#"{"type":"qna.ask"}"#)),
        Reason::Malformed
    );
}

#[test]
fn one_viewer_asks_so_often_and_so_many() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"qna.open","activity":"q","title":"Ask","most":2}"#);
    accepted(stage.does(10, &id(), &ask("One?")));
    let verdict = stage.does(10, &id(), &ask("Two?"));
    assert!(
        matches!(verdict, Verdict::Refused(ref no) if no.reason == Reason::TooFast && no.again_in_ms == Some(10_000))
    );
    assert_eq!(mine(&stage, 10).again_at.map(|at| at.0), Some(11_000));
    stage.now += 10_000;
    accepted(stage.does(10, &id(), &ask("Two?")));
    stage.now += 10_000;
    assert_eq!(
        reason(stage.does(10, &id(), &ask("Three?"))),
        Reason::TooMany
    );
}

#[test]
fn answers_pins_and_what_is_being_answered_are_seen() {
    let mut stage = open(r#","approval":false"#);
    for text in ["One?", "Two?", "Three?"] {
        accepted(stage.does(10, &id(), &ask(text)));
    }
    stage.order(&change(1, r#"{"to":"answering"}"#));
    stage.order(&change(2, r#"{"to":"answering"}"#));
    stage.order(&change(3, r#"{"to":"pin","pinned":true}"#));
    let standing = |stage: &Stage, number: u32| {
        let (_, questions) = look(stage, Audience::Public);
        questions
            .into_iter()
            .find(|question| question.id == number)
            .unwrap()
    };
    assert_eq!(
        standing(&stage, 1).standing,
        Standing::Shown,
        "one at a time"
    );
    assert_eq!(standing(&stage, 2).standing, Standing::Answering);
    assert_eq!(
        look(&stage, Audience::Public).0.list[0].0,
        3,
        "pinned stands first"
    );
    stage.order(&change(2, r#"{"to":"answered_live"}"#));
    stage.order(&change(
        1,
        r#"{"to":"answer","text":"Yes, up to 200 °C.","automatic":true}"#,
    ));
    let answer = standing(&stage, 1).answer.unwrap();
    assert!(answer.automatic && !answer.private && answer.text.starts_with("Yes"));
    assert_eq!(look(&stage, Audience::Public).0.answered, 2);
}

#[test]
fn a_private_answer_is_the_askers_alone() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("Where is my order?")));
    stage.order(&change(
        1,
        r#"{"to":"answer","text":"It left on Monday.","private":true}"#,
    ));
    assert!(!format!("{:?}", stage.look(&id(), Audience::Public)).contains("Monday"));
    assert!(!format!("{:?}", stage.look(&id(), Audience::Acted)).contains("Monday"));
    assert!(!format!("{:?}", stage.log).contains("Monday"));
    assert!(mine(&stage, 10).asked[0].answer.as_ref().unwrap().private);
    // Erasing the asker leaves numbers, and no word.
    let before = look(&stage, Audience::Public).0;
    stage.room.private.erase(Pseudonym(10), |_| false);
    assert_eq!(look(&stage, Audience::Public).0, before);
    let all = format!(
        "{:?} {:?}",
        Audience::ALL.map(|a| stage.look(&id(), a)),
        mine(&stage, 10)
    );
    assert!(!all.contains("Monday") && !all.contains("Where"));
}

#[test]
fn merged_questions_add_their_votes_and_count_nobody_twice() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("Oven?")));
    accepted(stage.does(11, &id(), &ask("Can it go in the oven?")));
    for who in [12, 13] {
        accepted(stage.does(who, &id(), &vote(1)));
    }
    for who in [13, 14] {
        accepted(stage.does(who, &id(), &vote(2)));
    }
    stage.order(&change(2, r#"{"to":"merge","into":1}"#));
    let (tally, _) = look(&stage, Audience::Public);
    assert_eq!(tally.list.len(), 1);
    // 12, 13, 14, and whoever asked the other.
    assert_eq!(tally.list[0].1, 4);
    assert_eq!(mine(&stage, 14).voted, [1]);
    assert_eq!(mine(&stage, 11).asked[0].merged_into, Some(1));
    // A vote for the merged one goes to the one that stays, and still counts once.
    accepted(stage.does(14, &id(), &vote(2)));
    assert_eq!(look(&stage, Audience::Public).0.list[0].1, 4);
    assert_eq!(
        stage.refused(&change(1, r#"{"to":"merge","into":1}"#)),
        Reason::UnknownQuestion
    );
    assert_eq!(
        stage.refused(&change(1, r#"{"to":"merge","into":2}"#)),
        Reason::UnknownQuestion
    );
}

#[test]
fn names_are_shown_unless_the_asker_wants_none() {
    let mut stage = open(r#","approval":false,"anonymous":true,"replies":true"#);
    let known = Known {
        named: true,
        ..account()
    };
    stage
        .room
        .private
        .keep(private::name(Pseudonym(10), &Label::parse("Ana").unwrap()));
    for (request, json) in [
        ("a", r#"{"type":"qna.ask","text":"By name?"}"#),
        (
            "b",
            r#"{"type":"qna.ask","text":"Without?","anonymous":true}"#,
        ),
    ] {
        accepted(stage.act_as(
            10,
            request,
            &id(),
            serde_json::from_str(json).unwrap(),
            known.clone(),
        ));
    }
    let (_, questions) = look(&stage, Audience::Public);
    let by = |id: u32| {
        questions
            .iter()
            .find(|question| question.id == id)
            .unwrap()
            .by
            .clone()
    };
    assert_eq!((by(1).as_deref(), by(2)), (Some("Ana"), None));
    // Not even the desk is told: anonymous means so.
    let (_, desk) = look(&stage, Audience::Desk);
    assert!(
        desk.iter()
            .all(|question| question.id != 2 || question.by.is_none())
    );
}

#[test]
fn replies_wait_like_questions_and_a_blocked_asker_is_silent() {
    let mut stage = open(r#","replies":true"#);
    accepted(stage.does(10, &id(), &ask("Oven?")));
    stage.order(&change(1, r#"{"to":"approve"}"#));
    accepted(stage.does(
        11,
        &id(),
        r#"{"type":"qna.reply","question":1,"text":"Mine is fine in it."}"#,
    ));
    let replies = |stage: &Stage, audience| look(stage, audience).1[0].replies.len();
    assert_eq!(
        (
            replies(&stage, Audience::Public),
            replies(&stage, Audience::Desk)
        ),
        (0, 1)
    );
    stage.order(&change(1, r#"{"to":"reply","place":0,"shown":true}"#));
    assert_eq!(replies(&stage, Audience::Public), 1);
    stage.order(r#"{"type":"qna.block","activity":"q","question":1,"blocked":true}"#);
    assert_eq!(
        reason(stage.does(10, &id(), &ask("Again?"))),
        Reason::NotAllowed
    );
    stage.order(r#"{"type":"qna.block","activity":"q","question":1,"blocked":false}"#);
    accepted(stage.does(10, &id(), &ask("Again?")));
}

#[test]
fn a_flag_reaches_the_desk_and_nobody_else() {
    let mut stage = open(r#","approval":false"#);
    accepted(stage.does(10, &id(), &ask("Bad words")));
    for _ in 0..2 {
        accepted(stage.does(
            11,
            &id(),
            r#"{"type":"flag","widget":"qna","why":"offensive","question":1}"#,
        ));
    }
    accepted(stage.does(
        11,
        &id(),
        r#"{"type":"flag","widget":"qna","why":"misleading"}"#,
    ));
    assert_eq!(look(&stage, Audience::Desk).1[0].flags, Some(1));
    assert_eq!(look(&stage, Audience::Public).1[0].flags, None);
    assert_eq!(stage.look(&id(), Audience::Desk).unwrap().flags, 1);
    assert_eq!(stage.look(&id(), Audience::Public).unwrap().flags, 0);
}
