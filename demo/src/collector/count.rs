//! How often something was reported in a minute.

/// How often something was reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The place, by its number in [`Counted::places`](super::Counted::places).
    pub place: i64,
    /// The minute's begin.
    pub minute: u64,
    /// The type.
    pub kind: String,
    /// The reason or the code, where it has one.
    pub detail: String,
    /// How often.
    pub count: u64,
    /// How long, in milliseconds.
    pub ms: u64,
}

impl Count {
    /// Whether it is of refusals that viewers saw; what a page calls so is not.
    pub fn is_refusal(&self) -> bool {
        self.kind.starts_with("live.") && self.kind.ends_with(".refused")
    }

    /// Whether it is of errors in pages.
    pub fn is_error(&self) -> bool {
        self.kind == "live.room.error"
    }
}
