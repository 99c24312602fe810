//! What was won, and how it is claimed.

use crate::about::Address;
use crate::limits::{FIELD_CHARS, NAME_CHARS};
use crate::text::Text;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A winner as others see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Winner {
    /// The number of the win: winners are counted in the order in which they are drawn, from 0.
    pub win: u32,
    /// The place of the prize among the card's prizes.
    pub prize: u32,
    /// A name, a mask, or a short label; absent where winners are private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in the list of entrants of this draw, 32 hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrant: Option<String>,
    /// What became of it.
    #[serde(default)]
    pub standing: Standing,
    /// Why it was forfeited, if the streamer said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What became of a win.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "WinStanding"))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Waits for the winner.
    #[default]
    Waiting,
    /// The winner has claimed it.
    Claimed,
    /// The shop has handed it over.
    Fulfilled,
    /// Not claimed in time, or taken back with a reason; another may have been drawn.
    Forfeited,
}

/// What one viewer has won.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Win {
    /// The number of the win.
    pub win: u32,
    /// The place of the prize among the card's prizes.
    pub prize: u32,
    /// What became of it.
    #[serde(default)]
    pub standing: Standing,
    /// Until when it can be claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim_by: Option<Timestamp>,
    /// The code to show to the shop, where it is claimed by a code and was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// How a winner comes to the prize.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ClaimBy {
    /// By pressing a button; the shop knows the account.
    #[default]
    Press,
    /// By a form that only the shop can read.
    Form {
        /// What is asked, at most ten fields.
        fields: Vec<FormField>,
    },
    /// By a code that the winner alone is shown.
    Code,
    /// By a page of the shop.
    Link {
        /// Its address.
        address: Address,
    },
}

/// A field of a claim form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FormField {
    /// What is asked: `Name`, `Street and number`.
    pub label: Text<NAME_CHARS>,
    /// May be left empty.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

/// Claim a prize.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "PrizeClaim"))]
pub struct Claim {
    /// The number of the win.
    pub win: u32,
    /// The form, where there is one. The log never holds it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form: Vec<Field>,
}

/// A filled field of a claim form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Field {
    /// The label, as the card has it.
    pub label: Text<NAME_CHARS>,
    /// What was written.
    pub value: Text<FIELD_CHARS>,
}
