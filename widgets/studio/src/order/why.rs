//! Why the room said no, in words for a streamer.

use liveroom_protocol::{Reason, Refusal};

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
        Reason::Incomplete => "The room's profile asks for something that it does not have.",
        Reason::NeedsApproval => "Another person must approve it first.",
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
