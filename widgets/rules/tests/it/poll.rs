//! What a poll does, row by row.

use crate::stage::{Stage, accepted, reason, vote};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Label, Level, Role, Standing};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Action, Reason};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view;
use liveroom_rules::view::Audience::{Acted, Desk, Public};

const COLOURS: &str = r#""question":"Which colour next?","options":["Red","Blue"]"#;

fn open(stage: &mut Stage, more: &str) -> liveroom_protocol::id::ActivityId {
    stage.order(&format!(r#"{{"type":"poll.open",{COLOURS}{more}}}"#))
}

#[test]
fn a_viewer_votes_once_whatever_is_repeated() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, "");
    let first = accepted(stage.act(5, "a", &poll, vote(&["1"])));
    assert_eq!(accepted(stage.act(5, "b", &poll, vote(&["2"]))), first + 1);
    // The first one's answer was lost, and it comes again: it must not undo the second.
    assert_eq!(accepted(stage.act(5, "a", &poll, vote(&["1"]))), first);
    assert_eq!(stage.choices(5, &poll), ["2"]);
    assert_eq!(stage.tally(&poll, Public).votes, Some(vec![0, 1]));
    assert_eq!(stage.tally(&poll, Public).voters, 1);
    assert_eq!(
        reason(stage.act(5, "a", &poll, vote(&["2"]))),
        Reason::IdReused
    );
}

#[test]
fn a_vote_is_changed_and_withdrawn_only_where_the_card_allows_it() {
    let mut stage = Stage::new();
    let free = open(&mut stage, "");
    accepted(stage.vote(5, &free, &["1"]));
    accepted(stage.act(5, "w", &free, Action::PollWithdraw));
    assert_eq!(stage.tally(&free, Public).votes, Some(vec![0, 0]));
    assert_eq!(
        reason(stage.act(5, "w2", &free, Action::PollWithdraw)),
        Reason::NoVote
    );
    let firm = open(&mut stage, r#","can_change":false"#);
    accepted(stage.vote(5, &firm, &["1"]));
    assert_eq!(reason(stage.vote(5, &firm, &["2"])), Reason::AlreadyVoted);
    accepted(stage.vote(5, &firm, &["1"]));
    assert_eq!(
        reason(stage.act(5, "w3", &firm, Action::PollWithdraw)),
        Reason::AlreadyVoted
    );
}

#[test]
fn choices_are_counted_up_to_the_maximum_and_never_twice() {
    let mut stage = Stage::new();
    let poll = stage
        .order(r#"{"type":"poll.open","question":"?","options":["a","b","c"],"max_choices":2}"#);
    accepted(stage.vote(1, &poll, &["1", "3", "1"]));
    assert_eq!(stage.tally(&poll, Public).votes, Some(vec![1, 0, 1]));
    assert_eq!(
        reason(stage.vote(2, &poll, &["1", "2", "3"])),
        Reason::TooManyChoices
    );
    assert_eq!(reason(stage.vote(2, &poll, &[])), Reason::NoChoice);
    assert_eq!(reason(stage.vote(2, &poll, &["4"])), Reason::UnknownOption);
    let any = stage
        .order(r#"{"type":"poll.open","question":"?","options":["a","b","c"],"max_choices":0}"#);
    accepted(stage.vote(2, &any, &["1", "2", "3"]));
}

#[test]
fn where_any_number_may_be_chosen_none_of_them_is_a_vote() {
    let mut stage = Stage::new();
    let any = stage.order(
        r#"{"type":"poll.open","question":"?","options":["a","b"],"max_choices":0,"results":"after_voting"}"#,
    );
    let numbers = |stage: &Stage| {
        let tally = stage.tally(&any, Desk);
        (tally.voters, tally.votes.unwrap())
    };
    let acted = |stage: &Stage, who| view::acted(&stage.room.activities()[0], Pseudonym(who));
    let first = accepted(stage.act(1, "none", &any, vote(&[])));
    assert_eq!(numbers(&stage), (1, vec![0, 0]));
    assert_eq!(stage.look(&any, Desk).unwrap().tally_rev, first);
    assert!(stage.mine(1, &any).voted && stage.choices(1, &any).is_empty());
    assert!(acted(&stage, 1) && !acted(&stage, 2) && !stage.mine(2, &any).voted);
    accepted(stage.vote(1, &any, &["1", "2"]));
    accepted(stage.vote(1, &any, &[]));
    assert_eq!(numbers(&stage), (1, vec![0, 0]));
    accepted(stage.act(1, "back", &any, Action::PollWithdraw));
    assert_eq!(numbers(&stage), (0, vec![0, 0]));
    assert!(!acted(&stage, 1) && !stage.mine(1, &any).voted);
}

#[test]
fn a_scale_makes_its_own_options() {
    let mut stage = Stage::new();
    let poll =
        stage.order(r#"{"type":"poll.open","question":"How was it?","scale":{"min":0,"max":10}}"#);
    accepted(stage.vote(1, &poll, &["10"]));
    let votes = stage.tally(&poll, Public).votes.unwrap();
    assert_eq!((votes.len(), votes[10]), (11, 1));
}

#[test]
fn results_are_shown_when_the_card_says_and_no_form_holds_more() {
    let hidden = |stage: &Stage, poll: &ActivityId| {
        (
            stage.tally(poll, Public).votes.is_none(),
            stage.tally(poll, Acted).votes.is_none(),
        )
    };
    // (results, while open, after closing, after the reveal): hidden from everybody, hidden from those who voted
    let cases = [
        ("always", (false, false), (false, false)),
        ("after_voting", (true, false), (false, false)),
        ("after_closing", (true, true), (false, false)),
        ("on_reveal", (true, true), (true, true)),
    ];
    for (results, open_hidden, closed_hidden) in cases {
        let mut stage = Stage::new();
        let poll = open(&mut stage, &format!(r#","results":"{results}""#));
        accepted(stage.vote(1, &poll, &["1"]));
        assert_eq!(hidden(&stage, &poll), open_hidden, "{results}, open");
        assert_eq!(
            stage.tally(&poll, Desk).votes,
            Some(vec![1, 0]),
            "{results}, desk"
        );
        stage.order(&format!(r#"{{"type":"close","activity":"{poll}"}}"#));
        assert_eq!(hidden(&stage, &poll), closed_hidden, "{results}, closed");
        stage.order(&format!(r#"{{"type":"reveal","activity":"{poll}"}}"#));
        assert_eq!(hidden(&stage, &poll), (false, false), "{results}, revealed");
    }
}

#[test]
fn a_poll_closes_by_itself_at_its_deadline_and_not_before() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, r#","closes_in_ms":1000"#);
    assert_eq!(stage.room.next_due().unwrap().0, 2_000);
    stage.now = 1_999;
    accepted(stage.vote(1, &poll, &["1"]));
    stage.now = 2_000;
    assert_eq!(reason(stage.vote(2, &poll, &["1"])), Reason::Closed);
    assert_eq!(stage.tally(&poll, Public).phase, Phase::Closed);
    assert_eq!(stage.room.next_due(), None);
}

#[test]
fn a_tick_closes_what_is_due_and_a_second_changes_nothing() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, r#","closes_in_ms":1000"#);
    stage.now = 5_000;
    stage.tick();
    let rev = stage.look(&poll, Public).unwrap().tally_rev;
    stage.tick();
    assert_eq!(stage.look(&poll, Public).unwrap().tally_rev, rev);
}

#[test]
fn late_pictures_have_their_grace_and_results_wait_for_it() {
    let mut stage = Stage::new();
    let poll = open(
        &mut stage,
        r#","closes_in_ms":1000,"grace_ms":5000,"results":"after_closing""#,
    );
    stage.now = 6_999;
    accepted(stage.vote(1, &poll, &["1"]));
    assert_eq!(stage.tally(&poll, Public).closes_at.unwrap().0, 2_000);
    assert!(stage.tally(&poll, Public).votes.is_none());
    stage.now = 7_000;
    stage.tick();
    assert_eq!(stage.tally(&poll, Public).votes, Some(vec![1, 0]));
}

#[test]
fn a_pause_stops_the_clock_and_an_extension_moves_the_deadline() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, r#","closes_in_ms":10000"#);
    stage.now = 4_000;
    stage.order(&format!(r#"{{"type":"pause","activity":"{poll}"}}"#));
    assert_eq!(reason(stage.vote(1, &poll, &["1"])), Reason::Paused);
    assert_eq!(stage.tally(&poll, Public).left_ms.unwrap().0, 7_000);
    stage.now = 60_000;
    stage.order(&format!(r#"{{"type":"resume","activity":"{poll}"}}"#));
    assert_eq!(stage.tally(&poll, Public).closes_at.unwrap().0, 67_000);
    stage.order(&format!(
        r#"{{"type":"extend","activity":"{poll}","by_ms":3000}}"#
    ));
    assert_eq!(stage.room.next_due().unwrap().0, 70_000);
    stage.order(&format!(r#"{{"type":"close","activity":"{poll}"}}"#));
    stage.order(&format!(r#"{{"type":"reopen","activity":"{poll}"}}"#));
    assert!(stage.card(&poll, Public).reopened);
    accepted(stage.vote(1, &poll, &["1"]));
}

#[test]
fn a_reset_begins_an_empty_run_and_an_old_request_does_not_reach_into_it() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, "");
    let first = accepted(stage.act(1, "a", &poll, vote(&["1"])));
    stage.order(&format!(r#"{{"type":"reset","activity":"{poll}"}}"#));
    assert_eq!(stage.look(&poll, Public).unwrap().run, 2);
    assert_eq!(accepted(stage.act(1, "a", &poll, vote(&["1"]))), first);
    assert_eq!(stage.tally(&poll, Public).votes, Some(vec![0, 0]));
    assert!(stage.choices(1, &poll).is_empty());
}

#[test]
fn only_whom_the_card_names_may_vote() {
    let mut stage = Stage::new();
    let gold = open(&mut stage, r#","who":{"tiers":["gold"]},"level":"token""#);
    let standing = |level, tier: Option<&str>| Standing {
        level,
        tier: tier.map(|tier| Label::parse(tier).unwrap()),
        ..Standing::default()
    };
    let mut try_as = |id: &str, standing| stage.act_as(9, id, &gold, vote(&["1"]), standing);
    assert_eq!(
        reason(try_as("a", standing(Level::Device, Some("gold")))),
        Reason::NeedsSignIn
    );
    assert_eq!(
        reason(try_as("b", standing(Level::Token, None))),
        Reason::NotEligible
    );
    assert_eq!(
        reason(try_as("c", standing(Level::Token, Some("silver")))),
        Reason::NotEligible
    );
    accepted(try_as("d", standing(Level::Verified, Some("gold"))));
}

#[test]
fn a_prepared_poll_is_the_desks_alone_until_it_is_announced_or_opened() {
    let mut stage = Stage::new();
    let quiet = stage.order(&format!(r#"{{"type":"poll.prepare",{COLOURS}}}"#));
    let told = stage.order(&format!(
        r#"{{"type":"poll.prepare",{COLOURS},"announce":true}}"#
    ));
    assert!(stage.look(&quiet, Public).is_none() && stage.look(&quiet, Desk).is_some());
    assert_eq!(stage.tally(&told, Public).phase, Phase::Ready);
    assert_eq!(reason(stage.vote(1, &quiet, &["1"])), Reason::NotOpen);
    stage.order(&format!(r#"{{"type":"open","activity":"{quiet}"}}"#));
    assert!(stage.look(&quiet, Public).is_some());
    stage.order(&format!(r#"{{"type":"put_away","activity":"{quiet}"}}"#));
    assert!(stage.look(&quiet, Desk).is_none());
}

#[test]
fn a_draft_that_cannot_be_a_poll_is_refused_with_a_sentence() {
    let mut stage = Stage::new();
    for bad in [
        r#""options":["a"]"#,
        r#""options":["a","b"],"scale":{"min":1,"max":5}"#,
        r#""scale":{"min":5,"max":5}"#,
        r#""scale":{"min":1,"max":200}"#,
        r#""options":[{"id":"x","text":"a"},{"id":"x","text":"b"}]"#,
        r#""options":["a","b"],"max_choices":3"#,
        r#""options":["a","b"],"closes_in_ms":0"#,
        r#""options":["a","b"],"grace_ms":30001"#,
        r#""options":["a","b"],"grace_ms":5,"time":"room""#,
        r#""options":["a","b"],"board":true"#,
    ] {
        let verdict = stage.order_as(
            Role::Streamer,
            &format!(r#"{{"type":"poll.open","question":"?",{bad}}}"#),
        );
        let liveroom_rules::room::Verdict::Refused(refusal) = verdict else {
            panic!("{bad} was accepted")
        };
        assert!(
            refusal.reason == Reason::Malformed && refusal.message.is_some(),
            "{bad}: {refusal:?}"
        );
    }
}

#[test]
fn a_vote_for_what_was_chosen_already_is_accepted_and_changes_nothing() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, "");
    let first = accepted(stage.vote(1, &poll, &["1"]));
    accepted(stage.vote(1, &poll, &["1"]));
    assert_eq!(stage.look(&poll, Public).unwrap().tally_rev, first);
}

#[test]
fn a_vote_meant_for_another_run_is_refused() {
    let mut stage = Stage::new();
    let poll = open(&mut stage, "");
    stage.order(&format!(r#"{{"type":"reset","activity":"{poll}"}}"#));
    assert_eq!(
        reason(stage.act_in(1, &poll, 1, vote(&["1"]))),
        Reason::OtherRun
    );
    accepted(stage.act_in(1, &poll, 2, vote(&["1"])));
}
