//! When an activity in picture time is shown: when the viewer's own, delayed picture reaches the trigger.
//!
//! The page's `streamClock` says where the picture is; else the room says how late it is; else it is not late.
//! This only delays showing: it never buys time beyond the grace that the room enforces.

use crate::face::Opening;
use liveroom_protocol::phase::Pace;
use liveroom_protocol::time::{Span, Timestamp};

/// How often the picture is looked at while something waits for it.
pub const LOOK_MS: u64 = 250;
/// A programme time further from the room's than this is none.
const STRANGE_MS: u64 = 24 * 3_600_000;

/// What is known of the viewer's picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The room's clock.
    pub now: Option<Timestamp>,
    /// Programme time of the picture, if the player knows it.
    pub stream: Option<Timestamp>,
    /// How late the room says that pictures are.
    pub delay: Span,
}

/// Whether an activity may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Now; its deadline is to be shown so much later.
    Now(Span),
    /// In so many milliseconds, look again.
    In(u64),
}

impl Picture {
    /// Reads what `streamClock` gave: milliseconds since 1970; anything else, or a day away from the room's time, is nothing.
    pub fn stream(given: f64, now: Option<Timestamp>) -> Option<Timestamp> {
        let sane = given.is_finite() && given > 0.0 && given < 1e15;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1e15"
        )]
        let at = sane.then_some(Timestamp(given as u64))?;
        now.is_none_or(|now| now.0.abs_diff(at.0) < STRANGE_MS)
            .then_some(at)
    }

    /// Whether an activity with this opening may be shown.
    pub fn show(&self, opening: &Opening) -> Show {
        if opening.pace == Pace::Room {
            return Show::Now(Span(0));
        }
        let (Some(now), Some(at)) = (self.now, opening.at) else {
            return Show::Now(Span(0));
        };
        let late = match self.stream {
            Some(picture) if picture < opening.programme.unwrap_or(at) => {
                return Show::In(LOOK_MS);
            }
            Some(picture) => now.since(picture),
            None if now < at.after(self.delay) => {
                return Show::In(at.after(self.delay).since(now).0.max(1));
            }
            None => self.delay,
        };
        Show::Now(late.min(opening.grace))
    }
}

#[cfg(test)]
mod tests {
    use super::{LOOK_MS, Picture, Show};
    use crate::face::Opening;
    use liveroom_protocol::phase::Pace;
    use liveroom_protocol::time::{Span, Timestamp};

    const OPENED: u64 = 1_000_000;

    fn show(now: u64, stream: Option<u64>, delay: u64, programme: Option<u64>) -> Show {
        let picture = Picture {
            now: Some(Timestamp(now)),
            stream: stream.map(Timestamp),
            delay: Span(delay),
        };
        picture.show(&Opening {
            pace: Pace::Picture,
            at: Some(Timestamp(OPENED)),
            programme: programme.map(Timestamp),
            grace: Span(8_000),
        })
    }

    #[test]
    fn without_a_late_picture_it_is_shown_at_once() {
        assert_eq!(show(OPENED, None, 0, None), Show::Now(Span(0)));
    }

    #[test]
    fn a_late_room_is_waited_for_and_gives_the_time_back_up_to_the_grace() {
        assert_eq!(show(OPENED + 1_000, None, 5_000, None), Show::In(4_000));
        assert_eq!(
            show(OPENED + 5_000, None, 5_000, None),
            Show::Now(Span(5_000))
        );
        assert_eq!(
            show(OPENED + 60_000, None, 12_000, None),
            Show::Now(Span(8_000))
        );
    }

    #[test]
    fn the_players_own_time_goes_before_the_rooms_delay() {
        let trigger = OPENED - 300;
        let waits = show(OPENED + 9_000, Some(trigger - 1), 5_000, Some(trigger));
        assert_eq!(waits, Show::In(LOOK_MS));
        let shown = show(OPENED + 3_000, Some(trigger), 5_000, Some(trigger));
        assert_eq!(shown, Show::Now(Span(3_300)));
        assert_eq!(show(OPENED, Some(OPENED), 5_000, None), Show::Now(Span(0)));
    }

    #[test]
    fn room_time_is_never_shifted() {
        let picture = Picture {
            now: Some(Timestamp(OPENED)),
            stream: None,
            delay: Span(5_000),
        };
        let opening = Opening {
            pace: Pace::Room,
            at: Some(Timestamp(OPENED)),
            ..Opening::default()
        };
        assert_eq!(picture.show(&opening), Show::Now(Span(0)));
    }

    #[test]
    fn a_player_that_knows_no_programme_time_is_not_believed() {
        let now = Some(Timestamp(1_767_225_600_000));
        for (given, read) in [
            (f64::NAN, None),
            (0.0, None),
            (12.5, None),
            (1_767_225_590_000.0, Some(Timestamp(1_767_225_590_000))),
            (1_667_225_590_000.0, None),
        ] {
            assert_eq!(Picture::stream(given, now), read, "{given}");
        }
    }
}
