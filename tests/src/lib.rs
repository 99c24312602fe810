//! What the tests share: recorded logs, and a harness around a real server.

pub mod recorded;
