//! What a streamer composes: a lottery before it is one.

use super::{ClaimBy, Condition, Prize, Shown, Tickets, Title, is_none};
use crate::about::{About, Address};
use crate::id::ActivityId;
use crate::identity::{Eligible, Level};
use crate::limits::OPTION_CHARS;
use crate::text::Text;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// A lottery to prepare or to open. Only `title` and `prizes` are needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LotteryDraft"))]
pub struct Draft {
    /// The name it is to have; the room makes one if it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// What it is called.
    pub title: Title,
    /// One to twenty prizes, together at most 1,000 pieces.
    pub prizes: Vec<Prize>,
    /// What must be met to enter, at most eight; nothing by default.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// How many tickets an entry has; one by default.
    #[serde(default)]
    pub tickets: Tickets,
    /// Where the full rules are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Address>,
    /// Who organises it, and how to reach them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<Text<OPTION_CHARS>>,
    /// How to enter without buying anything, and with the same chance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_entry: Option<Text<OPTION_CHARS>>,
    /// How a prize comes to whoever won it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Text<OPTION_CHARS>>,
    /// The least identity it takes; `token` by default, since a browser is no person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whom it is for; everyone by default.
    #[serde(default, skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// How the winners are shown to others; masked by default.
    #[serde(default)]
    pub winners_shown: Shown,
    /// How a prize is claimed; by pressing a button, by default.
    #[serde(default)]
    pub claim: ClaimBy,
    /// How long after the draw a prize can be claimed; a week by default, at most 60 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_within_ms: Option<Span>,
    /// It is drawn by itself when it closes; else when the streamer draws, as by default.
    #[serde(default)]
    pub draws_itself: bool,
    /// For what an entrant may be excluded before it closes, at most 32 reasons; whoever is excluded stays on the list, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusions: Vec<Text<OPTION_CHARS>>,
    /// The number of a round of drand's quicknet to be mixed in, which nobody knows until after closing. It is then drawn by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<u32>,
    /// Lotteries of this room whose winners do not win here, at most 32; of every run that they had, this one's own too if it is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_after: Vec<ActivityId>,
    /// So many wins in those still let a viewer win here; none by default, at most 1,000. Prizes that were forfeited count for none.
    #[serde(default, skip_serializing_if = "is_none")]
    pub wins_allowed: u32,
    /// How long until it opens by itself; when the streamer opens it, if absent. Viewers see it until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_in_ms: Option<Span>,
    /// How long it is open; until it is closed, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_in_ms: Option<Span>,
    /// Prepared: viewers see it as not yet open.
    #[serde(default)]
    pub announce: bool,
    /// The label, and what it is about.
    #[serde(default, skip_serializing_if = "About::is_nothing")]
    pub about: About,
}
