//! The roll: the list of entrants, in the one order and the one writing that are hashed.

use super::EntrantId;

/// The length of an entry of the roll in bytes: id, tickets, exclusion.
pub const ENTRY_BYTES: usize = 21;

/// One entrant. A roll has them ascending by id, each id once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Entrant {
    /// The name in this draw alone.
    pub id: EntrantId,
    /// How many tickets; none exactly if excluded.
    pub tickets: u32,
    /// Not excluded: 0. Else the place of the reason among the terms' exclusions, counted from 1.
    pub excluded: u8,
}

impl Entrant {
    /// An entrant who can win.
    pub const fn new(id: EntrantId, tickets: u32) -> Self {
        Self {
            id,
            tickets,
            excluded: 0,
        }
    }

    /// An entrant who cannot: they stay on the roll, without a ticket, with the reason. `reason` counts from 1.
    pub const fn excluded(id: EntrantId, reason: u8) -> Self {
        Self {
            id,
            tickets: 0,
            excluded: reason,
        }
    }

    /// The entry as it is hashed and sent.
    pub fn bytes(&self) -> [u8; ENTRY_BYTES] {
        let mut bytes = [0; ENTRY_BYTES];
        bytes[..16].copy_from_slice(&self.id);
        bytes[16..20].copy_from_slice(&self.tickets.to_be_bytes());
        bytes[20] = self.excluded;
        bytes
    }

    /// Reads an entry; every 21 bytes are one.
    pub fn read(bytes: &[u8; ENTRY_BYTES]) -> Self {
        let (id, rest) = bytes
            .split_first_chunk::<16>()
            .expect("an entry has 21 bytes");
        let (tickets, rest) = rest
            .split_first_chunk::<4>()
            .expect("an entry has 21 bytes");
        Self {
            id: *id,
            tickets: u32::from_be_bytes(*tickets),
            excluded: rest[0],
        }
    }
}
