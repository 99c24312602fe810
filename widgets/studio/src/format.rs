//! Numbers and times of day as the desk writes them: in English, on the clock of the streamer's own place.

use js_sys::Date;
use liveroom::{Format, PlainFormat};
use liveroom_protocol::time::Timestamp;
use wasm_bindgen::JsValue;

/// The desk's way of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DeskFormat;

impl DeskFormat {
    /// Returns a time of day with seconds, `20:15:03`: between two commands seconds count.
    pub(crate) fn time(self, at: Timestamp) -> String {
        let date = date(at);
        format!(
            "{:02}:{:02}:{:02}",
            date.get_hours(),
            date.get_minutes(),
            date.get_seconds()
        )
    }

    /// Returns a day and a time of day, `2026-11-28 20:15`: what is kept for years needs its day.
    pub(crate) fn day(self, at: Timestamp) -> String {
        let date = date(at);
        format!(
            "{}-{:02}-{:02} {}",
            date.get_full_year(),
            date.get_month() + 1,
            date.get_date(),
            self.clock(at)
        )
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since 1970 fit for 285,000 years"
)]
fn date(at: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(at.0 as f64))
}

impl Format for DeskFormat {
    fn number(&self, value: u32) -> String {
        PlainFormat.number(value)
    }

    fn percent(&self, whole: u8) -> String {
        PlainFormat.percent(whole)
    }

    fn clock(&self, at: Timestamp) -> String {
        let date = date(at);
        format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
    }

    fn plural(&self, value: u32) -> &'static str {
        PlainFormat.plural(value)
    }
}
