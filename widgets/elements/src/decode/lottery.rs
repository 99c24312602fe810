//! The parts of a lottery, as the room and a page write them.

use super::Fields;
use liveroom_protocol::Action;
use liveroom_protocol::lottery::{Card, Claim, Enter, Field, Mine, Tally};

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

/// Reads what a viewer does.
pub(super) fn action(action: Fields<'_>, kind: &str) -> Option<Action> {
    match kind {
        "lottery.enter" => Some(Action::LotteryEnter(Enter {
            keyword: action.maybe("keyword"),
        })),
        "lottery.claim" => Some(Action::LotteryClaim(Claim {
            win: action.small("win"),
            form: action.each("form", |field| {
                Some(Field {
                    label: field.parse("label")?,
                    value: field.parse("value")?,
                })
            }),
        })),
        _ => {
            action.miss("action");
            None
        }
    }
}
