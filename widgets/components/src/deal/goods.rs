//! What is sold: its picture, its title, and every price that a buyer is to know.

use super::DealMoment;
use super::offer::{own_price, tier_price};
use crate::parts::tag::{class, el, say, tag, text};
use crate::scene::Scene;
use crate::words::{apart, fill};
use liveroom_protocol::money::{Amount, Currency, Money};
use liveroom_protocol::phase::Phase;
use yew::prelude::*;

/// What it is called: by the card, else by the page's shop.
pub(super) fn title(moment: DealMoment<'_>) -> &str {
    let told = moment.scene.shop.product.as_ref();
    match told.and_then(|product| product.title.as_deref()) {
        Some(title) if moment.card.title.is_empty() => title,
        _ => &moment.card.title,
    }
}

/// Draws a text that somebody typed, in its own direction of writing.
pub(super) fn foreign(class: &'static str, typed: &str) -> Html {
    tag(
        "span",
        &["class", "dir"],
        vec![Some(class.into()), Some("auto".into())],
        vec![text(typed.to_owned())],
    )
}

/// Writes an amount in a currency.
pub(super) fn money(scene: &Scene, amount: &Amount, currency: Currency) -> String {
    scene.format.money(amount.as_str(), currency.as_str())
}

/// Draws the picture, the title and the prices.
pub(super) fn goods(moment: DealMoment) -> Html {
    let DealMoment { card, scene, .. } = moment;
    let told = scene.shop.product.as_ref();
    let image = card
        .image
        .as_ref()
        .or(told.and_then(|told| told.image.as_ref()));
    let picture = image.map(|image| {
        tag(
            "img",
            &["class", "src", "alt", "width", "height", "decoding"],
            vec![
                Some("deal__picture".into()),
                Some(image.clone().into()),
                Some("".into()),
                Some("96".into()),
                Some("96".into()),
                Some("async".into()),
            ],
            vec![],
        )
    });
    let title = foreign("card__title", title(moment));
    let mut lines = vec![title, prices(moment)];
    lines.extend(members(moment));
    lines.extend(told_price(moment));
    let words = el("div", "deal__words", lines);
    el(
        "div",
        "deal__goods",
        vec![picture.unwrap_or_default(), words],
    )
}

/// The price that this viewer pays, the one before it struck through, and the lowest of the last 30 days.
fn prices(moment: DealMoment) -> Html {
    let DealMoment { card, scene, .. } = moment;
    let words = &scene.words;
    let Some(price) = own_price(moment) else {
        return el("p", "deal__hidden", vec![say(words, "deal.price_later")]);
    };
    let money = |amount: &Amount| money(scene, amount, price.currency);
    let mut line = vec![
        el("span", "unseen", vec![say(words, "deal.price")]),
        el("strong", "deal__price", vec![text(money(&price.amount))]),
    ];
    if let Some(before) = &card.before {
        // Struck through is not read out, so the words are there beside it.
        line.push(el("span", "unseen", vec![say(words, "deal.before")]));
        line.push(el("s", "deal__before", vec![text(money(before))]));
    }
    let mut lines = vec![el("p", "deal__prices", line)];
    if let Some(basis) = &card.price_basis {
        let basis = text(words.say("deal.before").to_owned() + &apart(basis));
        lines.push(el("p", "deal__quiet", vec![basis]));
    }
    if let Some(lowest) = &card.lowest_30_days {
        let lowest = words.fill("deal.lowest", "{price}", &money(lowest));
        lines.push(el("p", "deal__quiet", vec![text(lowest)]));
    }
    el("div", "deal__cost", lines)
}

/// The prices of members: each by its tier, this viewer's own marked.
fn members(moment: DealMoment) -> Option<Html> {
    let DealMoment { card, scene, .. } = moment;
    let words = &scene.words;
    let price = card.price.as_ref()?;
    let own = &scene.shop.tier;
    let row =
        |class: AttrValue, line: String| tag("li", &["class"], vec![Some(class)], vec![text(line)]);
    let mut rows = Vec::new();
    for member in &card.member_prices {
        let is_own = own.as_deref() == Some(member.tier.as_str());
        let key = if is_own {
            "deal.member_own"
        } else {
            "deal.member"
        };
        let line = words.fill(key, "{price}", &money(scene, &member.price, price.currency));
        let line = fill(&line, "{tier}", &apart(member.tier.as_str()));
        let class = class("deal__member", &[("deal__member--own", is_own)]);
        rows.push(row(class, line));
    }
    if tier_price(moment).is_some() {
        let others = money(scene, &price.amount, price.currency);
        rows.push(row(
            "deal__member".into(),
            words.fill("deal.others", "{price}", &others),
        ));
    }
    (!rows.is_empty()).then(|| el("ul", "deal__members", rows))
}

/// What it costs in the page's shop: where the deal has no price to show, or is over.
fn told_price(moment: DealMoment) -> Option<Html> {
    let DealMoment {
        card, tally, scene, ..
    } = moment;
    let Money { amount, currency } = scene.shop.product.as_ref()?.price.as_ref()?;
    let over = tally.phase == Phase::Closed || card.cancelled.is_some();
    (over || card.price.is_none()).then(|| {
        let price = money(scene, amount, *currency);
        let line = scene.words.fill("deal.in_shop", "{price}", &price);
        el("p", "deal__quiet", vec![text(line)])
    })
}
