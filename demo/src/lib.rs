//! A room server.

mod chance;
mod clock;
pub mod collector;
mod error;
pub mod log;

pub use clock::{Clock, Turned};
pub use error::Error;
