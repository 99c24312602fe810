//! One claim, and what can be asked of a deal's claims.

use super::{Deal, Shelf};
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use liveroom_protocol::deal::{Failure, OrderNumber, Said, Standing, Stock};
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::limits::ORDER_MS;
use liveroom_protocol::money::Amount;
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
    /// What who settles it said of the order: the shop, or the page where the page settles.
    pub settled: Said,
    /// What only the page said of it, which can lie.
    pub page: Said,
    /// Why the last order failed.
    pub failure: Option<Failure>,
}

impl Held {
    /// The order's number as its viewer is told it, whose page may have said it.
    pub fn order(&self) -> Option<&OrderNumber> {
        self.settled.order.as_ref().or(self.page.order.as_ref())
    }
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
        self.open_claims().map(|(_, held)| held.who)
    }

    /// A claim by its name.
    pub fn claim_named(&self, claim: &ClaimId) -> Option<&Held> {
        self.claims.get(&position_of(claim)?)
    }

    /// A claim by the position of its record.
    pub(crate) fn claim_at(&self, place: Position) -> Option<(ClaimId, &Held)> {
        Some((name(place), self.claims.get(&place)?))
    }

    /// The claims whose records stand before a position, the newest first.
    pub fn claims_before(
        &self,
        before: Position,
    ) -> impl Iterator<Item = (Position, ClaimId, &Held)> {
        let claims = self.claims.range(..before).rev();
        claims.map(|(place, held)| (*place, name(*place), held))
    }

    /// How many claims are open: reserved, or being ordered.
    pub fn count_open(&self) -> u32 {
        u32::try_from(self.due.len()).unwrap_or(u32::MAX)
    }

    /// The open claims, the one whose time ends last first: where reservations are short, what is being ordered comes before them.
    pub fn open_claims(&self) -> impl Iterator<Item = (ClaimId, &Held)> {
        let places = self.due.iter().rev().map(|(_, place)| place);
        places.filter_map(|place| Some((name(*place), self.claims.get(place)?)))
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

    /// Whether units are being ordered or are sold: only the shop gives those back.
    pub(crate) fn is_ordered(&self) -> bool {
        let mut claims = self.claims.values();
        claims.any(|held| matches!(held.standing, Standing::Ordering | Standing::Sold))
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
