//! Who asks.

use crate::pseudonym::Pseudonym;
use liveroom_protocol::identity::Role;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who asks, as the log knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Who {
    /// The room itself.
    Room,
    /// A viewer.
    Viewer(Pseudonym),
    /// Someone with a role, for a command.
    Staff(Role, Pseudonym),
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Room => f.write_str("room"),
            Self::Viewer(name) => write!(f, "viewer:{name}"),
            Self::Staff(role, name) => write!(f, "{}:{name}", role_word(*role)),
        }
    }
}

impl From<Who> for String {
    fn from(who: Who) -> String {
        who.to_string()
    }
}

impl TryFrom<String> for Who {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "room" {
            return Ok(Self::Room);
        }
        let (kind, name) = text
            .split_once(':')
            .ok_or("a requester is room, or a role and a pseudonym")?;
        let name = Pseudonym::try_from(name.to_owned())?;
        if kind == "viewer" {
            return Ok(Self::Viewer(name));
        }
        let role = Role::ALL
            .into_iter()
            .find(|role| role_word(*role) == kind)
            .ok_or("a requester has a known role")?;
        Ok(Self::Staff(role, name))
    }
}

/// A viewer never commands; should one be recorded as staff, the word keeps them apart from `viewer:`.
const fn role_word(role: Role) -> &'static str {
    match role {
        Role::Viewer => "guest",
        Role::Moderator
        | Role::Analyst
        | Role::Operator
        | Role::Streamer
        | Role::Owner
        | Role::Shop
        | Role::Partner
        | Role::Relay => role.word(),
    }
}
