//! What exact figures cost a busy room: `./tests/bench facts`.
//!
//! The same votes are folded twice, by the rules alone and with the facts beside, as a server does; then the figures are added up,
//! as the page of figures asks for every three seconds and a desk's alerts every ten. It is one thread, and no disk.

use liveroom_demo::facts::{By, Facts, Scope, Sums};
use liveroom_protocol::id::{ActivityId, Epoch, OptionId, RequestId, RoomId};
use liveroom_protocol::identity::{Label, Role, Standing};
use liveroom_protocol::message::{Act, Order};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, poll};
use liveroom_rules::pseudonym::{Pseudonym, RoomKey};
use liveroom_rules::record::{Entry, Founding, Record, What, Who};
use liveroom_rules::room::Room;
use liveroom_rules::{RULES, private};
use liveroom_tests::chance::Chance;
use liveroom_tests::figure::Figure;
use liveroom_tests::process::Fault;
use serde_json::json;
use std::process::ExitCode;
use std::time::Instant;

/// How many vote.
const VOTES: u64 = 500_000;
/// Votes a second, so that the figures have as many minutes as a show of two hours.
const A_SECOND: u64 = 70;
/// Times that each is done; the quickest counts.
const ROUNDS: u32 = 3;
/// When it begins: 2026-05-04 12:00 UTC.
const NOON: u64 = 1_777_896_000_000;

fn main() -> ExitCode {
    match bench() {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("bench facts: {fault}");
            ExitCode::FAILURE
        }
    }
}

fn bench() -> Result<(), Fault> {
    eprintln!("{VOTES} votes are made.");
    let records = records()?;
    let (mut alone, mut beside) = (f64::MAX, f64::MAX);
    let mut kept = None;
    for _ in 0..ROUNDS {
        let began = Instant::now();
        let mut room = Room::new(RoomId::parse("busy")?);
        for record in &records {
            room.fold(record).map_err(|damage| format!("{damage:?}"))?;
        }
        alone = alone.min(began.elapsed().as_secs_f64());
        drop(room);
        let began = Instant::now();
        let (mut room, mut facts) = (Room::new(RoomId::parse("busy")?), Facts::default());
        for record in &records {
            let before = Facts::before(&room, record);
            let verdict = room.fold(record).map_err(|damage| format!("{damage:?}"))?;
            facts.take(before, record, &verdict, &room);
        }
        beside = beside.min(began.elapsed().as_secs_f64());
        kept = Some((room, facts));
    }
    let (room, facts) = kept.ok_or("nothing was folded")?;
    let each = 1e9 / VOTES as f64;
    say("fold_ns", alone * each, "ns a record");
    say("fold_with_facts_ns", beside * each, "ns a record");
    let whole = Scope {
        to: u64::MAX,
        ..Scope::default()
    };
    let end = NOON + VOTES / A_SECOND * 1_000;
    let recent = Scope {
        from: end - 360_000,
        to: u64::MAX,
        ..Scope::default()
    };
    let told = sums("sums_ms", &facts, &room, &whole, &[By::Activity]);
    sums("sums_by_all_ms", &facts, &room, &whole, &By::ALL);
    sums("sums_of_alerts_ms", &facts, &room, &recent, &[]);
    let exact = told.participants == Some(VOTES);
    say("exact", f64::from(u8::from(exact)), "1 if it is");
    if exact {
        Ok(())
    } else {
        Err(format!("{:?} of {VOTES} are counted", told.participants).into())
    }
}

fn sums(figure: &str, facts: &Facts, room: &Room, scope: &Scope, by: &[By]) -> Sums {
    let mut quickest = f64::MAX;
    let mut told = Sums::default();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        told = facts.sums(room, scope, by);
        quickest = quickest.min(began.elapsed().as_secs_f64());
    }
    say(figure, quickest * 1e3, "ms");
    told
}

fn say(figure: &str, value: f64, unit: &str) {
    let (bench, who) = ("facts", "liveroom");
    Figure {
        bench,
        who,
        figure,
        value,
        unit,
    }
    .print();
}

/// A poll with a brand in a show, and a vote each of as many viewers in four groups.
fn records() -> Result<Vec<Record>, Fault> {
    let key = RoomKey::new([7; 32]);
    let mut room = Room::new(RoomId::parse("busy")?);
    let mut records = Vec::new();
    let found = Entry {
        who: Who::Room,
        id: RequestId::parse("found")?,
        what: What::Found(Founding {
            rules: RULES,
            epoch: Epoch::parse("bench")?,
            room: RoomId::parse("busy")?,
        }),
    };
    put(&mut records, found, NOON);
    room.fold(&records[0])
        .map_err(|damage| format!("{damage:?}"))?;
    for (place, command) in [
        json!({ "type": "show.start", "title": "Busy", "on_air": ["lin", "kim"] }),
        json!({ "type": "poll.open", "activity": "poll", "question": "Which?", "options": ["A", "B", "C", "D"],
            "about": { "brand": "Harbour", "tags": ["hot", "drink"], "products": ["p-1"] } }),
    ]
    .into_iter()
    .enumerate()
    {
        let order = Order {
            id: RequestId::parse(format!("order-{place}"))?,
            command: serde_json::from_value(command)?,
        };
        let append = private::order(&key, Role::Streamer, Pseudonym(1), order, &room);
        let append = append.map_err(|refusal| format!("{refusal:?}"))?;
        put(&mut records, append.entry, NOON);
        room.fold(&records[place + 1])
            .map_err(|damage| format!("{damage:?}"))?;
    }
    let mut chance = Chance::new(2002);
    for number in 0..VOTES {
        let entry = vote(&key, &room, &mut chance, number)?;
        put(&mut records, entry, NOON + number / A_SECOND * 1_000);
    }
    Ok(records)
}

fn put(records: &mut Vec<Record>, entry: Entry, at: u64) {
    let position = records.len() as u64 + 1;
    let at = Timestamp(at);
    records.push(Record {
        position,
        at,
        entry,
    });
}

/// A vote of a viewer of chance.
fn vote(key: &RoomKey, room: &Room, chance: &mut Chance, number: u64) -> Result<Entry, Fault> {
    let who = u128::from(chance.number()) << 64 | u128::from(chance.number());
    let tier = if number.is_multiple_of(2) {
        "gold"
    } else {
        "none"
    };
    let standing = Standing {
        tier: Some(Label::parse(tier)?),
        segments: vec![Label::parse(&format!("s{}", number % 4))?],
        ..Standing::default()
    };
    let option = (chance.below(4) + 1).to_string();
    let act = Act {
        id: RequestId::parse(format!("{:016x}{number:06x}", chance.number()))?,
        activity: ActivityId::parse("poll")?,
        run: Some(1),
        action: Action::PollVote(poll::Vote {
            choices: vec![OptionId::parse(option)?],
        }),
        attest: None,
    };
    let append = private::act(key, Pseudonym(who), standing, act, room);
    Ok(append.map_err(|refusal| format!("{refusal:?}"))?.entry)
}
