//! `<live-studio>`: the streamer's desk. It shows what the room tells and gives orders; it decides nothing itself.

mod board;
mod clock;
mod control;
mod form;
mod order;
