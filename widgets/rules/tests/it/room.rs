//! What a room does, whatever runs in it.

use crate::stage::{KEY, Stage, accepted, reason, request, vote};
use liveroom_protocol::Reason;
use liveroom_protocol::id::{Epoch, RoomId};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::State;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::RULES;
use liveroom_rules::pseudonym::{Identity, Pseudonym};
use liveroom_rules::record::{Damage, Entry, Founding, Record, What, Who, checksum};
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::view::Audience::{Desk, Public};
use liveroom_rules::{seal, view};

const POLL: &str = r#"{"type":"poll.open","activity":"p","question":"?","options":["a","b"]}"#;

#[test]
fn only_the_roles_of_the_table_may_order() {
    let may = |role, json: &str| {
        let mut stage = Stage::new();
        stage.order(POLL);
        !matches!(stage.order_as(role, json), Verdict::Refused(refusal) if refusal.reason == Reason::NotAllowed)
    };
    let close = r#"{"type":"close","activity":"p"}"#;
    let seal = r#"{"type":"room.seal"}"#;
    let start = r#"{"type":"show.start"}"#;
    for (role, start_ok, close_ok, seal_ok) in [
        (Role::Viewer, false, false, false),
        (Role::Analyst, false, false, false),
        (Role::Shop, false, false, false),
        (Role::Moderator, false, true, false),
        (Role::Operator, true, true, false),
        (Role::Streamer, true, true, false),
        (Role::Owner, true, true, true),
    ] {
        assert_eq!(
            (may(role, start), may(role, close), may(role, seal)),
            (start_ok, close_ok, seal_ok),
            "{role:?}"
        );
    }
}

#[test]
fn a_command_repeated_under_its_id_names_the_same_activity() {
    let mut stage = Stage::new();
    let open = r#"{"type":"poll.open","question":"?","options":["a","b"]}"#;
    let first = stage.order_again(Role::Streamer, request("x"), open);
    assert_eq!(stage.order_again(Role::Streamer, request("x"), open), first);
    assert_eq!(stage.room.activities().len(), 1);
    let other = r#"{"type":"poll.open","question":"!","options":["a","b"]}"#;
    assert_eq!(
        reason(stage.order_again(Role::Streamer, request("x"), other)),
        Reason::IdReused
    );
}

#[test]
fn what_is_open_when_a_show_ends_closes_with_it() {
    let mut stage = Stage::new();
    assert_eq!(stage.refused(r#"{"type":"show.end"}"#), Reason::NotOpen);
    stage.order(r#"{"type":"show.start","title":"Launch","on_air":["anna"]}"#);
    assert_eq!(stage.refused(r#"{"type":"show.start"}"#), Reason::StillOpen);
    let poll = stage.order(POLL);
    stage.order(r#"{"type":"show.on_air","on_air":["ben"]}"#);
    stage.now += 1;
    stage.order(r#"{"type":"show.end"}"#);
    assert_eq!(stage.tally(&poll, Public).phase, Phase::Closed);
    let on_air: Vec<usize> = stage
        .room
        .audit()
        .iter()
        .filter(|line| line.refused.is_none())
        .map(|line| line.on_air.len())
        .collect();
    assert_eq!(on_air, [1, 1, 1, 0]);
    assert_eq!(stage.room.show().unwrap().ended_at, Some(Timestamp(1_001)));
}

#[test]
fn a_log_that_cannot_be_trusted_is_not_folded() {
    let entry = |what| Entry {
        who: Who::Room,
        id: request("x"),
        what,
    };
    let founding = |rules, room: &str| {
        What::Found(Founding {
            rules,
            epoch: Epoch::parse("e").unwrap(),
            room: RoomId::parse(room).unwrap(),
        })
    };
    let at = Timestamp(5);
    let mut room = Room::new(RoomId::parse("demo").unwrap());
    let mut fold = |position, at, what| {
        room.fold(&Record {
            position,
            at,
            entry: entry(what),
        })
    };
    for unknown in [0, RULES + 1, 99] {
        assert_eq!(
            fold(1, at, founding(unknown, "demo")),
            Err(Damage::UnknownRules(unknown))
        );
    }
    assert_eq!(fold(1, at, founding(1, "other")), Err(Damage::Founding));
    assert_eq!(fold(1, at, What::Tick), Err(Damage::Founding));
    assert!(fold(1, at, founding(1, "demo")).is_ok());
    assert_eq!(fold(3, at, What::Tick), Err(Damage::Gap));
    assert_eq!(
        fold(2, Timestamp(4), What::Tick),
        Err(Damage::Gap),
        "time never goes back"
    );
    assert_eq!(fold(2, at, founding(1, "demo")), Err(Damage::Founding));
}

#[test]
fn every_flipped_bit_of_a_record_is_noticed() {
    let mut stage = Stage::new();
    let poll = stage.order(POLL);
    accepted(stage.vote(5, &poll, &["1"]));
    let record = stage.log.last().unwrap();
    let body = record.entry.to_json();
    let sum = checksum(record.position, record.at, &body);
    assert_eq!(
        Record::read(record.position, record.at, &body, sum).as_ref(),
        Ok(record)
    );
    for place in 0..body.len() * 8 {
        let mut bytes = body.clone().into_bytes();
        bytes[place / 8] ^= 1 << (place % 8);
        if let Ok(bent) = String::from_utf8(bytes) {
            assert_eq!(
                Record::read(record.position, record.at, &bent, sum),
                Err(Damage::Checksum)
            );
        }
    }
    assert_eq!(
        Record::read(record.position + 1, record.at, &body, sum),
        Err(Damage::Checksum)
    );
}

#[test]
fn a_pseudonym_says_nothing_without_the_key() {
    let account = |name: &str| KEY.pseudonym(&Identity::Account(name.into()));
    assert_eq!(account("anna"), account("anna"));
    assert_ne!(account("anna"), account("ben"));
    assert_ne!(
        account("anna"),
        KEY.pseudonym(&Identity::Device("anna".into()))
    );
    assert_ne!(
        KEY.for_reports(account("anna")),
        account("anna").to_string()
    );
    // HMAC-SHA-256 under 32 bytes of 7 of len("account") "account" len("anna") "anna", reckoned by Python's hmac.
    assert_eq!(account("anna").to_string(), include_str!("anna.txt").trim());
}

#[test]
fn a_viewer_has_a_bounded_number_of_accepted_requests() {
    let mut stage = Stage::new();
    let poll = stage.order(POLL);
    let most = liveroom_protocol::limits::REQUESTS_PER_VIEWER;
    for n in 0..most {
        accepted(stage.act(
            5,
            &format!("n{n}"),
            &poll,
            vote(&[if n % 2 == 0 { "1" } else { "2" }]),
        ));
    }
    assert_eq!(
        reason(stage.act(5, "more", &poll, vote(&["1"]))),
        Reason::TooMany
    );
    accepted(stage.act(5, "n3", &poll, vote(&["2"])));
    accepted(stage.act(6, "more", &poll, vote(&["1"])));
}

#[test]
fn a_sealed_room_names_no_viewer_and_takes_nothing() {
    let mut stage = Stage::new();
    let poll = stage.order(POLL);
    accepted(stage.act(0xabcdef, "a", &poll, vote(&["1"])));
    accepted(stage.order_as(Role::Owner, r#"{"type":"room.seal"}"#));
    assert_eq!(stage.room.state(), State::Sealed);
    assert_eq!(
        stage.refused(r#"{"type":"reset","activity":"p"}"#),
        Reason::Sealed
    );
    let first = accepted(stage.act(0xabcdef, "a", &poll, vote(&["1"])));
    assert_eq!(first, 3, "what was acknowledged is still told the same");
    let text = serde_json::to_string(&seal::seal(&stage.room).unwrap()).unwrap();
    assert!(
        text.contains(r#""votes":[1,0]"#) && !text.contains(&Pseudonym(0xabcdef).to_string()),
        "{text}"
    );
}

#[test]
fn a_damaged_room_shows_its_last_good_state() {
    let mut stage = Stage::new();
    let poll = stage.order(POLL);
    accepted(stage.vote(1, &poll, &["1"]));
    stage.room.damage();
    assert_eq!(stage.tally(&poll, Public).votes, Some(vec![1, 0]));
    assert_eq!(view::room_news(&stage.room, None).state, State::Damaged);
    assert_eq!(view::view(&stage.room, Desk).len(), 1);
}

#[test]
fn what_was_put_away_is_not_brought_back() {
    let mut stage = Stage::new();
    stage.order(POLL);
    stage.order(r#"{"type":"put_away","activity":"p"}"#);
    for order in [
        "reset", "reveal", "close", "pause", "open", "reopen", "put_away",
    ] {
        assert_eq!(
            stage.refused(&format!(r#"{{"type":"{order}","activity":"p"}}"#)),
            Reason::NotFound,
            "{order}"
        );
    }
    assert_eq!(stage.refused(POLL), Reason::Taken);
}

#[test]
fn a_room_shows_a_bounded_number_of_activities() {
    let mut stage = Stage::new();
    let open = r#"{"type":"poll.open","question":"?","options":["a","b"]}"#;
    let first = stage.order(open);
    for _ in 1..liveroom_protocol::limits::ACTIVITIES_SHOWN {
        stage.order(open);
    }
    assert_eq!(stage.refused(open), Reason::TooMany);
    stage.order(&format!(r#"{{"type":"put_away","activity":"{first}"}}"#));
    stage.order(open);
}

#[test]
fn a_room_is_set_up_with_origins_and_delays_that_can_be() {
    let mut stage = Stage::new();
    for (json, good) in [
        (
            r#""origins":["https://shop.example","http://localhost:8080"]"#,
            true,
        ),
        (r#""origins":["shop.example"]"#, false),
        (r#""origins":["https://shop.example/"]"#, false),
        (r#""origins":["*"]"#, false),
        (r#""origins":["https://"]"#, false),
        (r#""delay_ms":120000"#, true),
        (r#""delay_ms":120001"#, false),
        (r#""level":"verified""#, true),
    ] {
        let verdict = stage.order_as(Role::Owner, &format!(r#"{{"type":"room.set",{json}}}"#));
        assert_eq!(matches!(verdict, Verdict::Accepted { .. }), good, "{json}");
    }
    assert_eq!(stage.room.setup().delay.0, 120_000);
    let poll = stage.order(POLL);
    assert_eq!(reason(stage.vote(1, &poll, &["1"])), Reason::NeedsVerified);
}
