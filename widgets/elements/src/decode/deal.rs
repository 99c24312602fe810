//! The parts of a deal, as the room and a page write them.

use super::Fields;
use super::words::Words;
use liveroom_protocol::Action;
use liveroom_protocol::deal::{Card, Claim, Failure, Mine, Order, Tally};
use liveroom_protocol::money::Money;

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
        "deal.claim" => Some(Action::DealClaim(Claim {
            variant: action.parse("variant")?,
            quantity: action
                .number("quantity")
                .map_or(1, |_| action.small("quantity")),
        })),
        "deal.release" => Some(Action::DealRelease {
            claim: action.parse("claim")?,
        }),
        "deal.order" => Some(Action::DealOrder {
            claim: action.parse("claim")?,
            order: order(action.object("order")?)?,
        }),
        _ => {
            action.miss("action");
            None
        }
    }
}

fn order(order: Fields<'_>) -> Option<Order> {
    match order.text("step") {
        Some("begun") => Some(Order::Begun),
        Some("taken") => Some(Order::Taken {
            order: order.maybe("order"),
            value: order.object("value").and_then(money),
        }),
        Some("failed") => Some(Order::Failed {
            reason: order.word("reason", FAILURES).unwrap_or(Failure::Other),
        }),
        _ => {
            order.miss("order");
            None
        }
    }
}

fn money(money: Fields<'_>) -> Option<Money> {
    Some(Money {
        amount: money.parse("amount")?,
        currency: money.parse("currency")?,
    })
}

/// Why an order failed.
pub const FAILURES: &Words<Failure> = &[
    ("out-of-stock", Failure::OutOfStock),
    ("needs-sign-in", Failure::NeedsSignIn),
    ("payment-failed", Failure::PaymentFailed),
    ("other", Failure::Other),
];
