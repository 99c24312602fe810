//! The steps that are counted of a page load, and the types of reports that make them.

/// How far a page load got in an activity; `Here` is any report at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// It reported something.
    Here,
    /// The widget was seen.
    Seen,
    /// The viewer acted.
    Acted,
    /// The room accepted it.
    Outcome,
    /// The page's cart took an order.
    Ordered,
    /// The viewer shared the page.
    Shared,
    /// The page was opened by another viewer's share link.
    Arrived,
}

impl Step {
    /// The number under which it is stored, and its bit.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Here => 0,
            Self::Seen => 1,
            Self::Acted => 2,
            Self::Outcome => 3,
            Self::Ordered => 4,
            Self::Shared => 5,
            Self::Arrived => 6,
        }
    }

    /// What a type says; only the kit's own types do.
    pub(super) fn of(kind: &str) -> Option<Self> {
        match kind {
            "live.room.acted" => return Some(Self::Shared),
            "live.room.arrived" => return Some(Self::Arrived),
            _ => {}
        }
        match kind.strip_prefix("live.")?.rsplit_once('.')?.1 {
            "seen" => Some(Self::Seen),
            "acted" => Some(Self::Acted),
            "outcome" => Some(Self::Outcome),
            "order" => Some(Self::Ordered),
            _ => None,
        }
    }
}
