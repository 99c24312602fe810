//! What the page needs to know of a deal besides how it is drawn.

use crate::decode::{CLAIMS, FAILURES, word_of};
use crate::face::Opening;
use crate::report::object::{Object, list};
use crate::write::money;
use liveroom::{DealMoment, Scene, deal_announcement};
use liveroom_protocol::Action;
use liveroom_protocol::deal::{Card, Mine, Order, OrderBy, Settles, Standing, Taken, Tally};
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::phase::{Pace, Phase};
use liveroom_protocol::time::{Span, Timestamp};
use std::rc::Rc;

/// A deal as this page knows it. Shared, so that handing it to a component copies nothing.
#[derive(Clone, Debug, Default)]
pub struct Deal {
    /// The card.
    pub card: Rc<Card>,
    /// The tally.
    pub tally: Rc<Tally>,
    /// This viewer's own part.
    pub mine: Rc<Mine>,
}

impl PartialEq for Deal {
    /// The same parts, not equal ones: a part is never changed once it was taken.
    fn eq(&self, other: &Self) -> bool {
        let Self { card, tally, mine } = other;
        Rc::ptr_eq(&self.card, card)
            && Rc::ptr_eq(&self.tally, tally)
            && Rc::ptr_eq(&self.mine, mine)
    }
}

impl Deal {
    /// Where it is in its life.
    pub fn phase(&self) -> Phase {
        self.tally.phase
    }

    /// What is counted down: the opening that was announced, the end while it is open, and this viewer's reservations.
    pub fn deadlines(&self) -> Vec<Timestamp> {
        let own = match self.tally.phase {
            Phase::Ready => self.tally.opens_at,
            Phase::Open => self.tally.closes_at,
            Phase::Paused | Phase::Closed => None,
        };
        let claims = self.mine.claims.iter();
        let reserved = claims.filter(|claim| claim.standing == Standing::Reserved);
        own.into_iter()
            .chain(reserved.map(|claim| claim.until))
            .collect()
    }

    /// When it opened: the same instant for everybody.
    pub fn opening(&self) -> Opening {
        Opening {
            pace: Pace::Room,
            at: self.card.opened_at,
            programme: None,
            grace: Span(0),
        }
    }

    /// What this viewer has in it if the room accepts `action` and says no more.
    /// A claim changes nothing here: only the room can say its name and its time.
    pub fn accepted(&self, action: &Action) -> Mine {
        let mut mine = (*self.mine).clone();
        let (id, step) = match action {
            Action::DealRelease { claim } => (claim, None),
            Action::DealOrder { claim, order } => (claim, Some(order)),
            _ => return mine,
        };
        if let Some(claim) = mine.claims.iter_mut().find(|known| known.claim == *id) {
            claim.failure = None;
            claim.standing = match (step, self.card.settles) {
                (None, _) => Standing::Returned,
                (Some(Order::Taken { order, .. }), settles) => {
                    claim.order.clone_from(order);
                    match settles {
                        Settles::Page => Standing::Sold,
                        Settles::Shop => Standing::Ordering,
                    }
                }
                (Some(Order::Begun), _) => Standing::Ordering,
                (Some(Order::Failed { reason }), _) => {
                    claim.failure = Some(*reason);
                    Standing::Reserved
                }
            };
        }
        mine
    }

    /// One of this viewer's claims.
    pub fn claim(&self, id: &ClaimId) -> Option<&Taken> {
        self.mine.claims.iter().find(|claim| claim.claim == *id)
    }

    /// Of the claims in a newer part of this viewer those that were open here and are sold there. One whose order the page's
    /// cart has told is told already.
    pub fn sold_since(&self, newer: &Mine) -> Vec<ClaimId> {
        let by_cart = self.card.by == OrderBy::Cart;
        let sold = newer.claims.iter().filter(|claim| {
            let was = self
                .claim(&claim.claim)
                .filter(|was| was.standing != Standing::Sold);
            claim.standing == Standing::Sold
                && was.is_some_and(|was| !by_cart || was.order.is_none())
        });
        sold.map(|claim| claim.claim.clone()).collect()
    }

    /// A claim as the page's cart is given it.
    pub fn to_order(&self, claim: &Taken) -> String {
        let price = claim.price.as_ref();
        Object::new()
            .text("claim", claim.claim.as_str())
            .maybe("ticket", claim.ticket.as_deref())
            .text("sku", &self.card.sku)
            .text("variant", claim.variant.as_str())
            .number("quantity", claim.quantity.into())
            .maybe("price", price.map(|price| price.amount.as_str()))
            .maybe("currency", price.map(|price| price.currency.as_str()))
            .number("until", claim.until.0)
            .end()
    }

    /// What is worth saying aloud between two moments.
    pub fn announcement(before: Option<(&Self, &Scene)>, after: (&Self, &Scene)) -> Option<String> {
        deal_announcement(before.map(moment), moment(after))
    }
}

fn moment<'a>((deal, scene): (&'a Deal, &'a Scene)) -> DealMoment<'a> {
    DealMoment {
        card: &deal.card,
        tally: &deal.tally,
        mine: &deal.mine,
        scene,
    }
}

/// This viewer's part, to be told.
pub fn write(mine: &Mine) -> String {
    let claims = list(mine.claims.iter().map(taken));
    Object::new()
        .text("widget", "deal")
        .raw("claims", &claims)
        .end()
}

fn taken(claim: &Taken) -> String {
    let object = Object::new()
        .text("claim", claim.claim.as_str())
        .text("variant", claim.variant.as_str())
        .number("quantity", claim.quantity.into())
        .text("standing", word_of(CLAIMS, claim.standing))
        .number("until", claim.until.0);
    let object = match &claim.price {
        Some(price) => object.raw("price", &money(price)),
        None => object,
    };
    let failure = claim.failure.map(|failure| word_of(FAILURES, failure));
    object
        .maybe("ticket", claim.ticket.as_deref())
        .maybe("code", claim.code.as_deref())
        .maybe("order", claim.order.as_ref().map(|order| order.as_str()))
        .maybe("failure", failure)
        .end()
}
