//! Who someone is to a room: levels of identity, roles, and who may take part.

use crate::limits::NAME_CHARS;
use crate::text::Text;
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// A label of the page's choosing: a tier, a segment, a tag.
pub type Label = Text<NAME_CHARS>;

/// How sure the room is that one identity is one person, least first.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A random key that the room minted and this browser keeps.
    #[default]
    Device,
    /// The page vouches for an account.
    Token,
    /// The page vouches for one person.
    Verified,
}

/// What someone may do in a room.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes part.
    #[default]
    Viewer,
    /// Keeps order: approves, hides.
    Moderator,
    /// Reads figures.
    Analyst,
    /// Runs the desk for a streamer.
    Operator,
    /// Is on air.
    Streamer,
    /// Owns the room.
    Owner,
    /// The shop's own server.
    Shop,
    /// Has products in the show, and reads the figures of its own brand.
    Partner,
    /// Acts for viewers of other platforms, and does nothing else.
    Relay,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 9] = [
        Self::Viewer,
        Self::Moderator,
        Self::Analyst,
        Self::Operator,
        Self::Streamer,
        Self::Owner,
        Self::Shop,
        Self::Partner,
        Self::Relay,
    ];

    /// The role's word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Moderator => "moderator",
            Self::Analyst => "analyst",
            Self::Operator => "operator",
            Self::Streamer => "streamer",
            Self::Owner => "owner",
            Self::Shop => "shop",
            Self::Partner => "partner",
            Self::Relay => "relay",
        }
    }
}

/// Whom a poll is for; an empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Eligible {
    /// Any of these tiers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tiers: Vec<Label>,
    /// Any of these segments.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Label>,
    /// Any of these roles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<Role>,
    /// At least so many points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u32>,
}

impl Eligible {
    /// Whether it asks for nothing.
    pub fn is_everyone(&self) -> bool {
        let Self {
            tiers,
            segments,
            roles,
            points,
        } = self;
        tiers.is_empty() && segments.is_empty() && roles.is_empty() && points.is_none()
    }
}

/// What a room knows of someone at the moment of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Standing {
    /// How sure the room is.
    pub level: Level,
    /// What they may do.
    #[serde(skip_serializing_if = "is_viewer")]
    pub role: Role,
    /// The tier of membership, if the page gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<Label>,
    /// The page's segments, at most eight.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub segments: Vec<Label>,
    /// Points that the page says they hold, where an activity asks for some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<u64>,
    /// How long the room has seen them connected, where an activity asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub watched_ms: Option<Span>,
    /// What the page attested of them with this request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attested: Vec<Label>,
    /// They have a display name.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub named: bool,
    /// Where they are, if it is not a page of the kit: the platform that a relay acts from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Label>,
}

fn is_viewer(role: &Role) -> bool {
    *role == Role::Viewer
}
