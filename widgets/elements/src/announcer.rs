//! What the room's one live region says: at most one line in five seconds, the newest where several wait.

/// Between two lines.
const EVERY_MS: u64 = 5_000;

/// Lines on their way to the live region. Times are of the steady clock.
#[derive(Clone, Debug, Default)]
pub struct Announcer {
    waiting: Option<String>,
    quiet_until: u64,
}

impl Announcer {
    /// Takes a line; one that still waits is dropped for it.
    pub fn take(&mut self, line: String) {
        self.waiting = Some(line);
    }

    /// The line to say now, if one waits and it is time.
    pub fn say(&mut self, now: u64) -> Option<String> {
        if now < self.quiet_until {
            return None;
        }
        let line = self.waiting.take()?;
        self.quiet_until = now + EVERY_MS;
        Some(line)
    }

    /// When a line that waits can be said.
    pub fn due(&self) -> Option<u64> {
        self.waiting.as_ref().map(|_| self.quiet_until)
    }
}

#[cfg(test)]
mod tests {
    use super::Announcer;

    #[test]
    fn one_line_is_said_in_five_seconds_and_it_is_the_newest() {
        let mut announcer = Announcer::default();
        announcer.take("one".into());
        assert_eq!(announcer.say(1_000).as_deref(), Some("one"));
        announcer.take("two".into());
        announcer.take("three".into());
        assert_eq!(announcer.say(2_000), None);
        assert_eq!(announcer.due(), Some(6_000));
        assert_eq!(announcer.say(6_000).as_deref(), Some("three"));
        assert_eq!((announcer.say(20_000), announcer.due()), (None, None));
    }
}
