//! What the moves of claims and wins are called, and what there is to know of them.

use crate::deal::Deal;
use crate::lottery::Lottery;
use crate::record::Position;
use liveroom_protocol::deal::{Settles, Standing};
use liveroom_protocol::event::{By, Data, Outcome, What};
use liveroom_protocol::lottery::Standing as Fate;
use liveroom_protocol::money::Money;

/// What a claim's move is called; nothing where only the page and the room need know.
pub(super) const fn claim(
    from: Option<Standing>,
    to: Standing,
    by: By,
    now_cancelled: bool,
) -> Option<What> {
    match (from, to) {
        (None, _) => Some(What::Claimed),
        (Some(_), Standing::Sold) | (Some(Standing::Sold), _) => Some(What::Ordered),
        (Some(Standing::Reserved | Standing::Ordering), Standing::Returned) => Some(match by {
            By::Deadline => What::Expired,
            By::Viewer => What::Released,
            By::Command | By::Room if now_cancelled => What::Released,
            By::Command | By::Room => What::Ordered,
        }),
        (
            Some(Standing::Reserved | Standing::Ordering | Standing::Returned),
            Standing::Reserved | Standing::Ordering,
        )
        | (Some(Standing::Returned), Standing::Returned) => None,
    }
}

pub(super) const fn fate(to: Fate) -> What {
    match to {
        Fate::Waiting => What::Won,
        Fate::Claimed => What::Claimed,
        Fate::Fulfilled => What::Fulfilled,
        Fate::Forfeited => What::Forfeited,
    }
}

pub(super) fn of_claim(
    deal: &Deal,
    place: Position,
    what: What,
    from: Option<Standing>,
    to: Standing,
) -> Data {
    let Some((claim, held)) = deal.claim_at(place) else {
        return Data::default();
    };
    let settled = what == What::Ordered;
    // What a page says of an order may be anybody's words.
    let by_shop = match deal.draft.settles {
        Settles::Shop => true,
        Settles::Page => false,
    };
    Data {
        sku: Some(deal.draft.sku.as_str().to_owned()),
        claim: Some(claim),
        variant: deal
            .shelves()
            .get(held.variant)
            .map(|shelf| shelf.id.clone()),
        quantity: Some(held.quantity),
        price: Some(Money {
            amount: held.price.clone(),
            currency: deal.draft.price.currency,
        }),
        until: (what == What::Claimed).then_some(held.until),
        was: from,
        outcome: settled.then_some(match to {
            Standing::Sold => Outcome::Sold,
            Standing::Reserved | Standing::Ordering | Standing::Returned => Outcome::Returned,
        }),
        order: held.settled.order.clone().filter(|_| settled && by_shop),
        value: held.settled.value.clone().filter(|_| settled),
        ..Data::default()
    }
}

pub(super) fn of_win(lottery: &Lottery, win: u32, to: Fate) -> Data {
    let won = lottery.wins().get(win as usize);
    Data {
        win: Some(win),
        prize: won.map(|won| won.prize),
        claim_by: won.map(|won| won.claim_by).filter(|_| to == Fate::Waiting),
        instead_of: won.and_then(|won| won.instead_of),
        ..Data::default()
    }
}
