//! The proof of a draw: all that a stranger needs to draw again and to see that the same viewers win.
//!
//! What each member means, and how it is checked, is written in `widgets/rules/DRAW.md`.
//! It grows with the draw: terms and commitment when it opens, the entrants when it closes, the rest when it is drawn.

use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// `N` bytes, written as `2 * N` lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Hex{N}"))]
#[serde(try_from = "String", into = "String")]
pub struct Hex<const N: usize>(pub [u8; N]);

/// What anyone can check a draw by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Proof {
    /// The name of the algorithm: `liveroom-draw-1`.
    pub algorithm: String,
    /// The published rules, as canonical JSON: the very bytes that were hashed.
    pub terms: String,
    /// The hash of the seed and of the terms, published when it opened.
    pub commitment: Hex<32>,
    /// The entrants, once it is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closing>,
    /// The draw, once it is drawn; or what it would have been, if it was cancelled after closing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn: Option<Drawing>,
    /// Why it was cancelled, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
}

/// What is fixed when a draw closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Closing {
    /// When it closed, by the room's clock.
    pub at: Timestamp,
    /// How many entrants are on the roll, excluded ones among them.
    pub entrants: u32,
    /// How many tickets they have together.
    pub tickets: u64,
    /// The root of the tree of entrants.
    pub root: Hex<32>,
    /// The roll: each entrant's id, tickets and exclusion, ascending. Absent where it is fetched apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roll: Option<Vec<Hex<21>>>,
}

/// What is told when a draw is drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Drawing {
    /// The seed that the commitment was made of.
    pub seed: Hex<32>,
    /// The signature of the public round that the terms name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Hex<48>>,
    /// Everybody who was drawn, in that order, forfeited wins and redraws included.
    #[serde(default)]
    pub winners: Vec<Drawn>,
}

/// One entrant who was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Drawn {
    /// The place of the prize among the terms' prizes, from 0.
    pub prize: u32,
    /// Who was drawn: an id of the roll.
    pub entrant: Hex<16>,
    /// Which word of the stream drew them, from 0.
    pub word: u64,
    /// Why the win was forfeited, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forfeited: Option<String>,
    /// A redraw: the place in this list of the forfeited win that it stands for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<u32>,
}

/// What shows one entrant that they are on the roll: some kilobytes, however long it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inclusion {
    /// The entry: id, tickets and exclusion.
    pub entry: Hex<21>,
    /// Its place on the roll, from 0.
    pub place: u32,
    /// How many are on the roll.
    pub entrants: u32,
    /// The hashes beside the way from the leaf to the root.
    pub path: Vec<Hex<32>>,
}

impl<const N: usize> fmt::Display for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl<const N: usize> fmt::Debug for Hex<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<const N: usize> From<Hex<N>> for String {
    fn from(hex: Hex<N>) -> String {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
        hex.0
            .iter()
            .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
            .collect()
    }
}

impl<const N: usize> TryFrom<String> for Hex<N> {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("{} lower-case hexadecimal digits are due", 2 * N))
    }
}

impl<const N: usize> Hex<N> {
    /// Reads `2 * N` lower-case hexadecimal digits; nothing else is taken, so that there is one text of each value.
    pub fn parse(text: &str) -> Option<Self> {
        let nibble = |digit: u8| match digit {
            b'0'..=b'9' => Some(digit - b'0'),
            b'a'..=b'f' => Some(digit - b'a' + 10),
            _ => None,
        };
        if text.len() != 2 * N {
            return None;
        }
        let mut bytes = [0; N];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(bytes))
    }
}
