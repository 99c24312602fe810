//! What is frozen at opening, and every way to open.

use super::*;
use liveroom_rules::activity::Body;
use liveroom_rules::room::Room;

const OPEN: &str = r#"{"type":"open","activity":"a"}"#;
const CLOSE: &str = r#"{"type":"close","activity":"a"}"#;
const RESET: &str = r#"{"type":"reset","activity":"a"}"#;
const REOPEN: &str = r#"{"type":"reopen","activity":"a"}"#;

fn stamp(name: Profile) -> Option<Stamp> {
    Some(Stamp { name, version: 1 })
}

/// A deal that China's profile does not take.
fn bare(kind: &str) -> String {
    deal(
        kind,
        "a",
        r#"{"about":{},"lowest_30_days":null,"opens_in_ms":5000}"#,
    )
}

#[test]
fn what_opened_keeps_its_profile_whatever_the_room_follows_later() {
    let mut stage = room("eu");
    let labelled = deal("deal.open", "a", "{}");
    stage.order(&labelled);
    assert_eq!(ruled(&stage, "a").profile, stamp(Profile::Eu));
    set(&mut stage, r#"{"profile":"cn"}"#);
    assert_eq!(phase(&stage, "a"), Phase::Open);
    for command in [
        r#"{"type":"pause","activity":"a"}"#,
        r#"{"type":"resume","activity":"a"}"#,
        r#"{"type":"extend","activity":"a","by_ms":1000}"#,
        CLOSE,
    ] {
        stage.order(command);
        assert_eq!(ruled(&stage, "a").profile, stamp(Profile::Eu), "{command}");
    }
    // To open it again is an opening.
    stage.order(REOPEN);
    assert_eq!(ruled(&stage, "a").profile, stamp(Profile::Cn));
}

#[test]
fn every_way_to_open_is_an_opening() {
    let mut stage = Stage::new();
    stage.order(&bare("deal.open"));
    set(&mut stage, r#"{"profile":"cn"}"#);
    // What is open stays open; emptied it would open anew.
    assert_eq!(stage.refused(RESET), Reason::Incomplete);
    assert_eq!(phase(&stage, "a"), Phase::Open);
    stage.order(CLOSE);
    assert_eq!(stage.refused(REOPEN), Reason::Incomplete);
    stage.order(RESET);
    assert_eq!(phase(&stage, "a"), Phase::Ready);
    assert_eq!(stage.refused(OPEN), Reason::Incomplete);
    set(&mut stage, r#"{"profile":"none"}"#);
    stage.order(OPEN);
    assert_eq!(ruled(&stage, "a"), Ruled::default());
}

#[test]
fn what_is_to_open_by_itself_does_not_and_says_why() {
    let mut stage = room("cn");
    stage.order(&bare("deal.prepare"));
    stage.order(&deal("deal.prepare", "b", r#"{"opens_in_ms":5000}"#));
    stage.now += 60_000;
    stage.tick();
    assert_eq!(phase(&stage, "a"), Phase::Ready);
    assert_eq!(phase(&stage, "b"), Phase::Open);
    assert_eq!(ruled(&stage, "b").profile, stamp(Profile::Cn));
    let held = ruled(&stage, "a").held.expect("a reason");
    assert!(held.contains("广告"), "{held}");
    let view = stage
        .look(&id("a"), Audience::Public)
        .expect("it was announced");
    assert_eq!(view.ruled, None, "viewers are told nothing of it");
    assert_eq!(stage.room.next_due(), None);
    // It opens by hand once the room asks for less.
    set(&mut stage, r#"{"profile":"none"}"#);
    stage.order(OPEN);
    assert_eq!(ruled(&stage, "a").held, None);
}

#[test]
fn the_terms_of_a_draw_name_the_profile_and_an_older_draft_is_reset_first() {
    let mut stage = Stage::new();
    stage.order(&draw("lottery.prepare", "a", "{}"));
    assert!(
        !terms(&stage.room).contains("profile"),
        "as they always were"
    );
    set(&mut stage, r#"{"profile":"us"}"#);
    let told = checked(&stage, &[OPEN]);
    let why = told[0].refusal.clone().expect("a refusal");
    assert_eq!(why.reason, Reason::Incomplete);
    assert!(why.message.unwrap().contains("reset"));
    assert_eq!(stage.refused(OPEN), Reason::Incomplete);
    stage.order(RESET);
    stage.order(OPEN);
    assert!(terms(&stage.room).contains(r#""profile":{"name":"us","version":1}"#));
    assert!(terms(&stage.room).contains(r#""free_entry":"Send a postcard""#));
    // The commitment hashes them: a draw is checked with them.
    set(&mut stage, r#"{"profile":"none"}"#);
    accepted(stage.does(7, &id("a"), r#"{"type":"lottery.enter"}"#));
    stage.now += 120_000;
    stage.tick();
    stage.room_orders();
    let Body::Lottery(lottery) = &stage.room.activity(&id("a")).unwrap().body else {
        panic!("a lottery")
    };
    assert_eq!(lottery.wins().len(), 1);
    liveroom_rules::draw::verify(&liveroom_rules::view::proof(lottery))
        .expect("it is as it was fixed");
}

fn terms(room: &Room) -> &str {
    match &room.activity(&id("a")).unwrap().body {
        Body::Lottery(lottery) => &lottery.terms,
        Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => panic!("a lottery"),
    }
}

#[test]
fn a_profile_bounds_how_many_entrants_are_excluded() {
    let reasons = r#"{"exclusions":["Employee"]}"#;
    for (profile, most) in [("none", 10), ("cn", 2), ("us", 2)] {
        let mut stage = room(profile);
        stage.order(&draw("lottery.open", "a", reasons));
        for who in 1..=10 {
            accepted(stage.does(who, &id("a"), r#"{"type":"lottery.enter"}"#));
        }
        let exclude = |stage: &mut Stage, who: u128| {
            let Body::Lottery(lottery) = &stage.room.activity(&id("a")).unwrap().body else {
                panic!("a lottery")
            };
            let name = liveroom_protocol::lottery::Hex(lottery.entrant(Pseudonym(who)));
            stage.order_as(Role::Streamer, &format!(
                r#"{{"type":"lottery.exclude","activity":"a","entrant":"{name}","reason":"Employee"}}"#
            ))
        };
        for who in 1..=10 {
            let verdict = exclude(&mut stage, who);
            if who <= most {
                accepted(verdict);
                // The same one again is no further one.
                accepted(exclude(&mut stage, who));
            } else {
                assert_eq!(refusal(verdict).reason, Reason::TooMany, "{profile}");
            }
        }
    }
}

#[test]
fn the_audit_log_says_under_which_profile_each_command_fell() {
    let mut stage = room("us");
    stage.order(&draw("lottery.open", "a", "{}"));
    set(&mut stage, r#"{"profile":"eu"}"#);
    stage.order(r#"{"type":"pause","activity":"a"}"#);
    let lines: Vec<_> = stage
        .room
        .audit()
        .iter()
        .map(|line| (line.what, line.profile))
        .collect();
    assert_eq!(
        lines,
        [
            ("room.set", stamp(Profile::Us)),
            ("lottery.open", stamp(Profile::Us)),
            ("room.set", stamp(Profile::Eu)),
            ("pause", stamp(Profile::Us)),
        ]
    );
}

#[test]
fn a_replay_of_the_log_gives_the_same_room() {
    let mut stage = room("cn");
    stage.order(&bare("deal.prepare"));
    stage.order(&draw("lottery.open", "b", "{}"));
    stage.now += 60_000;
    stage.tick();
    let mut again = Room::new(stage.room.id().clone());
    for record in &stage.log {
        let text = record.entry.to_json();
        let sum = liveroom_rules::record::checksum(record.position, record.at, &text);
        let read =
            liveroom_rules::record::Record::read(record.position, record.at, &text, sum).unwrap();
        again.fold(&read).unwrap();
    }
    let look = |room: &Room| liveroom_rules::view::view(room, Audience::Desk);
    assert_eq!(look(&again), look(&stage.room));
    assert_eq!(again.audit(), stage.room.audit());
}
