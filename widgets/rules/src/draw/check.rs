//! Checks a proof: draws again from what was published, and says what it comes to or what is wrong.

use super::fenwick::Fenwick;
use super::round::randomness;
use super::tree::Growing;
use super::{ALGORITHM, ENTRY_BYTES, Entrant, Fault, Pool, Terms, commitment};
use liveroom_protocol::lottery::{Closing, Drawing, Hex, Proof};

mod form;
mod found;
mod winners;

pub(super) use form::has_objects;
pub use found::{Checked, Excluded, Level, Stage};

/// The most entrants for which there is room before they have come.
const RESERVED: u32 = 1 << 20;

/// Checks a proof that has its list of entrants in it.
pub fn verify(proof: &Proof) -> Result<Checked, Fault> {
    let mut checker = Checker::new(proof.clone())?;
    checker.roll_inside()?;
    checker.finish()
}

/// Checks a proof in slices, so that a page stays alive meanwhile: make it, feed it the roll, finish it.
#[derive(Clone, Debug)]
pub struct Checker {
    proof: Proof,
    terms: Terms,
    roll: Vec<Entrant>,
    tree: Growing,
    tickets: Fenwick,
    /// How many are on the roll by exclusion; 0 is none.
    counts: Box<[u32; 256]>,
    most_tickets: u32,
    /// The entry of which a part has come.
    cut: Vec<u8>,
}

impl Checker {
    /// Reads a proof and checks all but its entrants and winners.
    pub fn read(json: &str) -> Result<Self, Fault> {
        Self::new(form::read(json)?)
    }

    /// Checks all of a proof but its entrants and winners.
    pub fn new(proof: Proof) -> Result<Self, Fault> {
        if proof.algorithm != ALGORITHM {
            return Err(Fault::Algorithm(proof.algorithm));
        }
        let terms = Terms::parse(&proof.terms)?;
        if let Some(drawn) = &proof.drawn {
            if proof.closed.is_none() {
                return Err(Fault::Stage);
            }
            if commitment(&drawn.seed.0, &proof.terms) != proof.commitment.0 {
                return Err(Fault::Commitment);
            }
            if drawn.signature.is_some() != terms.round.is_some() {
                return Err(Fault::Signature);
            }
        }
        // Made at once where it is no more than a million: to move what has come so far takes longer than a frame.
        let due = proof.closed.as_ref().map_or(0, |it| it.entrants);
        let due = due.min(RESERVED) as usize;
        Ok(Self {
            proof,
            terms,
            roll: Vec::with_capacity(due),
            tree: Growing::default(),
            tickets: Fenwick::with_capacity(due),
            counts: Box::new([0; 256]),
            most_tickets: 0,
            cut: Vec::new(),
        })
    }

    /// The terms, as far as a draw reads them.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The signature of the public round; whether it is the league's is not looked at here.
    pub fn signature(&self) -> Option<Hex<48>> {
        self.proof.drawn.as_ref()?.signature
    }

    /// How many entrants are still to come, by what the proof says.
    pub fn left(&self) -> u32 {
        let due = self.proof.closed.as_ref().map_or(0, |it| it.entrants);
        due.saturating_sub(self.seen())
    }

    /// Takes the next entries of the roll as bytes, cut wherever they are cut. What this takes, it takes in the time of so many hashes.
    pub fn feed(&mut self, mut bytes: &[u8]) -> Result<(), Fault> {
        if !self.cut.is_empty() {
            let (head, rest) = bytes.split_at(bytes.len().min(ENTRY_BYTES - self.cut.len()));
            self.cut.extend_from_slice(head);
            bytes = rest;
            if let Ok(entry) = <[u8; ENTRY_BYTES]>::try_from(&self.cut[..]) {
                self.cut.clear();
                self.entrant(Entrant::read(&entry))?;
            }
        }
        let (entries, rest) = bytes.as_chunks::<ENTRY_BYTES>();
        for entry in entries {
            self.entrant(Entrant::read(entry))?;
        }
        self.cut.extend_from_slice(rest);
        Ok(())
    }

    /// Takes the roll that the proof has in it.
    pub fn roll_inside(&mut self) -> Result<(), Fault> {
        let roll = self.proof.closed.as_mut().and_then(|it| it.roll.take());
        match roll {
            Some(roll) => roll.iter().try_for_each(|entry| self.feed(&entry.0)),
            None if self.proof.closed.is_some() => Err(Fault::RollMissing),
            None => Ok(()),
        }
    }

    /// Draws again, once the whole roll was fed, and compares.
    pub fn finish(self) -> Result<Checked, Fault> {
        let Some(closed) = &self.proof.closed else {
            return Ok(found::open(&self.proof, &self.terms));
        };
        if self.seen() != closed.entrants || !self.cut.is_empty() {
            return Err(Fault::RollCount {
                said: closed.entrants,
            });
        }
        if self.tickets.total() != closed.tickets {
            return Err(Fault::RollSum {
                said: closed.tickets,
                is: self.tickets.total(),
            });
        }
        if self.tree.root() != closed.root.0 {
            return Err(Fault::Root);
        }
        let mut checked = found::closed(&self.proof, &self.terms, closed, &self.counts);
        checked.most_tickets = self.most_tickets;
        if let Some(drawing) = &self.proof.drawn {
            let pool = pool(self.tickets, drawing, closed);
            if self.proof.cancelled.is_some() && drawing.winners.is_empty() {
                checked.would_have_won = winners::would_be(&self.terms, &self.roll, pool);
            } else {
                let undrawn = winners::check(&self.terms, &self.roll, pool, &drawing.winners)?;
                checked.drawn(&drawing.winners, undrawn);
            }
        }
        Ok(checked)
    }

    fn seen(&self) -> u32 {
        u32::try_from(self.roll.len()).unwrap_or(u32::MAX)
    }

    fn entrant(&mut self, entrant: Entrant) -> Result<(), Fault> {
        let place = self.seen();
        if self.left() == 0 {
            let said = self.proof.closed.as_ref().map_or(0, |it| it.entrants);
            return Err(Fault::RollCount { said });
        }
        if self.roll.last().is_some_and(|last| last.id >= entrant.id) {
            return Err(Fault::RollOrder(place));
        }
        if entrant.excluded == 0 {
            if !self.terms.gives(entrant.tickets) {
                return Err(Fault::RollTickets(place, entrant.tickets));
            }
        } else if entrant.tickets > 0 || usize::from(entrant.excluded) > self.terms.exclusions.len()
        {
            return Err(Fault::RollExcluded(place));
        }
        self.counts[usize::from(entrant.excluded)] += 1;
        self.most_tickets = self.most_tickets.max(entrant.tickets);
        self.tree.push(&entrant);
        self.tickets.push(entrant.tickets);
        self.roll.push(entrant);
        Ok(())
    }
}

fn pool(tickets: Fenwick, drawing: &Drawing, closed: &Closing) -> Pool {
    let random = drawing.signature.map(|signature| randomness(&signature.0));
    Pool::of(tickets, &drawing.seed.0, &closed.root.0, random.as_ref())
}
