//! A room server.

mod chance;
mod clock;
mod error;
pub mod log;

pub use clock::{Clock, Turned};
pub use error::Error;
