//! Signing in during a show: what a browser did is the account's, and nothing counts twice.

use crate::stage::{KEY, Stage, accepted, account, reason, request, vote};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Standing;
use liveroom_protocol::lottery::Hex;
use liveroom_protocol::{Action, Mine, Reason, Tally};
use liveroom_rules::activity::Body;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::{self, Audience};
use liveroom_rules::{draw, private};

const DEVICE: u128 = 100;
const ANN: u128 = 200;

/// An account comes in a browser, as a server writes it down.
fn sign_in(stage: &mut Stage, device: u128, who: u128) {
    let at = stage.room.position();
    accepted(stage.push(private::sign_in(Pseudonym(device), Pseudonym(who), at).entry));
}

/// Does something without an account.
fn does(stage: &mut Stage, device: u128, activity: &ActivityId, json: &str) {
    let id = stage.fresh();
    let action: Action = serde_json::from_str(json).expect(json);
    accepted(stage.act_as(device, id.as_str(), activity, action, Standing::default()));
}

fn mine(stage: &Stage, who: u128, activity: &ActivityId) -> Option<Mine> {
    view::mine(&stage.room, Pseudonym(who), activity).and_then(|item| item.mine)
}

fn stage() -> Stage {
    let mut stage = Stage::new();
    stage.room.private.keep(private::ticket_key(&KEY));
    stage
}

fn poll(stage: &mut Stage) -> ActivityId {
    stage.order(r#"{"type":"poll.open","activity":"p","question":"Which?","options":["Red","Blue"],"can_change":true}"#)
}

fn pot(stage: &mut Stage) -> ActivityId {
    stage.order(r#"{"type":"lottery.open","activity":"l","title":"Pot","prizes":[{"name":"Cup","count":3}],"level":"device","exclusions":["Staff"]}"#)
}

fn deal(stage: &mut Stage, limit: u32) -> ActivityId {
    stage.order(&format!(
        r#"{{"type":"deal.open","activity":"d","title":"Teapot","sku":"t","price":{{"amount":"9.90","currency":"EUR"}},"variants":[{{"id":"red","stock":5}}],"level":"device","limit":{limit},"reserve_ms":60000}}"#
    ))
}

const ENTER: &str = r#"{"type":"lottery.enter"}"#;
const CLAIM: &str = r#"{"type":"deal.claim","variant":"red","quantity":1}"#;
const CLOSE: &str = r#"{"type":"close","activity":"l"}"#;
const DRAW: &str = r#"{"type":"lottery.draw","activity":"l"}"#;

#[test]
fn the_browsers_ballot_becomes_the_accounts() {
    let mut stage = stage();
    let poll = poll(&mut stage);
    accepted(stage.vote(DEVICE, &poll, &["2"]));
    sign_in(&mut stage, DEVICE, ANN);
    assert_eq!(stage.tally(&poll, Audience::Desk).votes, Some(vec![0, 1]));
    assert_eq!(stage.choices(ANN, &poll), ["2"]);
    assert_eq!(stage.choices(DEVICE, &poll), [""; 0]);
    accepted(stage.vote(ANN, &poll, &["1"]));
    assert_eq!(stage.tally(&poll, Audience::Desk).votes, Some(vec![1, 0]));
    assert_eq!(stage.tally(&poll, Audience::Desk).voters, 1);
}

#[test]
fn of_two_ballots_the_accounts_own_counts_and_in_a_closed_poll_none_changes() {
    let mut stage = stage();
    let poll = poll(&mut stage);
    accepted(stage.vote(ANN, &poll, &["1"]));
    accepted(stage.vote(DEVICE, &poll, &["2"]));
    sign_in(&mut stage, DEVICE, ANN);
    assert_eq!(stage.tally(&poll, Audience::Desk).votes, Some(vec![1, 0]));
    // Signed out again: the browser has no second ballot, and may still ask for other things.
    assert_eq!(
        reason(stage.act_as(DEVICE, "again", &poll, vote(&["2"]), Standing::default())),
        Reason::NeedsSignIn
    );
    accepted(stage.vote(DEVICE + 1, &poll, &["2"]));
    accepted(stage.vote(ANN + 1, &poll, &["2"]));
    stage.order(r#"{"type":"close","activity":"p"}"#);
    let new = |stage: &Stage| {
        let (device, who) = (Pseudonym(DEVICE + 1), Pseudonym(ANN + 1));
        stage.room.is_new_here(device, who)
    };
    assert!(new(&stage));
    sign_in(&mut stage, DEVICE + 1, ANN + 1);
    assert_eq!(stage.tally(&poll, Audience::Desk).votes, Some(vec![1, 2]));
    assert!(!new(&stage), "nothing is written of it again and again");
}

#[test]
fn a_survey_goes_with_its_words() {
    let mut stage = stage();
    let survey = stage.order(
        r#"{"type":"poll.open","activity":"s","question":"How?","options":["Well","Not"],"parts":[{"question":"Why?","options":["Price","Colour"]}],"comment":"Anything else?"}"#,
    );
    does(
        &mut stage,
        DEVICE,
        &survey,
        r#"{"type":"poll.answer","choices":["1"],"parts":[["2"]],"comment":"Blue, please"}"#,
    );
    sign_in(&mut stage, DEVICE, ANN);
    let Some(Mine::Poll(mine)) = mine(&stage, ANN, &survey) else {
        panic!("no part");
    };
    assert_eq!(mine.parts.len(), 1);
    let Body::Poll(poll) = &stage.room.activity(&survey).unwrap().body else {
        panic!("a poll");
    };
    assert!(poll.survey.has_written(Pseudonym(ANN)));
    assert!(!poll.survey.has_written(Pseudonym(DEVICE)));
}

#[test]
fn an_entry_moves_before_closing_and_is_found_on_the_list_after_it() {
    let mut stage = stage();
    let pot = pot(&mut stage);
    for who in [DEVICE, DEVICE + 1, DEVICE + 2, ANN + 1] {
        does(&mut stage, who, &pot, ENTER);
    }
    sign_in(&mut stage, DEVICE, ANN);
    sign_in(&mut stage, DEVICE + 1, ANN + 1);
    let lottery = |stage: &Stage| match &stage.room.activity(&pot).unwrap().body {
        Body::Lottery(lottery) => (**lottery).clone(),
        _ => panic!("a lottery"),
    };
    let open = lottery(&stage);
    assert_eq!((open.entrants(), open.tickets()), (3, 3));
    assert_eq!(reason(stage.does(ANN, &pot, ENTER)), Reason::AlreadyEntered);
    stage.order(CLOSE);
    let name = lottery(&stage).entrant(Pseudonym(DEVICE + 2));
    sign_in(&mut stage, DEVICE + 2, ANN + 2);
    let closed = lottery(&stage);
    assert_eq!(closed.entrants(), 3);
    assert_eq!(
        closed.entrant(Pseudonym(ANN + 2)),
        name,
        "the list is fixed"
    );
    stage.order(DRAW);
    let drawn = lottery(&stage);
    let mut winners: Vec<u128> = drawn.wins().iter().map(|win| win.who.0).collect();
    winners.sort_unstable();
    assert_eq!(winners, [ANN, ANN + 1, ANN + 2]);
    draw::verify(&view::proof(&drawn)).expect("the draw is sound");
}

#[test]
fn a_prize_of_the_browser_is_claimed_by_the_account() {
    let mut stage = stage();
    let pot = pot(&mut stage);
    does(&mut stage, DEVICE, &pot, ENTER);
    stage.order(CLOSE);
    stage.order(DRAW);
    sign_in(&mut stage, DEVICE, ANN);
    let claim = r#"{"type":"lottery.claim","win":0}"#;
    assert_eq!(reason(stage.does(DEVICE, &pot, claim)), Reason::NoWin);
    accepted(stage.does(ANN, &pot, claim));
}

#[test]
fn whoever_was_excluded_as_a_browser_is_excluded_with_the_account() {
    let mut stage = stage();
    let pot = pot(&mut stage);
    does(&mut stage, DEVICE, &pot, ENTER);
    let Body::Lottery(lottery) = &stage.room.activity(&pot).unwrap().body else {
        panic!("a lottery");
    };
    let name = Hex(lottery.entrant(Pseudonym(DEVICE)));
    let name = serde_json::to_string(&name).unwrap();
    stage.order(&format!(
        r#"{{"type":"lottery.exclude","activity":"l","entrant":{name},"reason":"Staff"}}"#
    ));
    sign_in(&mut stage, DEVICE, ANN);
    does(&mut stage, DEVICE + 1, &pot, ENTER);
    let Body::Lottery(lottery) = &stage.room.activity(&pot).unwrap().body else {
        panic!("a lottery");
    };
    assert_eq!(lottery.why_excluded(Pseudonym(ANN)), Some("Staff"));
    assert_eq!((lottery.entrants(), lottery.tickets()), (2, 1));
    stage.order(CLOSE);
    stage.order(DRAW);
    let Body::Lottery(lottery) = &stage.room.activity(&pot).unwrap().body else {
        panic!("a lottery");
    };
    assert_eq!(lottery.wins().len(), 1);
}

#[test]
fn claims_add_up_within_what_one_may_have() {
    let mut stage = stage();
    let deal = deal(&mut stage, 2);
    accepted(stage.does(ANN, &deal, CLAIM));
    does(&mut stage, DEVICE, &deal, CLAIM);
    does(&mut stage, DEVICE, &deal, CLAIM);
    sign_in(&mut stage, DEVICE, ANN);
    let stock = match stage.look(&deal, Audience::Public).unwrap().tally {
        Tally::Deal(tally) => tally.stock,
        other => panic!("{other:?}"),
    };
    assert_eq!((stock[0].left, stock[0].reserved), (3, 2));
    let Some(Mine::Deal(mine)) = mine(&stage, ANN, &deal) else {
        panic!("no part");
    };
    assert_eq!(mine.claims.len(), 3);
    assert_eq!(reason(stage.does(ANN, &deal, CLAIM)), Reason::LimitReached);
    let id = stage.fresh();
    let again: Action = serde_json::from_str(CLAIM).unwrap();
    let again = stage.act_as(DEVICE, id.as_str(), &deal, again, Standing::default());
    assert_eq!(reason(again), Reason::NeedsSignIn);
}

#[test]
fn questions_are_the_accounts_and_its_vote_counts_once() {
    let mut stage = stage();
    let list = stage.order(
        r#"{"type":"qna.open","activity":"q","title":"Ask","level":"device","approval":false}"#,
    );
    does(
        &mut stage,
        DEVICE,
        &list,
        r#"{"type":"qna.ask","text":"Is it blue?"}"#,
    );
    let up = r#"{"type":"qna.vote","question":1}"#;
    does(&mut stage, DEVICE, &list, up);
    accepted(stage.does(ANN, &list, up));
    accepted(stage.does(ANN + 1, &list, up));
    sign_in(&mut stage, DEVICE, ANN);
    let Body::Qna(qna) = &stage.room.activity(&list).unwrap().body else {
        panic!("a list");
    };
    assert_eq!(qna.question(1).unwrap().votes(), 2);
    assert_eq!(qna.question(1).unwrap().who, Pseudonym(ANN));
    assert_eq!(qna.asked_by(Pseudonym(ANN)), [1]);
    assert!(!qna.has_acted(Pseudonym(DEVICE)));
}

#[test]
fn another_account_in_the_same_browser_takes_nothing_of_the_first() {
    let mut stage = stage();
    let poll = poll(&mut stage);
    accepted(stage.vote(DEVICE, &poll, &["2"]));
    sign_in(&mut stage, DEVICE, ANN);
    sign_in(&mut stage, DEVICE, ANN + 1);
    assert_eq!(stage.choices(ANN, &poll), ["2"]);
    assert_eq!(stage.choices(ANN + 1, &poll), [""; 0]);
    let who = Pseudonym(ANN + 1);
    assert_eq!(
        stage.room.devices_of(who).collect::<Vec<_>>(),
        [Pseudonym(DEVICE)]
    );
    accepted(stage.act_as(ANN + 1, "own", &poll, vote(&["1"]), account()));
    assert_eq!(stage.tally(&poll, Audience::Desk).votes, Some(vec![1, 1]));
    assert_eq!(request("own").as_str(), "own");
}
