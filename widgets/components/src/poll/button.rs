//! What the poll's button says, and whether it can be pressed.

use liveroom_protocol::phase::Phase;

/// What the button says, and whether it can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Button {
    /// Sends the choice.
    Vote,
    /// Sends another choice in place of the vote.
    Change,
    /// The vote stands.
    Counted,
    /// The same three of a survey.
    Answer,
    /// So above.
    ChangeAnswers,
    /// So above.
    Answered,
    /// On its way.
    Sending,
    /// On its way once there is a line again.
    Waiting,
    /// Nothing can be sent in this phase.
    Rest(Phase),
}

impl Button {
    /// The key of its message.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Vote => "poll.vote",
            Self::Change => "poll.change",
            Self::Counted => "poll.counted",
            Self::Answer => "poll.answer",
            Self::ChangeAnswers => "poll.change_answers",
            Self::Answered => "poll.answered",
            Self::Sending => "poll.sending",
            Self::Waiting => "poll.waiting",
            Self::Rest(phase) => phase_key(phase),
        }
    }

    /// Whether pressing it does something.
    pub(super) fn is_ready(self) -> bool {
        matches!(
            self,
            Self::Vote | Self::Change | Self::Answer | Self::ChangeAnswers
        )
    }
}

/// The key of a phase's name.
pub(super) fn phase_key(phase: Phase) -> &'static str {
    match phase {
        Phase::Ready => "state.ready",
        Phase::Open => "state.open",
        Phase::Paused => "state.paused",
        Phase::Closed => "state.closed",
    }
}
