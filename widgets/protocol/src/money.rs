//! An amount of money: a decimal number as text and a currency, so that no exponent is ever guessed.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is no money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotMoney {
    /// An amount is 1 to 12 digits, and at most 4 after a point.
    Amount,
    /// A currency is three capital letters of ISO 4217.
    Currency,
}

impl fmt::Display for NotMoney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Amount => {
                "an amount is like 1299 or 29.90: 1 to 12 digits, and at most 4 after a point"
            }
            Self::Currency => "a currency is three capital letters, like EUR",
        })
    }
}

impl std::error::Error for NotMoney {}

/// An amount with its currency: `{"amount": "29.90", "currency": "EUR"}`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
}

/// A decimal number: `1299`, `29.90`. Never negative, never in exponents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Amount(String);

impl Amount {
    /// The amount as text, as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// So many times the amount, with as many places; nothing if that is no amount.
    pub fn times(&self, count: u32) -> Option<Self> {
        let places = self.0.split_once('.').map_or(0, |(_, part)| part.len());
        let all = self.ten_thousandths().checked_mul(count.into())?;
        let mut text = (all / 10_000).to_string();
        if places > 0 {
            let part = (all % 10_000 + 10_000).to_string();
            text.push('.');
            text.push_str(part.get(1..=places)?);
        }
        Self::try_from(text).ok()
    }

    /// The amount in ten-thousandths, for comparing and adding.
    pub fn ten_thousandths(&self) -> u64 {
        let (whole, part) = self.0.split_once('.').unwrap_or((&self.0, ""));
        let digits = |text: &str| text.bytes().fold(0, |n, b| n * 10 + u64::from(b - b'0'));
        let places = u32::try_from(part.len()).unwrap_or(4);
        digits(whole) * 10_000 + digits(part) * 10_u64.pow(4_u32.saturating_sub(places))
    }
}

impl TryFrom<String> for Amount {
    type Error = NotMoney;
    fn try_from(text: String) -> Result<Self, NotMoney> {
        let (whole, part) = text.split_once('.').unwrap_or((&text, "0"));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let fits = (1..=12).contains(&whole.len()) && (1..=4).contains(&part.len());
        if fits && digits(whole) && digits(part) {
            Ok(Self(text))
        } else {
            Err(NotMoney::Amount)
        }
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> String {
        amount.0
    }
}

/// A currency by its three letters (ISO 4217). Whether it is in use is not checked: shops know theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
pub struct Currency([u8; 3]);

impl Currency {
    /// The three letters.
    pub fn as_str(&self) -> &str {
        // They were parsed as ASCII letters.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl TryFrom<String> for Currency {
    type Error = NotMoney;
    fn try_from(text: String) -> Result<Self, NotMoney> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(NotMoney::Currency),
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> String {
        currency.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_a_plain_decimal_number() {
        let amount = |text: &str| Amount::try_from(text.to_owned());
        for (text, value) in [
            ("0", 0),
            ("29.90", 299_000),
            ("1299", 12_990_000),
            ("0.0001", 1),
        ] {
            assert_eq!(
                amount(text).map(|a| a.ten_thousandths()),
                Ok(value),
                "{text}"
            );
        }
        for bad in [
            "",
            "-1",
            "+1",
            "1e3",
            "1.",
            ".5",
            "1,5",
            "1.00000",
            "1234567890123",
            "NaN",
            "１",
        ] {
            assert_eq!(amount(bad), Err(NotMoney::Amount), "{bad}");
        }
    }

    #[test]
    fn an_amount_is_multiplied_without_rounding() {
        let times = |text: &str, count| {
            let amount = Amount::try_from(text.to_owned()).unwrap();
            amount.times(count).map(String::from)
        };
        assert_eq!(times("29.90", 3).as_deref(), Some("89.70"));
        assert_eq!(times("1299", 2).as_deref(), Some("2598"));
        assert_eq!(times("0.0005", 3).as_deref(), Some("0.0015"));
        assert_eq!(times("999999999999.9", 2), None);
    }

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert!(Currency::try_from("EUR".to_owned()).is_ok());
        for bad in ["", "eur", "EURO", "€", "E1R"] {
            assert!(Currency::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
