//! How a language writes numbers, shares, money and times. The page has all of it in `Intl`; this names what is asked of it.

use liveroom_protocol::time::Timestamp;

/// Numbers and times in the viewer's language.
pub trait Format {
    /// A whole number: `1,204`.
    fn number(&self, value: u32) -> String;

    /// A whole share of 0 to 100: `42%`.
    fn percent(&self, whole: u8) -> String;

    /// A time of day in the viewer's zone, with the day if it is another: `20:15`.
    fn clock(&self, at: Timestamp) -> String;

    /// The plural category of a number, as CLDR names it: `zero`, `one`, `two`, `few`, `many` or `other`.
    fn plural(&self, value: u32) -> &'static str;

    /// An amount of money, as it was written, in a currency: `€29.90`.
    fn money(&self, amount: &str, currency: &str) -> String {
        [amount, "\u{a0}", currency].concat()
    }

    /// A number given in tenths, with one decimal: 42 is `4.2`.
    fn tenths(&self, value: u32) -> String {
        let mut text = self.number(value / 10);
        text.push('.');
        text.push_str(&self.number(value % 10));
        text
    }

    /// Minutes and seconds: `1:07`.
    fn digits(&self, seconds: u32) -> String {
        let mut text = self.number(seconds / 60);
        text.push(':');
        if seconds % 60 < 10 {
            text.push_str(&self.number(0));
        }
        text.push_str(&self.number(seconds % 60));
        text
    }
}

/// English without `Intl`, times in UTC: for tests and for pages made on a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlainFormat;

impl Format for PlainFormat {
    fn number(&self, value: u32) -> String {
        let digits = value.to_string();
        let mut text = String::with_capacity(digits.len() + 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        text
    }

    fn percent(&self, whole: u8) -> String {
        let mut text = whole.to_string();
        text.push('%');
        text
    }

    fn clock(&self, at: Timestamp) -> String {
        // A day has 1,440 minutes, so this fits.
        let minutes = (at.0 / 60_000 % 1_440) as u32;
        let mut text = String::new();
        if minutes < 600 {
            text.push('0');
        }
        text.push_str(&self.digits(minutes));
        text
    }

    fn plural(&self, value: u32) -> &'static str {
        if value == 1 { "one" } else { "other" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_read_as_in_english() {
        let plain = PlainFormat;
        assert_eq!(plain.number(0), "0");
        assert_eq!(plain.number(999), "999");
        assert_eq!(plain.number(1_204), "1,204");
        assert_eq!(plain.number(u32::MAX), "4,294,967,295");
        assert_eq!(plain.percent(100), "100%");
        assert_eq!(plain.tenths(42), "4.2");
        assert_eq!(plain.digits(67), "1:07");
        assert_eq!(
            plain.clock(Timestamp(20 * 3_600_000 + 15 * 60_000)),
            "20:15"
        );
        assert_eq!(plain.clock(Timestamp(9 * 3_600_000 + 5 * 60_000)), "09:05");
        assert_eq!(plain.plural(1), "one");
        assert_eq!(plain.plural(2), "other");
    }
}
