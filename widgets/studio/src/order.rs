//! The commands that were given, and what became of each: sent, confirmed, refused, or not known.

use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::Answer;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};

mod why;

pub(crate) use why::why;

/// How long an answer may take before the desk says that it does not know, in milliseconds.
const PATIENCE_MS: u64 = 8_000;
/// How long a confirmed command is news, in milliseconds.
const NEWS_MS: u64 = 20_000;
/// How many commands the desk remembers.
const KEPT: usize = 20;

/// What a command was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The show.
    Show,
    /// The screen, cleared or not.
    Screen,
    /// The room itself: its rules, its team.
    Room,
    /// A viewer who is to be forgotten.
    Viewer,
    /// The run of show: one thing of it at a time.
    Run,
    /// A new activity.
    Composer,
    /// An activity.
    Activity(ActivityId),
    /// A question, a win or a variant of an activity: several can be seen to at once.
    Part(ActivityId, u32),
}

impl About {
    /// The activity that it is about, or about a part of.
    pub(crate) const fn activity(&self) -> Option<&ActivityId> {
        match self {
            Self::Activity(id) | Self::Part(id, _) => Some(id),
            Self::Show | Self::Screen | Self::Room | Self::Viewer | Self::Run | Self::Composer => {
                None
            }
        }
    }
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// On its way.
    Sent,
    /// The room has done it, and will not forget it.
    Confirmed,
    /// The room has not done it: why, and what to do.
    Refused(String),
    /// The line broke, or no answer came: the room may have done it.
    Unknown,
}

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// Its number on this desk.
    pub(crate) number: u32,
    /// What was to be done, in words.
    pub(crate) deed: String,
    /// To what.
    pub(crate) about: About,
    /// When it was given.
    pub(crate) at: Timestamp,
    /// What became of it.
    pub(crate) fate: Fate,
}

/// The commands given at this desk, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Orders {
    given: Vec<Order>,
    last: u32,
}

impl Orders {
    /// Notes a command that goes out now; returns its number.
    pub(crate) fn give(&mut self, deed: String, about: About, at: Timestamp) -> u32 {
        self.last += 1;
        self.given.insert(
            0,
            Order {
                number: self.last,
                deed,
                about,
                at,
                fate: Fate::Sent,
            },
        );
        self.given.truncate(KEPT);
        self.last
    }

    /// Notes the room's answer; returns the order that it was for. A late answer is better than none.
    pub(crate) fn answer(&mut self, number: u32, answer: &Answer) -> Option<&Order> {
        let order = self.given.iter_mut().find(|order| order.number == number)?;
        order.fate = match (&answer.refusal, answer.ok) {
            (_, true) => Fate::Confirmed,
            // Nothing is known of a command whose answer the page gave up waiting for.
            (
                Some(Refusal {
                    reason: Reason::Unanswered,
                    ..
                }),
                false,
            ) => Fate::Unknown,
            (Some(refusal), false) => Fate::Refused(why(refusal)),
            (None, false) => Fate::Refused(why(&Reason::Unknown.into())),
        };
        Some(order)
    }

    /// Notes that a command never left.
    pub(crate) fn fail(&mut self, number: u32, sentence: String) {
        if let Some(order) = self.given.iter_mut().find(|order| order.number == number) {
            order.fate = Fate::Refused(sentence);
        }
    }

    /// Notes what time it is, and whether there is a line to the room: without one no answer can come.
    pub(crate) fn tick(&mut self, now: Timestamp, is_connected: bool) {
        for order in self
            .given
            .iter_mut()
            .filter(|order| order.fate == Fate::Sent)
        {
            if !is_connected || now.since(order.at).0 >= PATIENCE_MS {
                order.fate = Fate::Unknown;
            }
        }
    }

    /// The newest command about something, or about a part of it; a confirmed one is news only for a while.
    pub(crate) fn news(&self, about: &About, now: Timestamp) -> Option<Order> {
        let order = self.newest(about)?;
        let old = order.fate == Fate::Confirmed && now.since(order.at).0 >= NEWS_MS;
        (!old).then(|| order.clone())
    }

    fn newest(&self, about: &About) -> Option<&Order> {
        let concerns = |order: &&Order| match about {
            About::Activity(id) => order.about.activity() == Some(id),
            About::Show
            | About::Screen
            | About::Room
            | About::Viewer
            | About::Run
            | About::Composer
            | About::Part(..) => order.about == *about,
        };
        self.given.iter().find(concerns)
    }

    /// What a command is on its way about, in an activity.
    pub(crate) fn waiting(&self, activity: &ActivityId) -> Vec<About> {
        let waits =
            |order: &&Order| order.fate == Fate::Sent && order.about.activity() == Some(activity);
        self.given
            .iter()
            .filter(waits)
            .map(|order| order.about.clone())
            .collect()
    }

    /// Whether a command about something is on its way.
    pub(crate) fn is_waiting(&self, about: &About) -> bool {
        self.given
            .iter()
            .any(|order| order.about == *about && order.fate == Fate::Sent)
    }

    /// All of them, newest first.
    pub(crate) fn all(&self) -> &[Order] {
        &self.given
    }
}

#[cfg(test)]
mod tests;
