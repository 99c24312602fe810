//! A room's no as a sentence for a viewer: why, and what to do.

use crate::format::Format;
use crate::words::Words;
use liveroom_protocol::{Reason, Refusal};

/// Returns what a viewer is told of a refusal, for the card and for the live region.
pub fn refusal_words(words: &Words, format: &dyn Format, refusal: &Refusal) -> String {
    let mut text = String::from(words.say("refused"));
    text.push_str(words.say("join"));
    match (refusal.reason, refusal.again_in_ms) {
        (Reason::TooFast, Some(wait)) => {
            let seconds = u32::try_from(wait.div_ceil(1_000)).unwrap_or(u32::MAX);
            text.push_str(&words.count(format, "refused.wait", seconds));
        }
        (reason, _) => text.push_str(words.say(key(reason))),
    }
    text
}

/// Reasons that ask a viewer for the same thing share a message.
fn key(reason: Reason) -> &'static str {
    match reason {
        Reason::BadToken | Reason::ExpiredToken | Reason::NotAllowed => "refused.token",
        Reason::NeedsSignIn => "refused.needs-sign-in",
        Reason::NeedsVerified => "refused.needs-verified",
        Reason::NotEligible => "refused.not-eligible",
        Reason::NotOpen => "refused.not-open",
        Reason::Paused => "refused.paused",
        Reason::Closed => "refused.closed",
        Reason::OtherRun => "refused.other-run",
        Reason::AlreadyVoted => "refused.already-voted",
        Reason::NoVote => "refused.no-vote",
        Reason::NoChoice => "refused.no-choice",
        Reason::TooManyChoices => "refused.too-many-choices",
        Reason::TooMany => "refused.too-many",
        Reason::TooFast => "refused.too-fast",
        Reason::Unavailable => "refused.unavailable",
        Reason::Damaged => "refused.damaged",
        Reason::Sealed => "refused.sealed",
        Reason::Unanswered => "refused.unanswered",
        Reason::Cancelled => "refused.cancelled",
        Reason::ConditionNotMet => "refused.condition-not-met",
        Reason::BadAttest => "refused.bad-attest",
        Reason::WrongKeyword => "refused.wrong-keyword",
        Reason::AlreadyEntered => "refused.already-entered",
        Reason::AlreadyClaimed => "refused.already-claimed",
        Reason::TooLate => "refused.too-late",
        Reason::Duplicate => "refused.duplicate",
        Reason::Blocked => "refused.blocked",
        Reason::SoldOut => "refused.sold-out",
        Reason::LimitReached => "refused.limit-reached",
        Reason::CalledOff => "refused.called-off",
        Reason::Malformed
        | Reason::NoWin
        | Reason::UnknownQuestion
        | Reason::UnknownVariant
        | Reason::UnknownClaim
        | Reason::TooLarge
        | Reason::Unsupported
        | Reason::NotFound
        | Reason::WrongOrigin
        | Reason::StillOpen
        | Reason::Taken
        | Reason::UnknownOption
        | Reason::IdReused
        | Reason::Incomplete
        | Reason::NeedsApproval
        | Reason::Unknown => "refused.other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::PlainFormat;

    #[test]
    fn a_refusal_says_why_and_what_to_do() {
        let words = Words::default();
        let say = |refusal: Refusal| refusal_words(&words, &PlainFormat, &refusal);
        assert_eq!(say(Reason::Closed.into()), "Not accepted. It has closed.");
        let mut fast = Refusal::from(Reason::TooFast);
        assert_eq!(
            say(fast.clone()),
            "Not accepted. That was too quick. Try again in a moment."
        );
        fast.again_in_ms = Some(2_100);
        assert_eq!(
            say(fast),
            "Not accepted. That was too quick. Try again in 3 s."
        );
    }
}
