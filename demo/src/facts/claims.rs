//! What became of a claim: sold, or given back after that.

use super::{Deed, Facts, minute};
use liveroom_protocol::deal::Standing;
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::activity::Body;
use liveroom_rules::room::Room;

/// A claim that was granted.
#[derive(Clone, Debug)]
pub(super) struct Claimed {
    /// Where it belongs.
    pub(super) place: usize,
    /// The minute in which it was sold.
    pub(super) sold: Option<u64>,
}

impl Facts {
    /// Counts a claim as sold once it is, and no longer when it was given back. It belongs to whoever was on air when it was claimed.
    pub(super) fn follow_claim(
        &mut self,
        number: usize,
        claim: &ClaimId,
        at: Timestamp,
        room: &Room,
    ) {
        let Some(Body::Deal(deal)) = room.activities().get(number).map(|known| &known.body) else {
            return;
        };
        let (Some(held), Some(claimed)) = (
            deal.claim_named(claim),
            self.claims.get_mut(&(number, claim.clone())),
        ) else {
            return;
        };
        let units = u64::from(held.quantity);
        let value = u128::from(held.price.ten_thousandths()) * u128::from(units);
        let currency = deal.draft.price.currency.as_str();
        let (place, sold) = (claimed.place, claimed.sold);
        match (held.standing, sold) {
            (Standing::Sold, None) => {
                claimed.sold = Some(minute(at));
                let cell = self.cell(at, place);
                cell.add(Deed::Orders, 1);
                cell.add(Deed::UnitsSold, units);
                cell.earn(currency, value);
            }
            (Standing::Returned, Some(then)) => {
                claimed.sold = None;
                if let Some(cell) = self.cells.get_mut(&(then, place)) {
                    cell.take_back(Deed::Orders, 1);
                    cell.take_back(Deed::UnitsSold, units);
                    cell.give_back(currency, value);
                }
            }
            (Standing::Sold, Some(_))
            | (Standing::Reserved | Standing::Ordering | Standing::Returned, _) => {}
        }
    }
}
