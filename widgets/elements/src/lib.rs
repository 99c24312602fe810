//! The custom elements a page uses.

pub mod acts;
pub mod announcer;
pub mod chips;
pub mod choice;
pub mod clock;
pub mod config;
pub mod connection;
pub mod face;
pub mod picture;
pub mod poll;
pub mod report;
pub mod store;
