//! What crosses a wire between a page and a room, version 1, and nothing that decides.
//!
//! # Layout
//! * [`id`], [`time`], [`text`], [`limits`]: the small words, each a type that parses.
//! * [`identity`], [`token`]: who someone is to a room, and what a token says.
//! * [`message`]: the frames, [`message::ToRoom`] and [`message::FromRoom`].
//! * [`news`]: what a room tells, in three parts: [`Card`], [`Tally`], [`Mine`].
//! * [`Action`], [`Command`]: what a viewer does, what a streamer orders.
//! * [`phase`]: the life that all activities share.
//! * [`poll`], [`lottery`], [`qna`], [`deal`]: one file a widget, with its card, tally, mine, actions and draft.
//! * [`desk`]: what the desk alone is told, so that it can see to claims and entrants.
//! * [`alert`]: what those who run a room are told of it.
//! * [`about`], [`money`]: labels and prices, the same for all widgets.
//! * [`show`]: one broadcast in a room; [`run`]: what a desk plans to open in it.
//! * [`refusal`]: why a room said no.
//! * [`engagement`]: what is reported to the endpoint; [`event`]: what a back end is told.
//! * [`relay`]: acts for viewers of other platforms.
//! * [`engagement`]: what is reported to the endpoint.
//! * [`profile`]: the rules of a place that a room follows, and what they ask for.
//! * [`erase`]: whom an owner erases, and how long a room keeps what.
//!
//! A reader ignores unknown fields, and shows an unknown widget as nothing.
//! `tests/wire/` holds one golden file a message.

pub mod about;
pub mod alert;
pub mod command;
pub mod deal;
pub mod desk;
pub mod engagement;
pub mod erase;
pub mod event;
pub mod id;
pub mod identity;
pub mod key;
pub mod limits;
pub mod lottery;
pub mod message;
pub mod money;
pub mod news;
pub mod permit;
pub mod phase;
pub mod poll;
pub mod profile;
pub mod qna;
pub mod refusal;
pub mod relay;
pub mod run;
#[cfg(feature = "schema")]
pub mod schema;
pub mod show;
pub mod text;
pub mod time;
pub mod token;

pub use command::Command;
pub use news::{Action, Card, Mine, Tally, Widget};
pub use refusal::{Reason, Refusal};

/// The version of this format; named in `hello` and `welcome`.
pub const VERSION: u16 = 1;
