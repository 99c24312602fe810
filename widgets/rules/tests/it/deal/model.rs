//! Any sequence of buyers against a naive shelf.

use super::{
    BEGUN, FAILED, RETURNED, SOLD, TAKEN, claim, id, mine, numbers, open, order, settle, stock,
};
use crate::stage::{KEY, account};
use liveroom_protocol::deal::Standing;
use liveroom_protocol::identity::Role;
use liveroom_rules::private;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::room::Verdict;
use liveroom_rules::view::{self, Audience};
use proptest::prelude::*;

/// What buyers, pages, the shop and the clock may do, small enough to collide.
#[derive(Clone, Debug)]
enum Step {
    Claim {
        who: u8,
        id: u8,
        blue: bool,
        quantity: u8,
    },
    Release {
        who: u8,
        claim: u8,
    },
    Order {
        who: u8,
        claim: u8,
        step: u8,
    },
    Settle {
        claim: u8,
        sold: bool,
    },
    Restock {
        blue: bool,
        by: i8,
    },
    Wait {
        ms: u32,
    },
    Direct {
        what: u8,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..5_u8, 0..30_u8, any::<bool>(), 0..4_u8).prop_map(|(who, id, blue, quantity)| Step::Claim { who, id, blue, quantity }),
        1 => (0..5_u8, 0..20_u8).prop_map(|(who, claim)| Step::Release { who, claim }),
        4 => (0..5_u8, 0..20_u8, 0..3_u8).prop_map(|(who, claim, step)| Step::Order { who, claim, step }),
        3 => (0..20_u8, any::<bool>()).prop_map(|(claim, sold)| Step::Settle { claim, sold }),
        1 => (any::<bool>(), -3..4_i8).prop_map(|(blue, by)| Step::Restock { blue, by }),
        2 => (0..400_000_u32).prop_map(|ms| Step::Wait { ms }),
        1 => (0..5_u8).prop_map(|what| Step::Direct { what }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn stock_adds_up_and_nobody_has_more_than_the_limit_whatever_happens(
        steps in prop::collection::vec(step(), 1..80)
    ) {
        let mut stage = open(r#","limit":3"#);
        let mut totals = [3_i64, 1];
        let mut names: Vec<String> = Vec::new();
        for step in steps {
            let named = |claim: u8| names.get(usize::from(claim)).cloned().unwrap_or_else(|| "c9999".into());
            let variant = |blue: bool| if blue { "blue" } else { "red" };
            match step {
                Step::Wait { ms } => stage.now += u64::from(ms),
                Step::Claim { who, id: request, blue, quantity } => {
                    let action = serde_json::from_str(&claim(variant(blue), quantity.into())).unwrap();
                    let before = stage.log.len() as u64;
                    let verdict = stage.act_as(u128::from(who) + 10, &format!("k{request}"), &id(), action, account());
                    if let Verdict::Accepted { position, .. } = verdict && position > before {
                        names.push(format!("c{position}"));
                    }
                }
                Step::Release { who, claim } => {
                    let json = format!(r#"{{"type":"deal.release","claim":"{}"}}"#, named(claim));
                    stage.does(u128::from(who) + 10, &id(), &json);
                }
                Step::Order { who, claim, step } => {
                    let step = [BEGUN, TAKEN, FAILED][usize::from(step)];
                    stage.does(u128::from(who) + 10, &id(), &order(&named(claim), step));
                }
                Step::Settle { claim, sold } => {
                    let outcome = if sold { SOLD } else { RETURNED };
                    stage.order_as(Role::Shop, &settle(&named(claim), outcome));
                }
                Step::Restock { blue, by } => {
                    let json = format!(r#"{{"type":"deal.stock","activity":"d","variant":"{}","by":{by}}}"#, variant(blue));
                    if let Verdict::Accepted { .. } = stage.order_as(Role::Shop, &json) {
                        totals[usize::from(blue)] += i64::from(by);
                    }
                }
                Step::Direct { what } => {
                    let json = [
                        r#"{"type":"close","activity":"d"}"#,
                        r#"{"type":"reopen","activity":"d"}"#,
                        r#"{"type":"pause","activity":"d"}"#,
                        r#"{"type":"resume","activity":"d"}"#,
                        r#"{"type":"reset","activity":"d"}"#,
                    ][usize::from(what)];
                    if let Verdict::Accepted { .. } = stage.order_as(Role::Streamer, json) && what == 4 {
                        // Only an untouched shelf is filled anew; names of before are nobody's.
                        names.clear();
                    }
                }
            }
            let shelves = stock(&stage);
            for (shelf, total) in shelves.iter().zip(totals) {
                prop_assert_eq!(i64::from(numbers(*shelf)[4]), total);
            }
            let mut told = [[0_u32; 3]; 2];
            for who in 10..15 {
                let mut units = 0;
                for held in view::mine(&stage.room, Pseudonym(who), &id()).map(|_| mine(&stage, who)).unwrap_or_default().claims {
                    let place = usize::from(held.variant.as_str() == "blue");
                    match held.standing {
                        Standing::Reserved => told[place][0] += held.quantity,
                        Standing::Ordering => told[place][1] += held.quantity,
                        Standing::Sold => told[place][2] += held.quantity,
                        Standing::Returned => continue,
                    }
                    units += held.quantity;
                }
                // Also where a settlement comes late, and another claim has filled up the limit since.
                prop_assert!(units <= 3, "{} units", units);
            }
            for (shelf, told) in shelves.iter().zip(told) {
                let [_, reserved, ordering, sold, _] = numbers(*shelf);
                prop_assert_eq!([reserved, ordering, sold], told);
            }
        }
        // Replay gives the same.
        let mut again = liveroom_rules::room::Room::new(stage.room.id().clone());
        for record in &stage.log {
            again.fold(record).unwrap();
        }
        again.private.keep(private::ticket_key(&KEY));
        let seen = |room| format!("{:?}", Audience::ALL.map(|audience| view::view(room, audience)));
        prop_assert_eq!(seen(&again), seen(&stage.room));
    }
}
