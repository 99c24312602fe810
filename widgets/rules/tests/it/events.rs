//! What a back end is told: once, in order, the same whenever the log is folded again, and nothing of the crowd.

use crate::stage::{Stage, accepted};
use liveroom_protocol::event::{Cursor, Event};
use liveroom_protocol::id::{ActivityId, RoomId};
use liveroom_protocol::identity::Role;
use liveroom_protocol::time::rfc3339;
use liveroom_rules::activity::Body;
use liveroom_rules::events::events;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Room;
use serde_json::Value;

const SOURCE: &str = "urn:liveroom:demo";

/// All that a log tells, folded from its beginning.
fn told(stage: &Stage) -> Vec<Event> {
    let mut room = Room::new(RoomId::parse("demo").unwrap());
    let mut all = Vec::new();
    for record in &stage.log {
        room.fold(record).expect("a log in order");
        let epoch = room.epoch().expect("it was founded").clone();
        all.extend(events(&room, &epoch, SOURCE).map(|(_, event)| event));
    }
    all
}

/// The types with what names it best.
fn short(all: &[Event]) -> Vec<String> {
    all.iter()
        .map(|event| {
            let data = serde_json::to_value(&event.data).unwrap();
            let mut text = event.kind.trim_start_matches("live.").to_owned();
            for key in ["claim", "win", "outcome", "alert", "by"] {
                if let Some(value) = data.get(key) {
                    let word = value
                        .as_str()
                        .map_or_else(|| value.to_string(), str::to_owned);
                    text = format!("{text} {word}");
                }
            }
            text
        })
        .collect()
}

fn id(activity: &str) -> ActivityId {
    ActivityId::parse(activity).unwrap()
}

fn act(stage: &mut Stage, who: u128, activity: &str, json: &str) -> u64 {
    accepted(stage.does(who, &id(activity), json))
}

const DEAL: &str = r#"{"type":"deal.open","activity":"mug","title":"A mug","sku":"m-1","price":{"amount":"5","currency":"EUR"},
    "variants":[{"id":"red","stock":5}],"limit":5,"reserve_ms":10000,"closes_in_ms":60000}"#;

#[test]
fn a_sale_is_told_from_its_opening_to_its_end() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"show.start"}"#);
    stage.order(DEAL);
    let claim = r#"{"type":"deal.claim","variant":"red","quantity":1}"#;
    let first = act(&mut stage, 11, "mug", claim);
    let second = act(&mut stage, 12, "mug", claim);
    let third = act(&mut stage, 13, "mug", claim);
    let sold = format!(
        r#"{{"type":"deal.settle","activity":"mug","claim":"c{first}","settle":{{"outcome":"sold","order":"A-1"}}}}"#
    );
    accepted(stage.order_as(Role::Shop, &sold));
    accepted(stage.order_as(Role::Shop, &sold));
    act(
        &mut stage,
        12,
        "mug",
        &format!(r#"{{"type":"deal.release","claim":"c{second}"}}"#),
    );
    // Long after: the third reservation is over, then the deal itself.
    stage.now += 90_000;
    stage.order(r#"{"type":"show.on_air","on_air":["lin"]}"#);
    let all = told(&stage);
    assert_eq!(
        short(&all),
        [
            "room.show_started command".to_owned(),
            "deal.opened command".to_owned(),
            format!("deal.claimed c{first} viewer"),
            format!("deal.claimed c{second} viewer"),
            "room.alert stock_low viewer".to_owned(),
            format!("deal.claimed c{third} viewer"),
            format!("deal.ordered c{first} sold command"),
            format!("deal.released c{second} viewer"),
            format!("deal.expired c{third} deadline"),
            "deal.closed deadline".to_owned(),
            "room.handed_over command".to_owned(),
        ]
    );
    let order = &all[6].data;
    assert_eq!(
        order.order.as_ref().map(|order| order.as_str()),
        Some("A-1")
    );
    assert_eq!(all[2].data.quantity, Some(1));
    assert_eq!(all[2].subject.as_ref().map(ActivityId::as_str), Some("mug"));
    // Each happened at its own moment, also where the record came later.
    let times: Vec<&str> = all[8..].iter().map(|event| &event.time[14..19]).collect();
    assert_eq!(times, ["00:11", "01:01", "01:31"]);
}

#[test]
fn a_draw_is_told_with_its_prizes_and_what_becomes_of_them() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"lottery.open","activity":"cups","title":"Cups","prizes":[{"name":"A cup","count":3}],"claim_within_ms":60000}"#);
    for who in 11..=20 {
        act(&mut stage, who, "cups", r#"{"type":"lottery.enter"}"#);
    }
    stage.order(r#"{"type":"close","activity":"cups"}"#);
    stage.order(r#"{"type":"lottery.draw","activity":"cups"}"#);
    let activity = stage.room.activities()[0].body.clone();
    let Body::Lottery(lottery) = activity else {
        panic!("it is a lottery")
    };
    let winner = lottery.wins()[0].who.0;
    act(
        &mut stage,
        winner,
        "cups",
        r#"{"type":"lottery.claim","win":0}"#,
    );
    accepted(stage.order_as(
        Role::Shop,
        r#"{"type":"lottery.fulfil","activity":"cups","win":0}"#,
    ));
    accepted(stage.order_as(
        Role::Shop,
        r#"{"type":"lottery.fulfil","activity":"cups","win":0}"#,
    ));
    stage.order(r#"{"type":"lottery.forfeit","activity":"cups","win":1,"reason":"A colleague","redraw":true}"#);
    stage.now += 61_000;
    stage.order(r#"{"type":"put_away","activity":"cups"}"#);
    let all = told(&stage);
    assert_eq!(
        short(&all),
        [
            "lottery.opened command",
            "lottery.closed command",
            "lottery.drawn command",
            "lottery.won 0 command",
            "lottery.won 1 command",
            "lottery.won 2 command",
            "lottery.claimed 0 viewer",
            "lottery.fulfilled 0 command",
            "lottery.forfeited 1 command",
            "lottery.won 3 command",
            "lottery.forfeited 2 deadline",
            "lottery.forfeited 3 deadline",
            "lottery.put_away command",
        ]
    );
    assert_eq!(
        (all[2].data.entrants, all[2].data.winners),
        (Some(10), Some(3))
    );
    assert_eq!(all[9].data.instead_of, Some(1));
}

#[test]
fn polls_and_lists_of_questions_that_are_called_off_are_told_as_such() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"poll.open","activity":"tea","question":"Tea?","options":["A","B"]}"#);
    stage.order(r#"{"type":"cancel","activity":"tea","reason":"It is cold"}"#);
    stage.order(r#"{"type":"qna.prepare","activity":"ask","title":"Ask us","announce":true}"#);
    stage.order(r#"{"type":"cancel","activity":"ask","reason":"Nobody is there"}"#);
    stage.order(r#"{"type":"reset","activity":"ask"}"#);
    stage.order(r#"{"type":"cancel","activity":"ask","reason":"Nobody is there"}"#);
    assert_eq!(
        short(&told(&stage)),
        [
            "poll.opened command",
            "poll.closed command",
            "poll.cancelled command",
            "qna.cancelled command",
            "qna.reset command",
            "qna.cancelled command",
        ]
    );
}

#[test]
fn what_is_called_off_reset_or_hidden_is_told_once() {
    let mut stage = Stage::new();
    stage.order(DEAL);
    let claim = r#"{"type":"deal.claim","variant":"red","quantity":5}"#;
    let all_units = act(&mut stage, 11, "mug", claim);
    stage.order(r#"{"type":"pause","activity":"mug"}"#);
    stage.order(r#"{"type":"resume","activity":"mug"}"#);
    stage.order(r#"{"type":"cancel","activity":"mug","reason":"It is broken"}"#);
    let tea = stage
        .order(r#"{"type":"poll.open","activity":"tea","question":"Tea?","options":["A","B"]}"#);
    stage.order(r#"{"type":"reset","activity":"tea"}"#);
    stage.order(r#"{"type":"close","activity":"tea"}"#);
    stage.order(r#"{"type":"reveal","activity":"tea"}"#);
    stage.order(r#"{"type":"reveal","activity":"tea"}"#);
    stage.order(r#"{"type":"reopen","activity":"tea"}"#);
    accepted(stage.order_as(Role::Owner, r#"{"type":"room.seal"}"#));
    let all = told(&stage);
    assert_eq!(
        short(&all),
        [
            "deal.opened command".to_owned(),
            format!("deal.claimed c{all_units} viewer"),
            "room.alert sold_out viewer".to_owned(),
            "deal.paused command".to_owned(),
            "deal.resumed command".to_owned(),
            "deal.closed command".to_owned(),
            format!("deal.released c{all_units} command"),
            "deal.cancelled command".to_owned(),
            "poll.opened command".to_owned(),
            "poll.reset command".to_owned(),
            "poll.opened command".to_owned(),
            "poll.closed command".to_owned(),
            "poll.revealed command".to_owned(),
            "poll.opened command".to_owned(),
            "poll.closed command".to_owned(),
            "room.sealed command".to_owned(),
        ]
    );
    assert_eq!(all[10].data.run, Some(2));
    let text = serde_json::to_string(&all).unwrap();
    assert!(
        !text.contains("broken") && !text.contains("Tea?"),
        "no person's words"
    );
    assert_eq!(tea.as_str(), "tea");
}

#[test]
fn what_may_not_open_when_its_time_comes_is_told_once() {
    let mut stage = Stage::new();
    let setting = r#"{"type":"room.set","approval":true}"#;
    accepted(stage.order_as(Role::Owner, setting));
    let soon = DEAL.replace(
        r#""type":"deal.open""#,
        r#""type":"deal.prepare","opens_in_ms":5000"#,
    );
    stage.order(&soon);
    stage.now += 4_999;
    stage.tick();
    assert!(told(&stage).is_empty(), "it is only prepared");
    stage.now += 60_000;
    stage.tick();
    stage.order(r#"{"type":"show.start"}"#);
    let all = told(&stage);
    let types = ["deal.held_back deadline", "room.show_started command"];
    assert_eq!(short(&all), types);
    assert_eq!(all[0].subject, Some(id("mug")));
    assert_eq!(all[0].time, rfc3339(stage.log[2].at.0 + 5_000));
    let approve = r#"{"type":"approve","activity":"mug"}"#;
    let request = stage.fresh();
    accepted(stage.order_by(Role::Owner, Pseudonym(2), request, approve));
    stage.order(r#"{"type":"open","activity":"mug"}"#);
    assert_eq!(short(&told(&stage))[2..], ["deal.opened command"]);
}

#[test]
fn a_crowd_that_votes_enters_and_asks_tells_nothing() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"poll.open","activity":"tea","question":"Tea?","options":["A","B"]}"#);
    stage.order(r#"{"type":"qna.open","activity":"ask","title":"Ask","approval":false}"#);
    stage.order(
        r#"{"type":"lottery.open","activity":"cups","title":"Cups","prizes":[{"name":"A cup"}]}"#,
    );
    let before = told(&stage).len();
    for who in 11..=60 {
        accepted(stage.vote(who, &id("tea"), &["1"]));
        act(&mut stage, who, "cups", r#"{"type":"lottery.enter"}"#);
        act(
            &mut stage,
            who,
            "ask",
            &format!(r#"{{"type":"qna.ask","text":"What about {who}?"}}"#),
        );
    }
    assert_eq!(told(&stage).len(), before);
}

#[test]
fn every_event_has_a_name_of_its_own_for_ever_and_what_was_refused_has_none() {
    let mut stage = Stage::new();
    stage.order(DEAL);
    let claim = r#"{"type":"deal.claim","variant":"red","quantity":2}"#;
    for who in 11..=13 {
        // The third finds one unit left.
        let _ = stage.does(who, &id("mug"), claim);
    }
    stage.order(r#"{"type":"cancel","activity":"mug","reason":"x"}"#);
    let (all, again) = (told(&stage), told(&stage));
    assert_eq!(all, again);
    let mut before = None;
    for event in &all {
        let cursor: Cursor = event.id.parse().unwrap();
        assert_eq!(cursor.to_string(), event.id);
        let place = (cursor.position, cursor.number);
        assert!(before < Some(place), "{event:?}");
        before = Some(place);
    }
    let claimed = all.iter().filter(|event| event.kind == "live.deal.claimed");
    assert_eq!(claimed.count(), 2);
    for wrong in [
        "", "e1", "e1-1", "e1-1-x", "e1--1", "e1-01-1", "e1-+1-1", "-1-1", "é-1-1",
    ] {
        assert!(wrong.parse::<Cursor>().is_err(), "{wrong}");
    }
    let dashed: Cursor = "a-b-3-1".parse().unwrap();
    assert_eq!(
        (dashed.epoch.as_str(), dashed.position, dashed.number),
        ("a-b", 3, 1)
    );
    let value: Value = serde_json::to_value(&all[0]).unwrap();
    assert_eq!(value["specversion"], "1.0");
}
