//! Lengths of time as a streamer reads and types them.

use liveroom_protocol::limits::OPEN_MS;
use liveroom_protocol::time::Span;

/// Why a text is no length of time.
pub(crate) const UNREADABLE: &str = "Write seconds (45) or minutes and seconds (1:30).";
/// Why a length of time is not taken: the room's own words.
pub(crate) const OUT_OF_BOUNDS: &str = "A time to be open is 1 ms to 7 days.";

/// Reads `45`, `1:30` or `1:00:00`; nothing typed is no length at all.
pub(crate) fn read(text: &str) -> Result<Option<Span>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = text.split(':').collect();
    let seconds = parts
        .iter()
        .enumerate()
        .try_fold(0_u64, |sum, (place, part)| {
            let plain =
                (1..=7).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
            let number: u64 = part.parse().ok().filter(|_| plain)?;
            // Only the first part may count beyond sixty.
            (place == 0 || number < 60).then_some(sum * 60 + number)
        });
    match seconds {
        Some(seconds) if parts.len() <= 3 => {
            let ms = seconds * 1_000;
            if (1..=OPEN_MS).contains(&ms) {
                Ok(Some(Span(ms)))
            } else {
                Err(OUT_OF_BOUNDS)
            }
        }
        _ => Err(UNREADABLE),
    }
}

/// Returns what is left as `0:24` or `1:02:03`; a second that has begun counts whole, as on the viewers' cards.
pub(crate) fn left(span: Span) -> String {
    digits(span.0.div_ceil(1_000))
}

/// Returns what has passed as `0:24` or `1:02:03`, in whole seconds.
pub(crate) fn passed(span: Span) -> String {
    digits(span.0 / 1_000)
}

fn digits(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_typed_in_seconds_or_with_colons() {
        let cases = [
            ("45", 45),
            ("1:30", 90),
            ("0:05", 5),
            ("90", 90),
            ("1:00:00", 3_600),
            (" 2:00 ", 120),
        ];
        for (text, seconds) in cases {
            assert_eq!(read(text), Ok(Some(Span(seconds * 1_000))), "{text}");
        }
        assert_eq!(read("  "), Ok(None));
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        for text in [
            "soon",
            "1:75",
            "1:2:3:4",
            "-5",
            "+5",
            "1:",
            ":30",
            "1.5",
            "99999999999",
        ] {
            assert_eq!(read(text), Err(UNREADABLE), "{text}");
        }
        for text in ["0", "0:00", "169:00:00"] {
            assert_eq!(read(text), Err(OUT_OF_BOUNDS), "{text}");
        }
    }

    #[test]
    fn a_length_is_shown_in_digits_of_a_clock() {
        assert_eq!(left(Span(23_001)), "0:24");
        assert_eq!(left(Span(0)), "0:00");
        assert_eq!(passed(Span(3_723_999)), "1:02:03");
    }
}
