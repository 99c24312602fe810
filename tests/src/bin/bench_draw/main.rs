//! Draws 100 winners among 1,000,000 entrants as a server does: `./tests/bench draw`.
//!
//! `bench_draw FOLDER` writes the proof, the list of entrants and one entrant's inclusion proof there, for the browser to check.

use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::{Closing, Drawing, Drawn, Hex, Inclusion, Proof};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::draw::{self, ALGORITHM, Checker, Entrant, Key, Pool, Tree, canonical};
use liveroom_rules::pseudonym::{Pseudonym, RoomKey};
use liveroom_tests::figure::Figure;
use serde_json::json;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

const ENTRANTS: u32 = 1_000_000;
const WINNERS: u32 = 100;
/// When it closed.
const AT: u64 = 1_767_225_600_000;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write to")?;
    let folder = Path::new(&folder);
    let room = RoomKey::new([7; 32]);
    let activity = ActivityId::parse("spring").map_err(|why| why.to_string())?;
    let terms = canonical(&json!({
        "algorithm": ALGORITHM, "room": "demo", "activity": activity, "run": 0,
        "prizes": [{"name": "A mug", "count": WINNERS}],
        "tickets": {"each": 1, "tiers": [{"tier": "gold", "tickets": 5}]},
        "exclusions": ["Staff"],
    }))?;
    let (key, seed) = (
        Key::derive(&room, &activity, 0),
        draw::seed(&room, &activity, 0),
    );

    let began = Instant::now();
    let mut roll: Vec<Entrant> = (0..ENTRANTS).map(|number| entrant(&key, number)).collect();
    roll.sort_unstable();
    let root = draw::root(&roll);
    say("close_s", began.elapsed().as_secs_f64(), "s");

    let began = Instant::now();
    let winners: Vec<Drawn> = Pool::new(&roll, &seed, &root, None)
        .take(WINNERS as usize)
        .map(|chosen| Drawn {
            prize: 0,
            entrant: Hex(roll[chosen.place].id),
            word: chosen.word,
            forfeited: None,
            instead_of: None,
        })
        .collect();
    say("draw_ms", began.elapsed().as_secs_f64() * 1e3, "ms");

    let proof = Proof {
        algorithm: ALGORITHM.to_owned(),
        commitment: Hex(draw::commitment(&seed, &terms)),
        terms,
        closed: Some(Closing {
            at: Timestamp(AT),
            entrants: ENTRANTS,
            tickets: roll.iter().map(|it| u64::from(it.tickets)).sum(),
            root: Hex(root),
            roll: None,
        }),
        drawn: Some(Drawing {
            seed: Hex(seed),
            signature: None,
            winners,
        }),
        cancelled: None,
    };
    let bytes: Vec<u8> = roll.iter().flat_map(Entrant::bytes).collect();

    let began = Instant::now();
    let mut checker = Checker::new(proof.clone())?;
    checker.feed(&bytes)?;
    checker.finish()?;
    say("native_check_s", began.elapsed().as_secs_f64(), "s");

    let place = ENTRANTS / 3;
    let path = Tree::new(&roll)
        .path(place as usize)
        .ok_or("a place on the roll")?;
    let inclusion = serde_json::to_vec(&Inclusion {
        entry: Hex(roll[place as usize].bytes()),
        place,
        entrants: ENTRANTS,
        path: path.into_iter().map(Hex).collect(),
    })?;
    let proof = serde_json::to_vec(&proof)?;
    say("proof_bytes", proof.len() as f64, "bytes");
    say("roll_mb", bytes.len() as f64 / 1e6, "MB");
    say("inclusion_bytes", inclusion.len() as f64, "bytes");
    std::fs::write(folder.join("proof.json"), proof)?;
    std::fs::write(folder.join("inclusion.json"), inclusion)?;
    Ok(std::fs::write(folder.join("roll"), bytes)?)
}

/// One of a hundred is excluded, and nine have five tickets.
fn entrant(key: &Key, number: u32) -> Entrant {
    let id = key.entrant(Pseudonym(u128::from(number)));
    match number % 100 {
        0 => Entrant::excluded(id, 1),
        1..10 => Entrant::new(id, 5),
        _ => Entrant::new(id, 1),
    }
}

fn say(figure: &str, value: f64, unit: &str) {
    Figure {
        bench: "draw",
        who: "liveroom",
        figure,
        value,
        unit,
    }
    .print();
}
