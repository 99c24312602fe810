//! An instant on the four clocks that a report needs, and how it is written.

pub use liveroom_protocol::time::rfc3339;

use liveroom_protocol::time::Timestamp;

/// Now, as the caller's clocks have it. Nothing here reads a clock by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// A clock that never jumps, in milliseconds since any start (`performance.now()`); lengths of time are measured by it.
    pub steady: u64,
    /// The room's clock; the device's where the room has none.
    pub room: Timestamp,
    /// Programme time of the picture, if the page's `streamClock` gives one.
    pub stream: Option<Timestamp>,
}
