//! What a tab left unsaved is told to the room by the next one, and never over another desk's.

use super::*;
use crate::plan::{Change, examples};

fn at(ms: u64) -> Timestamp {
    Timestamp(ms)
}

/// A plan with something that the room, which has version 3, is being told of.
fn leaving() -> Plan {
    let mut plan = Plan::default();
    plan.ask(at(1_000));
    plan.answered(200, r#"{"version":3,"run":{"schema":1}}"#);
    assert_eq!(plan.unsaved(), None, "the room has all of it");
    plan.add(examples::cues(0), at(1_000)).unwrap();
    assert!(plan.unsaved().is_some(), "before it is told");
    let put = plan.ask(at(1_000)).unwrap();
    assert_eq!((put.method, put.version), ("PUT", 3));
    plan
}

/// The plan of the tab that comes after it, through what lies in the storage.
fn comes_after(left: &Plan) -> Plan {
    let text = serde_json::to_string(&left.unsaved().map(Unsaved::new)).unwrap();
    let mut plan = Plan::left(serde_json::from_str(&text).unwrap());
    assert_eq!(plan.run, left.run);
    assert_eq!(plan.ask(at(50_000)).unwrap().method, "GET");
    plan
}

#[test]
fn what_was_never_told_is_told() {
    let left = leaving();
    for (status, answer) in [(304, ""), (200, r#"{"version":3,"run":{"schema":1}}"#)] {
        let mut plan = comes_after(&left);
        plan.answered(status, answer);
        let put = plan.ask(at(50_000)).unwrap();
        assert_eq!((put.method, put.version), ("PUT", 3), "{status}");
        plan.answered(200, r#"{"version":4}"#);
        assert_eq!((plan.unsaved(), &plan.standing), (None, &Standing::Saved));
    }
}

#[test]
fn what_was_told_without_an_answer_is_no_other_desks() {
    let left = leaving();
    let mut plan = comes_after(&left);
    let run = serde_json::to_string(&*left.run).unwrap();
    plan.answered(200, &format!(r#"{{"version":4,"run":{run}}}"#));
    assert_eq!(plan.unsaved(), None);
    assert_eq!(plan.ask(at(50_001)), None, "the room has all of it");
}

#[test]
fn what_another_desk_has_changed_is_never_told_over_it() {
    let mut plan = comes_after(&leaving());
    plan.answered(200, r#"{"version":4,"run":{"schema":1}}"#);
    assert_eq!(plan.standing, Standing::Other);
    assert_eq!(plan.ask(at(90_000)), None, "it waits for an answer");
    // Nor after one more reload, before that answer.
    let mut again = comes_after(&plan);
    again.answered(200, r#"{"version":4,"run":{"schema":1}}"#);
    assert_eq!(again.standing, Standing::Other);
    again.settle(false);
    assert_eq!(again.ask(at(90_000)).unwrap().version, 4);
}

#[test]
fn what_is_no_run_is_not_taken_up() {
    let mut left = leaving();
    let (version, run) = left.unsaved().unwrap();
    let mut run = Rc::unwrap_or_clone(run);
    run.schema += 1;
    assert_eq!(Plan::left(Some(Unsaved { version, run })), Plan::default());
    left.change(&Change::Clear, at(2_000));
    assert_eq!(Plan::left(None), Plan::default());
}
