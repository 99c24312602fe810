//! The draw: small cases exhaustively, large ones by their statistics, trees against the definition.

use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::{Closing, Hex, Proof};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::draw::{
    self, ALGORITHM, Checker, Entrant, Fault, Hash, Key, Level, Pool, Round, Stage, Terms, Tree,
    canonical, commitment, included, randomness, root, verify,
};
use liveroom_rules::pseudonym::{Identity, Pseudonym, RoomKey};
use proptest::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// Entrants 0, 1, 2, … with these tickets.
fn roll(tickets: &[u32]) -> Vec<Entrant> {
    (0_u128..)
        .zip(tickets)
        .map(|(id, tickets)| match tickets {
            0 => Entrant::excluded(id.to_be_bytes(), 1),
            _ => Entrant::new(id.to_be_bytes(), *tickets),
        })
        .collect()
}

fn seed(number: u64) -> [u8; 32] {
    Sha256::digest(number.to_be_bytes()).into()
}

fn places(tickets: &[u32], number: u64) -> Vec<usize> {
    let roll = roll(tickets);
    let pool = Pool::new(&roll, &seed(number), &root(&roll), None);
    pool.map(|chosen| chosen.place).collect()
}

/// Pearson's statistic of what was seen against what is due.
fn chi_squared(seen: &[f64], due: &[f64]) -> f64 {
    let part = |(seen, due): (&f64, &f64)| (seen - due).powi(2) / due;
    seen.iter().zip(due).map(part).sum()
}

#[test]
fn every_entrant_is_drawn_once_and_nobody_who_is_excluded() {
    for size in 0..40 {
        let tickets: Vec<u32> = (0..size).map(|place| place % 4).collect();
        let mut drawn = places(&tickets, u64::from(size));
        drawn.sort_unstable();
        let able = (0..tickets.len()).filter(|place| tickets[*place] > 0);
        assert_eq!(drawn, able.collect::<Vec<_>>());
    }
}

#[test]
fn every_order_of_four_entrants_is_as_likely_as_every_other() {
    const DRAWS: u64 = 24_000;
    let mut seen: HashMap<Vec<usize>, f64> = HashMap::new();
    for number in 0..DRAWS {
        *seen.entry(places(&[1; 4], number)).or_default() += 1.0;
    }
    let seen: Vec<f64> = seen.into_values().collect();
    assert_eq!(seen.len(), 24);
    // 23 degrees of freedom: above 49.7 once in a thousand; the seeds are fixed.
    assert!(chi_squared(&seen, &[1_000.0; 24]) < 49.7);
}

#[test]
fn a_million_draws_give_each_ticket_its_chance() {
    const DRAWS: u64 = 1_000_000;
    let tickets: Vec<u32> = (0..100).map(|place| 1 + place % 7).collect();
    let all: u32 = tickets.iter().sum();
    let roll = roll(&tickets);
    let root = root(&roll);
    let mut seen = vec![0.0; tickets.len()];
    for number in 0..DRAWS {
        let mut pool = Pool::new(&roll, &seed(number), &root, None);
        seen[pool.next().expect("somebody is drawn").place] += 1.0;
    }
    let due: Vec<f64> = tickets
        .iter()
        .map(|tickets| DRAWS as f64 * f64::from(*tickets) / f64::from(all))
        .collect();
    // 99 degrees of freedom: above 148.2 once in a thousand.
    assert!(chi_squared(&seen, &due) < 148.2);
}

#[test]
fn weights_without_replacement_have_their_exact_chances() {
    const DRAWS: u64 = 60_000;
    let tickets = [1, 2, 3];
    let mut seen: HashMap<Vec<usize>, f64> = HashMap::new();
    for number in 0..DRAWS {
        *seen.entry(places(&tickets, number)).or_default() += 1.0;
    }
    // Of each order: tickets of the first of 6, then of the second of what is left.
    let chance = |first: usize, second: usize| {
        let weight = |place: usize| f64::from(tickets[place]);
        weight(first) / 6.0 * weight(second) / (6.0 - weight(first))
    };
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let due = orders.map(|order| DRAWS as f64 * chance(order[0], order[1]));
    let seen = orders.map(|order| seen[&order.to_vec()]);
    // 5 degrees of freedom: above 20.5 once in a thousand.
    assert!(chi_squared(&seen, &due) < 20.5);
}

/// RFC 6962, section 2.1, as it is written there.
fn defined(roll: &[Entrant]) -> Hash {
    let hash = |parts: &[&[u8]]| -> Hash { Sha256::digest(parts.concat()).into() };
    match roll {
        [] => hash(&[]),
        [one] => hash(&[&[0], b"liveroom-draw-1 entrant", &one.bytes()]),
        _ => {
            let half = roll.len().next_power_of_two() / 2;
            let (left, right) = roll.split_at(half);
            hash(&[&[1], &defined(left), &defined(right)])
        }
    }
}

#[test]
fn the_tree_is_the_one_that_the_rfc_defines_and_every_entrant_has_a_path() {
    for size in 0..=130_u32 {
        let roll = roll(&(1..=size).collect::<Vec<_>>());
        let tree = Tree::new(&roll);
        assert_eq!(root(&roll), defined(&roll));
        assert_eq!(tree.root(), defined(&roll));
        assert_eq!(tree.path(roll.len()), None);
        for (place, entrant) in (0..).zip(&roll) {
            let path = tree.path(place as usize).expect("a place on the roll");
            assert!(included(entrant, place, size, &path, &tree.root()));
            assert!(!included(entrant, place ^ 1, size, &path, &tree.root()));
            let other = Entrant::new(entrant.id, entrant.tickets + 1);
            assert!(!included(&other, place, size, &path, &tree.root()));
        }
    }
}

#[test]
fn rounds_of_quicknet_have_their_randomness_and_their_time() {
    let signature = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
    let signature = Hex::<48>::parse(signature).expect("48 bytes");
    assert_eq!(
        Hex(randomness(&signature.0)).to_string(),
        "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
    );
    let first = Round::quicknet(1);
    assert_eq!(first.at(), Timestamp(1_692_803_367_000));
    assert_eq!(Round::not_before(Timestamp(0)), first);
    assert_eq!(Round::not_before(first.at()), first);
    for later in [1, 2_999, 3_000] {
        let after = Timestamp(first.at().0 + later);
        assert_eq!(Round::not_before(after), Round::quicknet(2));
    }
}

#[test]
fn a_viewer_has_another_id_in_each_draw_and_no_seed_is_another_draws() {
    let room = RoomKey::new([5; 32]);
    let who = room.pseudonym(&Identity::Account("ada".to_owned()));
    let activity = ActivityId::parse("spring").expect("an id");
    let ids = [0, 1].map(|run| Key::derive(&room, &activity, run).entrant(who));
    let seeds = [0, 1].map(|run| draw::seed(&room, &activity, run));
    assert_ne!(ids[0], ids[1]);
    assert_ne!(seeds[0], seeds[1]);
    assert_ne!(&seeds[0], Key::derive(&room, &activity, 0).bytes());
    assert_eq!(ids[0], Key::derive(&room, &activity, 0).entrant(who));
}

#[test]
fn the_recorded_draw_is_drawn_as_it_was() {
    let recorded: serde_json::Value =
        serde_json::from_str(include_str!("../../../../tests/draws/recorded.json"))
            .expect("it is JSON");
    let mut checker = Checker::read(&recorded["proof"].to_string()).expect("it is a proof");
    checker.roll_inside().expect("every entry holds");
    assert_eq!(json!(checker.finish().expect("it holds")), recorded["says"]);
    let (room, activity) = (RoomKey::new([7; 32]), ActivityId::parse("spring"));
    let activity = activity.expect("an id");
    let seed = Hex(draw::seed(&room, &activity, 0)).to_string();
    assert_eq!(recorded["proof"]["drawn"]["seed"], seed);
    let entry = Entrant::new(Key::derive(&room, &activity, 0).entrant(Pseudonym(1)), 1);
    let roll = &recorded["proof"]["closed"]["roll"];
    assert_eq!(roll[4], Hex(entry.bytes()).to_string());
}

fn terms(round: Option<Round>) -> String {
    let mut terms = json!({
        "algorithm": ALGORITHM, "room": "demo", "activity": "spring", "run": 0,
        "prizes": [{"name": "A mug", "count": 2}],
        "tickets": {"each": 1, "tiers": []},
        "exclusions": ["Staff"],
    });
    if let Some(round) = round {
        terms["round"] = json!(round);
    }
    canonical(&terms).expect("terms without fractions")
}

fn closed(roll: &[Entrant], terms: String, at: Timestamp) -> Proof {
    Proof {
        algorithm: ALGORITHM.to_owned(),
        commitment: Hex(commitment(&seed(1), &terms)),
        terms,
        closed: Some(Closing {
            at,
            entrants: roll.len() as u32,
            tickets: roll.iter().map(|it| u64::from(it.tickets)).sum(),
            root: Hex(root(roll)),
            roll: Some(roll.iter().map(|it| Hex(it.bytes())).collect()),
        }),
        drawn: None,
        cancelled: None,
    }
}

#[test]
fn a_round_that_was_known_at_closing_makes_nothing_unpredictable() {
    let round = Round::quicknet(1_000);
    let roll = roll(&[1, 0, 1]);
    for (at, due) in [
        (round.at().0 - 1, Level::CheckedUnpredictable),
        (round.at().0, Level::Checked),
    ] {
        let proof = closed(&roll, terms(Some(round.clone())), Timestamp(at));
        let checked = verify(&proof).expect("it holds");
        assert_eq!((checked.level, checked.stage), (due, Stage::Closed));
        assert_eq!(checked.excluded[0].count, 1);
    }
}

proptest! {
    #[test]
    fn a_roll_may_come_in_any_pieces(size in 0_u32..50, cuts in prop::collection::vec(1_usize..60, 1..40)) {
        let roll = roll(&vec![1; size as usize]);
        let proof = closed(&roll, terms(None), Timestamp(0));
        let bytes: Vec<u8> = roll.iter().flat_map(Entrant::bytes).collect();
        let mut checker = Checker::new(proof.clone()).expect("terms and stage hold");
        let mut rest = &bytes[..];
        let mut cuts = cuts.iter().cycle();
        while !rest.is_empty() {
            let (piece, later) = rest.split_at((*cuts.next().expect("a cycle")).min(rest.len()));
            checker.feed(piece).expect("every entry holds");
            rest = later;
        }
        prop_assert_eq!(checker.left(), 0);
        prop_assert_eq!(checker.clone().finish(), verify(&proof));
        let most = checker.feed(&[0]).and_then(|()| checker.finish().map(drop));
        prop_assert_eq!(most, Err(Fault::RollCount { said: size }));
    }

    #[test]
    fn canonical_terms_read_as_themselves(words in prop::collection::vec(any::<String>(), 0..6), number in any::<i32>()) {
        let mut value: serde_json::Value = serde_json::from_str(&terms(None)).expect("it is JSON");
        value["words"] = json!(words);
        value["number"] = json!(number);
        let text = canonical(&value).expect("terms without fractions");
        let read = Terms::parse(&text).expect("all that is needed");
        prop_assert_eq!(read.pieces().collect::<Vec<_>>(), vec![0, 0]);
        prop_assert_eq!(&serde_json::from_str::<serde_json::Value>(&text).expect("it is JSON"), &value);
        prop_assert!(Terms::parse(&text.replacen(':', ": ", 1)).is_err());
    }

    #[test]
    fn no_text_makes_the_check_panic(text in any::<String>(), bytes in prop::collection::vec(any::<u8>(), 0..99)) {
        prop_assert!(Checker::read(&text).is_err());
        let mut proof = closed(&roll(&[1; 9]), terms(None), Timestamp(0));
        proof.terms = text;
        prop_assert!(verify(&proof).is_err());
        proof.terms = terms(None);
        let mut checker = Checker::new(proof).expect("terms and stage hold");
        let _ = checker.feed(&bytes);
        let _ = checker.finish();
    }
}
