//! Numbers and times by the browser's own `Intl`.

use super::port::Intl;
use liveroom::Format;
use liveroom_protocol::time::Timestamp;

/// The categories of CLDR; `other` is the rest.
const PLURALS: [&str; 5] = ["zero", "one", "two", "few", "many"];

impl Format for Intl {
    fn number(&self, value: u32) -> String {
        self.write("number", value.into())
    }

    fn percent(&self, whole: u8) -> String {
        self.write("percent", whole.into())
    }

    fn clock(&self, at: Timestamp) -> String {
        #[allow(clippy::cast_precision_loss, reason = "a date as JavaScript has it")]
        self.write("clock", at.0 as f64)
    }

    fn plural(&self, value: u32) -> &'static str {
        let category = self.write("plural", value.into());
        let known = PLURALS.into_iter().find(|known| *known == category);
        known.unwrap_or("other")
    }

    fn tenths(&self, value: u32) -> String {
        self.write("tenths", value.into())
    }

    fn money(&self, amount: &str, currency: &str) -> String {
        Self::money(self, amount, currency)
    }

    fn digits(&self, seconds: u32) -> String {
        self.write("digits", seconds.into())
    }
}
