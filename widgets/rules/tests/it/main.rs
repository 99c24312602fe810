//! The rules, tested as their users see them: records in, verdicts and views out.

mod draw;
mod model;
mod poll;
mod quiz;
mod room;
mod session;
mod stage;
