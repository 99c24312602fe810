//! What any activity may say of itself beside its own content: an advertisement label, and what it is about.

use crate::identity::Label;
use crate::limits::{AD_CHARS, ADDRESS_BYTES};
use crate::text::{NotAText, Text};
use serde::{Deserialize, Serialize};

/// What an activity is about, for the label that viewers see and for figures by product, brand and tag.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct About {
    /// The advertisement or sponsor label: `Ad`, `广告`, `Anzeige: Example AG`. Shown on the card, and nothing hides it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ad: Option<Text<AD_CHARS>>,
    /// Products by the shop's own numbers, at most 32.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub products: Vec<Label>,
    /// The brand; a partner's figures are those of its brand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brand: Option<Label>,
    /// Tags of the streamer's choosing, at most 32.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
}

impl About {
    /// Whether it says nothing.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a viewer reports an activity, or a question, to those who run the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Misleading or false.
    Misleading,
    /// Offensive, hateful or dangerous.
    Offensive,
    /// Not allowed by law.
    Illegal,
    /// Anything else.
    Other,
}

/// The address of a page: `https://…`, or a path of the same site (`/…`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

impl Address {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Address {
    type Error = NotAText;
    fn try_from(text: String) -> Result<Self, NotAText> {
        let known =
            text.starts_with("https://") || (text.starts_with('/') && !text.starts_with("//"));
        let plain =
            text.len() <= ADDRESS_BYTES && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        if known && plain {
            Ok(Self(text))
        } else {
            Err(NotAText::NotAnAddress)
        }
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.0
    }
}
