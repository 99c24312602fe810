//! What becomes of a prize, and who is told of it.

use super::{CLOSE, DRAW, card, enter_all, id, lottery, mine, open};
use crate::stage::{accepted, reason};
use liveroom_protocol::Reason;
use liveroom_protocol::identity::{Label, Role};
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view::{self, Audience};
use liveroom_rules::{draw, private};

#[test]
fn a_prize_is_claimed_by_its_winner_in_time_and_forms_stay_out_of_the_log() {
    let mut stage = open(
        r#","claim":{"kind":"form","fields":[{"label":"Name"},{"label":"Note","optional":true}]},"claim_within_ms":5000"#,
    );
    enter_all(&mut stage, 10..13);
    stage.order(CLOSE);
    stage.order(DRAW);
    let winner = lottery(&stage).wins()[0].who.0;
    let other = (10..13).find(|who| *who != winner).unwrap();
    let claim = r#"{"type":"lottery.claim","win":0,"form":[{"label":"Name","value":"Ana Ruiz"}]}"#;
    assert_eq!(reason(stage.does(other, &id(), claim)), Reason::NoWin);
    assert_eq!(
        reason(stage.does(winner, &id(), r#"{"type":"lottery.claim","win":0}"#)),
        Reason::Malformed
    );
    accepted(stage.does(winner, &id(), claim));
    assert!(!format!("{:?}", stage.log).contains("Ruiz"));
    assert!(
        stage
            .room
            .private
            .keys()
            .any(|key| key.starts_with("claim/l/"))
    );
    assert_eq!(
        reason(stage.does(winner, &id(), claim)),
        Reason::AlreadyClaimed
    );
    assert_eq!(
        card(&stage, Audience::Public).winners[0].standing,
        Fate::Claimed
    );
    // The others are too late, and the card says so by itself.
    stage.now += 5_000;
    stage.tick();
    let fates: Vec<Fate> = card(&stage, Audience::Public)
        .winners
        .iter()
        .map(|w| w.standing)
        .collect();
    assert_eq!(fates, [Fate::Claimed, Fate::Forfeited, Fate::Forfeited]);
    let late = lottery(&stage).wins()[1].who.0;
    let claim = r#"{"type":"lottery.claim","win":1,"form":[{"label":"Name","value":"Bo"}]}"#;
    assert_eq!(reason(stage.does(late, &id(), claim)), Reason::TooLate);
    assert!(matches!(
        stage.order_as(
            Role::Shop,
            r#"{"type":"lottery.fulfil","activity":"l","win":0}"#
        ),
        liveroom_rules::room::Verdict::Accepted { .. }
    ));
    draw::verify(&view::proof(lottery(&stage))).expect("the draw is sound");
}

#[test]
fn a_code_is_told_to_the_winner_alone_once_claimed() {
    let mut stage = open(r#","claim":{"kind":"code"}"#);
    enter_all(&mut stage, 10..13);
    stage.order(CLOSE);
    stage.order(DRAW);
    let winner = lottery(&stage).wins()[0].who.0;
    assert_eq!(mine(&stage, winner).wins[0].code, None);
    accepted(stage.does(winner, &id(), r#"{"type":"lottery.claim","win":0}"#));
    let code = mine(&stage, winner).wins[0].code.clone().expect("a code");
    assert_eq!(code.len(), 10);
    let public = format!("{:?}", stage.look(&id(), Audience::Public));
    assert!(!public.contains(&code));
}

#[test]
fn names_of_winners_are_shown_as_the_card_says() {
    for (shown, expected) in [
        ("public", Some("Ana")),
        ("masked", Some("A***")),
        ("private", None),
    ] {
        let mut stage = open(&format!(r#","winners_shown":"{shown}""#));
        stage
            .room
            .private
            .keep(private::name(Pseudonym(10), &Label::parse("Ana").unwrap()));
        enter_all(&mut stage, 10..11);
        stage.order(CLOSE);
        stage.order(DRAW);
        assert_eq!(
            card(&stage, Audience::Public).winners[0].name.as_deref(),
            expected
        );
        assert_eq!(
            card(&stage, Audience::Desk).winners[0].name.as_deref(),
            Some("Ana")
        );
    }
}
