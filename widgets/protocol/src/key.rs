//! Keys that a room's owner makes: for machines, and invitations for people. Their secrets are told once and lie nowhere.

use crate::id::KeyId;
use crate::identity::{Label, Role};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A key to be made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "MakeKey"))]
pub struct Make {
    /// Its name; made from the request's id, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
    /// What people call it. It lies beside the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// What it is good for.
    pub scope: Scope,
    /// When it ends, and with it all that was exchanged for it; when it is revoked, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<Timestamp>,
}

/// What a key is good for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Scope {
    /// Shows what viewers are shown, and does nothing.
    Overlay,
    /// Gives some commands, as an operator would, and reads nothing.
    Automation {
        /// The types of the commands: `poll.open`, `close`, …
        commands: Vec<Label>,
    },
    /// Acts for viewers of other platforms, and does nothing else.
    Relay,
    /// A link that makes whoever opens it one of the staff.
    Invitation {
        /// As what: moderator, analyst, operator, streamer or partner.
        role: Role,
        /// A partner's brand.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        brand: Option<Label>,
        /// How many people may come by it, 1 to 100.
        uses: u32,
    },
}

impl Scope {
    /// The role of a token that is exchanged for such a key.
    pub const fn role(&self) -> Role {
        match self {
            Self::Overlay => Role::Viewer,
            Self::Relay => Role::Relay,
            Self::Automation { .. } => Role::Operator,
            Self::Invitation { role, .. } => *role,
        }
    }

    /// Its word on the wire.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Overlay => "overlay",
            Self::Automation { .. } => "automation",
            Self::Relay => "relay",
            Self::Invitation { .. } => "invitation",
        }
    }
}
