//! The reader: one pass over the bytes, no step back.

use super::Json;
use std::borrow::Cow;

/// A text, and how far it has been read.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(super) fn space(&mut self) {
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

    pub(super) fn value(&mut self, depth: u8) -> Option<Json<'a>> {
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
                self.word("\\u", Json::Null)?;
                let second = self
                    .unit()?
                    .checked_sub(0xdc00)
                    .filter(|low| *low < 0x400)?;
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
            power = i32::try_from(self.digits(&mut number)?)
                .ok()?
                .checked_neg()?;
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
            number = if power < 0 {
                number / 10.0
            } else {
                number * 10.0
            };
        }
        let number = if negative { -number } else { number };
        number.is_finite().then_some(Json::Number(number))
    }
}
