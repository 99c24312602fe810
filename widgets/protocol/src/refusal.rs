//! Why a room said no: a reason from a closed list, and a sentence where one helps.

use serde::{Deserialize, Serialize};

/// A room's no. It changed nothing, and the same request may be asked again.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Refusal {
    /// Why.
    pub reason: Reason,
    /// What to do about it, for a developer or a streamer; viewers are shown the kit's own words for the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// When asking again makes sense, in milliseconds from now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_in_ms: Option<u64>,
}

impl Refusal {
    /// A refusal with a sentence that says what to do.
    pub fn because(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: Some(message.into()),
            again_in_ms: None,
        }
    }
}

impl From<Reason> for Refusal {
    fn from(reason: Reason) -> Self {
        Self {
            reason,
            message: None,
            again_in_ms: None,
        }
    }
}

/// The closed list of reasons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The message cannot be read.
    Malformed,
    /// The message is larger than the limit.
    TooLarge,
    /// The room does not know this kind of message, or the message its version.
    Unsupported,
    /// There is no such room, activity or show.
    NotFound,
    /// The `Origin` of the page is not on the room's list.
    WrongOrigin,
    /// The token cannot be trusted: forged, of another room, or of an unknown kind.
    BadToken,
    /// The token has ended.
    ExpiredToken,
    /// The role may not do this.
    NotAllowed,
    /// Sign in first: the activity takes only accounts that the page vouches for.
    NeedsSignIn,
    /// The activity takes only verified persons.
    NeedsVerified,
    /// The activity is for others: another tier, segment or role.
    NotEligible,
    /// The activity has not opened.
    NotOpen,
    /// The activity is paused.
    Paused,
    /// The activity has closed.
    Closed,
    /// The activity is still open.
    StillOpen,
    /// The activity was reset since: another run.
    OtherRun,
    /// The id is taken by another activity, or the question has another answer by now.
    Taken,
    /// A vote stands and this poll does not let it be changed.
    AlreadyVoted,
    /// There is no vote to withdraw.
    NoVote,
    /// No choice was made.
    NoChoice,
    /// More choices than the poll allows.
    TooManyChoices,
    /// The poll has no such option.
    UnknownOption,
    /// A condition of the lottery is not met.
    ConditionNotMet,
    /// The word is not the one that was asked for.
    WrongKeyword,
    /// The viewer has entered already.
    AlreadyEntered,
    /// There is no such win, or it is another's.
    NoWin,
    /// The prize was claimed before.
    AlreadyClaimed,
    /// The time to claim, to order, or to take back, is over.
    TooLate,
    /// The same question was asked before.
    Duplicate,
    /// The words are on the room's block list.
    Blocked,
    /// There is no such question.
    UnknownQuestion,
    /// There is no such variant.
    UnknownVariant,
    /// There is no such claim, or it is another's.
    UnknownClaim,
    /// No unit is left; one that is reserved may come back.
    SoldOut,
    /// The viewer has as many units as the deal allows.
    LimitReached,
    /// It was cancelled.
    CalledOff,
    /// The page's signed claim cannot be trusted.
    BadAttest,
    /// The same request id came with another content.
    IdReused,
    /// The viewer, or the room, has used up what a limit allows.
    TooMany,
    /// Too quick; ask again a little later.
    TooFast,
    /// It could not be written. Nothing was changed: ask again with the same id.
    Unavailable,
    /// The room's log is damaged; it shows its last good state and takes no changes.
    Damaged,
    /// The room has ended.
    Sealed,
    /// The room's profile asks for something that it does not have.
    Incomplete,
    /// Another person must approve it first.
    NeedsApproval,
    /// The page gave no answer in time.
    Unanswered,
    /// The page cancelled it.
    Cancelled,
    /// A reason that this reader does not know.
    #[serde(other)]
    Unknown,
}
