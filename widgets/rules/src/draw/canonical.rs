//! The one form of terms that is hashed: JSON that every reader understands alike, RFC 8785 where that is not enough.

use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// The longest terms, in bytes.
const TERMS_BYTES: usize = 65_536;
/// How deep they nest at most.
const DEPTH: usize = 16;
/// The largest number that every reader of JSON keeps exactly.
const LARGEST: u64 = (1 << 53) - 1;

/// Why a value has no canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotCanonical;

impl fmt::Display for NotCanonical {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "an object of short lower-case names, with integers below 2^53, texts, lists and objects, 16 deep and 65,536 bytes long at most",
        )
    }
}

impl std::error::Error for NotCanonical {}

/// The canonical form of terms: RFC 8785 where it agrees with all readers of JSON; see `DRAW.md`, *Terms*.
pub fn canonical(terms: &impl Serialize) -> Result<String, NotCanonical> {
    let value = serde_json::to_value(terms).map_err(|_| NotCanonical)?;
    let mut text = String::new();
    match value {
        Value::Object(members) => object(&mut text, &members, 1)?,
        _ => return Err(NotCanonical),
    }
    if text.len() > TERMS_BYTES {
        return Err(NotCanonical);
    }
    Ok(text)
}

fn write(text: &mut String, value: &Value, depth: usize) -> Result<(), NotCanonical> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => {
            let size = number
                .as_u64()
                .or_else(|| number.as_i64().map(i64::unsigned_abs));
            match size {
                Some(size) if size <= LARGEST => text.push_str(&number.to_string()),
                _ => return Err(NotCanonical),
            }
        }
        Value::String(string) => text.push_str(&quoted(string)),
        Value::Array(values) => {
            deeper(depth)?;
            text.push('[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(text, value, depth + 1)?;
            }
            text.push(']');
        }
        Value::Object(members) => object(text, members, depth)?,
    }
    Ok(())
}

fn object(
    text: &mut String,
    members: &Map<String, Value>,
    depth: usize,
) -> Result<(), NotCanonical> {
    deeper(depth)?;
    // The map may keep the order in which it was read; the canonical form does not.
    let mut sorted: Vec<_> = members.iter().collect();
    sorted.sort_by_key(|(name, _)| *name);
    text.push('{');
    for (place, (name, value)) in sorted.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if !(1..=64).contains(&name.len()) || !name.bytes().all(plain) {
            return Err(NotCanonical);
        }
        text.push_str(&quoted(name));
        text.push(':');
        write(text, value, depth + 1)?;
    }
    text.push('}');
    Ok(())
}

fn deeper(depth: usize) -> Result<(), NotCanonical> {
    if depth > DEPTH {
        Err(NotCanonical)
    } else {
        Ok(())
    }
}

/// A text with the escapes of RFC 8785, which are serde_json's too.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
