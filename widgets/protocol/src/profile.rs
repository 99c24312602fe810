//! The rules of a place that a room follows, and what they ask for before something opens.

use crate::command::Command;
use crate::refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The rules of a place that a room may follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// None in particular.
    #[default]
    None,
    /// China.
    Cn,
    /// The European Union.
    Eu,
    /// The United Kingdom.
    Uk,
    /// The United States.
    Us,
}

impl Profile {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::None, Self::Cn, Self::Eu, Self::Uk, Self::Us];

    /// Its short name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Cn => "cn",
            Self::Eu => "eu",
            Self::Uk => "uk",
            Self::Us => "us",
        }
    }
}

/// A profile in one version of its rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Stamp {
    /// Which profile.
    pub name: Profile,
    /// Which version of it, from 1.
    pub version: u32,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name.name(), self.version)
    }
}

/// What a rule does where it is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It does not open.
    Missing,
    /// It opens, and whoever opens it was told.
    Warning,
}

/// Something that a profile asks for, and an activity does not have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Missing {
    /// Which rule, by its name in the profile: `cn.draw.organiser`.
    pub rule: String,
    /// Which field of the draft, by the names on the wire: `prizes.0.value`.
    pub field: String,
    /// What to do, as a sentence.
    pub says: String,
    /// Where the rule comes from.
    pub source: String,
    /// Whether it keeps the activity from opening.
    pub severity: Severity,
    /// The word that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<String>,
}

/// What the desk alone is told of an activity in a room that has a profile, or wants two people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Ruled {
    /// The profile that it opened under, frozen then; of a lottery from the beginning, since its terms are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
    /// Somebody other than its composer has approved it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub approved: bool,
    /// It was to open by itself and did not: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<String>,
}

/// Ask what the room would say to commands, without giving them; answered by `checked`, and nothing changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Check {
    /// Any number of the asker's, given back.
    pub number: u32,
    /// Commands that compose or open, at most 32: as if given in this order.
    pub commands: Vec<Command>,
}

/// The answer to `check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Checks {
    /// The asker's number.
    pub number: u32,
    /// One for each command, in their order.
    pub checked: Vec<Checked>,
}

/// What the room would say to one command as it stands now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Checked {
    /// It would take it.
    pub ok: bool,
    /// Why it would not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The profile that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
    /// What is missing before it can open, also where it is only prepared; and warnings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<Missing>,
    /// It needs the approval of another person, and does not have it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub needs_approval: bool,
}
