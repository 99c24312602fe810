//! The widgets as Yew components: card, tally and mine go in, `Html` and `onact` come out.
//!
//! A component cannot fail and cannot reach out: no network, no storage, no clock, no globals.
//! It shows what the room told, and never predicts what the room will answer.
//!
//! # Layout
//! * [`Scene`]: what a widget knows of its surroundings, the same for all widgets.
//! * [`json`]: messages of the room and of a language, read small.
//! * [`Words`], [`Format`]: the messages, and how a language writes numbers and times.
//! * [`wakes_in`] and what else two or more widgets share: `parts/`.
//! * [`Poll`]: one file a widget, its pieces in the folder of its name.
//! * [`announcement`]: the line for a room's one live region.

mod deal;
mod format;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod json;
mod lottery;
mod parts;
mod poll;
mod qna;
mod same;
mod scene;
mod words;

pub use deal::{Deal, DealMoment, DealProps, Product, ProductVariant, Shop, deal_announcement};
pub use format::{Format, PlainFormat};
pub use lottery::announce::{LotteryMoment, lottery_announcement};
pub use lottery::{Check, Lottery, LotteryProps, PublicRound, REVEAL_MS, Wrong};
pub use parts::clock::wakes_in;
pub use parts::refusal::refusal_words;
pub use poll::announce::{Moment, announcement};
pub use poll::shares::{average_tenths, leading, shares_of_voters, shares_of_votes};
pub use poll::{Poll, PollProps};
pub use qna::announce::{QnaMoment, qna_announcement};
pub use qna::{Hint, Known, Listing, Qna, QnaProps, alike};
pub use scene::{Link, Pending, Scene};
pub use words::Words;
