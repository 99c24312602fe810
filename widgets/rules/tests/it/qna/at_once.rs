//! Two at the desk who do something to one question at once: neither undoes what the other did without having seen it.

use super::{ask, change, id, look, open};
use crate::stage::{Stage, accepted};
use liveroom_protocol::qna::Question;
use liveroom_protocol::{Reason, qna};
use liveroom_rules::view::Audience;

const FIRST: &str = r#"{"to":"answer","text":"It is wool."}"#;

fn seen(stage: &Stage, audience: Audience) -> Question {
    look(stage, audience).1.remove(0)
}

fn said(stage: &Stage) -> String {
    seen(stage, Audience::Public)
        .answer
        .map_or_else(String::new, |answer: qna::Answer| answer.text)
}

fn asked() -> Stage {
    let mut stage = open(r#","approval":false,"tags":["size","care"]"#);
    accepted(stage.does(10, &id(), &ask("What is it made of?")));
    stage
}

fn again(text: &str, replaces: u64) -> String {
    change(
        1,
        &format!(r#"{{"to":"answer","text":"{text}","replaces":{replaces}}}"#),
    )
}

#[test]
fn an_answer_takes_the_place_of_no_other_one_than_it_names() {
    let mut stage = asked();
    assert_eq!(
        stage.refused(&again("It is silk.", 3)),
        Reason::Taken,
        "there is none yet"
    );
    stage.order(&change(1, FIRST));
    assert_eq!(
        stage.refused(&change(1, FIRST)),
        Reason::Taken,
        "who has not seen it"
    );
    let first = seen(&stage, Audience::Desk)
        .answer_rev
        .expect("it is answered");
    assert_eq!(
        seen(&stage, Audience::Public).answer_rev,
        None,
        "only the desk needs it"
    );
    // What else happens to the question is no other answer.
    stage.order(&change(1, r#"{"to":"pin","pinned":true}"#));
    stage.order(&again("It is merino wool.", first));
    assert_eq!(
        stage.refused(&again("It is lambswool.", first)),
        Reason::Taken
    );
    assert_eq!(said(&stage), "It is merino wool.");
}

#[test]
fn a_private_answer_is_named_and_replaced_the_same() {
    let mut stage = asked();
    stage.order(&change(
        1,
        r#"{"to":"answer","text":"For you.","private":true}"#,
    ));
    assert_eq!(stage.refused(&change(1, FIRST)), Reason::Taken);
    let rev = seen(&stage, Audience::Desk)
        .answer_rev
        .expect("it is answered");
    stage.order(&again("For all.", rev));
    assert_eq!(said(&stage), "For all.");
}

#[test]
fn who_adds_a_tag_or_takes_one_away_undoes_nobody_elses() {
    let mut stage = asked();
    let tag = |to: &str, tag: &str| change(1, &format!(r#"{{"to":"{to}","tag":"{tag}"}}"#));
    let tags = |stage: &Stage| {
        let tags = seen(stage, Audience::Desk).tags;
        tags.into_iter().map(String::from).collect::<Vec<_>>()
    };
    stage.order(&tag("add_tag", "size"));
    stage.order(&tag("add_tag", "care"));
    stage.order(&tag("add_tag", "care"));
    assert_eq!(tags(&stage), ["size", "care"]);
    stage.order(&tag("remove_tag", "size"));
    stage.order(&tag("remove_tag", "size"));
    assert_eq!(tags(&stage), ["care"]);
    for number in 0..7 {
        stage.order(&tag("add_tag", &format!("t{number}")));
    }
    assert_eq!(stage.refused(&tag("add_tag", "ninth")), Reason::Malformed);
    stage.order(&tag("add_tag", "care"));
}

#[test]
fn a_room_of_earlier_rules_lets_the_last_answer_stand() {
    let mut stage = Stage::under(2);
    stage.order(r#"{"type":"qna.open","activity":"q","title":"Ask us","approval":false}"#);
    accepted(stage.does(10, &id(), &ask("What is it made of?")));
    stage.order(&change(1, FIRST));
    stage.order(&change(1, r#"{"to":"answer","text":"It is silk."}"#));
    assert_eq!(said(&stage), "It is silk.");
}
