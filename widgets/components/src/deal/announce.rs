//! The line for a room's one live region when a deal opens, sells out, nears its end or ends, or something becomes of a claim. Pure.

use super::DealMoment;
use super::claims::{failure_key, standing_key};
use super::goods::{money, title};
use super::offer::{own_price, rest};
use crate::parts::clock::last_began;
use crate::words::{apart, fill};
use liveroom_protocol::deal::{Standing, Taken};
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;

/// Returns what is to be said between two moments of one deal: at most one line, the most important one, never a figure of the stock.
///
/// `before` is None when the deal is first seen; then only an open one is worth a line.
pub fn deal_announcement(before: Option<DealMoment>, after: DealMoment) -> Option<String> {
    let words = &after.scene.words;
    let Some(before) = before else {
        return (after.tally.phase == Phase::Open).then(|| opened(after));
    };
    if let Some(line) = own(before, after) {
        return Some(line);
    }
    if after.scene.shop.copied.is_some() && before.scene.shop.copied != after.scene.shop.copied {
        return Some(words.say("deal.copied").to_owned());
    }
    let said = |key: &str| Some(fill(words.say(key), "{title}", &apart(title(after))));
    let opens = |phase| matches!(phase, Phase::Ready | Phase::Closed);
    match (before.tally.phase, after.tally.phase) {
        _ if before.card.cancelled != after.card.cancelled => said("deal.was_cancelled"),
        (was, Phase::Open) if opens(was) => Some(opened(after)),
        (Phase::Open | Phase::Paused, Phase::Closed) => said("deal.has_ended"),
        (Phase::Open, Phase::Paused) => Some(words.say("state.paused").to_owned()),
        (Phase::Paused, Phase::Open) => Some(words.say("state.open").to_owned()),
        (Phase::Open, Phase::Open) => {
            let (was, is) = (rest(before), rest(after));
            let is_gone = |key| key == Some("deal.sold_out");
            let ends = after.tally.closes_at;
            match () {
                () if was == Some("deal.hidden") && is.is_none() => Some(opened(after)),
                () if is_gone(is) && !is_gone(was) => said("deal.has_sold_out"),
                () if last(before, after, ends) => Some(words.say("time.ten").to_owned()),
                () => None,
            }
        }
        (_, Phase::Ready | Phase::Paused | Phase::Closed) | (_, Phase::Open) => None,
    }
}

fn opened(moment: DealMoment) -> String {
    let DealMoment { scene, .. } = moment;
    let line = scene
        .words
        .fill("deal.new", "{title}", &apart(title(moment)));
    match own_price(moment) {
        Some(price) => {
            let price = money(scene, &price.amount, price.currency);
            [&line, scene.words.say("list"), &price].concat()
        }
        None => line,
    }
}

/// What became of this viewer's own claims.
fn own(before: DealMoment, after: DealMoment) -> Option<String> {
    let words = &after.scene.words;
    let was = |claim: &Taken| {
        let mut claims = before.mine.claims.iter();
        claims.find(|known| known.claim == claim.claim)
    };
    for claim in &after.mine.claims {
        let known = was(claim);
        if let Some(failure) = claim.failure
            && known.is_none_or(|known| known.failure.is_none() && known.standing != claim.standing)
        {
            return Some(words.say(failure_key(failure)).to_owned());
        }
        if known.is_none_or(|known| known.standing != claim.standing) {
            return match (known, claim.standing) {
                // Nobody is told of what went back before they came.
                (None, Standing::Returned) => continue,
                (_, standing) => Some(words.say(standing_key(standing)).to_owned()),
            };
        }
        let is_reserved = claim.standing == Standing::Reserved;
        if is_reserved && last(before, after, Some(claim.until)) {
            return Some(words.say("time.ten").to_owned());
        }
    }
    None
}

/// Whether the last ten seconds before a moment began.
fn last(before: DealMoment, after: DealMoment, ends: Option<Timestamp>) -> bool {
    match (ends, before.scene.now, after.scene.now) {
        (Some(ends), Some(before), Some(after)) => last_began(ends, before, after),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
