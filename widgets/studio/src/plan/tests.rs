//! Planning: what is moved, kept, brought in and opened by itself.

use super::*;
use crate::form::Form;
use liveroom_rules::record::{Entry, Founding, Record, What, Who};
use liveroom_rules::room::Room;
use serde_json::json;

fn at(ms: u64) -> Timestamp {
    Timestamp(ms)
}

fn poll(question: &str) -> Cue {
    let draft = json!({ "type": "poll.prepare", "question": question, "options": ["a", "b"] });
    Cue {
        draft: serde_json::from_value(draft).unwrap(),
        at_ms: None,
        lasts_ms: Some(Span(60_000)),
        auto: false,
    }
}

fn plan(questions: &[&str]) -> Plan {
    let mut plan = Plan::default();
    plan.add(questions.iter().map(|text| poll(text)).collect(), at(1_000))
        .unwrap();
    plan
}

fn titles(plan: &Plan) -> Vec<&str> {
    plan.run.cues.iter().map(Cue::title).collect()
}

fn names(plan: &Plan) -> Vec<String> {
    let cues = plan.run.cues.iter();
    cues.map(|cue| cue.name().unwrap().to_string()).collect()
}

/// A plan that the room has, at version 3.
fn kept(questions: &[&str]) -> Plan {
    let mut plan = plan(questions);
    let run = (*plan.run).clone();
    plan = Plan::default();
    assert_eq!(plan.ask(at(1_000)).unwrap().method, "GET");
    let text = serde_json::to_string(&Kept {
        version: 3,
        run: Some(run),
    })
    .unwrap();
    plan.answered(200, &text);
    plan
}

#[test]
fn what_is_planned_is_moved_duplicated_and_removed_under_names_of_its_own() {
    let mut plan = plan(&["one", "two", "three"]);
    plan.change(&Change::Move(0, 2), at(1_000));
    assert_eq!(titles(&plan), ["two", "three", "one"]);
    // The clock that a desk knows may stand still between two presses.
    plan.change(&Change::Duplicate(0), at(1_000));
    plan.change(&Change::Duplicate(0), at(1_000));
    assert_eq!(titles(&plan), ["two", "two", "two", "three", "one"]);
    let mut all = names(&plan);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 5);
    plan.step(1);
    plan.change(&Change::Move(1, 4), at(1_000));
    assert_eq!(plan.next, 4, "what came next still does");
    plan.change(&Change::Remove(4), at(1_000));
    assert!(!plan.change(&Change::Remove(4), at(1_000)));
    assert!(!plan.change(&Change::Move(0, 9), at(1_000)));
    assert!((*plan.run).clone().checked().is_ok());
}

#[test]
fn a_time_of_its_own_moves_what_comes_after() {
    let mut plan = plan(&["one", "two", "three"]);
    plan.change(&Change::At(1, Some(Span(300_000))), at(1_000));
    assert_eq!(plan.run.times(), [Span(0), Span(300_000), Span(360_000)]);
}

#[test]
fn what_opens_itself_does_so_once_at_its_time_and_never_late() {
    let mut plan = plan(&["one", "two"]);
    plan.change(&Change::Auto(1, true), at(1_000));
    let due = |plan: &mut Plan, ms| {
        plan.due(at(0), at(ms), &[])
            .map(|cue| cue.title().to_owned())
    };
    assert_eq!(due(&mut plan, 60_000), None, "off by default");
    plan.auto = true;
    assert_eq!(due(&mut plan, 59_999), None);
    assert_eq!(due(&mut plan, 60_500), Some("two".into()));
    assert_eq!(due(&mut plan, 61_000), None, "once");
    plan.change(&Change::Again, at(2_000));
    assert_eq!(
        due(&mut plan, 75_000),
        None,
        "a desk that comes back opens nothing that is past"
    );
}

#[test]
fn deals_and_draws_never_open_themselves() {
    let mut plan = Plan::default();
    plan.add(examples::cues(1), at(1_000)).unwrap();
    for place in 0..plan.run.cues.len() {
        plan.change(&Change::Auto(place, true), at(1_000));
    }
    let auto = plan.run.cues.iter().filter(|cue| cue.auto);
    assert!(auto.clone().count() > 0 && auto.clone().all(Cue::may_open_itself));
    let mut run = (*plan.run).clone();
    run.cues[1].auto = true;
    assert!(
        plan.import(&serde_json::to_string(&run).unwrap(), at(1))
            .unwrap_err()
            .contains("never opened by themselves")
    );
}

#[test]
fn what_is_brought_in_is_whole_or_refused_in_words() {
    let mut plan = plan(&["one"]);
    let text = plan.export();
    let before = names(&plan);
    assert_eq!(plan.import(&text, at(5_000)), Ok(None), "it asks first");
    assert_eq!(names(&plan), before);
    assert_eq!(plan.bring(at(5_000)), Some(1));
    assert_eq!(plan.bring(at(5_000)), None, "once");
    assert_eq!(Plan::default().import(&text, at(5_000)), Ok(Some(1)));
    assert_ne!(names(&plan), before, "it can be opened once more");
    for (text, says) in [
        ("{}", "no run of show"),
        ("[1]", "no run of show"),
        (r#"{"schema":9}"#, "form 9"),
        (
            r#"{"schema":1,"cues":[{"draft":{"type":"room.seal"}}]}"#,
            "prepares nothing",
        ),
        (
            r#"{"schema":1,"cues":[{"draft":{"type":"poll.prepare","question":""}}]}"#,
            "empty",
        ),
        (
            r#"{"schema":1,"cues":[{"draft":{"type":"qna.prepare","activity":"a","title":"x"}},{"draft":{"type":"qna.prepare","activity":"a","title":"y"}}]}"#,
            "the name of another",
        ),
        (
            r#"{"schema":1,"cues":[{"draft":{"type":"qna.prepare","title":"x"},"at_ms":86400001}]}"#,
            "longer than a day",
        ),
    ] {
        let why = plan.import(text, at(5_000)).unwrap_err();
        assert!(why.contains(says), "{text}: {why}");
        assert_eq!(plan.offered, None);
    }
    assert!(plan.import(&" ".repeat(RUN_BYTES + 1), at(1)).is_err());
    assert_eq!(titles(&plan), ["one"]);
}

#[test]
fn a_change_is_told_once_and_in_its_turn() {
    let mut plan = kept(&["one"]);
    assert_eq!(plan.ask(at(2_000)), None);
    plan.change(&Change::Duplicate(0), at(2_000));
    let put = plan.ask(at(2_000)).unwrap();
    assert_eq!((put.method, put.version), ("PUT", 3));
    plan.change(&Change::Remove(0), at(2_500));
    assert_eq!(plan.ask(at(2_500)), None, "one at a time");
    plan.answered(200, r#"{"version":4}"#);
    let put = plan.ask(at(2_500)).unwrap();
    assert_eq!((put.method, put.version), ("PUT", 4));
    plan.answered(503, r#"{"refusal":{"reason":"unavailable"}}"#);
    assert!(matches!(plan.standing, Standing::Failed(_)));
    assert_eq!(
        plan.ask(at(40_000)).unwrap().method,
        "PUT",
        "it is tried again"
    );
}

#[test]
fn a_desk_that_was_too_late_sees_it_and_chooses() {
    let mut plan = kept(&["mine"]);
    plan.change(&Change::Duplicate(0), at(2_000));
    plan.ask(at(2_000)).unwrap();
    plan.answered(412, r#"{"refusal":{"reason":"taken"},"version":7}"#);
    assert_eq!(plan.standing, Standing::Other);
    assert_eq!(
        plan.ask(at(60_000)),
        None,
        "nothing is told before it is chosen"
    );
    let mut theirs = plan.clone();
    theirs.settle(true);
    let get = theirs.ask(at(60_000)).unwrap();
    assert!(get.method == "GET" && get.version != 7);
    plan.settle(false);
    let put = plan.ask(at(60_000)).unwrap();
    assert_eq!((put.method, put.version), ("PUT", 7));
}

#[test]
fn what_was_kept_although_its_answer_was_lost_is_no_other_desks() {
    let mut plan = kept(&["mine"]);
    plan.change(&Change::Duplicate(0), at(2_000));
    let lost = plan.ask(at(2_000)).unwrap().body;
    plan.answered(0, "");
    assert_eq!(plan.ask(at(40_000)).unwrap().method, "PUT");
    plan.answered(412, r#"{"refusal":{"reason":"taken"},"version":4}"#);
    let mut other = plan.clone();
    assert_eq!(plan.ask(at(40_000)).unwrap().method, "GET");
    plan.answered(200, &format!(r#"{{"version":4,"run":{lost}}}"#));
    assert_eq!(plan.standing, Standing::Saved);
    assert_eq!(plan.ask(at(40_001)), None, "the room has all of it");
    other.ask(at(40_000)).unwrap();
    other.answered(200, r#"{"version":4,"run":{"schema":1}}"#);
    assert_eq!(other.standing, Standing::Other, "it is another desk's");
    assert_eq!(titles(&other), ["mine", "mine"]);
}

#[test]
fn what_is_changed_in_the_composer_comes_back_in_its_place() {
    let mut plan = plan(&["one", "two"]);
    let name = plan.run.cues[0].name().cloned();
    let form = Form::default().of_draft(&plan.run.cues[0].draft).unwrap();
    assert_eq!(form.question, "one");
    plan.editing.clone_from(&name);
    let other = Form {
        question: "uno".into(),
        ..form
    };
    plan.take(other.command(false).unwrap(), at(9_000)).unwrap();
    assert_eq!(titles(&plan), ["uno", "two"]);
    assert_eq!(plan.run.cues[0].name().cloned(), name);
}

#[test]
fn what_opens_at_a_time_of_its_own_is_not_planned() {
    let mut plan = plan(&["one"]);
    let draft = json!({ "type": "qna.prepare", "title": "Ask", "opens_in_ms": 5_000 });
    let why = plan
        .take(serde_json::from_value(draft).unwrap(), at(2_000))
        .unwrap_err();
    assert!(why.contains("opens by itself"), "{why}");
    assert_eq!(titles(&plan), ["one"]);
}

#[test]
fn every_draft_that_fields_can_say_comes_back_the_same() {
    for place in 0..examples::names().len() {
        for cue in examples::cues(place) {
            let Some(form) = Form::default().of_draft(&cue.draft) else {
                assert_eq!(cue.title(), "How was the show?", "a survey alone has none");
                continue;
            };
            let mut again = Cue {
                draft: form.command(false).unwrap(),
                ..cue.clone()
            };
            again.rename(cue.name().cloned());
            assert_eq!(again, cue);
        }
    }
}

#[test]
fn the_room_takes_every_example() {
    let id = liveroom_protocol::id::RoomId::parse("demo").unwrap();
    let mut room = Room::new(id.clone());
    let entry = Entry {
        who: Who::Room,
        id: liveroom_protocol::id::RequestId::parse("found").unwrap(),
        what: What::Found(Founding {
            rules: liveroom_rules::RULES,
            epoch: liveroom_protocol::id::Epoch::parse("e").unwrap(),
            room: id,
        }),
    };
    room.fold(&Record {
        position: 1,
        at: at(1),
        entry,
    })
    .unwrap();
    for place in 0..examples::names().len() {
        let mut plan = Plan::default();
        plan.add(examples::cues(place), at(1_000)).unwrap();
        assert!(plan.run.cues.len() >= 3);
        let role = liveroom_protocol::identity::Role::Streamer;
        assert_eq!(room.rehearse(role, &plan.run).refused, []);
    }
}
