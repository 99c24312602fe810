//! The buttons of an activity: which there are, which the room would take now, and which need a second step.

use crate::board::Poll;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Span;

/// A button of an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Control {
    /// Open what was prepared.
    Open,
    /// Open again after closing.
    Reopen,
    /// Close now.
    Close,
    /// Take nothing for now.
    Pause,
    /// Go on.
    Resume,
    /// Show the results, and the right answers.
    Reveal,
    /// Half a minute more.
    HalfMinute,
    /// A minute more.
    Minute,
    /// A new run.
    Reset,
    /// Off every page.
    PutAway,
}

/// A button in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Which button.
    pub(crate) control: Control,
    /// It is what a streamer most likely wants next.
    pub(crate) next: bool,
    /// Why the room would not take it now.
    pub(crate) not_now: Option<&'static str>,
}

impl Control {
    /// What the button says; where there is no deadline, more time is a first deadline.
    pub(crate) fn label(self, poll: &Poll) -> &'static str {
        match self {
            Self::HalfMinute if !poll.has_deadline() => "End in 30 s",
            Self::Minute if !poll.has_deadline() => "End in 1 min",
            Self::HalfMinute => "+30 s",
            Self::Minute => "+1 min",
            Self::Reset => "Reset…",
            Self::PutAway => "Put away…",
            other => other.word(),
        }
    }

    /// What the log of commands says.
    pub(crate) fn deed(self, poll: &Poll) -> &'static str {
        match self {
            Self::HalfMinute if poll.has_deadline() => "Extend by 30 s",
            Self::Minute if poll.has_deadline() => "Extend by 1 min",
            Self::HalfMinute | Self::Minute => self.label(poll),
            other => other.word(),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Reopen => "Reopen",
            Self::Close => "Close",
            Self::Pause => "Pause",
            Self::Resume => "Resume",
            Self::Reveal => "Reveal",
            Self::HalfMinute | Self::Minute => "Extend",
            Self::Reset => "Reset",
            Self::PutAway => "Put away",
        }
    }

    /// The key that leads to the button.
    pub(crate) const fn key(self) -> char {
        match self {
            Self::Open | Self::Reopen => 'o',
            Self::Close => 'c',
            Self::Pause | Self::Resume => 'p',
            Self::Reveal => 'r',
            Self::HalfMinute => 'e',
            Self::Minute => 'm',
            Self::Reset => 't',
            Self::PutAway => 'x',
        }
    }

    /// The place of the button among the eight, by which it is found in the page.
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Open | Self::Reopen => 0,
            Self::Close => 1,
            Self::Pause | Self::Resume => 2,
            Self::Reveal => 3,
            Self::HalfMinute => 4,
            Self::Minute => 5,
            Self::Reset => 6,
            Self::PutAway => 7,
        }
    }

    /// The command it gives.
    pub(crate) fn command(self, activity: ActivityId) -> Command {
        match self {
            Self::Open => Command::Open { activity },
            Self::Reopen => Command::Reopen {
                activity,
                closes_in_ms: None,
            },
            Self::Close => Command::Close { activity },
            Self::Pause => Command::Pause { activity },
            Self::Resume => Command::Resume { activity },
            Self::Reveal => Command::Reveal { activity },
            Self::HalfMinute => Command::Extend {
                activity,
                by_ms: Span(30_000),
            },
            Self::Minute => Command::Extend {
                activity,
                by_ms: Span(60_000),
            },
            Self::Reset => Command::Reset { activity },
            Self::PutAway => Command::PutAway { activity },
        }
    }

    /// What to ask before it is done, where it cannot be undone.
    pub(crate) fn second_step(self, poll: &Poll) -> Option<String> {
        let votes = match poll.tally.voters {
            0 => "There are no votes yet".to_owned(),
            1 => "1 vote is thrown away".to_owned(),
            many => format!("{many} votes are thrown away"),
        };
        match self {
            Self::Reset if poll.is_on() => Some(format!("Begin again, open at once? {votes}.")),
            Self::Reset => Some(format!("Begin again as prepared? {votes}.")),
            Self::PutAway if poll.is_on() => {
                Some("Close it and take it off every page for good?".into())
            }
            Self::PutAway => Some("Take it off every page for good?".into()),
            _ => None,
        }
    }
}

/// The eight buttons of a poll, always in the same places.
pub(crate) fn slots(poll: &Poll) -> [Slot; 8] {
    let (phase, revealed) = (poll.tally.phase, poll.tally.revealed);
    let untold = phase == Phase::Closed && !revealed && (!poll.is_told() || poll.card.quiz);
    let answered = revealed && poll.card.quiz;
    let slot = |control, next, not_now: Option<&'static str>| Slot {
        control,
        next: next && not_now.is_none(),
        not_now,
    };
    let running = |phase| match phase {
        Phase::Ready => Some("It has not opened."),
        Phase::Closed => Some("It has closed."),
        Phase::Open | Phase::Paused => None,
    };
    let first = match phase {
        Phase::Closed if answered => slot(
            Control::Reopen,
            false,
            Some("Its right answers are known: reset it for a new run."),
        ),
        Phase::Closed => slot(Control::Reopen, false, None),
        Phase::Ready => slot(Control::Open, true, None),
        Phase::Open | Phase::Paused => slot(Control::Open, false, Some("It is open.")),
    };
    let pause = match phase {
        Phase::Paused => slot(Control::Resume, true, None),
        Phase::Open | Phase::Ready | Phase::Closed => slot(Control::Pause, false, running(phase)),
    };
    let reveal = match phase {
        _ if revealed => Some("It has been revealed."),
        Phase::Ready => running(phase),
        Phase::Open | Phase::Paused if poll.card.quiz => {
            Some("Close it first: nobody may answer who knows the answer.")
        }
        _ if poll.is_told() && !poll.card.quiz => Some("Viewers see the results already."),
        Phase::Open | Phase::Paused | Phase::Closed => None,
    };
    [
        first,
        slot(Control::Close, phase == Phase::Open, running(phase)),
        pause,
        slot(Control::Reveal, untold, reveal),
        slot(Control::HalfMinute, false, running(phase)),
        slot(Control::Minute, false, running(phase)),
        slot(
            Control::Reset,
            false,
            (phase == Phase::Ready).then_some("Nothing has happened in it yet."),
        ),
        slot(Control::PutAway, phase == Phase::Closed && !untold, None),
    ]
}

#[cfg(test)]
mod tests;
