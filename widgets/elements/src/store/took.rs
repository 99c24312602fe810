//! What a page's store took of a piece of news.

use liveroom_protocol::id::ClaimId;
use liveroom_protocol::qna::QuestionId;

/// What became of a piece of news.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Took {
    /// The parts that were taken: card, tally, mine.
    pub parts: [bool; 3],
    /// The numbers of the cards within it that were taken.
    pub entries: Vec<QuestionId>,
    /// This viewer's claims of a deal that have been sold since.
    pub sold: Vec<ClaimId>,
    /// It was put away.
    pub gone: bool,
}
