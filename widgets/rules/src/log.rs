//! The one trait that orders records. SQLite keeps them in the server, IndexedDB in a practice room.
//!
//! What every log promises (and `conformance` tests):
//! * Positions of a room begin at 1 and have no gap; times never go back.
//! * A record is given to followers only once it is durable, to all of them in the same order.
//! * An append either happens whole, or not at all; what says [`Unavailable`] did not happen, or happens late, if the storage hung.
//! * Private values are written with, and never after, the records that name them; an existing one is kept as it is.

#[cfg(feature = "conformance")]
pub mod conformance;

use crate::private::PrivateValue;
use crate::record::{Entry, Position, Record};
use liveroom_protocol::id::RoomId;
use std::future::Future;

/// Nothing was written: the disk is full, the storage is gone; or it took so long that nobody waits for it any more, and may
/// yet be written. Ask again with the same id, which is safe either way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unavailable(
    /// What the storage said, for the operator.
    pub String,
);

/// What to write: an entry and the private values that go with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Append {
    /// The request.
    pub entry: Entry,
    /// What lies beside the log for it.
    pub private: Vec<PrivateValue>,
}

/// Some records in order, and where a stored one could not be taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// The records after the position asked for.
    pub records: Vec<Record>,
    /// The position of a damaged record; nothing after it is given.
    pub damaged: Option<Position>,
}

/// Orders the requests of rooms and gives them back.
pub trait Log {
    /// Writes the entries in this order, after whatever the room's log holds by then; done when they are durable.
    fn append(
        &self,
        room: &RoomId,
        appends: Vec<Append>,
    ) -> impl Future<Output = Result<(), Unavailable>>;

    /// Gives the records after `after`, waiting until there is at least one, or a damaged one.
    fn follow(
        &self,
        room: &RoomId,
        after: Position,
    ) -> impl Future<Output = Result<Batch, Unavailable>>;
}
