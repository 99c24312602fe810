//! Pieces that two or more widgets share.

pub(crate) mod clock;
pub(crate) mod icon;
pub(crate) mod notice;
pub(crate) mod refusal;
pub(crate) mod tag;
