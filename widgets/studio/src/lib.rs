//! `<live-studio>`: the streamer's desk. It shows what the room tells and gives orders; it decides nothing itself.
//!
//! Reading order: [`board`] is what the room told, [`form`] what the streamer types, [`order`] what was ordered and
//! what became of it, [`plan`] what is planned, [`control`] which buttons there are, [`checks`] what the room's profile lacks,
//! [`alerts`] what it is told, [`team`] and [`forget`] whom the owner lets in and forgets, [`desk`] draws all of it, [`border`] is what the page calls.

mod alerts;
mod board;
mod border;
mod checks;
mod clock;
mod control;
mod desk;
mod forget;
mod form;
mod format;
mod gallery;
mod keys;
mod line;
mod order;
mod plan;
mod sheet;
mod team;

pub use border::{Desk, Port, overhear, styles};
pub use gallery::{Language, Shown, gallery_message, gallery_names, gallery_styles};
