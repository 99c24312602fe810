//! Numbers and times by the browser's own `Intl`.

use super::port::Intl;
use liveroom::Format;
use liveroom_protocol::time::Timestamp;

/// The categories of CLDR, in the order of `js/format.js`.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

impl Format for Intl {
    fn number(&self, value: u32) -> String {
        Self::number(self, value)
    }

    fn percent(&self, whole: u8) -> String {
        Self::percent(self, whole)
    }

    fn clock(&self, at: Timestamp) -> String {
        #[allow(clippy::cast_precision_loss, reason = "a date as JavaScript has it")]
        Self::clock(self, at.0 as f64)
    }

    fn plural(&self, value: u32) -> &'static str {
        let place = usize::from(Self::plural(self, value));
        PLURALS.get(place).copied().unwrap_or("other")
    }

    fn tenths(&self, value: u32) -> String {
        Self::tenths(self, value)
    }

    fn digits(&self, seconds: u32) -> String {
        Self::digits(self, seconds)
    }
}
