//! The custom elements a page uses.

pub mod report;
