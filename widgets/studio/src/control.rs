//! The buttons of an activity: which there are, which the room would take now, and which need a second step.

use crate::board::Activity;
use liveroom_protocol::Command;
use liveroom_protocol::id::ActivityId;
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
    /// Show the results, and the right answers; or a hidden price.
    Reveal,
    /// Draw the winners that are left to draw.
    Draw,
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
    pub(crate) fn label(self, activity: &Activity) -> &'static str {
        match self {
            Self::HalfMinute if !activity.times().has_deadline() => "End in 30 s",
            Self::Minute if !activity.times().has_deadline() => "End in 1 min",
            Self::HalfMinute => "+30 s",
            Self::Minute => "+1 min",
            Self::Reset => "Reset…",
            Self::PutAway => "Put away…",
            Self::Draw => "Draw…",
            Self::Reveal if matches!(activity, Activity::Deal(_)) => "Reveal price",
            other => other.word(),
        }
    }

    /// What the log of commands says.
    pub(crate) fn deed(self, activity: &Activity) -> &'static str {
        match self {
            Self::HalfMinute if activity.times().has_deadline() => "Extend by 30 s",
            Self::Minute if activity.times().has_deadline() => "Extend by 1 min",
            Self::HalfMinute | Self::Minute | Self::Reveal => self.label(activity),
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
            Self::Draw => "Draw",
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
            Self::Reveal | Self::Draw => 'r',
            Self::HalfMinute => 'e',
            Self::Minute => 'm',
            Self::Reset => 't',
            Self::PutAway => 'x',
        }
    }

    /// How many places there are.
    pub(crate) const PLACES: usize = 8;

    /// The place of the button among them, by which it is found in the page.
    pub(crate) const fn place(self) -> usize {
        match self {
            Self::Open | Self::Reopen => 0,
            Self::Close => 1,
            Self::Pause | Self::Resume => 2,
            Self::Reveal | Self::Draw => 3,
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
            Self::Draw => Command::LotteryDraw {
                activity,
                winners: None,
                signature: None,
            },
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
    pub(crate) fn second_step(self, activity: &Activity) -> Option<String> {
        let is_on = activity.is_on();
        match self {
            Self::Draw => Some(draws(activity)),
            Self::Reset if is_on => Some(format!("Begin again, open at once? {}.", lost(activity))),
            Self::Reset => Some(format!("Begin again as prepared? {}.", lost(activity))),
            Self::PutAway if is_on => Some("Close it and take it off every page for good?".into()),
            Self::PutAway => Some("Take it off every page for good?".into()),
            Self::Open
            | Self::Reopen
            | Self::Close
            | Self::Pause
            | Self::Resume
            | Self::Reveal
            | Self::HalfMinute
            | Self::Minute => None,
        }
    }
}

/// What a new run throws away.
fn lost(activity: &Activity) -> String {
    let (count, one, many) = match activity {
        Activity::Poll(poll, _) => (poll.tally.voters, "vote", "votes"),
        Activity::Lottery(lottery) => (lottery.tally.entrants, "entry", "entries"),
        Activity::Qna(qna, _) => (
            qna.tally.questions + qna.tally.waiting.unwrap_or_default(),
            "question",
            "questions",
        ),
        Activity::Deal(deal) => (deal.taken(), "unit that is taken", "units that are taken"),
    };
    match count {
        0 => format!("There are no {many} yet"),
        1 => format!("1 {one} is thrown away"),
        count => format!("{count} {many} are thrown away"),
    }
}

/// What a draw does, before it is done.
fn draws(activity: &Activity) -> String {
    let Activity::Lottery(lottery) = activity else {
        return String::new();
    };
    let left = lottery.left();
    let prizes = match (*left.start(), *left.end()) {
        (1, 1) => "the prize that is left".to_owned(),
        (least, most) if least == most => format!("all {least} prizes"),
        _ => "the prizes that are left".to_owned(),
    };
    let among = match lottery.tally.entrants {
        1 => "1 entrant".to_owned(),
        many => format!("{many} entrants"),
    };
    format!("Draw {prizes} among {among}? A draw stays as it falls.")
}

mod slots;

pub(crate) use slots::slots;

#[cfg(test)]
mod tests;
