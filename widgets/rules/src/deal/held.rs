//! One claim, and what can be asked of a deal's claims.

use super::{Deal, Shelf};
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use liveroom_protocol::deal::{Failure, OrderNumber, Standing, Stock};
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::limits::ORDER_MS;
use liveroom_protocol::money::{Amount, Money};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};

/// One claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Whose.
    pub who: Pseudonym,
    /// The place of its variant.
    pub variant: usize,
    /// How many units.
    pub quantity: u32,
    /// Until when it is reserved.
    pub until: Timestamp,
    /// Where it is on its way.
    pub standing: Standing,
    /// What one unit costs this viewer.
    pub price: Amount,
    /// The order's number.
    pub order: Option<OrderNumber>,
    /// What the order is worth.
    pub value: Option<Money>,
    /// Why the last order failed.
    pub failure: Option<Failure>,
}

impl Deal {
    /// A viewer's claims, oldest first.
    pub fn claims_of(&self, who: Pseudonym) -> impl Iterator<Item = (ClaimId, &Held)> {
        let places = self.of.get(&who).map_or(&[][..], Vec::as_slice);
        places
            .iter()
            .filter_map(|place| Some((name(*place), self.claims.get(place)?)))
    }

    /// Who has units that are reserved or being ordered.
    pub(crate) fn holders(&self) -> impl Iterator<Item = Pseudonym> {
        let open = self
            .due
            .iter()
            .filter_map(|(_, place)| self.claims.get(place));
        open.map(|held| held.who)
    }

    /// All claims, oldest first.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Held)> {
        self.claims.iter().map(|(place, held)| (name(*place), held))
    }

    /// The shelves, in the draft's order.
    pub fn shelves(&self) -> &[Shelf] {
        &self.shelves
    }

    /// The stock of each variant.
    pub fn stock(&self) -> Vec<Stock> {
        self.shelves.iter().map(Shelf::stock).collect()
    }

    /// Whether the price is shown.
    pub const fn shows_price(&self) -> bool {
        self.price_shown
    }

    /// Why it was called off.
    pub fn cancelled(&self) -> Option<&str> {
        self.cancelled.as_deref()
    }

    /// How many units a viewer has, or is about to have.
    pub(super) fn units_of(&self, who: Pseudonym) -> u32 {
        self.claims_of(who)
            .filter(|(_, held)| held.standing != Standing::Returned)
            .map(|(_, held)| held.quantity)
            .sum()
    }

    /// A ticket outlives its claim: whoever claims, gives back and claims again must not buy with all of them.
    pub(super) fn fits_the_limit(&self, place: Position) -> Result<(), Refusal> {
        let held = &self.claims[&place];
        let left = self.draft.limit.saturating_sub(self.units_of(held.who));
        if held.standing == Standing::Returned && held.quantity > left {
            return Err(Refusal::because(
                Reason::SoldOut,
                "it was given back, and its viewer has as many by now as one may have",
            ));
        }
        Ok(())
    }
}

/// When a claim's time is over: a reservation's at once, an order's some minutes later, so that a payment can end.
pub(super) fn ends(standing: Standing, until: Timestamp) -> Option<Timestamp> {
    match standing {
        Standing::Reserved => Some(until),
        Standing::Ordering => Some(until.after(Span(ORDER_MS))),
        Standing::Sold | Standing::Returned => None,
    }
}

/// A claim's name is the position of its record, so that none is ever given twice.
fn name(place: Position) -> ClaimId {
    ClaimId::parse(format!("c{place}")).expect("a letter and a number are an id")
}

pub(super) fn position_of(claim: &ClaimId) -> Option<Position> {
    claim.as_str().strip_prefix('c')?.parse().ok()
}
