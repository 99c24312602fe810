//! Acts for viewers of other platforms, where the kit does not run: a relay sends them, and the room treats each as its viewer's own.

use crate::identity::Label;
use crate::limits::{PLATFORM_BYTES, PLATFORM_USER_BYTES};
use crate::message::Act;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One act of a viewer elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relayed {
    /// Who acts.
    pub by: Elsewhere,
    /// The name to show where a card says that names are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Label>,
    /// The act, as the viewer's own page would send it, without `attest`.
    #[serde(flatten)]
    pub act: Act,
}

/// A viewer of another platform: `platform:user`, such as `youtube:UCabc`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Elsewhere {
    platform: String,
    user: String,
}

impl Elsewhere {
    /// Parses `platform:user`: the platform 1 to 32 of `a-z 0-9 -`, the user 1 to 200 bytes without control characters.
    ///
    /// # Errors
    /// A sentence that says what is wanted.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const WRONG: &str =
            "by is platform:user, the platform 1 to 32 of a-z 0-9 -, the user 1 to 200 bytes";
        let (platform, user) = text.split_once(':').ok_or(WRONG)?;
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let is_platform =
            (1..=PLATFORM_BYTES).contains(&platform.len()) && platform.bytes().all(plain);
        let is_user =
            (1..=PLATFORM_USER_BYTES).contains(&user.len()) && !user.chars().any(char::is_control);
        if is_platform && is_user {
            Ok(Self {
                platform: platform.to_owned(),
                user: user.to_owned(),
            })
        } else {
            Err(WRONG)
        }
    }

    /// The platform, which is the channel of what they do.
    pub fn platform(&self) -> &str {
        &self.platform
    }

    /// The platform's own name of the viewer. No log holds it.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The platform as a label.
    pub fn channel(&self) -> Option<Label> {
        Label::parse(&self.platform).ok()
    }
}

impl fmt::Display for Elsewhere {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.platform, self.user)
    }
}

impl TryFrom<String> for Elsewhere {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Elsewhere> for String {
    fn from(who: Elsewhere) -> String {
        who.to_string()
    }
}
