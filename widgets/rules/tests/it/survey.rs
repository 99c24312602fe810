//! Surveys: several questions in one activity, and words for the desk alone.

use crate::stage::{Stage, accepted, reason};
use liveroom_protocol::Reason;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::news::Entry;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::Audience;

fn open(more: &str) -> (Stage, ActivityId) {
    let mut stage = Stage::new();
    let id = stage.order(&format!(
        r#"{{"type":"poll.open","activity":"s","question":"How was it?","scale":{{"min":1,"max":5}},"parts":[{{"question":"Which part?","options":["Cooking","Talk"],"max_choices":2}},{{"question":"Again?","options":["Yes","No"]}}],"comment":"What else?"{more}}}"#
    ));
    (stage, id)
}

fn comments(stage: &Stage, id: &ActivityId, audience: Audience) -> Vec<Option<String>> {
    let view = stage.look(id, audience).expect("it is shown");
    let texts = view.entries.into_iter().map(|entry| match entry {
        Entry::Poll(comment) => comment.text,
        other => panic!("{other:?}"),
    });
    texts.collect()
}

const FULL: &str = r#"{"type":"poll.answer","choices":["5"],"parts":[["1","2"],["1"]],"comment":"More fish, please"}"#;

#[test]
fn every_question_is_counted_and_what_is_left_out_is_not() {
    let (mut stage, id) = open("");
    accepted(stage.does(10, &id, FULL));
    accepted(stage.does(
        11,
        &id,
        r#"{"type":"poll.answer","choices":["4"],"parts":[["2"]]}"#,
    ));
    let tally = stage.tally(&id, Audience::Public);
    assert_eq!((tally.voters, tally.votes), (2, Some(vec![0, 0, 0, 1, 1])));
    assert_eq!(tally.parts, [[1, 2], [1, 0]]);
    assert_eq!(stage.card(&id, Audience::Public).parts.len(), 2);
    // Changed, counted once.
    accepted(stage.does(
        10,
        &id,
        r#"{"type":"poll.answer","choices":["4"],"parts":[["1"],["2"]]}"#,
    ));
    let tally = stage.tally(&id, Audience::Public);
    assert_eq!(
        (tally.votes, tally.parts),
        (Some(vec![0, 0, 0, 2, 0]), vec![vec![1, 1], vec![0, 1]])
    );
    let mine = stage.mine(10, &id);
    assert_eq!(mine.parts.len(), 2);
    assert!(mine.commented);
    accepted(stage.does(10, &id, r#"{"type":"poll.withdraw"}"#));
    assert_eq!(stage.tally(&id, Audience::Public).parts, [[0, 1], [0, 0]]);
}

#[test]
fn words_reach_the_desk_alone_and_leave_with_their_author() {
    let (mut stage, id) = open("");
    accepted(stage.does(10, &id, FULL));
    assert_eq!(
        comments(&stage, &id, Audience::Desk),
        [Some("More fish, please".to_owned())]
    );
    for audience in [Audience::Public, Audience::Acted] {
        assert!(comments(&stage, &id, audience).is_empty());
    }
    assert!(!format!("{:?}", stage.log).contains("fish"));
    stage.room.private.erase(Pseudonym(10), |_| false);
    assert_eq!(comments(&stage, &id, Audience::Desk), [None]);
    // Others take their place.
    accepted(stage.does(
        10,
        &id,
        r#"{"type":"poll.answer","choices":["5"],"comment":"Less"}"#,
    ));
    assert_eq!(
        comments(&stage, &id, Audience::Desk),
        [Some("Less".to_owned())]
    );
}

#[test]
fn answers_that_do_not_fit_change_nothing() {
    let (mut stage, id) = open("");
    for (answers, why) in [
        (r#""choices":[]"#, Reason::NoChoice),
        (r#""choices":["5"],"parts":[["3"]]"#, Reason::UnknownOption),
        (
            r#""choices":["5"],"parts":[[],["1","2"]]"#,
            Reason::TooManyChoices,
        ),
        (r#""choices":["5"],"parts":[[],[],[]]"#, Reason::Malformed),
    ] {
        let json = format!(r#"{{"type":"poll.answer",{answers}}}"#);
        assert_eq!(reason(stage.does(10, &id, &json)), why, "{answers}");
        assert_eq!(stage.tally(&id, Audience::Desk).voters, 0);
    }
    let (mut stage, id) = open(r#","can_change":false"#);
    accepted(stage.does(10, &id, FULL));
    let other = r#"{"type":"poll.answer","choices":["5"],"parts":[["1"],["1"]]}"#;
    assert_eq!(reason(stage.does(10, &id, other)), Reason::AlreadyVoted);
}

#[test]
fn a_quiz_is_no_survey() {
    let mut stage = Stage::new();
    let order = r#"{"type":"poll.open","question":"?","options":["a","b"],"right":["1"],"parts":[{"question":"?","options":["a","b"]}]}"#;
    assert_eq!(stage.refused(order), Reason::Malformed);
}
