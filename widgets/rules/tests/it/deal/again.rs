//! Crashes, retries, late and doubled requests, and lost private values: whatever becomes of a log, the units add up.

use super::{
    BEGUN, FAILED, RETURNED, SOLD, TAKEN, claim, id, mine, numbers, open, order, settle, stock,
};
use crate::stage::{KEY, STAFF, Stage, account};
use liveroom_protocol::deal::Standing;
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::{Act, Order};
use liveroom_rules::private::{self, Private};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Entry, Record};
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::view::{self, Audience};
use proptest::prelude::*;
use std::collections::HashMap;

const VIEWERS: std::ops::Range<u128> = 10..14;

/// One request as it was made, perhaps long before it comes into the log.
#[derive(Clone, Debug)]
enum Asks {
    Claim(bool, u8),
    Release(u8),
    Order(u8, u8),
    Settle(u8, bool),
    Restock(bool, i8),
}

#[derive(Clone, Debug)]
enum Step {
    /// It is made, and waits on its way.
    Make {
        who: u8,
        asks: Asks,
    },
    /// One that waits arrives, in any order; `twice`: it was sent again meanwhile.
    Arrive {
        which: u8,
        twice: bool,
    },
    /// One that has arrived before arrives again.
    Again {
        which: u8,
    },
    Wait {
        ms: u32,
    },
}

fn asks() -> impl Strategy<Value = Asks> {
    prop_oneof![
        5 => (any::<bool>(), 1..3_u8).prop_map(|(blue, quantity)| Asks::Claim(blue, quantity)),
        1 => (0..12_u8).prop_map(Asks::Release),
        4 => (0..12_u8, 0..3_u8).prop_map(|(claim, step)| Asks::Order(claim, step)),
        3 => (0..12_u8, any::<bool>()).prop_map(|(claim, sold)| Asks::Settle(claim, sold)),
        1 => (any::<bool>(), -2..3_i8).prop_map(|(blue, by)| Asks::Restock(blue, by)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..4_u8, asks()).prop_map(|(who, asks)| Step::Make { who, asks }),
        6 => (any::<u8>(), any::<bool>()).prop_map(|(which, twice)| Step::Arrive { which, twice }),
        3 => any::<u8>().prop_map(|which| Step::Again { which }),
        2 => (0..400_000_u32).prop_map(|ms| Step::Wait { ms }),
    ]
}

/// The entry that a server makes of a request now; the room may be another when it arrives.
fn made(stage: &mut Stage, who: u8, asks: &Asks, names: &[String]) -> Option<Entry> {
    let named = |claim: u8| {
        names
            .get(usize::from(claim))
            .map_or("c9999", String::as_str)
    };
    let variant = |blue: bool| if blue { "blue" } else { "red" };
    let json = match asks {
        Asks::Claim(blue, quantity) => claim(variant(*blue), (*quantity).into()),
        Asks::Release(claim) => format!(r#"{{"type":"deal.release","claim":"{}"}}"#, named(*claim)),
        Asks::Order(claim, step) => {
            order(named(*claim), [BEGUN, TAKEN, FAILED][usize::from(*step)])
        }
        Asks::Settle(claim, sold) => settle(named(*claim), if *sold { SOLD } else { RETURNED }),
        Asks::Restock(blue, by) => format!(
            r#"{{"type":"deal.stock","activity":"d","variant":"{}","by":{by}}}"#,
            variant(*blue)
        ),
    };
    let name = stage.fresh();
    let append = match asks {
        Asks::Settle(..) | Asks::Restock(..) => {
            let order = Order {
                id: name,
                command: serde_json::from_str(&json).unwrap(),
            };
            private::order(&KEY, Role::Shop, STAFF, order, &stage.room)
        }
        Asks::Claim(..) | Asks::Release(_) | Asks::Order(..) => {
            let act = Act {
                id: name,
                activity: id(),
                run: None,
                action: serde_json::from_str(&json).unwrap(),
                attest: None,
            };
            let who = VIEWERS.start + u128::from(who);
            private::act(&KEY, Pseudonym(who), account(), act, &stage.room)
        }
    };
    Some(append.ok()?.entry)
}

/// All that anybody is shown, and what each viewer has of it; without what only the private table can tell.
fn seen(room: &Room) -> String {
    let forms = Audience::ALL.map(|audience| view::view(room, audience));
    let own: Vec<_> = VIEWERS
        .map(|who| view::mine(room, Pseudonym(who), &id()))
        .collect();
    let desk = room.activity(&id()).and_then(|deal| view::desk(room, deal));
    format!("{forms:?} {own:?} {desk:?}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn late_doubled_and_repeated_requests_sell_nothing_twice_and_every_prefix_of_the_log_replays(
        steps in prop::collection::vec(step(), 1..80), lost in any::<u8>()
    ) {
        let mut stage = open(r#","limit":2"#);
        let mut names: Vec<String> = Vec::new();
        let mut waiting: Vec<Entry> = Vec::new();
        let mut arrived: Vec<(Entry, Verdict)> = Vec::new();
        // What everybody saw when the log had so many records.
        let mut pictures: HashMap<usize, String> = HashMap::new();
        for step in steps {
            match step {
                Step::Wait { ms } => {
                    stage.now += u64::from(ms);
                    stage.tick();
                }
                Step::Make { who, asks } => {
                    waiting.extend(made(&mut stage, who, &asks, &names));
                }
                Step::Arrive { which, twice } if !waiting.is_empty() => {
                    let entry = waiting.remove(usize::from(which) % waiting.len());
                    let position = stage.log.len() as u64 + 1;
                    let verdict = stage.push(entry.clone());
                    let is_new = matches!(verdict, Verdict::Accepted { position: at, .. } if at == position);
                    if is_new && entry.to_json().contains("deal.claim") {
                        names.push(format!("c{position}"));
                    }
                    if twice {
                        waiting.push(entry.clone());
                    }
                    arrived.push((entry, verdict));
                }
                Step::Again { which } if !arrived.is_empty() => {
                    let (entry, first) = arrived[usize::from(which) % arrived.len()].clone();
                    let before = stock(&stage);
                    let again = stage.push(entry);
                    if let Verdict::Accepted { .. } = first {
                        // What was accepted is told the same, and does nothing more.
                        prop_assert_eq!(again, first);
                        prop_assert_eq!(stock(&stage), before);
                    }
                }
                Step::Arrive { .. } | Step::Again { .. } => {}
            }
            for (shelf, variant) in stock(&stage).iter().zip(["red", "blue"]) {
                let [_, reserved, ordering, sold, _] = numbers(*shelf);
                let mut told = [0; 3];
                for who in VIEWERS {
                    let mut units = 0;
                    for held in mine_of(&stage, who) {
                        let place = match held.standing {
                            Standing::Reserved => 0,
                            Standing::Ordering => 1,
                            Standing::Sold => 2,
                            Standing::Returned => continue,
                        };
                        units += held.quantity;
                        if held.variant.as_str() == variant {
                            told[place] += held.quantity;
                        }
                    }
                    prop_assert!(units <= 2, "{} units", units);
                }
                prop_assert_eq!([reserved, ordering, sold], told);
            }
            pictures.insert(stage.log.len(), seen(&stage.room));
        }
        // A crash after any record: what is read again is what everybody saw then.
        let mut room = Room::new(stage.room.id().clone());
        room.private = stage.room.private.clone();
        for (place, record) in stage.log.iter().enumerate() {
            let (position, at, body) = (record.position, record.at, record.entry.to_json());
            let sum = liveroom_rules::record::checksum(position, at, &body);
            room.fold(&Record::read(position, at, &body, sum).unwrap()).unwrap();
            if let Some(picture) = pictures.get(&(place + 1)) {
                prop_assert_eq!(&seen(&room), picture);
            }
        }
        // Any private value, or all of them, may be lost: no unit is.
        let mut some = stage.room.private.clone();
        let keys: Vec<String> = some.keys().map(str::to_owned).collect();
        if let Some(key) = keys.get(usize::from(lost) % keys.len().max(1)) {
            some.remove(key);
        }
        for private in [some, Private::default()] {
            let mut room = Room::new(stage.room.id().clone());
            room.private = private;
            for record in &stage.log {
                room.fold(record).unwrap();
            }
            prop_assert_eq!(view::view(&room, Audience::Public), view::view(&stage.room, Audience::Public));
        }
    }
}

fn mine_of(stage: &Stage, who: u128) -> Vec<liveroom_protocol::deal::Taken> {
    let who_has = view::mine(&stage.room, Pseudonym(who), &id());
    who_has.map(|_| mine(stage, who).claims).unwrap_or_default()
}
