//! The closed lists that cross a wire as words.

use super::Fields;
use liveroom_protocol::Reason;
use liveroom_protocol::about::Fault;
use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::message::{Seat, State};
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::poll::Results;

/// A list of words and what each means.
pub type Words<T> = [(&'static str, T)];

impl Fields<'_> {
    /// What the word in a field means; nothing for an absent or an unknown one.
    pub(super) fn word<T: Copy>(self, name: &str, words: &Words<T>) -> Option<T> {
        let text = self.text(name)?;
        words
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, meaning)| *meaning)
    }
}

/// Levels of identity.
pub const LEVELS: &Words<Level> = &[
    ("device", Level::Device),
    ("token", Level::Token),
    ("verified", Level::Verified),
];

/// Roles.
pub const ROLES: &Words<Role> = &[
    ("viewer", Role::Viewer),
    ("moderator", Role::Moderator),
    ("analyst", Role::Analyst),
    ("operator", Role::Operator),
    ("streamer", Role::Streamer),
    ("owner", Role::Owner),
    ("shop", Role::Shop),
    ("partner", Role::Partner),
];

/// Seats.
pub const SEATS: &Words<Seat> = &[
    ("viewer", Seat::Viewer),
    ("desk", Seat::Desk),
    ("overlay", Seat::Overlay),
];

/// States of a room's log.
pub const STATES: &Words<State> = &[
    ("live", State::Live),
    ("damaged", State::Damaged),
    ("sealed", State::Sealed),
];

/// Phases of an activity.
pub const PHASES: &Words<Phase> = &[
    ("ready", Phase::Ready),
    ("open", Phase::Open),
    ("paused", Phase::Paused),
    ("closed", Phase::Closed),
];

pub(super) const PACES: &Words<Pace> = &[("picture", Pace::Picture), ("room", Pace::Room)];

pub(super) const RESULTS: &Words<Results> = &[
    ("always", Results::Always),
    ("after_voting", Results::AfterVoting),
    ("after_closing", Results::AfterClosing),
    ("on_reveal", Results::OnReveal),
];

/// Why a viewer reports something.
pub const FAULTS: &Words<Fault> = &[
    ("misleading", Fault::Misleading),
    ("offensive", Fault::Offensive),
    ("illegal", Fault::Illegal),
    ("other", Fault::Other),
];

pub(super) const REASONS: &Words<Reason> = &[
    ("malformed", Reason::Malformed),
    ("too-large", Reason::TooLarge),
    ("unsupported", Reason::Unsupported),
    ("not-found", Reason::NotFound),
    ("wrong-origin", Reason::WrongOrigin),
    ("bad-token", Reason::BadToken),
    ("expired-token", Reason::ExpiredToken),
    ("not-allowed", Reason::NotAllowed),
    ("needs-sign-in", Reason::NeedsSignIn),
    ("needs-verified", Reason::NeedsVerified),
    ("not-eligible", Reason::NotEligible),
    ("not-open", Reason::NotOpen),
    ("paused", Reason::Paused),
    ("closed", Reason::Closed),
    ("still-open", Reason::StillOpen),
    ("other-run", Reason::OtherRun),
    ("taken", Reason::Taken),
    ("already-voted", Reason::AlreadyVoted),
    ("no-vote", Reason::NoVote),
    ("no-choice", Reason::NoChoice),
    ("too-many-choices", Reason::TooManyChoices),
    ("unknown-option", Reason::UnknownOption),
    ("condition-not-met", Reason::ConditionNotMet),
    ("wrong-keyword", Reason::WrongKeyword),
    ("already-entered", Reason::AlreadyEntered),
    ("no-win", Reason::NoWin),
    ("already-claimed", Reason::AlreadyClaimed),
    ("too-late", Reason::TooLate),
    ("duplicate", Reason::Duplicate),
    ("blocked", Reason::Blocked),
    ("unknown-question", Reason::UnknownQuestion),
    ("unknown-variant", Reason::UnknownVariant),
    ("unknown-claim", Reason::UnknownClaim),
    ("sold-out", Reason::SoldOut),
    ("limit-reached", Reason::LimitReached),
    ("called-off", Reason::CalledOff),
    ("bad-attest", Reason::BadAttest),
    ("id-reused", Reason::IdReused),
    ("too-many", Reason::TooMany),
    ("too-fast", Reason::TooFast),
    ("unavailable", Reason::Unavailable),
    ("damaged", Reason::Damaged),
    ("sealed", Reason::Sealed),
    ("incomplete", Reason::Incomplete),
    ("needs-approval", Reason::NeedsApproval),
    ("unanswered", Reason::Unanswered),
    ("cancelled", Reason::Cancelled),
];

/// The reason that a word stands for.
pub fn reason(word: &str) -> Reason {
    REASONS
        .iter()
        .find(|(known, _)| *known == word)
        .map_or(Reason::Unknown, |(_, reason)| *reason)
}

/// The word for a reason.
pub fn reason_name(reason: Reason) -> &'static str {
    word_of(REASONS, reason)
}

/// The word for a meaning; `unknown` for one that has none.
pub fn word_of<T: Copy + PartialEq>(words: &Words<T>, meaning: T) -> &'static str {
    words
        .iter()
        .find(|(_, known)| *known == meaning)
        .map_or("unknown", |(word, _)| word)
}
