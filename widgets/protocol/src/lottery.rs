//! A lottery: prizes, who may enter, and a draw that anyone can check.

use crate::about::{About, Address};
use crate::id::ActivityId;
use crate::identity::{Eligible, Label, Level};
use crate::limits::{FIELD_CHARS, NAME_CHARS, OPTION_CHARS, TITLE_CHARS};
use crate::money::Money;
use crate::phase::Phase;
use crate::text::{Picture, Text};
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod desk;
mod draft;
mod proof;
mod win;

pub use desk::{Entered, Entrants};
pub use draft::Draft;
pub use proof::{Closing, Drawing, Drawn, Hex, Inclusion, Proof};
pub use win::{Claim, ClaimBy, Field, FormField, Standing, Win, Winner};

/// The lottery as everybody may know it; sent when it changes, and on joining.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LotteryCard"))]
#[serde(default)]
pub struct Card {
    /// What it is called.
    pub title: String,
    /// What may be won, in the order in which it is drawn.
    pub prizes: Vec<Prize>,
    /// What must be met to enter, all of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How many tickets an entry has.
    pub tickets: Tickets,
    /// Where the full rules are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Address>,
    /// Who organises it, and how to reach them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organiser: Option<String>,
    /// How to enter without buying anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_entry: Option<String>,
    /// How a prize comes to whoever won it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<String>,
    /// The least identity it takes.
    pub level: Level,
    /// Whom it is for.
    #[serde(skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// How the winners are shown to others.
    pub winners_shown: Shown,
    /// How a prize is claimed.
    pub claim: ClaimBy,
    /// How long after the draw a prize can be claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_within_ms: Option<Span>,
    /// It is drawn by itself when it closes; else when the streamer draws.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub draws_itself: bool,
    /// For what an entrant may be excluded before it closes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<Text<OPTION_CHARS>>,
    /// The number of the round of drand's quicknet that is mixed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// Whoever won in one of these does not win here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_after: Vec<ActivityId>,
    /// So many wins there still let a viewer win here.
    #[serde(skip_serializing_if = "is_none")]
    pub wins_allowed: u32,
    /// When it opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// What was fixed before the first entry: the hash of the seed and of these rules, 64 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// Once closed: the root of the tree of entrants, 64 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// Once drawn: when, in which the winners follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drawn_at: Option<Timestamp>,
    /// The winners, in the order in which they were drawn, as far as they are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub winners: Vec<Winner>,
    /// It was cancelled, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// The label, and what it is about.
    #[serde(skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

/// One prize.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prize {
    /// What it is.
    pub name: Text<NAME_CHARS>,
    /// How many of it: 1 by default, at most 1,000 in all.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: u32,
    /// What one is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Picture>,
}

/// What must be met to enter.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Condition {
    /// A word, which the streamer says or shows; compared without case, width and spaces.
    Keyword {
        /// The word. Viewers' cards have it only if it is `shown`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        word: Option<Text<NAME_CHARS>>,
        /// The card shows the word.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        shown: bool,
    },
    /// A time for which the room saw this viewer connected.
    Watched {
        /// How long, at most a day.
        for_ms: Span,
    },
    /// To have voted, or answered, in a poll of this room.
    Voted {
        /// Which poll; any of this room, if absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        poll: Option<ActivityId>,
    },
    /// Something the page says of this viewer with a signed claim.
    Attested {
        /// What: `followed`, `shared`, `bought`, `adult`, or a word of the page's own.
        what: Label,
    },
    /// A condition that this reader does not know; not met.
    #[serde(other)]
    Unknown,
}

/// How many tickets an entry has: the most of what fits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Tickets {
    /// Of everybody: 1 by default.
    pub each: u32,
    /// Of members of a tier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<TierTickets>,
}

impl Default for Tickets {
    fn default() -> Self {
        Self {
            each: 1,
            tiers: Vec::new(),
        }
    }
}

/// The tickets of a tier's members.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TierTickets {
    /// Which tier.
    pub tier: Label,
    /// How many, at most 100.
    pub tickets: u32,
}

/// How winners are shown to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// The first letter of the name, or a short label of this draw alone.
    #[default]
    Masked,
    /// By name, where there is one.
    Public,
    /// Not at all; only how many.
    Private,
}

/// The lottery's numbers; absolute, and small.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LotteryTally"))]
#[serde(default)]
pub struct Tally {
    /// Where it is in its life.
    pub phase: Phase,
    /// When it opens by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// When it closes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    /// While paused: how much time is left of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_ms: Option<Span>,
    /// How many viewers have entered.
    pub entrants: u32,
    /// How many tickets can win: those of all who are not excluded.
    pub tickets: u64,
    /// How many entrants are excluded, for each of the card's reasons, and last for having won in one of `not_after`; empty while nobody is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<u32>,
    /// Once it has closed: the most tickets of one entrant.
    #[serde(skip_serializing_if = "is_none")]
    pub most: u32,
    /// Of the prizes drawn, how many were claimed.
    #[serde(skip_serializing_if = "is_none")]
    pub claimed: u32,
}

/// What one viewer did in a lottery, and what it came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LotteryMine"))]
#[serde(default)]
pub struct Mine {
    /// This viewer has entered.
    pub entered: bool,
    /// With so many tickets.
    #[serde(skip_serializing_if = "is_none")]
    pub tickets: u32,
    /// This viewer's name in the list of entrants of this draw, 32 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrant: Option<String>,
    /// Why this viewer's entry cannot win, as far as the room knows; fixed at closing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded: Option<String>,
    /// Whether each condition is met, in the card's order, as far as the room knows; a keyword counts as not met until it is sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<bool>,
    /// How long the room has seen this viewer, where a condition asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watched_ms: Option<Span>,
    /// What this viewer has won.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wins: Vec<Win>,
}

/// Enter the draw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Enter {
    /// The word, where a condition asks for one. In the log it is the room's own word, never what was typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keyword: Option<Text<FIELD_CHARS>>,
}

/// The title of a lottery, a list of questions or a deal.
pub type Title = Text<TITLE_CHARS>;

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_one(value: &u32) -> bool {
    *value == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_none(value: &u32) -> bool {
    *value == 0
}

/// The signature of a round of drand's quicknet.
pub type Signature = proof::Hex<48>;

/// An entrant's name in one draw.
pub type EntrantName = proof::Hex<16>;
