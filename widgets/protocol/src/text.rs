//! Words that people typed: trimmed, of bounded length, without characters that hide or reorder text.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAText {
    /// Nothing is left after trimming.
    Empty,
    /// It has more characters than the limit given here.
    TooLong(usize),
    /// A picture's address is neither `https:`, nor a path of the same site.
    NotAPicture,
    /// A page's address is neither `https:`, nor a path of the same site.
    NotAnAddress,
}

impl fmt::Display for NotAText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a text is empty"),
            Self::TooLong(limit) => write!(f, "a text has more than {limit} characters"),
            Self::NotAPicture => f.write_str("a picture's address starts with https:// or with /"),
            Self::NotAnAddress => f.write_str("a page's address starts with https:// or with /"),
        }
    }
}

impl std::error::Error for NotAText {}

/// A line of at most `MAX` characters, never empty: something in it can be seen.
///
/// Control characters become spaces; marks that reorder text (U+202A to U+202E, U+2066 to U+2069) are left out,
/// since they can make a line read as something that nobody wrote.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Text{MAX}", extend("minLength" = 1, "maxLength" = MAX)))]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// Parses a line.
    pub fn parse(text: &str) -> Result<Self, NotAText> {
        let plain: String = text
            .chars()
            .filter(
                |c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'),
            )
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let line = plain.trim();
        if line.chars().all(is_unseen) {
            Err(NotAText::Empty)
        } else if line.chars().nth(MAX).is_some() {
            Err(NotAText::TooLong(MAX))
        } else {
            Ok(Self(line.to_owned()))
        }
    }

    /// The line as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What leaves no mark on a page: spaces, and characters without width. A line of nothing else is empty.
fn is_unseen(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = NotAText;
    fn try_from(text: String) -> Result<Self, NotAText> {
        Self::parse(&text)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> String {
        text.0
    }
}

/// The address of a picture: `https://…`, or a path of the same site (`/…`).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Picture(String);

impl Picture {
    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Picture {
    type Error = NotAText;
    fn try_from(text: String) -> Result<Self, NotAText> {
        let known =
            text.starts_with("https://") || (text.starts_with('/') && !text.starts_with("//"));
        let plain = text.len() <= crate::limits::PICTURE_BYTES
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        if known && plain {
            Ok(Self(text))
        } else {
            Err(NotAText::NotAPicture)
        }
    }
}

impl From<Picture> for String {
    fn from(picture: Picture) -> String {
        picture.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_bounded_and_reads_as_it_was_written() {
        let line = |text: &str| Text::<5>::parse(text).map(String::from);
        assert_eq!(line("  ab\n"), Ok("ab".into()));
        assert_eq!(line("a\u{202e}b"), Ok("ab".into()));
        assert_eq!(line("a\0b"), Ok("a b".into()));
        assert_eq!(line(" \u{202e} "), Err(NotAText::Empty));
        assert_eq!(line("日本語五字"), Ok("日本語五字".into()));
        assert_eq!(line("123456"), Err(NotAText::TooLong(5)));
    }

    #[test]
    fn a_picture_is_of_this_site_or_fetched_safely() {
        for good in ["https://a.example/x.png", "/pictures/x.png"] {
            assert!(Picture::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "//a.example/x",
            "http://a.example/x",
            "data:image/png,x",
            "/\\a.example",
            "/a b",
        ] {
            assert!(Picture::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
