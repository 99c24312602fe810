//! Words of viewers: those that were accepted are those that are shown, and those that were refused lie nowhere.

use crate::stage::{Stage, accepted, account, reason};
use liveroom_protocol::Reason;
use liveroom_protocol::id::ActivityId;
use liveroom_rules::private::Spare;
use liveroom_rules::record::Record;
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::view::{Audience, all_entries};

/// Acts under a given id.
fn again(stage: &mut Stage, who: u128, id: &str, activity: &ActivityId, json: &str) -> Verdict {
    stage.act_as(
        who,
        id,
        activity,
        serde_json::from_str(json).unwrap(),
        account(),
    )
}

fn questions() -> (Stage, ActivityId) {
    let mut stage = Stage::new();
    let id = stage.order(
        r#"{"type":"qna.open","activity":"q","title":"Ask","every_ms":0,"approval":false,"replies":true}"#,
    );
    (stage, id)
}

fn survey() -> (Stage, ActivityId) {
    let mut stage = Stage::new();
    let id = stage.order(
        r#"{"type":"poll.open","activity":"s","question":"Q","options":["a","b"],"comment":"What else?"}"#,
    );
    (stage, id)
}

/// All that the desk is told of an activity.
fn desk(stage: &Stage, id: &ActivityId) -> String {
    let activity = stage.room.activity(id).unwrap();
    let entries = all_entries(activity, &stage.room.private, Audience::Desk);
    format!("{entries:?} {:?}", stage.look(id, Audience::Desk))
}

/// Whether anything beside the log holds a text.
fn holds(stage: &Stage, text: &str) -> bool {
    format!("{:?}", stage.room.private).contains(text)
}

/// Deletes what a keeper of the log deletes, having folded it from the beginning.
fn sweep(stage: &mut Stage) {
    let mut room = Room::new(stage.room.id().clone());
    let mut spare = Spare::default();
    for record in &stage.log {
        let verdict = room.fold(record).unwrap();
        spare.note(&room, record, &verdict);
    }
    for place in spare.take(|_| false) {
        stage.room.private.remove(&place);
    }
}

#[test]
fn a_question_refused_as_asked_before_is_not_shown_by_asking_another_under_its_id() {
    let (mut stage, id) = questions();
    accepted(stage.does(10, &id, r#"{"type":"qna.ask","text":"Is it warm?"}"#));
    let refused = again(
        &mut stage,
        11,
        "x",
        &id,
        r#"{"type":"qna.ask","text":"IS it WARM"}"#,
    );
    assert_eq!(reason(refused), Reason::Duplicate);
    accepted(again(
        &mut stage,
        11,
        "x",
        &id,
        r#"{"type":"qna.ask","text":"Is it blue?"}"#,
    ));
    let seen = desk(&stage, &id);
    assert!(
        seen.contains("Is it blue?") && !seen.contains("IS it WARM"),
        "{seen}"
    );
    sweep(&mut stage);
    assert!(holds(&stage, "Is it blue?") && !holds(&stage, "IS it WARM"));
    // Told the same for ever, whatever was refused before.
    accepted(again(
        &mut stage,
        11,
        "x",
        &id,
        r#"{"type":"qna.ask","text":"Is it blue?"}"#,
    ));
    let other = again(
        &mut stage,
        11,
        "x",
        &id,
        r#"{"type":"qna.ask","text":"Is it red?"}"#,
    );
    assert_eq!(reason(other), Reason::IdReused);
}

#[test]
fn a_reply_shows_the_words_that_were_accepted() {
    let (mut stage, id) = questions();
    accepted(stage.does(10, &id, r#"{"type":"qna.ask","text":"Is it warm?"}"#));
    let reply = |question: u32, text: &str| {
        format!(r#"{{"type":"qna.reply","question":{question},"text":"{text}"}}"#)
    };
    let refused = again(&mut stage, 11, "x", &id, &reply(9, "Something rude"));
    assert_eq!(reason(refused), Reason::UnknownQuestion);
    accepted(again(&mut stage, 11, "x", &id, &reply(1, "Very warm")));
    let seen = desk(&stage, &id);
    assert!(
        seen.contains("Very warm") && !seen.contains("rude"),
        "{seen}"
    );
}

#[test]
fn a_comment_shows_the_words_that_were_accepted() {
    let (mut stage, id) = survey();
    let answer = |choice: &str, text: &str| {
        format!(r#"{{"type":"poll.answer","choices":["{choice}"],"comment":"{text}"}}"#)
    };
    let refused = again(&mut stage, 11, "x", &id, &answer("9", "Something rude"));
    assert_eq!(reason(refused), Reason::UnknownOption);
    accepted(again(&mut stage, 11, "x", &id, &answer("1", "Very nice")));
    let seen = desk(&stage, &id);
    assert!(
        seen.contains("Very nice") && !seen.contains("rude"),
        "{seen}"
    );
}

#[test]
fn right_answers_and_private_answers_are_those_of_the_order_that_was_accepted() {
    let (mut stage, id) = questions();
    accepted(stage.does(10, &id, r#"{"type":"qna.ask","text":"Is it warm?"}"#));
    let staff = liveroom_protocol::identity::Role::Streamer;
    let request = crate::stage::request;
    let quiz = |options: &str, right: u32| {
        format!(
            r#"{{"type":"poll.open","activity":"k","question":"Q","options":{options},"right":["{right}"]}}"#
        )
    };
    // Refused: its name is taken.
    let taken = quiz(r#"["a","b"]"#, 1).replace(r#""k""#, r#""q""#);
    let refused = stage.order_again(staff, request("o"), &taken);
    assert_eq!(reason(refused), Reason::Taken);
    accepted(stage.order_again(staff, request("o"), &quiz(r#"["a","b"]"#, 2)));
    stage.order(r#"{"type":"close","activity":"k"}"#);
    stage.order(r#"{"type":"reveal","activity":"k"}"#);
    let quiz = ActivityId::parse("k").unwrap();
    let right = stage.card(&quiz, Audience::Public).right.unwrap();
    assert_eq!(
        right.iter().map(|id| id.as_str()).collect::<Vec<_>>(),
        ["2"]
    );
    // Merged away, so that the answer to it is refused; the one to the question that stays is another.
    accepted(stage.does(11, &id, r#"{"type":"qna.ask","text":"Warm?"}"#));
    stage.order(
        r#"{"type":"qna.change","activity":"q","question":2,"change":{"to":"merge","into":1}}"#,
    );
    let answer = |question: u32, text: &str| {
        format!(
            r#"{{"type":"qna.change","activity":"q","question":{question},"change":{{"to":"answer","private":true,"text":"{text}"}}}}"#
        )
    };
    let refused = stage.order_again(staff, request("p"), &answer(2, "First"));
    assert_eq!(reason(refused), Reason::UnknownQuestion);
    accepted(stage.order_again(staff, request("p"), &answer(1, "Second")));
    let seen = desk(&stage, &id);
    assert!(seen.contains("Second") && !seen.contains("First"), "{seen}");
}

#[test]
fn words_that_were_accepted_stay_when_their_id_comes_again_with_other_content() {
    let (mut stage, id) = questions();
    let named = r#"{"type":"qna.ask","text":"Is it warm?"}"#;
    // Refused first, in other words and in the same ones.
    stage.order(r#"{"type":"pause","activity":"q"}"#);
    assert_eq!(
        reason(again(&mut stage, 11, "x", &id, named)),
        Reason::Paused
    );
    let early = stage.log.len();
    stage.order(r#"{"type":"resume","activity":"q"}"#);
    accepted(again(&mut stage, 11, "x", &id, named));
    // The same words, and something else besides: the place is the same.
    let other = r#"{"type":"qna.reply","question":1,"text":"Is it warm?"}"#;
    assert_eq!(
        reason(again(&mut stage, 11, "x", &id, other)),
        Reason::IdReused
    );
    let anonymous = r#"{"type":"qna.ask","text":"Is it warm?","anonymous":true}"#;
    assert_eq!(
        reason(again(&mut stage, 11, "x", &id, anonymous)),
        Reason::IdReused
    );
    sweep(&mut stage);
    assert!(desk(&stage, &id).contains("Is it warm?"));
    // A place that a later record names is left alone by whoever knows of it.
    let mut room = Room::new(stage.room.id().clone());
    let mut spare = Spare::default();
    let note = |room: &mut Room, spare: &mut Spare, records: &[Record]| {
        for record in records {
            let verdict = room.fold(record).unwrap();
            spare.note(room, record, &verdict);
        }
    };
    note(&mut room, &mut spare, &stage.log[..early]);
    assert!(spare.take(|_| true).is_empty(), "it may be on its way");
    note(&mut room, &mut spare, &stage.log[early..]);
    let left = spare.take(|_| false);
    let reply = left.iter().all(|place| place.starts_with("reply/"));
    assert!(reply, "it was accepted: {left:?}");
}

#[test]
fn forms_and_comments_that_were_refused_lie_nowhere() {
    let (mut stage, id) = survey();
    let refused = stage.does(
        11,
        &id,
        r#"{"type":"poll.answer","choices":["9"],"comment":"Rude"}"#,
    );
    assert_eq!(reason(refused), Reason::UnknownOption);
    let lottery = stage.order(
        r#"{"type":"lottery.open","activity":"l","title":"L","prizes":[{"name":"Mug"}],"level":"device","claim":{"kind":"form","fields":[{"label":"Street"}]}}"#,
    );
    let claim =
        r#"{"type":"lottery.claim","win":0,"form":[{"label":"Street","value":"Hill Road"}]}"#;
    assert_eq!(reason(stage.does(11, &lottery, claim)), Reason::NoWin);
    assert!(holds(&stage, "Rude") && holds(&stage, "Hill Road"));
    sweep(&mut stage);
    assert!(!holds(&stage, "Rude") && !holds(&stage, "Hill Road"));
}
