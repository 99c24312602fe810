//! Two people: what one composes, another approves before it opens.

use super::*;

const OTHER: Pseudonym = Pseudonym(2);
const APPROVE: &str = r#"{"type":"approve","activity":"a"}"#;
const OPEN: &str = r#"{"type":"open","activity":"a"}"#;

fn two() -> Stage {
    let mut stage = Stage::new();
    set(&mut stage, r#"{"approval":true}"#);
    stage
}

fn by(stage: &mut Stage, role: Role, who: Pseudonym, command: &str) -> Verdict {
    let id = stage.fresh();
    stage.order_by(role, who, id, command)
}

#[test]
fn nothing_opens_that_one_person_alone_has_seen() {
    let mut stage = two();
    for command in [
        poll("poll.open", "a", "{}"),
        draw("lottery.open", "a", "{}"),
        qna("qna.open", "a", "{}"),
        deal("deal.open", "a", "{}"),
    ] {
        assert_eq!(stage.refused(&command), Reason::NeedsApproval);
    }
    assert!(stage.room.activities().is_empty());
    stage.order(&deal("deal.prepare", "a", "{}"));
    assert_eq!(stage.refused(OPEN), Reason::NeedsApproval);
    let own = refusal(stage.order_as(Role::Streamer, APPROVE));
    assert_eq!(own.reason, Reason::NotAllowed, "not by its composer");
    // The same person in another role is the same person.
    assert_eq!(
        refusal(stage.order_as(Role::Owner, APPROVE)).reason,
        Reason::NotAllowed
    );
    assert!(checked(&stage, &[OPEN])[0].needs_approval);
    accepted(by(&mut stage, Role::Operator, OTHER, APPROVE));
    assert!(ruled(&stage, "a").approved);
    assert!(!checked(&stage, &[OPEN])[0].needs_approval);
    // Either of them may open it.
    stage.order(OPEN);
    assert_eq!(phase(&stage, "a"), Phase::Open);
}

#[test]
fn who_may_open_may_approve_and_nobody_else() {
    for role in Role::ALL {
        let mut stage = two();
        stage.order(&poll("poll.prepare", "a", "{}"));
        let verdict = by(&mut stage, role, OTHER, APPROVE);
        let may = matches!(role, Role::Owner | Role::Streamer | Role::Operator);
        assert_eq!(matches!(verdict, Verdict::Accepted { .. }), may, "{role:?}");
    }
}

#[test]
fn what_was_approved_may_open_again_as_it_is() {
    let mut stage = two();
    stage.order(&deal("deal.prepare", "a", "{}"));
    accepted(by(&mut stage, Role::Operator, OTHER, APPROVE));
    for command in [
        OPEN,
        r#"{"type":"close","activity":"a"}"#,
        r#"{"type":"reopen","activity":"a"}"#,
        r#"{"type":"reset","activity":"a"}"#,
    ] {
        stage.order(command);
    }
}

#[test]
fn what_is_to_open_by_itself_waits_for_the_approval() {
    let mut stage = two();
    stage.order(&deal("deal.prepare", "a", r#"{"opens_in_ms":5000}"#));
    stage.order(&deal("deal.prepare", "b", r#"{"opens_in_ms":5000}"#));
    accepted(by(
        &mut stage,
        Role::Owner,
        OTHER,
        r#"{"type":"approve","activity":"b"}"#,
    ));
    stage.now += 5_000;
    stage.tick();
    assert_eq!(
        (phase(&stage, "a"), phase(&stage, "b")),
        (Phase::Ready, Phase::Open)
    );
    assert!(
        ruled(&stage, "a")
            .held
            .is_some_and(|why| why.contains("approves"))
    );
}

#[test]
fn without_the_owners_wish_one_person_is_enough() {
    let mut stage = two();
    stage.order(&poll("poll.prepare", "a", "{}"));
    set(&mut stage, r#"{"approval":false}"#);
    stage.order(OPEN);
    assert_eq!(ruled(&stage, "a"), Ruled::default());
}

#[test]
fn what_nobody_approved_is_not_announced_either() {
    let mut stage = two();
    stage.order(&deal("deal.prepare", "a", r#"{"announce":true}"#));
    let shown = |stage: &Stage| stage.look(&id("a"), Audience::Public).is_some();
    assert!(!shown(&stage));
    accepted(by(&mut stage, Role::Operator, OTHER, APPROVE));
    assert!(shown(&stage));
    assert_eq!(phase(&stage, "a"), Phase::Ready);
}

#[test]
fn words_that_were_corrected_are_approved_by_another_than_who_corrected_them() {
    let mut stage = two();
    stage.order(&poll("poll.prepare", "a", "{}"));
    accepted(by(&mut stage, Role::Operator, OTHER, APPROVE));
    let correct = r#"{"type":"correct","activity":"a","title":"Which, please?"}"#;
    accepted(by(&mut stage, Role::Operator, OTHER, correct));
    assert!(!ruled(&stage, "a").approved);
    assert_eq!(stage.refused(OPEN), Reason::NeedsApproval);
    let own = refusal(by(&mut stage, Role::Operator, OTHER, APPROVE));
    assert_eq!(own.reason, Reason::NotAllowed);
    // Whoever composed it first sees it anew.
    stage.order(APPROVE);
    stage.order(OPEN);
}
