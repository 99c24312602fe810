//! A room server: one process, one folder, any number of rooms.
//!
//! # A tour
//! * [`Config`], [`serve`], [`Running`]: starting and stopping. The binary only wires them.
//! * [`Clock`]: all time comes from it; tests turn it.
//! * [`log`]: the log of all rooms in one SQLite file, one writer, readers off the runtime's threads.
//! * [`room`]: one open room, whose task asks the log, folds what it gives back and answers from that alone; [`rooms`]: all of them.
//! * `line`, `guest`: what a message asks for and who asks, over a socket (`connection`) or HTTP (`routes`).
//! * [`keys`], [`device`], [`origin`], [`rate`]: who may come in, from where, how often.
//! * [`facts`]: the exact figures of a room, counted as it is folded.
//! * [`events`]: what a back end is told of rooms, in a file of its own; [`hooks`]: sending it where the owner says.
//! * [`collector`]: takes reports; it has a file and a writer of its own.
//! * [`insights`]: what both add up to, each figure with its definition; `viewers` keeps how many there were.
//! * [`erase`]: a viewer is erased everywhere, with a receipt; `retention` deletes what has run out; [`inventory`] is the list of what there is.
//! * [`quicknet`], [`verify_draw`]: public randomness, and a draw's proof checked in a terminal.
//! * `accept`: the listening socket, with limits on time and size.

mod accept;
mod bearer;
mod chance;
mod clock;
pub mod collector;
mod config;
mod connection;
pub mod device;
pub mod erase;
mod error;
pub mod events;
pub mod facts;
mod folder;
mod guest;
pub mod hooks;
pub mod insights;
pub mod inventory;
pub mod keys;
mod line;
mod listen;
pub mod log;
mod metrics;
pub mod origin;
mod owner;
pub mod quicknet;
pub mod rate;
mod retention;
pub mod room;
pub mod rooms;
mod routes;
mod runs;
mod server;
mod status;
pub mod verify_draw;
mod viewers;

pub use clock::{Clock, Turned};
pub use config::Config;
pub use error::Error;
pub use server::{Running, Server, serve};
