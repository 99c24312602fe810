//! What the tests share: recorded logs, and a harness around a real server.
//!
//! [`House`] is a room server in this process, on a free port, in a folder of its own, with a clock that the test turns.
//! [`Client`] is a page on a socket: a viewer or a desk, with all it has [`Seen`].
//! [`Receiver`] is a shop's server that webhooks are sent to.
//! [`process`] is the same server as a program that can be killed, [`voter`] a viewer with an address of its own:
//! for the ballots and the benchmarks.

pub mod ballots;
pub mod chance;
pub mod client;
pub mod desk;
pub mod figure;
pub mod house;
pub mod process;
pub mod receiver;
pub mod recorded;
pub mod seen;
pub mod voter;

pub use client::Client;
pub use house::House;
pub use receiver::Receiver;
pub use seen::Seen;
