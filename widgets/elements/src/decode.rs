//! Frames as a page reads them: by hand, from a tree of JSON.
//!
//! The derived readers of the protocol are exact and say more about what is wrong, but in a page they weigh as much as Yew.
//! These read the same messages, which a test shows with every golden file.

mod message;
mod poll;
mod words;

pub use message::{Device, Frame, Pong, Refused, act, frame};
pub use poll::mine as poll_mine;
pub use words::{LEVELS, PHASES, ROLES, SEATS, STATES, Words, reason, reason_name, word_of};

use liveroom::json::Json;

/// The name of what is missing or is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

/// What a reader gives.
pub type Read<T> = Result<T, Unreadable>;

/// Parses a text as JSON.
pub fn tree(text: &str) -> Read<Json<'_>> {
    Json::parse(text).map_err(|_| Unreadable("it is no JSON"))
}

/// A JSON object, looked into by name. What is `null` counts as absent.
#[derive(Clone, Copy)]
pub struct Fields<'a>(pub &'a Json<'a>);

impl<'a> Fields<'a> {
    /// A field, if it is there.
    pub fn field(self, name: &str) -> Option<&'a Json<'a>> {
        self.0.get(name)
    }

    /// The object in a field.
    pub fn object(self, name: &str) -> Option<Self> {
        self.field(name).map(Self)
    }

    /// A text, if it is there.
    pub fn text(self, name: &str) -> Option<&'a str> {
        self.field(name)?.text()
    }

    /// A text of the page's own.
    pub fn owned(self, name: &str) -> Option<String> {
        self.text(name).map(str::to_owned)
    }

    /// A whole number, if it is there; a fraction is cut off, as a page's own reckoning may leave one.
    pub fn number(self, name: &str) -> Option<u64> {
        let number = self.field(name)?.number()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is at least 0, and one too large becomes the largest"
        )]
        (number >= 0.0).then_some(number as u64)
    }

    /// A whole number that fits in 32 bits, or 0.
    pub fn small(self, name: &str) -> u32 {
        self.number(name)
            .map_or(0, |number| u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// Whether a flag is set.
    pub fn flag(self, name: &str) -> bool {
        self.field(name).and_then(Json::flag) == Some(true)
    }

    /// The items of a list; none if it is absent.
    pub fn list(self, name: &str) -> &'a [Json<'a>] {
        self.field(name).and_then(Json::list).unwrap_or_default()
    }

    /// A text as something that parses.
    pub fn parse<T: TryFrom<String>>(self, name: &'static str) -> Read<T> {
        self.maybe(name)?.ok_or(Unreadable(name))
    }

    /// A text as something that parses, if it is there.
    pub fn maybe<T: TryFrom<String>>(self, name: &'static str) -> Read<Option<T>> {
        self.owned(name)
            .map(|text| T::try_from(text).map_err(|_| Unreadable(name)))
            .transpose()
    }

    /// A list of texts that parse.
    pub fn each<T: TryFrom<String>>(self, name: &'static str) -> Read<Vec<T>> {
        let parse = |value: &Json<'_>| {
            value
                .text()
                .and_then(|text| T::try_from(text.to_owned()).ok())
        };
        self.list(name)
            .iter()
            .map(|value| parse(value).ok_or(Unreadable(name)))
            .collect()
    }
}

#[cfg(test)]
mod tests;
