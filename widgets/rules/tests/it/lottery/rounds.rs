//! Rounds, exclusions and redraws, all on one stream.

use super::{CLOSE, DRAW, card, enter_all, id, lottery, mine, open};
use crate::stage::{accepted, request};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::Role;
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_rules::activity::Body;
use liveroom_rules::draw;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::{self, Audience};

const ENTER: &str = super::ENTER;

#[test]
fn rounds_never_repeat_a_winner_and_fewer_entrants_than_prizes_leave_prizes() {
    let mut stage = open("");
    enter_all(&mut stage, 10..12);
    stage.order(CLOSE);
    stage.order(r#"{"type":"lottery.draw","activity":"l","winners":1}"#);
    assert_eq!(lottery(&stage).wins().len(), 1);
    stage.order(DRAW);
    let wins = lottery(&stage).wins();
    assert_eq!(wins.len(), 2, "two entrants, three prizes");
    assert_ne!(wins[0].who, wins[1].who);
    assert_eq!((wins[0].prize, wins[1].prize), (0, 0));
    draw::verify(&view::proof(lottery(&stage))).expect("the draw is sound");
}

#[test]
fn exclusions_are_published_and_redraws_go_on_on_the_same_stream() {
    let mut stage = open(r#","exclusions":["staff of the shop"]"#);
    enter_all(&mut stage, 10..20);
    let entrant = mine(&stage, 10).entrant.expect("it has entered");
    let exclude = |reason: &str| {
        format!(
            r#"{{"type":"lottery.exclude","activity":"l","entrant":"{entrant}","reason":"{reason}"}}"#
        )
    };
    assert_eq!(stage.refused(&exclude("not liked")), Reason::Malformed);
    stage.order(&exclude("staff of the shop"));
    stage.order(CLOSE);
    assert_eq!(stage.refused(&exclude("staff of the shop")), Reason::Closed);
    stage.order(DRAW);
    assert!(
        lottery(&stage)
            .wins()
            .iter()
            .all(|won| won.who != Pseudonym(10))
    );
    stage.order(r#"{"type":"lottery.forfeit","activity":"l","win":1,"reason":"gave it back","redraw":true}"#);
    let card = card(&stage, Audience::Public);
    assert_eq!(card.winners.len(), 4);
    assert_eq!(card.winners[1].standing, Fate::Forfeited);
    assert_eq!(card.winners[1].reason.as_deref(), Some("gave it back"));
    draw::verify(&view::proof(lottery(&stage))).expect("the draw is sound");
}

#[test]
fn winners_of_another_draw_stand_on_the_roll_without_tickets() {
    let mut stage = open("");
    enter_all(&mut stage, 10..13);
    stage.order(CLOSE);
    stage.order(DRAW);
    let second = stage.order(
        r#"{"type":"lottery.open","activity":"m","title":"Again","prizes":[{"name":"Cup"}],"not_after":["l"]}"#,
    );
    for who in 10..14 {
        accepted(stage.does(who, &second, ENTER));
    }
    stage.order(r#"{"type":"close","activity":"m"}"#);
    stage.order(r#"{"type":"lottery.draw","activity":"m"}"#);
    let Body::Lottery(second) = &stage.room.activity(&second).unwrap().body else {
        panic!("a lottery");
    };
    assert_eq!(second.wins()[0].who, Pseudonym(13));
    draw::verify(&view::proof(second)).expect("the draw is sound");
}

#[test]
fn a_draw_that_is_refused_tells_no_seed() {
    let mut stage = open("");
    enter_all(&mut stage, 10..14);
    stage.order(CLOSE);
    let none = r#"{"type":"lottery.draw","activity":"l","winners":0}"#;
    assert_eq!(stage.refused(none), Reason::Malformed);
    // With the seed anybody could see who wins, and a streamer reset the run until the winners please.
    assert!(lottery(&stage).drawing().is_none());
    assert!(view::proof(lottery(&stage)).drawn.is_none());
    stage.order(DRAW);
    assert_eq!(lottery(&stage).wins().len(), 3);
    assert_eq!(stage.refused(none), Reason::Malformed);
    assert_eq!(stage.refused(DRAW), Reason::Closed);
}

#[test]
fn a_draw_called_off_after_closing_tells_who_would_have_won() {
    let mut stage = open("");
    enter_all(&mut stage, 10..20);
    stage.order(CLOSE);
    assert_eq!(
        stage.refused(r#"{"type":"reopen","activity":"l"}"#),
        Reason::Closed
    );
    stage.order(r#"{"type":"cancel","activity":"l","reason":"not liked"}"#);
    let proof = view::proof(lottery(&stage));
    assert!(
        proof
            .drawn
            .as_ref()
            .is_some_and(|drawn| drawn.winners.is_empty())
    );
    draw::verify(&proof).expect("the proof is sound");
    assert!(card(&stage, Audience::Public).winners.is_empty());
}

#[test]
fn a_reset_that_is_asked_for_again_is_told_the_same_and_begins_no_third_run() {
    let mut stage = open("");
    let reset = r#"{"type":"reset","activity":"l"}"#;
    let first = stage.order_again(Role::Streamer, request("again"), reset);
    let second = stage.order_again(Role::Streamer, request("again"), reset);
    assert_eq!(accepted(first), accepted(second));
    assert_eq!(stage.room.activity(&id()).unwrap().run, 2);
}
