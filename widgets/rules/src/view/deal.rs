//! A deal as each audience may know it, and the tickets of a viewer's claims.

use super::Audience;
use crate::activity::Activity;
use crate::deal::{Deal, Held};
use crate::private::TICKET_KEY;
use crate::pseudonym::Pseudonym;
use crate::room::Room;
use crate::ticket;
use liveroom_protocol::deal::{Card, Mine, OrderBy, Standing, Taken, Tally, Ticket, Variant};
use liveroom_protocol::id::ClaimId;
use liveroom_protocol::money::Money;

/// The card; the price once it is shown, to the desk at once.
pub(super) fn card(activity: &Activity, deal: &Deal, audience: Audience) -> Card {
    let draft = &deal.draft;
    let told = deal.shows_price() || audience == Audience::Desk;
    Card {
        title: draft.title.as_str().to_owned(),
        sku: draft.sku.as_str().to_owned(),
        image: draft.image.as_ref().map(|image| image.as_str().to_owned()),
        price: told.then(|| draft.price.clone()),
        price_hidden: told && !deal.shows_price(),
        before: draft.before.clone().filter(|_| told),
        price_basis: draft
            .price_basis
            .as_ref()
            .filter(|_| told)
            .map(|text| text.as_str().to_owned()),
        lowest_30_days: draft.lowest_30_days.clone().filter(|_| told),
        member_prices: if told {
            draft.member_prices.clone()
        } else {
            Vec::new()
        },
        variants: deal
            .shelves()
            .iter()
            .map(|shelf| Variant {
                id: shelf.id.clone(),
                name: shelf.name.clone(),
            })
            .collect(),
        limit: draft.limit,
        reserve_ms: draft.reserve_ms,
        seller: draft.seller.clone(),
        by: draft.by.clone(),
        settles: draft.settles,
        level: deal.level,
        who: draft.who.clone(),
        opened_at: activity.opened_at,
        cancelled: deal.cancelled().map(str::to_owned),
        corrected: activity.corrected,
        about: activity.about.clone(),
    }
}

/// The numbers: everybody may know the stock.
pub(super) fn tally(activity: &Activity, deal: &Deal) -> Tally {
    Tally {
        phase: activity.phase,
        opens_at: activity.opens_at,
        closes_at: activity.closes_at,
        left_ms: activity.left,
        stock: deal.stock(),
    }
}

/// What a viewer claimed.
pub(super) fn mine(room: &Room, activity: &Activity, deal: &Deal, who: Pseudonym) -> Mine {
    Mine {
        claims: deal
            .claims_of(who)
            .map(|(claim, held)| taken(room, activity, deal, claim, held))
            .collect(),
    }
}

fn taken(room: &Room, activity: &Activity, deal: &Deal, claim: ClaimId, held: &Held) -> Taken {
    let draft = &deal.draft;
    let shelf = &deal.shelves()[held.variant];
    // Only a claim that can still be ordered has something to order with.
    let open = matches!(held.standing, Standing::Reserved | Standing::Ordering);
    let key = room.private.value(TICKET_KEY).filter(|_| open);
    let ticket = Ticket {
        iss: ticket::ISSUER.to_owned(),
        aud: room.id().clone(),
        epoch: room.epoch().cloned(),
        jti: claim.clone(),
        activity: activity.id.clone(),
        sku: draft.sku.as_str().to_owned(),
        variant: shelf.id.clone(),
        quantity: held.quantity,
        price: Some(held.price.clone()),
        currency: Some(draft.price.currency.as_str().to_owned()),
        exp: held.until.0 / 1_000,
    };
    let code = matches!(draft.by, OrderBy::Code)
        .then(|| key.map(|key| ticket::code(key, &[activity.id.as_str(), claim.as_str()])))
        .flatten();
    Taken {
        claim,
        variant: shelf.id.clone(),
        quantity: held.quantity,
        standing: held.standing,
        until: held.until,
        price: Some(Money {
            amount: held.price.clone(),
            currency: draft.price.currency,
        }),
        ticket: key.map(|key| ticket::sign(key, &ticket)),
        code,
        order: held.order().cloned(),
        value: held.settled.value.clone(),
        failure: held.failure,
    }
}
