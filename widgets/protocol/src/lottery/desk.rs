//! What the desk alone is told of a lottery: who has entered, by the names that an exclusion takes.

use super::EntrantName;
use serde::{Deserialize, Serialize};

/// Entrants of a lottery, the newest first; the tally has how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Entrants {
    /// Some of them.
    pub entrants: Vec<Entered>,
}

/// An entrant as the desk is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entered {
    /// The name in this draw's list of entrants, 32 hexadecimal digits.
    pub entrant: EntrantName,
    /// The viewer's name, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many tickets.
    pub tickets: u32,
    /// Excluded, and for which reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excluded: Option<String>,
}
