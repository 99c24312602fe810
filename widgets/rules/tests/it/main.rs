//! The rules, tested as their users see them: records in, verdicts and views out.

mod called_off;
mod deal;
mod draw;
mod erase;
mod events;
mod gates;
mod lottery;
mod model;
mod poll;
mod profile;
mod qna;
mod quiz;
mod room;
mod session;
mod sign_in;
mod stage;
mod survey;
mod undone;
mod words;
