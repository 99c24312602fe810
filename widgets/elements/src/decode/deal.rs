//! The parts of a deal, as the room and a page write them.

use super::about::{about, who};
use super::words::{LEVELS, PHASES, Words};
use super::{Fields, own};
use liveroom::{Product, ProductVariant};
use liveroom_protocol::Action;
use liveroom_protocol::deal::{
    Card, Claim, Failure, Mine, Order, OrderBy, Seller, Settles, Standing, Stock, Taken, Tally,
    TierPrice, Variant,
};
use liveroom_protocol::money::Money;
use liveroom_protocol::text::Picture;
use liveroom_protocol::time::{Span, Timestamp};

/// Characters of a title that a page's shop tells.
const TITLE: usize = 120;

/// Reads the card.
pub(super) fn card(card: Fields<'_>) -> Card {
    Card {
        title: card.owned("title").unwrap_or_default(),
        sku: card.owned("sku").unwrap_or_default(),
        image: card.owned("image"),
        price: card.object("price").and_then(money),
        // A viewer has the price or does not.
        price_hidden: false,
        before: card.maybe("before"),
        price_basis: card.owned("price_basis"),
        lowest_30_days: card.maybe("lowest_30_days"),
        member_prices: card.each("member_prices", |price| {
            Some(TierPrice {
                tier: price.parse("tier")?,
                price: price.parse("price")?,
            })
        }),
        variants: card.each("variants", |variant| {
            Some(Variant {
                id: variant.parse("id")?,
                name: variant.owned("name"),
            })
        }),
        limit: card.small("limit"),
        reserve_ms: Span(card.count("reserve_ms")),
        seller: card
            .object("seller")
            .map_or_else(Seller::default, |seller| Seller {
                name: seller.maybe("name"),
                about: seller.maybe("about"),
                returns: seller.maybe("returns"),
                delivery: seller.maybe("delivery"),
            }),
        by: card.object("by").and_then(by).unwrap_or_default(),
        settles: card.word("settles", SETTLES).unwrap_or_default(),
        level: card.word("level", LEVELS).unwrap_or_default(),
        who: who(card),
        opened_at: card.number("opened_at").map(Timestamp),
        cancelled: card.owned("cancelled"),
        corrected: card.flag("corrected"),
        about: about(card),
    }
}

/// Reads the tally.
pub(super) fn tally(tally: Fields<'_>) -> Tally {
    Tally {
        phase: tally.word("phase", PHASES).unwrap_or_default(),
        opens_at: tally.number("opens_at").map(Timestamp),
        closes_at: tally.number("closes_at").map(Timestamp),
        left_ms: tally.number("left_ms").map(Span),
        stock: tally.each("stock", |stock| {
            Some(Stock {
                left: stock.small("left"),
                reserved: stock.small("reserved"),
                ordering: stock.small("ordering"),
                sold: stock.small("sold"),
                total: stock.small("total"),
            })
        }),
    }
}

/// Reads this viewer's part.
pub(super) fn mine(mine: Fields<'_>) -> Mine {
    Mine {
        claims: mine.each("claims", taken),
    }
}

fn taken(claim: Fields<'_>) -> Option<Taken> {
    Some(Taken {
        claim: claim.parse("claim")?,
        variant: claim.parse("variant")?,
        quantity: claim.small("quantity"),
        standing: claim.word("standing", CLAIMS).unwrap_or_default(),
        until: Timestamp(claim.number("until")?),
        price: claim.object("price").and_then(money),
        ticket: claim.owned("ticket"),
        code: claim.owned("code"),
        order: claim.maybe("order"),
        value: claim.object("value").and_then(money),
        failure: claim.text("failure").map(failure),
    })
}

fn by(by: Fields<'_>) -> Option<OrderBy> {
    match by.text("kind") {
        Some("code") => Some(OrderBy::Code),
        Some("link") => Some(OrderBy::Link {
            address: by.parse("address")?,
        }),
        _ => Some(OrderBy::Cart),
    }
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
            reason: order.text("reason").map_or(Failure::Other, failure),
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

/// Reads what the page's shop knows of a product. What it tells wrongly it does not tell.
pub fn product(text: &str) -> Product {
    own(text, |product| Product {
        title: product
            .text("title")
            .filter(|title| !title.is_empty())
            .map(|title| title.chars().take(TITLE).collect()),
        image: product.maybe::<Picture>("image").map(String::from),
        price: product.object("price").and_then(money),
        variants: product.each("variants", |variant| {
            Some(ProductVariant {
                id: variant.owned("id")?,
                name: variant.owned("name"),
                stock: variant.number("stock").map(|_| variant.small("stock")),
            })
        }),
    })
}

fn failure(word: &str) -> Failure {
    let known = FAILURES.iter().find(|(known, _)| *known == word);
    known.map_or(Failure::Other, |(_, failure)| *failure)
}

/// Why an order failed.
pub const FAILURES: &Words<Failure> = &[
    ("out-of-stock", Failure::OutOfStock),
    ("needs-sign-in", Failure::NeedsSignIn),
    ("payment-failed", Failure::PaymentFailed),
    ("other", Failure::Other),
];

/// Where a claim is on its way.
pub const CLAIMS: &Words<Standing> = &[
    ("reserved", Standing::Reserved),
    ("ordering", Standing::Ordering),
    ("sold", Standing::Sold),
    ("returned", Standing::Returned),
];

const SETTLES: &Words<Settles> = &[("shop", Settles::Shop), ("page", Settles::Page)];
