//! Pieces that two or more widgets share.

pub(crate) mod button;
pub(crate) mod clock;
pub(crate) mod field;
pub(crate) mod frame;
pub(crate) mod icon;
pub(crate) mod label;
pub(crate) mod link;
pub(crate) mod notice;
pub(crate) mod refusal;
pub(crate) mod tag;
pub(crate) mod whom;
