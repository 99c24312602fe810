//! One question, with its answer, its replies and its votes.

use crate::pseudonym::Pseudonym;
use crate::record::{Hidden, Position};
use liveroom_protocol::identity::Label;
use liveroom_protocol::qna::{QuestionId, Standing};
use liveroom_protocol::time::Timestamp;
use std::collections::HashSet;

/// One question.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asked.
    pub who: Pseudonym,
    /// The asker's name may be shown.
    pub named: bool,
    /// When.
    pub at: Timestamp,
    /// Its tags.
    pub tags: Vec<Label>,
    /// Where its words lie.
    pub hidden: Hidden,
    /// What became of it.
    pub standing: Standing,
    /// It stands above the others.
    pub pinned: bool,
    /// The answer in text.
    pub answer: Option<Answered>,
    /// Replies, in their order.
    pub replies: Vec<Replied>,
    /// The question it was merged into.
    pub merged_into: Option<QuestionId>,
    /// Who voted for it.
    pub(super) votes: HashSet<Pseudonym>,
    /// Who reported it.
    pub flags: HashSet<Pseudonym>,
    /// The record that changed it last.
    pub rev: Position,
}

/// An answer in text.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What everybody may read of it.
    pub text: Option<String>,
    /// Where it lies, if it is for the asker alone.
    pub hidden: Option<Hidden>,
    /// It was made by a machine.
    pub automatic: bool,
    /// The record that gave it, which another one names that takes its place; under earlier rules none does.
    pub rev: Option<Position>,
}

/// A reply.
#[derive(Clone, Debug)]
pub struct Replied {
    /// Who replied.
    pub who: Pseudonym,
    /// The replier's name may be shown.
    pub named: bool,
    /// Where its words lie.
    pub hidden: Hidden,
    /// What became of it.
    pub standing: Standing,
}

impl Asked {
    /// How many viewers voted for it.
    pub fn votes(&self) -> u32 {
        u32::try_from(self.votes.len()).unwrap_or(u32::MAX)
    }

    /// Whether viewers may see it.
    pub fn is_shown(&self) -> bool {
        self.merged_into.is_none()
            && matches!(
                self.standing,
                Standing::Shown | Standing::Answering | Standing::Answered
            )
    }
}
