//! The room as a pure machine: who may do what, when, and what each audience may see of it.
//!
//! No I/O, no clock, no randomness: time comes with each record, names and keys come from the caller.
//! The same code runs in the server, in a practice room in the browser, and in the tests.
//!
//! # Layout
//! * [`record`]: what the log holds, and its form on disk, checksum included.
//! * [`log`]: the one trait that orders records.
//! * [`pseudonym`]: how an identity becomes the name that the log knows.
//! * [`private`]: what must not lie in the log, and how a request is parted from it.
//! * [`room`]: the fold, from records to a [`room::Room`].
//! * `accepted`: which requests were accepted, so that asking again is safe.
//! * [`permit`]: which role may order what.
//! * [`activity`]: the life that all widgets share; [`poll`], [`lottery`], [`qna`], [`deal`]: the widgets' own rules.
//! * [`draw`]: the lottery's draw, which anyone can check.
//! * [`profile`]: the rules of a place, and what they ask for before something opens.
//! * [`events`]: what happened, for a back end.
//! * [`view`]: the one place that decides what an audience may know.
//! * [`session`]: what one connection has been sent, and what it is due.
//! * [`seal`]: an ended room as data.
//! * [`retention`]: how long a room keeps what.
//! * [`wire`]: frames from outside, decoded or refused.

mod accepted;
pub mod activity;
pub mod deal;
pub mod draw;
pub mod events;
pub mod key;
pub mod log;
pub mod lottery;
pub mod permit;
pub mod poll;
pub mod private;
pub mod profile;
pub mod pseudonym;
pub mod qna;
pub mod record;
pub mod retention;
pub mod room;
pub mod seal;
pub mod session;
pub mod ticket;
pub mod view;
mod watch;
pub mod wire;
mod words;

/// The number of these rules. A room's first record names the number it was made under.
///
/// Code that would decide a stored log differently raises this number and keeps the old decision for rooms that carry the old one.
///
/// | number | since then |
/// |---|---|
/// | 2 | a lottery that somebody has entered is reset or put away only once it is drawn or called off; winners of earlier runs count for `not_after`; the tickets of who is excluded count for no odds; a draw that is called off once somebody has entered tells its seed |
/// | 3 | a poll and a list of questions can be called off as well; an answer takes the place of no other one than it names |
pub const RULES: u32 = 3;
