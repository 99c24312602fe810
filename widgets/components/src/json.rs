//! JSON as a tree, read by hand: every viewer loads these bytes, and code for each type would be several times as many.

use std::borrow::Cow;
use std::fmt;

mod reader;

use reader::Reader;

/// Deeper than any message; so that a hostile one cannot use the stack up.
const DEPTH: u8 = 32;

/// A value. Texts are borrowed where they hold no escapes.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json<'a> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// An object's pairs in their order.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// What is not JSON, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson(pub usize);

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is no JSON from byte {} on", self.0)
    }
}

impl std::error::Error for NotJson {}

impl<'a> Json<'a> {
    /// Reads a whole text.
    pub fn parse(text: &'a str) -> Result<Self, NotJson> {
        let mut reader = Reader { text, at: 0 };
        let value = reader.value(DEPTH).ok_or(NotJson(reader.at))?;
        reader.space();
        if reader.at == text.len() {
            Ok(value)
        } else {
            Err(NotJson(reader.at))
        }
    }

    /// The value of a field; `None` where there is none, or it is null.
    pub fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(pairs) = self else {
            return None;
        };
        let found = pairs.iter().find(|(known, _)| known == name);
        found
            .map(|(_, value)| value)
            .filter(|value| **value != Self::Null)
    }

    /// It as a text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// It as `true` or `false`.
    pub fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// It as a whole number that a float holds exactly.
    pub fn whole(&self) -> Option<u64> {
        match self {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is whole and in range"
            )]
            Self::Number(number)
                if *number >= 0.0 && *number < 9e15 && number.trunc() == *number =>
            {
                Some(*number as u64)
            }
            _ => None,
        }
    }

    /// It as a number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// It as a list.
    pub fn list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }
}

/// A text as JSON, quotes included.
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            '\0'..='\u{1f}' => {
                json.push_str("\\u00");
                let code = u32::from(character);
                for digit in [code / 16, code % 16] {
                    json.extend(char::from_digit(digit, 16));
                }
            }
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests;
