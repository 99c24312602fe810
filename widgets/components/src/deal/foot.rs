//! The small print: what is left, what one viewer may have, who sells, and who says that a unit is sold.

use super::choice::stock_words;
use super::{DealMoment, offer};
use crate::parts::clock::digits;
use crate::parts::tag::{el, say, tag, text};
use crate::parts::whom::whom;
use crate::words::apart;
use liveroom_protocol::about::Address;
use liveroom_protocol::deal::Settles;
use liveroom_protocol::phase::Phase;
use yew::prelude::*;

/// Draws what stands under the button.
pub(super) fn foot(moment: DealMoment) -> Html {
    let DealMoment { card, scene, .. } = moment;
    let fact = |fact| el("span", "deal__fact", vec![text(fact)]);
    let line = |line| el("p", "deal__line", vec![text(line)]);
    let mut parts = vec![el(
        "p",
        "deal__facts",
        facts(moment).into_iter().map(fact).collect(),
    )];
    if let Some(reason) = &card.cancelled {
        parts.push(line(scene.words.cancelled(reason)));
    }
    parts.extend(whom(scene, &card.who).into_iter().map(line));
    if card.settles == Settles::Page {
        parts.push(line(scene.words.say("deal.by_page").to_owned()));
    }
    parts.push(seller(moment));
    el("div", "deal__foot", parts)
}

/// The facts of the first line, each short. In a picture no stock is shown: it would be old when it is seen.
fn facts(moment: DealMoment) -> Vec<String> {
    let DealMoment {
        card, tally, scene, ..
    } = moment;
    let words = &scene.words;
    let mut facts = Vec::new();
    let rest = offer::rest(moment);
    if !scene.taking_part
        && let Some(key) = rest
    {
        facts.push(words.say(key).to_owned());
    }
    if scene.overlay || card.cancelled.is_some() {
        return facts;
    }
    if let [stock] = &tally.stock[..]
        && tally.phase != Phase::Closed
    {
        facts.push(stock_words(moment, stock));
    } else if rest == Some("deal.none_left") {
        facts.push(words.say("deal.may_return").to_owned());
    }
    if tally.phase != Phase::Closed {
        // Only a room that counts can say that it does.
        if !scene.driven && !tally.stock.is_empty() {
            facts.push(words.say("deal.counted").to_owned());
        }
        facts.push(words.count(&*scene.format, "deal.limit", card.limit.max(1)));
        if card.reserve_ms.0 > 0 {
            facts.push(words.fill("deal.hold", "{time}", &digits(scene, card.reserve_ms)));
        }
    }
    facts
}

/// Who sells, and the links of the sale.
fn seller(moment: DealMoment) -> Html {
    let DealMoment { card, scene, .. } = moment;
    let words = &scene.words;
    let seller = &card.seller;
    let mut line = Vec::new();
    if let Some(name) = &seller.name {
        let by = words.fill("deal.seller", "{name}", &apart(name.as_str()));
        line.push(el("span", "deal__fact", vec![text(by)]));
    }
    if scene.taking_part {
        let links = [
            ("deal.about", &seller.about),
            ("deal.returns", &seller.returns),
            ("deal.delivery", &seller.delivery),
        ];
        for (key, address) in links {
            line.extend(address.as_ref().map(|address| link(moment, key, address)));
        }
    }
    match line.is_empty() {
        true => Html::default(),
        false => el("p", "deal__seller", line),
    }
}

fn link(moment: DealMoment, key: &str, address: &Address) -> Html {
    tag(
        "a",
        &["class", "href", "target", "rel"],
        vec![
            Some("deal__link".into()),
            Some(address.as_str().to_owned().into()),
            Some("_blank".into()),
            Some("noopener".into()),
        ],
        vec![say(&moment.scene.words, key)],
    )
}
