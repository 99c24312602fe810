//! Frames as a page reads them: by hand, from a tree of JSON.
//!
//! The derived readers of the protocol are exact and say more about what is wrong, but in a page they weigh as much as Yew.
//! These read the same messages, which a test shows with every golden file. A fault is noted while reading goes on,
//! and looked at in the end: giving up halfway would cost a clearing up at each field.

mod about;
mod deal;
mod lottery;
mod message;
mod poll;
mod qna;
mod words;

pub use deal::{CLAIMS, FAILURES, product};
pub use lottery::FATES;
pub use message::{Device, Frame, Pong, Refused, act, action, frame, mine};
pub use qna::{ORDERS, STANDINGS, hint};
pub use words::{
    FAULTS, LEVELS, PHASES, ROLES, SEATS, STATES, Words, reason, reason_name, word_of,
};

use liveroom::json::Json;
use std::cell::Cell;

/// The name of what is missing or is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unreadable(pub &'static str);

/// What a reader gives.
pub type Read<T> = Result<T, Unreadable>;

/// Reads a text as JSON, and what it says by `reader`, which must note a fault or give something.
fn whole<T>(text: &str, reader: fn(Fields<'_>) -> Option<T>) -> Read<T> {
    let fault = Cell::new("it is no JSON");
    let Ok(json) = Json::parse(text) else {
        return Err(Unreadable(fault.get()));
    };
    fault.set("");
    let read = reader(Fields {
        json: &json,
        fault: &fault,
    });
    match (read, fault.get()) {
        (Some(read), "") => Ok(read),
        (_, fault) => Err(Unreadable(fault)),
    }
}

/// Reads an object that the shell wrote; what it left out is absent.
pub fn own<T>(text: &str, reader: fn(Fields<'_>) -> T) -> T {
    reader(Fields {
        json: &Json::parse(text).unwrap_or_default(),
        fault: &Cell::new(""),
    })
}

/// A JSON object, looked into by name. What is `null` counts as absent.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    json: &'a Json<'a>,
    fault: &'a Cell<&'static str>,
}

impl<'a> Fields<'a> {
    /// Notes that a field is missing or is not what it should be.
    fn miss(self, name: &'static str) {
        self.fault.set(name);
    }

    /// A field, if it is there.
    fn field(self, name: &str) -> Option<&'a Json<'a>> {
        self.json.get(name)
    }

    /// The object in a field.
    fn object(self, name: &str) -> Option<Self> {
        self.field(name).map(|json| Self { json, ..self })
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
    fn number(self, name: &str) -> Option<u64> {
        let number = self.field(name)?.number()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is at least 0, and one too large becomes the largest"
        )]
        (number >= 0.0).then_some(number as u64)
    }

    /// A whole number, or 0.
    fn count(self, name: &str) -> u64 {
        self.number(name).unwrap_or(0)
    }

    /// A whole number that fits in 32 bits, or 0.
    fn small(self, name: &str) -> u32 {
        u32::try_from(self.count(name)).unwrap_or(u32::MAX)
    }

    /// Whether a flag is set.
    pub fn flag(self, name: &str) -> bool {
        self.field(name).and_then(Json::flag) == Some(true)
    }

    /// A text as something that parses; one that is missing is a fault.
    fn parse<T: TryFrom<String>>(self, name: &'static str) -> Option<T> {
        let parsed = self.maybe(name);
        if parsed.is_none() {
            self.miss(name);
        }
        parsed
    }

    /// A text as something that parses, if it is there.
    fn maybe<T: TryFrom<String>>(self, name: &'static str) -> Option<T> {
        let parsed = T::try_from(self.owned(name)?).ok();
        if parsed.is_none() {
            self.miss(name);
        }
        parsed
    }

    /// The items of a list, each read; none if it is absent. One that gives nothing is a fault.
    fn each<T>(self, name: &'static str, read: fn(Self) -> Option<T>) -> Vec<T> {
        let mut items = Vec::new();
        let list = self.field(name).and_then(Json::list).unwrap_or_default();
        for json in list {
            match read(Self { json, ..self }) {
                Some(item) => items.push(item),
                None => self.miss(name),
            }
        }
        items
    }

    /// A list of texts that parse.
    fn texts<T: TryFrom<String>>(self, name: &'static str) -> Vec<T> {
        self.each(name, |item| T::try_from(item.json.text()?.to_owned()).ok())
    }
}

#[cfg(test)]
mod tests;
