//! JSON as a tree, read by hand: every viewer loads these bytes, and code for each type would be several times as many.

use std::borrow::Cow;

/// Deeper than any message; so that a hostile one cannot use the stack up.
const DEPTH: u8 = 32;

/// A value. Texts are borrowed where they hold no escapes.
#[derive(Clone, Debug, PartialEq)]
pub enum Json<'a> {
    /// `null`.
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
        found.map(|(_, value)| value).filter(|value| **value != Self::Null)
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
            Self::Number(number) if *number >= 0.0 && *number < 9e15 && number.trunc() == *number => {
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

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Whether this byte comes next, after white space; then it is past.
    fn takes(&mut self, byte: u8) -> bool {
        self.space();
        let takes = self.peek() == Some(byte);
        self.at += usize::from(takes);
        takes
    }

    fn word(&mut self, word: &str, value: Json<'a>) -> Option<Json<'a>> {
        let rest = self.text.get(self.at..)?;
        rest.starts_with(word).then(|| {
            self.at += word.len();
            value
        })
    }

    fn value(&mut self, depth: u8) -> Option<Json<'a>> {
        self.space();
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.list(depth.checked_sub(1)?),
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Flag(true)),
            b'f' => self.word("false", Json::Flag(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u8) -> Option<Json<'a>> {
        self.at += 1;
        let mut pairs = Vec::new();
        if self.takes(b'}') {
            return Some(Json::Object(pairs));
        }
        loop {
            self.space();
            let name = self.string()?;
            if !self.takes(b':') {
                return None;
            }
            pairs.push((name, self.value(depth)?));
            if self.takes(b'}') {
                return Some(Json::Object(pairs));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: u8) -> Option<Json<'a>> {
        self.at += 1;
        let mut list = Vec::new();
        if self.takes(b']') {
            return Some(Json::List(list));
        }
        loop {
            list.push(self.value(depth)?);
            if self.takes(b']') {
                return Some(Json::List(list));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        if self.peek() != Some(b'"') {
            return None;
        }
        self.at += 1;
        let mut owned = None::<String>;
        loop {
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..0x20) {
                self.at += 1;
            }
            let plain = self.text.get(start..self.at)?;
            let end = self.peek()?;
            match (&mut owned, end) {
                (None, b'"') => {
                    self.at += 1;
                    return Some(Cow::Borrowed(plain));
                }
                (Some(owned), _) => owned.push_str(plain),
                (None, _) => owned = Some(plain.to_owned()),
            }
            match end {
                b'"' => {
                    self.at += 1;
                    return owned.map(Cow::Owned);
                }
                b'\\' => {
                    let escaped = self.escape()?;
                    owned.as_mut()?.push(escaped);
                }
                _ => return None,
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        self.at += 1;
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.unit()?;
                if !(0xd800..0xdc00).contains(&first) {
                    // Half of a pair alone is no character.
                    return char::from_u32(first);
                }
                if self.word("\\u", Json::Null).is_none() {
                    return None;
                }
                let second = self.unit()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + second);
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
        }
        Some(unit)
    }

    fn digits(&mut self, number: &mut f64) -> Option<u32> {
        let start = self.at;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            *number = *number * 10.0 + f64::from(digit - b'0');
            self.at += 1;
        }
        let count = u32::try_from(self.at - start).ok()?;
        (count > 0).then_some(count)
    }

    /// Whole numbers up to 2^53 exactly, which is all that a message holds; others as near as multiplying goes.
    fn number(&mut self) -> Option<Json<'a>> {
        let negative = self.peek() == Some(b'-');
        self.at += usize::from(negative);
        let leading_zero = self.peek() == Some(b'0');
        let mut number = 0.0;
        if self.digits(&mut number)? > 1 && leading_zero {
            return None;
        }
        let mut power = 0_i32;
        if self.peek() == Some(b'.') {
            self.at += 1;
            power = i32::try_from(self.digits(&mut number)?).ok()?.checked_neg()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            let down = self.peek() == Some(b'-');
            self.at += usize::from(matches!(self.peek(), Some(b'-' | b'+')));
            let mut exponent = 0.0;
            self.digits(&mut exponent)?;
            #[allow(clippy::cast_possible_truncation, reason = "bounded")]
            let exponent = exponent.min(1e3) as i32;
            power += if down { -exponent } else { exponent };
        }
        for _ in 0..power.abs().min(400) {
            number = if power < 0 { number / 10.0 } else { number * 10.0 };
        }
        let number = if negative { -number } else { number };
        number.is_finite().then_some(Json::Number(number))
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
