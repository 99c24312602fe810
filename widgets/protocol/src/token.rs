//! What a token says: the claims of a JWT that a page's own server signs.

use crate::id::{KeyId, RoomId};
use crate::identity::{Label, Level, Role, Standing};
use serde::{Deserialize, Serialize};

/// The claims of a token. `exp` is at most an hour away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claims {
    /// The room it is for.
    pub aud: RoomId,
    /// The account, any stable text of the page's; at most 256 bytes.
    pub sub: String,
    /// When it ends, in seconds since 1970.
    pub exp: u64,
    /// When it was made, in seconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iat: Option<u64>,
    /// What its bearer may do.
    #[serde(default)]
    pub role: Role,
    /// The name to show where a card says that names are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Label>,
    /// `token` unless the page vouches for more; never `device`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// The tier of membership.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// Points the account holds at the moment; only the page ever spends any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<u64>,
    /// Segments of the page's choosing, at most eight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Label>,
    /// What the page attests of the bearer with one action; at most eight words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attest: Vec<Label>,
    /// The brand whose figures a partner reads; without it a partner reads none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Label>,
    /// The room's key that it was exchanged for; it is worth nothing once that is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
}

impl Claims {
    /// What a room knows of the bearer.
    pub fn standing(&self) -> Standing {
        Standing {
            level: self.level.unwrap_or(Level::Token).max(Level::Token),
            role: self.role,
            tier: self.tier.clone(),
            segments: self.segments.iter().take(8).cloned().collect(),
            points: self.points,
            watched_ms: None,
            attested: Vec::new(),
            named: self.name.is_some(),
            channel: None,
        }
    }
}
