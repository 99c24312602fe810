//! The parts of a list of questions, as the room and a page write them.

use super::Fields;
use liveroom_protocol::Action;
use liveroom_protocol::news::Entry;
use liveroom_protocol::qna::{Ask, Card, Mine, ReplyTo, Tally};

/// Reads the card.
pub(super) fn card(_card: Fields<'_>) -> Card {
    Card::default()
}

/// Reads the tally.
pub(super) fn tally(_tally: Fields<'_>) -> Tally {
    Tally::default()
}

/// Reads this viewer's part.
pub(super) fn mine(_mine: Fields<'_>) -> Mine {
    Mine::default()
}

/// Reads a question as an entry of its own.
pub(super) fn entry(_entry: Fields<'_>) -> Option<Entry> {
    None
}

/// Reads what a viewer does.
pub(super) fn action(action: Fields<'_>, kind: &str) -> Option<Action> {
    let question = || action.small("question");
    match kind {
        "qna.ask" => Some(Action::QnaAsk(Ask {
            text: action.maybe("text"),
            anonymous: action.flag("anonymous"),
            tags: action.texts("tags"),
        })),
        "qna.vote" => Some(Action::QnaVote {
            question: question(),
        }),
        "qna.withdraw" => Some(Action::QnaWithdraw {
            question: question(),
        }),
        "qna.reply" => Some(Action::QnaReply(ReplyTo {
            question: question(),
            text: action.maybe("text"),
        })),
        _ => {
            action.miss("action");
            None
        }
    }
}
