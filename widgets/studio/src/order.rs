//! The commands that were given, and what became of each: sent, confirmed, refused, or not known.

use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::Answer;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};

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
    /// A new activity.
    Composer,
    /// An activity.
    Activity(ActivityId),
    /// A question, a win or a variant of an activity: several can be seen to at once.
    Part(ActivityId, u32),
}

impl About {
    /// The activity that it is about, or about a part of.
    const fn activity(&self) -> Option<&ActivityId> {
        match self {
            Self::Activity(id) | Self::Part(id, _) => Some(id),
            Self::Show | Self::Composer => None,
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
            About::Show | About::Composer | About::Part(..) => order.about == *about,
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

/// Returns why the room said no, as a sentence for a streamer.
pub(crate) fn why(refusal: &Refusal) -> String {
    if let Some(message) = &refusal.message {
        return crate::form::sentence(message);
    }
    let says = match refusal.reason {
        Reason::Malformed => "The room could not read it.",
        Reason::TooLarge => "It is larger than the room takes.",
        Reason::Unsupported => "The room does not know this kind of command: reload the desk.",
        Reason::NotFound => "The room no longer has it.",
        Reason::WrongOrigin => "This page is not on the room's list of origins.",
        Reason::BadToken => "The room does not trust this desk's token: sign in again.",
        Reason::ExpiredToken => "This desk's token has ended: sign in again.",
        Reason::NotAllowed => "Your role may not do this.",
        Reason::NotOpen => "It has not opened.",
        Reason::Paused => "It is paused.",
        Reason::Closed => "It has closed.",
        Reason::StillOpen => "It is still open.",
        Reason::OtherRun => "It was reset since.",
        Reason::Taken => "Another activity of this room has that name.",
        Reason::TooMany => "The room holds as many as it may: put some away first.",
        Reason::TooFast => "That was too quick: press again in a moment.",
        Reason::Unavailable => "The room could not write it down and changed nothing: press again.",
        Reason::Damaged => "The room's log is damaged: it takes no changes.",
        Reason::Sealed => "The room has ended for good.",
        Reason::Unanswered => "No answer came.",
        Reason::Cancelled => "The page cancelled it.",
        Reason::NoWin => "There is no such win.",
        Reason::AlreadyClaimed => "It was claimed already.",
        Reason::TooLate => "The time for it is over.",
        Reason::UnknownQuestion => "There is no such question.",
        Reason::UnknownVariant => "There is no such variant.",
        Reason::UnknownClaim => "There is no such claim.",
        Reason::SoldOut => "No unit is left.",
        Reason::CalledOff => "It was called off.",
        // Of viewers' actions; a desk gives none.
        Reason::ConditionNotMet
        | Reason::WrongKeyword
        | Reason::AlreadyEntered
        | Reason::Duplicate
        | Reason::Blocked
        | Reason::LimitReached
        | Reason::BadAttest
        | Reason::NeedsSignIn
        | Reason::NeedsVerified
        | Reason::NotEligible
        | Reason::AlreadyVoted
        | Reason::NoVote
        | Reason::NoChoice
        | Reason::TooManyChoices
        | Reason::UnknownOption
        | Reason::IdReused
        | Reason::Unknown => "The room said no and did not say why.",
    };
    says.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use liveroom_protocol::id::RequestId;

    fn answer(refusal: Option<Refusal>) -> Answer {
        let id = RequestId::parse("r").expect("an id");
        Answer {
            id,
            ok: refusal.is_none(),
            position: None,
            activity: None,
            refusal,
            mine: None,
        }
    }

    fn fate(orders: &Orders) -> &Fate {
        &orders.newest(&About::Show).expect("an order").fate
    }

    fn one() -> (Orders, u32) {
        let mut orders = Orders::default();
        let number = orders.give("Start the show".into(), About::Show, Timestamp(1_000));
        (orders, number)
    }

    #[test]
    fn a_command_is_sent_and_then_confirmed() {
        let (mut orders, number) = one();
        assert!(orders.is_waiting(&About::Show));
        orders.answer(number, &answer(None));
        assert_eq!(fate(&orders), &Fate::Confirmed);
        assert!(!orders.is_waiting(&About::Show));
    }

    #[test]
    fn a_refusal_is_told_in_the_rooms_own_words() {
        let (mut orders, number) = one();
        let refusal = Refusal::because(Reason::StillOpen, "end the running show first");
        orders.answer(number, &answer(Some(refusal)));
        assert_eq!(
            fate(&orders),
            &Fate::Refused("End the running show first.".into())
        );
    }

    #[test]
    fn a_lost_line_leaves_a_command_unknown_and_a_late_answer_settles_it() {
        let (mut orders, number) = one();
        orders.tick(Timestamp(1_500), true);
        assert_eq!(fate(&orders), &Fate::Sent);
        orders.tick(Timestamp(1_600), false);
        assert_eq!(fate(&orders), &Fate::Unknown);
        orders.answer(number, &answer(None));
        assert_eq!(fate(&orders), &Fate::Confirmed);
    }

    #[test]
    fn without_an_answer_the_desk_says_that_it_does_not_know() {
        let (mut orders, _) = one();
        orders.tick(Timestamp(9_000), true);
        assert_eq!(fate(&orders), &Fate::Unknown);
    }

    #[test]
    fn a_confirmation_is_news_for_a_while_and_a_refusal_until_the_next_command() {
        let (mut orders, number) = one();
        orders.answer(number, &answer(None));
        assert!(orders.news(&About::Show, Timestamp(20_999)).is_some());
        assert!(orders.news(&About::Show, Timestamp(21_000)).is_none());
        orders.answer(number, &answer(Some(Reason::Sealed.into())));
        assert!(orders.news(&About::Show, Timestamp(90_000)).is_some());
    }

    #[test]
    fn old_commands_are_forgotten() {
        let mut orders = Orders::default();
        for _ in 0..50 {
            orders.give("Close".into(), About::Composer, Timestamp(0));
        }
        assert_eq!((orders.all().len(), orders.all()[0].number), (KEPT, 50));
    }
}
