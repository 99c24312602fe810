//! Names of rooms, activities, requests and options: newtypes that parse.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is 1 to 64 of the characters A-Z a-z 0-9 - _ .")
    }
}

impl std::error::Error for NotAnId {}

fn parse(text: String) -> Result<String, NotAnId> {
    let fits = (1..=64).contains(&text.len());
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if fits && text.bytes().all(plain) {
        Ok(text)
    } else {
        Err(NotAnId)
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses an id: 1 to 64 of the characters `A-Z a-z 0-9 - _ .`.
            pub fn parse(text: impl Into<String>) -> Result<Self, NotAnId> {
                parse(text.into()).map(Self)
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                parse(text).map(Self)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A room: a live session that people share.
    RoomId
}
id! {
    /// An activity: one running instance of a widget in a room.
    ActivityId
}
id! {
    /// A request's own name, chosen by who sends it; what makes asking again safe.
    RequestId
}
id! {
    /// An option of a poll, unique in its poll.
    OptionId
}
id! {
    /// A room's log: made at random with it, so that another log is known to be another.
    Epoch
}
id! {
    /// A show: one broadcast in a room.
    ShowId
}
id! {
    /// A claim of units of a deal, unique in its room.
    ClaimId
}
id! {
    /// A variant of a deal, unique in its deal.
    VariantId
}
id! {
    /// A key of a machine, an invitation, or the key of someone who was invited; unique in its room.
    KeyId
}
id! {
    /// A webhook, unique in its room.
    HookId
}
