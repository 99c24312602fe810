//! A deal's own rules: what a claim reserves, what becomes of it, and stock that always adds up.

use crate::events::Moved;
use crate::lottery::Acting;
use crate::permit;
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use liveroom_protocol::deal::{Claim, Draft, Failure, Order, Said, Settle, Settles, Standing};
use liveroom_protocol::id::{ClaimId, VariantId};
use liveroom_protocol::identity::Level;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use std::collections::{BTreeMap, BTreeSet};

mod again;
mod draft;
mod held;
mod shelf;
mod sign_in;

pub(crate) use draft::{labels, prepare};
pub use held::Held;
use held::{ends, position_of};
pub use shelf::Shelf;

/// A deal with its claims.
#[derive(Clone, Debug)]
pub struct Deal {
    /// What the streamer composed.
    pub draft: Box<Draft>,
    /// The least identity it takes.
    pub level: Level,
    /// The stock, a shelf a variant, in the draft's order.
    shelves: Vec<Shelf>,
    /// Every claim of this run, by the position of its record.
    claims: BTreeMap<Position, Held>,
    /// Claims by viewer.
    of: BTreeMap<Pseudonym, Vec<Position>>,
    /// When a claim's time is over, while that matters.
    due: BTreeSet<(Timestamp, Position)>,
    /// The price is shown.
    price_shown: bool,
    /// Why it was called off.
    cancelled: Option<String>,
    /// Viewers whose own part changed without their asking.
    pub(crate) touched: Vec<Pseudonym>,
    /// Claims that moved and were not told yet.
    pub(crate) moved: Vec<Moved>,
}

impl Deal {
    /// Reserves units, or says why not; the deal is open.
    pub(crate) fn claim(&mut self, acting: &Acting<'_>, claim: &Claim) -> Result<bool, Refusal> {
        permit::admits(acting.standing, self.level, &self.draft.who)?;
        if !self.price_shown {
            return Err(Refusal::because(
                Reason::NotOpen,
                "its price is still hidden",
            ));
        }
        let variant = self.variant(&claim.variant)?;
        let quantity = claim.quantity;
        let has = self.units_of(acting.who);
        if quantity == 0 || quantity > self.draft.limit.saturating_sub(has) {
            return Err(Reason::LimitReached.into());
        }
        self.shelves[variant].reserve(quantity)?;
        let until = acting.at.after(self.draft.reserve_ms);
        let price = self
            .draft
            .member_prices
            .iter()
            .find(|member| Some(&member.tier) == acting.standing.tier.as_ref())
            .map_or(&self.draft.price.amount, |member| &member.price);
        let held = Held {
            who: acting.who,
            variant,
            quantity,
            until,
            standing: Standing::Reserved,
            price: price.clone(),
            settled: Said::default(),
            page: Said::default(),
            failure: None,
        };
        self.claims.insert(acting.position, held);
        self.of.entry(acting.who).or_default().push(acting.position);
        self.due.insert((until, acting.position));
        self.moved.push(Moved::Claim {
            place: acting.position,
            from: None,
            to: Standing::Reserved,
        });
        Ok(true)
    }

    /// Gives a reserved claim back. One that is being ordered may be paid already: only the shop gives that back.
    pub(crate) fn release(
        &mut self,
        acting: &Acting<'_>,
        claim: &ClaimId,
    ) -> Result<bool, Refusal> {
        let place = self.own(acting.who, claim)?;
        match self.claims[&place].standing {
            Standing::Reserved => {
                self.move_to(place, Standing::Returned)?;
                Ok(true)
            }
            Standing::Returned => Ok(false),
            Standing::Ordering | Standing::Sold => Err(Refusal::because(
                Reason::StillOpen,
                "it is ordered: only the shop gives it back",
            )),
        }
    }

    /// Takes what the page's cart said.
    pub(crate) fn order(
        &mut self,
        acting: &Acting<'_>,
        claim: &ClaimId,
        order: &Order,
    ) -> Result<bool, Refusal> {
        let place = self.own(acting.who, claim)?;
        let standing = self.claims[&place].standing;
        match (standing, order) {
            (Standing::Returned, _) => Err(Reason::TooLate.into()),
            // Whoever begins calls a cart: of two tabs only one may.
            (Standing::Sold | Standing::Ordering, Order::Begun) => {
                Err(Reason::AlreadyClaimed.into())
            }
            (Standing::Sold, _) => Ok(false),
            (Standing::Reserved, Order::Begun) => {
                self.move_to(place, Standing::Ordering)?;
                Ok(true)
            }
            (Standing::Reserved | Standing::Ordering, Order::Taken { order, value }) => {
                let to = match self.draft.settles {
                    Settles::Shop => Standing::Ordering,
                    Settles::Page => Standing::Sold,
                };
                self.move_to(place, to)?;
                let held = self.held(place)?;
                match to {
                    Standing::Sold => &mut held.settled,
                    Standing::Reserved | Standing::Ordering | Standing::Returned => &mut held.page,
                }
                .take(order.as_ref(), value.as_ref());
                Ok(true)
            }
            (Standing::Reserved, Order::Failed { reason }) => {
                self.fail(place, *reason);
                Ok(true)
            }
            (Standing::Ordering, Order::Failed { reason }) => {
                // The rest of its time is left to try again; the shop may still settle it, whatever the page says.
                let in_time = self.claims[&place].until > acting.at;
                let to = if in_time {
                    Standing::Reserved
                } else {
                    Standing::Returned
                };
                self.move_to(place, to)?;
                self.fail(place, *reason);
                Ok(true)
            }
        }
    }

    /// Takes the shop's last word on a claim.
    pub(crate) fn settle(&mut self, claim: &ClaimId, settle: &Settle) -> Result<(), Refusal> {
        let place = position_of(claim)
            .filter(|place| self.claims.contains_key(place))
            .ok_or(Reason::UnknownClaim)?;
        match settle {
            Settle::Sold { order, value } => {
                // What was called off sells nothing more than what was being ordered then.
                let back = self.claims[&place].standing == Standing::Returned;
                if back && self.cancelled.is_some() {
                    return Err(Reason::CalledOff.into());
                }
                // From the shelf again, if its time was over: sold out is the shop's sign to pay back.
                self.fits_the_limit(place)?;
                self.move_to(place, Standing::Sold)?;
                // What the page said stays what only the page said, whatever the shop leaves out.
                self.held(place)?
                    .settled
                    .take(order.as_ref(), value.as_ref());
                Ok(())
            }
            Settle::Returned => self.move_to(place, Standing::Returned),
        }
    }

    /// Raises or lowers the stock of a variant. What is claimed or sold cannot be taken away.
    pub(crate) fn restock(&mut self, variant: &VariantId, by: i32) -> Result<(), Refusal> {
        let variant = self.variant(variant)?;
        self.shelves[variant].restock(by)
    }

    /// Calls it off: what is reserved goes back, what is being ordered is settled by the shop.
    pub(crate) fn cancel(&mut self, reason: &str) -> Result<(), Refusal> {
        if self.cancelled.is_some() {
            return Err(Reason::CalledOff.into());
        }
        self.cancelled = Some(reason.to_owned());
        let reserved: Vec<Position> = self
            .claims
            .iter()
            .filter(|(_, held)| held.standing == Standing::Reserved)
            .map(|(place, _)| *place)
            .collect();
        for place in reserved {
            self.move_to(place, Standing::Returned)?;
        }
        Ok(())
    }

    /// When the next claim's time is over.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due.first().map(|(moment, _)| *moment)
    }

    /// Puts back what was not ordered, or not settled, in time; says whether anything was.
    pub(crate) fn fall_due(&mut self, moment: Timestamp) -> bool {
        let mut changed = false;
        while let Some((_, place)) = self.due.first().copied().filter(|(due, _)| *due <= moment) {
            self.move_to(place, Standing::Returned)
                .expect("units can always go back");
            changed = true;
        }
        changed
    }

    pub(crate) fn reveal(&mut self) -> Result<(), Refusal> {
        self.price_shown = true;
        Ok(())
    }

    pub(crate) fn reopen(&self) -> Result<(), Refusal> {
        match self.cancelled {
            Some(_) => Err(Reason::CalledOff.into()),
            None => Ok(()),
        }
    }

    /// Moves a claim on its way, its units with it, and notes when its time is over now.
    fn move_to(&mut self, place: Position, to: Standing) -> Result<(), Refusal> {
        let held = self.claims.get_mut(&place).ok_or(Reason::UnknownClaim)?;
        let shelf = &mut self.shelves[held.variant];
        shelf.shift(held.standing, to, held.quantity)?;
        if let Some(due) = ends(held.standing, held.until) {
            self.due.remove(&(due, place));
        }
        let from = std::mem::replace(&mut held.standing, to);
        if from != to {
            let from = Some(from);
            self.moved.push(Moved::Claim { place, from, to });
        }
        held.failure = None;
        self.touched.push(held.who);
        if let Some(due) = ends(to, held.until) {
            self.due.insert((due, place));
        }
        Ok(())
    }

    fn fail(&mut self, place: Position, reason: Failure) {
        if let Some(held) = self.claims.get_mut(&place) {
            held.failure = Some(reason);
        }
    }

    fn held(&mut self, place: Position) -> Result<&mut Held, Refusal> {
        let held = self.claims.get_mut(&place);
        held.ok_or_else(|| Reason::UnknownClaim.into())
    }

    fn variant(&self, id: &VariantId) -> Result<usize, Refusal> {
        let place = self.shelves.iter().position(|shelf| shelf.id == *id);
        place.ok_or_else(|| Reason::UnknownVariant.into())
    }

    fn own(&self, who: Pseudonym, claim: &ClaimId) -> Result<Position, Refusal> {
        position_of(claim)
            .filter(|place| self.claims.get(place).is_some_and(|held| held.who == who))
            .ok_or_else(|| Reason::UnknownClaim.into())
    }
}
