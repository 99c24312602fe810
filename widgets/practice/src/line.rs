//! One connection of a page to a practice room: where it sits, what it has been sent, when it is due more.

use liveroom_protocol::id::Epoch;
use liveroom_protocol::message::{Hello, Seat};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_rules::pseudonym::{Identity, Pseudonym, RoomKey};
use liveroom_rules::session::{Session, Sheet};
use std::sync::Arc;

/// Names a line in its tab.
pub(crate) type LineId = u32;

/// Least time between two sendings of figures: four a second.
const SHOWN: Span = Span(250);
/// The same to a page that is hidden.
const HIDDEN: Span = Span(1_000);

/// A line. Before its page has said hello it has no session, and is sent nothing unasked.
pub(crate) struct Line {
    /// The key that stands for this tab's viewer.
    pub(crate) identity: String,
    /// Who asked, and what they knew; absent before the hello.
    pub(crate) hello: Option<Hello>,
    /// What it has been sent, once it was welcomed.
    pub(crate) session: Option<Session>,
    /// To which log it was welcomed.
    pub(crate) epoch: Option<Epoch>,
    /// Its page is not seen.
    pub(crate) hidden: bool,
    /// When it was sent figures last.
    sent: Option<Timestamp>,
    /// There are figures it has not been sent.
    owed: bool,
}

impl Line {
    /// A line of a viewer whose device key is `identity`.
    pub(crate) fn new(identity: String) -> Self {
        Self {
            identity,
            hello: None,
            session: None,
            epoch: None,
            hidden: false,
            sent: None,
            owed: false,
        }
    }

    /// Where its page sits.
    pub(crate) fn seat(&self) -> Seat {
        self.hello.as_ref().map_or(Seat::Viewer, |hello| hello.seat)
    }

    /// The viewer as the room's log knows them; a sealed room knows nobody.
    pub(crate) fn who(&self, key: Option<&RoomKey>) -> Option<Pseudonym> {
        key.map(|key| key.pseudonym(&Identity::Device(self.identity.clone())))
    }

    /// Takes note that there is news.
    pub(crate) fn owe(&mut self) {
        self.owed = true;
    }

    /// The frames it is due, after which it has been sent all there is.
    pub(crate) fn pay(&mut self, sheet: &Sheet, now: Timestamp) -> Vec<Arc<str>> {
        self.owed = false;
        let frames = self
            .session
            .as_mut()
            .map(|session| session.due(sheet))
            .unwrap_or_default();
        if !frames.is_empty() {
            self.sent = Some(now);
        }
        frames
    }

    /// How long it has to wait for what it is owed; nothing if it is owed nothing.
    ///
    /// When it was quiet that is no time at all.
    pub(crate) fn waits(&self, now: Timestamp) -> Option<Span> {
        let least = if self.hidden { HIDDEN } else { SHOWN };
        let wait = self
            .sent
            .map_or(Span(0), |sent| sent.after(least).since(now));
        (self.owed && self.session.is_some()).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn line() -> Line {
        Line {
            session: Some(Session::new(Seat::Viewer, None, HashSet::new())),
            ..Line::new("tab".to_owned())
        }
    }

    #[test]
    fn figures_go_at_once_when_it_was_quiet() {
        let mut line = line();
        assert_eq!(line.waits(Timestamp(1_000)), None);
        line.owe();
        assert_eq!(line.waits(Timestamp(1_000)), Some(Span(0)));
    }

    #[test]
    fn at_most_four_figures_a_second() {
        let mut line = line();
        line.sent = Some(Timestamp(1_000));
        line.owe();
        assert_eq!(line.waits(Timestamp(1_100)), Some(Span(150)));
        assert_eq!(line.waits(Timestamp(1_250)), Some(Span(0)));
    }

    #[test]
    fn one_a_second_while_the_page_is_hidden() {
        let mut line = line();
        line.hidden = true;
        line.sent = Some(Timestamp(1_000));
        line.owe();
        assert_eq!(line.waits(Timestamp(1_250)), Some(Span(750)));
    }

    #[test]
    fn nothing_goes_before_the_hello() {
        let mut line = Line::new("tab".to_owned());
        line.owe();
        assert_eq!(line.waits(Timestamp(1_000)), None);
    }
}
