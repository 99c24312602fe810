//! The clock of a practice room: the device's, except that it never goes back, and never lags behind the log.

use liveroom_protocol::time::{Span, Timestamp};
use std::cell::Cell;

/// Room time in this tab.
///
/// Where the device's clock is set back, or the log was written under a clock that was ahead,
/// room time goes on from where it was, so that what has a deadline still reaches it.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead: Cell<Span>,
    latest: Cell<Timestamp>,
}

impl Clock {
    /// Room time, when the device's clock says `device`.
    pub(crate) fn at(&self, device: Timestamp) -> Timestamp {
        let latest = self.latest.get();
        let mut now = device.after(self.ahead.get());
        if now < latest {
            self.ahead.set(latest.since(device));
            now = latest;
        }
        self.latest.set(now);
        now
    }

    /// Takes note of the time of a record.
    pub(crate) fn observe(&self, at: Timestamp) {
        self.latest.set(self.latest.get().max(at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_device_s_clock_as_long_as_that_goes_on() {
        let clock = Clock::default();
        assert_eq!(clock.at(Timestamp(100)), Timestamp(100));
        assert_eq!(clock.at(Timestamp(250)), Timestamp(250));
    }

    #[test]
    fn a_device_that_is_set_back_does_not_stop_the_room() {
        let clock = Clock::default();
        assert_eq!(clock.at(Timestamp(5_000)), Timestamp(5_000));
        assert_eq!(clock.at(Timestamp(1_000)), Timestamp(5_000));
        assert_eq!(clock.at(Timestamp(1_300)), Timestamp(5_300));
    }

    #[test]
    fn a_log_from_the_future_is_gone_on_from() {
        let clock = Clock::default();
        clock.observe(Timestamp(9_000));
        assert_eq!(clock.at(Timestamp(1_000)), Timestamp(9_000));
        assert_eq!(clock.at(Timestamp(1_020)), Timestamp(9_020));
    }
}
