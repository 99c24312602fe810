//! What comes next, over reloads, and with what was put away.

use super::*;
use crate::board::Board;
use crate::plan::{Change, Plan};
use serde_json::json;

fn plan(questions: &[&str]) -> Plan {
    let mut plan = Plan::default();
    let cue = |question: &&str| -> Cue {
        let draft = json!({ "type": "poll.prepare", "question": question, "options": ["a", "b"] });
        serde_json::from_value(json!({ "draft": draft, "lasts_ms": 60_000 })).unwrap()
    };
    plan.add(questions.iter().map(cue).collect(), Timestamp(1_000))
        .unwrap();
    plan
}

fn name(plan: &Plan, place: usize) -> ActivityId {
    plan.run.cues[place].name().cloned().unwrap()
}

fn epoch(name: &str) -> Epoch {
    Epoch::parse(name).unwrap()
}

/// The activities of cues, each opened at a moment, by their places.
fn open(plan: &Plan, opened: &[(usize, u64)]) -> Vec<Activity> {
    let mut board = Board::default();
    for (place, at) in opened {
        let card = json!({ "widget": "poll", "question": "?", "opened_at": at, "options": [{ "id": "1" }, { "id": "2" }] });
        let tally = json!({ "widget": "poll", "phase": "open", "voters": 0 });
        let item = json!({ "activity": name(plan, *place), "run": 1, "rev": 1, "card": card, "tally": tally });
        let news = json!({ "type": "news", "epoch": "e", "news": [item] });
        board.hear(serde_json::from_value(news).unwrap());
    }
    let known = board.activities();
    assert_eq!(known.len(), opened.len());
    known
}

/// The desk that comes after one, with the run as the room has it then.
fn after(plan: &Plan, run: &Plan) -> Plan {
    let went = serde_json::to_string(&plan.went()).unwrap();
    let mut next = Plan::default();
    next.go_on(
        serde_json::from_str::<Option<Went>>(&went)
            .unwrap()
            .unwrap(),
    );
    next.show((*run.run).clone());
    next.turn_to(Some(&epoch("e")));
    next
}

#[test]
fn a_reload_finds_what_comes_next_also_where_all_before_it_was_put_away_or_skipped() {
    let mut plan = plan(&["one", "two", "three", "four"]);
    plan.turn_to(Some(&epoch("e")));
    assert_eq!(plan.went(), None, "nothing is done yet");
    plan.pass(&open(&plan, &[(0, 10)]));
    plan.step(1);
    plan.done(&name(&plan, 2));
    assert_eq!(plan.next, 3);
    let mut later = after(&plan, &plan);
    // Nothing of it is in the room's view any more.
    later.pass(&[]);
    assert_eq!(later.next, 3);
    let opened: Vec<bool> = (0..4)
        .map(|place| later.was_opened(&name(&plan, place)))
        .collect();
    assert_eq!(opened, [true, false, true, false]);
    // Another desk moved it meanwhile.
    let mut moved = plan.clone();
    moved.change(&Change::Move(3, 0), Timestamp(1_000));
    assert_eq!(after(&plan, &moved).next, 0);
    assert_eq!(after(&later, &plan).next, 3, "also a second time");
}

#[test]
fn in_another_log_nothing_of_it_was_opened() {
    let mut plan = plan(&["one", "two"]);
    plan.turn_to(Some(&epoch("e")));
    plan.done(&name(&plan, 0));
    plan.turn_to(None);
    assert_eq!(
        plan.next, 1,
        "a desk that was not greeted yet knows no other"
    );
    let mut later = after(&plan, &plan);
    later.turn_to(Some(&epoch("f")));
    assert_eq!((later.next, later.was_opened(&name(&plan, 0))), (0, false));
}

#[test]
fn a_desk_that_has_just_come_goes_to_what_follows_on_what_was_opened_last() {
    let mut plan = plan(&["one", "two", "three", "four"]);
    plan.turn_to(Some(&epoch("e")));
    // The first was put away, the second is open, the last was opened out of its turn and before that.
    let known = open(&plan, &[(1, 20), (3, 10)]);
    plan.pass(&known);
    assert_eq!(plan.next, 2);
    plan.step(-1);
    plan.pass(&known);
    assert_eq!(plan.next, 1, "whoever goes back to something stays there");
}

#[test]
fn what_was_opened_and_put_away_does_not_open_itself_once_more() {
    let mut plan = plan(&["one"]);
    plan.change(&Change::Auto(0, true), Timestamp(1_000));
    plan.auto = true;
    plan.done(&name(&plan, 0));
    assert_eq!(plan.due(Timestamp(0), Timestamp(500), &[]), None);
    plan.change(&Change::Again, Timestamp(2_000));
    assert!(plan.due(Timestamp(0), Timestamp(500), &[]).is_some());
}
