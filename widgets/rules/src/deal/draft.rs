//! What a draft must be to become a deal.

use super::{Deal, Shelf};
use crate::activity::{Activity, Body, bounded};
use crate::record::Position;
use liveroom_protocol::deal::{Draft, VariantDraft};
use liveroom_protocol::id::VariantId;
use liveroom_protocol::identity::Level;
use liveroom_protocol::limits::{LABELS, RESERVE_MS, STOCK, UNITS_PER_VIEWER, VARIANTS};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use std::collections::{BTreeMap, BTreeSet};

/// Makes an activity out of a draft, not open yet; or says what is wrong with the draft.
pub(crate) fn prepare(
    draft: &Draft,
    position: Position,
    at: Timestamp,
) -> Result<Activity, Refusal> {
    let Some(id) = draft.activity.clone() else {
        return malformed("an activity has no name");
    };
    check(draft)?;
    let shelves = shelves(&draft.variants)?;
    let body = Body::Deal(Box::new(Deal {
        level: draft.level.unwrap_or(Level::Token),
        price_shown: !draft.price_hidden,
        draft: Box::new(draft.clone()),
        shelves,
        claims: BTreeMap::new(),
        of: BTreeMap::new(),
        due: BTreeSet::new(),
        cancelled: None,
        touched: Vec::new(),
        moved: Vec::new(),
    }));
    Ok(Activity {
        announced: draft.announce || draft.opens_in_ms.is_some(),
        opens_at: draft
            .opens_in_ms
            .map(bounded)
            .transpose()?
            .map(|span| at.after(span)),
        lasts: draft.closes_in_ms.map(bounded).transpose()?,
        about: draft.about.clone(),
        ..Activity::ready(id, position, body)
    })
}

fn check(draft: &Draft) -> Result<(), Refusal> {
    let price = draft.price.amount.ten_thousandths();
    if draft
        .before
        .as_ref()
        .is_some_and(|before| before.ten_thousandths() <= price)
    {
        return malformed("the price before is more than the price, or left out");
    }
    let members = &draft.member_prices;
    if members.len() > 8
        || members
            .iter()
            .any(|member| member.price.ten_thousandths() > price)
    {
        return malformed("at most eight member prices, none more than the price");
    }
    if draft.limit == 0 || draft.limit > UNITS_PER_VIEWER {
        return malformed("limit is 1 to 100");
    }
    let (least, most) = RESERVE_MS;
    if !(least..=most).contains(&draft.reserve_ms.0) {
        return malformed("reserve_ms is 10000 to 3600000");
    }
    labels(&draft.who, &draft.about)
}

/// Whether lists of labels are of a length that a room takes; the same for all widgets.
pub(crate) fn labels(
    who: &liveroom_protocol::identity::Eligible,
    about: &liveroom_protocol::about::About,
) -> Result<(), Refusal> {
    if who.tiers.len() + who.segments.len() + who.roles.len() > LABELS {
        return malformed("at most 32 tiers, segments and roles");
    }
    if about.products.len() > LABELS || about.tags.len() > LABELS {
        return malformed("at most 32 products, and at most 32 tags");
    }
    Ok(())
}

fn shelves(variants: &[VariantDraft]) -> Result<Vec<Shelf>, Refusal> {
    if !(1..=VARIANTS).contains(&variants.len()) {
        return malformed("a deal has 1 to 50 variants");
    }
    if variants.iter().any(|variant| variant.stock > STOCK) {
        return malformed("a variant has at most 1,000,000 units");
    }
    if variants.len() > 1 && variants.iter().any(|variant| variant.name.is_none()) {
        return malformed("of several variants each has a name");
    }
    let shelves: Vec<Shelf> = variants
        .iter()
        .enumerate()
        .map(|(place, variant)| {
            let id = variant.id.clone().unwrap_or_else(|| numbered(place + 1));
            let name = variant.name.as_ref().map(|name| name.as_str().to_owned());
            Shelf::new(id, name, variant.stock)
        })
        .collect();
    let twice = shelves
        .iter()
        .enumerate()
        .any(|(place, shelf)| shelves[..place].iter().any(|other| other.id == shelf.id));
    if twice {
        return malformed("two variants have the same id");
    }
    Ok(shelves)
}

fn numbered(number: usize) -> VariantId {
    VariantId::parse(number.to_string()).expect("a number is an id")
}

fn malformed<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::because(Reason::Malformed, why))
}
