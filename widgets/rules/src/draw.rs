//! The draw that anyone can check, as `DRAW.md` beside this crate specifies it: pure, and the same on the server, in a browser and in a terminal.
//!
//! # Layout
//! * `roll`: [`Entrant`], and how the list of all of them is written.
//! * `tree`: the Merkle tree over the roll: [`root`], [`Tree`] for many paths, [`included`].
//! * `pool`: [`Pool`], who is drawn next; `stream`: the words it is drawn by; `fenwick`: tickets that can leave.
//! * `terms`: [`Terms`]; `canonical`: the form in which they are hashed.
//! * `round`: the optional public randomness.
//! * `check`: [`verify`] and [`Checker`]; `fault`: what can be wrong with a proof.

use crate::pseudonym::{Pseudonym, RoomKey};
use hmac::{Hmac, KeyInit, Mac};
use liveroom_protocol::id::ActivityId;
use sha2::{Digest, Sha256};
use std::fmt;

mod canonical;
mod check;
mod fault;
mod fenwick;
mod pool;
mod roll;
mod round;
mod stream;
mod terms;
mod tree;

pub use canonical::{NotCanonical, canonical};
pub use check::{Checked, Checker, Excluded, Level, Stage, verify};
pub use fault::Fault;
pub use pool::{Chosen, Pool};
pub use roll::{ENTRY_BYTES, Entrant};
pub use round::{QUICKNET, Round, randomness};
pub use terms::{Prize, Terms, Tickets, TierTickets};
pub use tree::{Growing, Tree, included, root};

/// The name of this algorithm; another way to draw has another.
pub const ALGORITHM: &str = "liveroom-draw-1";

/// A SHA-256.
pub type Hash = [u8; 32];

/// An entrant's name in one draw: 128 bits, so that nobody finds the viewer by trying.
pub type EntrantId = [u8; 16];

/// What makes entrants of viewers in one run of one draw. It never leaves the room's log, or two proofs could be joined.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// The key of one run, made when it opens.
    pub fn derive(room: &RoomKey, activity: &ActivityId, run: u32) -> Self {
        Self(derive(room, "draw key", activity, run))
    }

    /// A key that the log holds.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the log.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A viewer's name in this draw.
    pub fn entrant(&self, who: Pseudonym) -> EntrantId {
        let bytes = hmac(&self.0, who.to_string().as_bytes());
        let (head, _) = bytes
            .split_first_chunk::<16>()
            .expect("SHA-256 has 32 bytes");
        *head
    }
}

/// The seed of one run: made when it opens, told when it is drawn, and until then the room's secret.
pub fn seed(room: &RoomKey, activity: &ActivityId, run: u32) -> [u8; 32] {
    derive(room, "draw seed", activity, run)
}

/// What is published when a draw opens: it fixes the seed and the terms, and tells nothing of the seed.
///
/// `terms` is canonical JSON, see [`canonical`].
pub fn commitment(seed: &[u8; 32], terms: &str) -> Hash {
    Sha256::new()
        .chain_update("liveroom-draw-1 commitment")
        .chain_update(seed)
        .chain_update(Sha256::digest(terms))
        .finalize()
        .into()
}

fn derive(room: &RoomKey, what: &str, activity: &ActivityId, run: u32) -> [u8; 32] {
    hmac(room.bytes(), format!("{what}/{activity}/{run}").as_bytes())
}

fn hmac(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}
