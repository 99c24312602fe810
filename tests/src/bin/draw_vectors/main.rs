//! Writes what the two implementations of the draw have to agree on, one JSON object a line: `draw_vectors FILE`.
//!
//! `{"name", "proof", "fault"}` is a proof that is refused, by the word for what is wrong; with `says` instead of `fault` it holds and
//! says that. `{"name", "entry", "place", "count", "path", "root", "holds"}` is an inclusion proof. `tests/draws/agree.py` reads them.
//! Everything is made of one seed, so that each run writes the same.

use liveroom_protocol::lottery::{Hex, Proof};
use liveroom_rules::draw::{Checked, Checker, Fault, Tree, included};
use serde::Serialize;
use std::error::Error;
use std::fs::File;
use std::io::{BufWriter, Write};

mod make;
mod spoil;
mod text;

use make::Maker;

#[derive(Serialize)]
struct Vector<'a> {
    name: &'a str,
    proof: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    says: Option<Checked>,
}

#[derive(Serialize)]
struct Inclusion {
    name: String,
    entry: Hex<21>,
    place: u32,
    count: u32,
    path: Vec<Hex<32>>,
    root: Hex<32>,
    holds: bool,
}

struct Vectors(BufWriter<File>);

impl Vectors {
    fn write(&mut self, value: &impl Serialize) -> Result<(), Box<dyn Error>> {
        serde_json::to_writer(&mut self.0, value)?;
        Ok(self.0.write_all(b"\n")?)
    }

    /// A proof that must hold.
    fn holds(&mut self, name: &str, proof: &Proof) -> Result<(), Box<dyn Error>> {
        let json = serde_json::to_string(proof)?;
        let says = check(&json).map_err(|fault| format!("{name}: {fault}"))?;
        self.write(&Vector {
            name,
            proof: &json,
            fault: None,
            says: Some(says),
        })
    }

    /// A text that must be refused, for this.
    fn refused(&mut self, name: &str, proof: &str, due: &str) -> Result<(), Box<dyn Error>> {
        match check(proof) {
            Err(fault) if fault.code() == due => self.write(&Vector {
                name,
                proof,
                fault: Some(fault.code()),
                says: None,
            }),
            other => Err(format!("{name}: {due} is due, and not {other:?}").into()),
        }
    }

    /// Paths of some entrants of a roll, true ones and spoilt ones.
    fn paths(&mut self, maker: &mut Maker, size: u32) -> Result<(), Box<dyn Error>> {
        let roll = maker.roll(size, &[1]);
        let tree = Tree::new(&roll);
        for place in [0, size / 3, size / 2, size - 1] {
            let path = tree.path(place as usize).ok_or("a place on the roll")?;
            let entrant = roll[place as usize];
            for (what, place, count, path) in spoil::paths(place, size, &path) {
                let holds = included(&entrant, place, count, &path, &tree.root());
                if (what == "true") != holds {
                    return Err(format!("the path of {place} of {count}, {what}: {holds}").into());
                }
                self.write(&Inclusion {
                    name: format!("path of {place} of {count}, {what}"),
                    entry: Hex(entrant.bytes()),
                    place,
                    count,
                    path: path.into_iter().map(Hex).collect(),
                    root: Hex(tree.root()),
                    holds,
                })?;
            }
        }
        Ok(())
    }
}

/// What a program says that reads a proof from a file.
fn check(json: &str) -> Result<Checked, Fault> {
    let mut checker = Checker::read(json)?;
    checker.roll_inside()?;
    checker.finish()
}

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file to write to")?;
    let mut vectors = Vectors(BufWriter::new(File::create(file)?));
    let mut maker = Maker::new(20_261_123);
    for (name, proof) in maker.honest() {
        vectors.holds(&name, &proof)?;
    }
    for number in 0..16 {
        let proof = maker.drawn(12 + number);
        for (name, due, spoilt) in spoil::proofs(&proof) {
            vectors.refused(
                &format!("{name} {number}"),
                &serde_json::to_string(&spoilt)?,
                due,
            )?;
        }
    }
    for number in 0..4 {
        let json = serde_json::to_string(&maker.drawn_from_nobody())?;
        let name = format!("a winner though nobody is left {number}");
        vectors.refused(&name, &json, "winners_count")?;
    }
    for (name, due, json) in text::proofs(&maker.drawn(9))? {
        vectors.refused(&name, &json, due)?;
    }
    for size in 1..=40 {
        vectors.paths(&mut maker, size)?;
    }
    vectors.paths(&mut maker, 100_000)?;
    Ok(vectors.0.flush()?)
}
