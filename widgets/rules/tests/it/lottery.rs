//! Lotteries, row by row: who may enter, with what, who wins, and that anyone can check it.

use crate::stage::{KEY, Stage, accepted, account, reason};
use liveroom_protocol::identity::{Label, Standing};
use liveroom_protocol::lottery::{self, Card, Mine};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Span;
use liveroom_protocol::{Action, Reason};
use liveroom_rules::activity::Body;
use liveroom_rules::draw;
use liveroom_rules::private::{self, Private};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::{self, Audience};

mod claims;
mod desk;
mod excluded;
mod model;
mod rounds;

const ENTER: &str = r#"{"type":"lottery.enter"}"#;
const DRAW: &str = r#"{"type":"lottery.draw","activity":"l"}"#;
const CLOSE: &str = r#"{"type":"close","activity":"l"}"#;

fn id() -> liveroom_protocol::id::ActivityId {
    liveroom_protocol::id::ActivityId::parse("l").unwrap()
}

fn open(more: &str) -> Stage {
    let mut stage = Stage::new();
    stage.room.private.keep(private::ticket_key(&KEY));
    stage.order(&format!(
        r#"{{"type":"lottery.open","activity":"l","title":"Friday","prizes":[{{"name":"Teapot","count":2}},{{"name":"Cup"}}]{more}}}"#
    ));
    stage
}

fn card(stage: &Stage, audience: Audience) -> Card {
    match stage.look(&id(), audience).expect("it is shown").card {
        liveroom_protocol::Card::Lottery(card) => card,
        other => panic!("{other:?}"),
    }
}

fn mine(stage: &Stage, who: u128) -> Mine {
    match view::mine(&stage.room, Pseudonym(who), &id()).and_then(|item| item.mine) {
        Some(liveroom_protocol::Mine::Lottery(mine)) => mine,
        other => panic!("{other:?}"),
    }
}

fn tally(stage: &Stage) -> lottery::Tally {
    match stage
        .look(&id(), Audience::Public)
        .expect("it is shown")
        .tally
    {
        liveroom_protocol::Tally::Lottery(tally) => tally,
        other => panic!("{other:?}"),
    }
}

fn lottery(stage: &Stage) -> &liveroom_rules::lottery::Lottery {
    match &stage.room.activity(&id()).unwrap().body {
        Body::Lottery(lottery) => lottery,
        other => panic!("{other:?}"),
    }
}

fn enter_all(stage: &mut Stage, viewers: std::ops::Range<u128>) {
    for who in viewers {
        accepted(stage.does(who, &id(), ENTER));
    }
}

#[test]
fn a_viewer_enters_once_and_sees_tickets_and_odds_before() {
    let mut stage = open(r#","tickets":{"each":1,"tiers":[{"tier":"gold","tickets":3}]}"#);
    let before = card(&stage, Audience::Public);
    assert_eq!(before.prizes.len(), 2);
    assert_eq!(before.tickets.tiers[0].tickets, 3);
    accepted(stage.does(10, &id(), ENTER));
    assert_eq!(reason(stage.does(10, &id(), ENTER)), Reason::AlreadyEntered);
    let gold = Standing {
        tier: Some(Label::parse("gold").unwrap()),
        ..account()
    };
    accepted(stage.act_as(
        11,
        "g",
        &id(),
        Action::LotteryEnter(lottery::Enter::default()),
        gold,
    ));
    assert_eq!((mine(&stage, 10).tickets, mine(&stage, 11).tickets), (1, 3));
    assert_eq!(
        (lottery(&stage).entrants(), lottery(&stage).tickets()),
        (2, 4)
    );
    // A browser is no person.
    let refused = stage.act(
        12,
        "d",
        &id(),
        Action::LotteryEnter(lottery::Enter::default()),
    );
    assert_eq!(reason(refused), Reason::NeedsSignIn);
}

#[test]
fn conditions_are_all_asked_for_and_each_is_told() {
    let mut stage = open(
        r#","conditions":[{"kind":"keyword","word":"Summer 26"},{"kind":"watched","for_ms":60000},{"kind":"voted"},{"kind":"attested","what":"followed"}]"#,
    );
    let poll =
        stage.order(r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"]}"#);
    assert_eq!(mine(&stage, 10).met, [false, false, false, false]);
    stage.vote(10, &poll, &["1"]);
    assert_eq!(mine(&stage, 10).met, [false, false, true, false]);
    let full = Standing {
        watched_ms: Some(Span(60_000)),
        attested: vec![Label::parse("followed").unwrap()],
        ..account()
    };
    let enter = |word: &str| -> Action {
        serde_json::from_str(&format!(r#"{{"type":"lottery.enter","keyword":"{word}"}}"#)).unwrap()
    };
    assert_eq!(
        reason(stage.act_as(10, "1", &id(), enter("winter"), full.clone())),
        Reason::WrongKeyword
    );
    assert_eq!(reason(stage.does(10, &id(), ENTER)), Reason::WrongKeyword);
    let short = Standing {
        watched_ms: Some(Span(59_999)),
        ..full.clone()
    };
    assert_eq!(
        reason(stage.act_as(10, "2", &id(), enter("summer26"), short)),
        Reason::ConditionNotMet
    );
    accepted(stage.act_as(10, "3", &id(), enter("ｓＵＭＭＥＲ　２６"), full));
    assert_eq!(mine(&stage, 10).met, [true; 4]);
    // The log holds the room's own word, never what was typed; viewers' cards do not hold it at all.
    let log = format!("{:?}", stage.log.last().unwrap());
    assert!(
        log.contains("Summer 26") && !log.contains("ＵＭＭ"),
        "{log}"
    );
    let card = |audience| serde_json::to_string(&card(&stage, audience)).unwrap();
    assert!(!card(Audience::Public).contains("Summer"));
    assert!(card(Audience::Desk).contains("Summer 26"));
}

#[test]
fn a_draw_is_checked_by_anyone_from_commitment_to_winner() {
    let mut stage = open("");
    let commitment = card(&stage, Audience::Public)
        .commitment
        .expect("from the start");
    enter_all(&mut stage, 10..40);
    assert_eq!(stage.refused(DRAW), Reason::StillOpen);
    stage.order(CLOSE);
    let closed = card(&stage, Audience::Public);
    assert!(closed.root.is_some() && closed.drawn_at.is_none());
    // Nothing tells the seed before the draw.
    assert!(view::proof(lottery(&stage)).drawn.is_none());
    stage.order(DRAW);
    let drawn = card(&stage, Audience::Public);
    assert_eq!(drawn.winners.len(), 3);
    assert_eq!(drawn.commitment.as_deref(), Some(commitment.as_str()));
    let proof = view::proof(lottery(&stage));
    draw::verify(&proof).expect("the draw is sound");
    let mut entrants: Vec<_> = drawn
        .winners
        .iter()
        .map(|winner| winner.entrant.clone())
        .collect();
    entrants.sort();
    entrants.dedup();
    assert_eq!(entrants.len(), 3, "nobody wins twice");
    // Whoever won is told so, and nobody else.
    let winners: Vec<u128> = lottery(&stage).wins().iter().map(|won| won.who.0).collect();
    for who in 10..40 {
        assert_eq!(
            mine(&stage, who).wins.len(),
            usize::from(winners.contains(&who))
        );
    }
    assert_eq!(stage.refused(DRAW), Reason::Closed);
    // What no audience is shown: pseudonyms of the log.
    let all = format!("{:?} {proof:?}", stage.look(&id(), Audience::Public));
    assert!(!all.contains(&Pseudonym(10).to_string()));
}

#[test]
fn a_cancelled_draw_is_never_half_drawn() {
    let mut stage = open("");
    enter_all(&mut stage, 10..13);
    stage.order(r#"{"type":"cancel","activity":"l","reason":"the prize broke"}"#);
    let card = card(&stage, Audience::Public);
    assert_eq!(card.cancelled.as_deref(), Some("the prize broke"));
    assert!(card.winners.is_empty());
    assert_eq!(stage.refused(DRAW), Reason::CalledOff);
    assert_eq!(
        stage.refused(r#"{"type":"reopen","activity":"l"}"#),
        Reason::CalledOff
    );
    assert_eq!(reason(stage.does(14, &id(), ENTER)), Reason::Closed);
}

#[test]
fn a_lottery_that_draws_itself_is_drawn_by_the_room_once() {
    let mut stage = open(r#","draws_itself":true,"closes_in_ms":1000"#);
    enter_all(&mut stage, 10..20);
    stage.room_orders();
    assert!(lottery(&stage).drawing().is_none());
    stage.now += 1_000;
    stage.tick();
    stage.room_orders();
    assert_eq!(lottery(&stage).wins().len(), 3);
    let drawn = stage.log.len();
    stage.room_orders();
    assert_eq!(stage.log.len(), drawn, "nothing more is ordered");
    draw::verify(&view::proof(lottery(&stage))).expect("the draw is sound");
}

#[test]
fn it_opens_by_itself_at_the_announced_moment() {
    let mut stage = Stage::new();
    let lottery = stage.order(
        r#"{"type":"lottery.prepare","activity":"l","title":"Soon","prizes":[{"name":"Cup"}],"opens_in_ms":3000,"closes_in_ms":4000}"#,
    );
    let look = |stage: &Stage| stage.room.activity(&lottery).unwrap().clone();
    assert!(look(&stage).is_shown());
    assert_eq!(stage.room.next_due().map(|at| at.0), Some(4_000));
    stage.now = 4_500;
    stage.tick();
    assert_eq!(look(&stage).phase, Phase::Open);
    assert_eq!(
        look(&stage).opened_at.map(|at| at.0),
        Some(4_000),
        "not when the tick came"
    );
    assert_eq!(look(&stage).closes_at.map(|at| at.0), Some(8_000));
    stage.now = 8_000;
    stage.tick();
    assert_eq!(look(&stage).phase, Phase::Closed);
}

#[test]
fn a_reset_makes_another_draw_whose_proof_cannot_be_joined_with_the_first() {
    let mut stage = open("");
    enter_all(&mut stage, 10..12);
    let first = (
        card(&stage, Audience::Public).commitment,
        mine(&stage, 10).entrant,
    );
    stage.order(r#"{"type":"cancel","activity":"l","reason":"a test"}"#);
    stage.order(r#"{"type":"reset","activity":"l"}"#);
    stage.order(r#"{"type":"open","activity":"l"}"#);
    accepted(stage.does(10, &id(), ENTER));
    let second = (
        card(&stage, Audience::Public).commitment,
        mine(&stage, 10).entrant,
    );
    assert!(first.0 != second.0 && first.1 != second.1);
    stage.order(CLOSE);
    stage.order(DRAW);
    draw::verify(&view::proof(lottery(&stage))).expect("the draw is sound");
    // What became of the run before stays to be checked.
    assert_eq!(lottery(&stage).past().len(), 1);
    assert_eq!(
        Some(lottery(&stage).past()[0].commitment.to_string()),
        first.0
    );
    // A prize that somebody waits for is not swept away.
    assert_eq!(
        stage.refused(r#"{"type":"reset","activity":"l"}"#),
        Reason::StillOpen
    );
}

#[test]
fn winners_and_proof_hold_without_any_private_value() {
    let mut stage = open("");
    enter_all(&mut stage, 10..20);
    stage.order(CLOSE);
    stage.order(DRAW);
    let before = serde_json::to_string(&view::proof(lottery(&stage))).unwrap();
    stage.room.private = Private::default();
    let mut room = liveroom_rules::room::Room::new(stage.room.id().clone());
    for record in &stage.log {
        room.fold(record).unwrap();
    }
    stage.room = room;
    assert_eq!(
        serde_json::to_string(&view::proof(lottery(&stage))).unwrap(),
        before
    );
}

#[test]
fn a_draft_that_cannot_be_kept_is_refused() {
    for bad in [
        r#""prizes":[]"#,
        r#""prizes":[{"name":"Cup","count":0}]"#,
        r#""prizes":[{"name":"Cup","count":1001}]"#,
        r#""prizes":[{"name":"Cup"}],"tickets":{"each":0}"#,
        r#""prizes":[{"name":"Cup"}],"tickets":{"each":101}"#,
        r#""prizes":[{"name":"Cup"}],"conditions":[{"kind":"keyword"}]"#,
        r#""prizes":[{"name":"Cup"}],"conditions":[{"kind":"watched","for_ms":0}]"#,
        r#""prizes":[{"name":"Cup"}],"conditions":[{"kind":"invented"}]"#,
        r#""prizes":[{"name":"Cup"}],"claim":{"kind":"form","fields":[]}"#,
        r#""prizes":[{"name":"Cup"}],"claim_within_ms":0"#,
        r#""prizes":[{"name":"Cup"}],"opens_in_ms":0"#,
        r#""prizes":[{"name":"Cup"}],"round":5,"draws_itself":true"#,
    ] {
        let mut stage = Stage::new();
        let order = format!(r#"{{"type":"lottery.open","title":"x",{bad}}}"#);
        assert_eq!(stage.refused(&order), Reason::Malformed, "{bad}");
        assert!(stage.room.activities().is_empty());
    }
}

#[test]
fn a_keyword_cannot_be_tried_before_it_opens_or_after_it_has_closed() {
    let mut stage = open(r#","conditions":[{"kind":"keyword","word":"tea"}]"#);
    let typed = |word: &str| format!(r#"{{"type":"lottery.enter","keyword":"{word}"}}"#);
    assert_eq!(
        reason(stage.does(10, &id(), &typed("cup"))),
        Reason::WrongKeyword
    );
    stage.order(CLOSE);
    for word in ["tea", "cup"] {
        assert_eq!(reason(stage.does(10, &id(), &typed(word))), Reason::Closed);
    }
}
