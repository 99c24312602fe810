//! What may be chosen, variant and number, and the button that claims it.

use super::goods::{foreign, money};
use super::offer::{Button, Offer, own_price};
use super::{DealMoment, Hands, Press};
use crate::parts::button::button;
use crate::parts::notice::notice;
use crate::parts::refusal::refusal_words;
use crate::parts::tag::{class, el, say, tag, text};
use liveroom_protocol::Reason;
use liveroom_protocol::deal::{Stock, Variant};
use yew::prelude::*;

/// Draws the variants, the number and the button; the stock alone where nobody takes part.
pub(super) fn choice(moment: DealMoment, offer: &Offer, hands: &Hands) -> Html {
    let scene = moment.scene;
    let variants = &moment.card.variants;
    let mut inside = Vec::with_capacity(4);
    inside.push(match variants.len() {
        0 | 1 => Html::default(),
        _ => rows(moment, offer, hands),
    });
    if scene.taking_part {
        inside.push(quantity(moment, offer, hands));
        inside.push(refusal(moment, offer));
        inside.push(claim(moment, offer, hands));
    }
    el("div", "deal__choice", inside)
}

fn rows(moment: DealMoment, offer: &Offer, hands: &Hands) -> Html {
    let rows = moment.card.variants.iter().enumerate();
    let rows = rows.map(|(place, variant)| row(moment, offer, hands, place, variant));
    let legend = say(&moment.scene.words, "deal.choose");
    let legend = el("legend", "unseen", vec![legend]);
    let rows = el("div", "deal__variants", rows.collect());
    el("fieldset", "deal__rows", vec![legend, rows])
}

fn row(moment: DealMoment, offer: &Offer, hands: &Hands, place: usize, variant: &Variant) -> Html {
    let scene = moment.scene;
    let chosen = offer.variant().is_some_and(|(at, _)| at == place);
    let takes = offer.takes(place);
    let input = scene.taking_part.then(|| {
        let choice = offer.choosing(Some(variant.id.clone()), 1);
        // What cannot be chosen keeps its state, without losing the focus as `disabled` would.
        let onclick = match takes {
            true => hands.on(Press::Choose(choice)),
            false => Callback::from(|event: MouseEvent| event.prevent_default()),
        };
        let off = (!takes).then_some("true");
        html! { <input class="deal__input" type="radio" name="variant" checked={chosen} aria-disabled={off} {onclick} /> }
    });
    let told = scene.shop.product.as_ref().and_then(|told| {
        let mut variants = told.variants.iter();
        variants.find(|told| told.id == variant.id.as_str())
    });
    let told_name = told.and_then(|told| told.name.as_deref());
    let name = variant.name.as_deref().or(told_name);
    let mut texts = vec![foreign("deal__name", name.unwrap_or(variant.id.as_str()))];
    let stock = match (offer.stock(place), told.and_then(|told| told.stock)) {
        (Some(stock), _) => Some(stock_words(moment, stock)),
        (None, Some(stock)) => Some(scene.words.count(&*scene.format, "deal.shop_has", stock)),
        (None, None) => None,
    };
    if let Some(stock) = stock.filter(|_| !scene.overlay) {
        texts.push(el("span", "deal__left", vec![text(stock)]));
    }
    let modifiers = [
        ("deal__variant--chosen", chosen),
        (
            "deal__variant--gone",
            offer.stock(place).is_some_and(|stock| stock.left == 0),
        ),
    ];
    tag(
        "label",
        &["class", "part"],
        vec![
            Some(class("deal__variant", &modifiers)),
            Some("option".into()),
        ],
        vec![input.unwrap_or_default(), el("span", "deal__text", texts)],
    )
}

/// How many are left, honestly: what is reserved is not gone yet.
pub(super) fn stock_words(moment: DealMoment, stock: &Stock) -> String {
    let scene = moment.scene;
    let count = |key, count| scene.words.count(&*scene.format, key, count);
    match (stock.left, stock.reserved.saturating_add(stock.ordering)) {
        (0, 0) => scene.words.say("deal.sold_out").to_owned(),
        (0, held) => count("deal.held", held),
        (left, _) => count("deal.left", left),
    }
}

/// How many: two buttons around a number, where more than one may be had.
fn quantity(moment: DealMoment, offer: &Offer, hands: &Hands) -> Html {
    let scene = moment.scene;
    let (now, most) = (offer.quantity(), offer.most());
    if moment.card.limit < 2 || !offer.is_open() || most < 2 {
        return Html::default();
    }
    let words = &scene.words;
    let number = scene.format.number(now);
    let id = offer.variant().map(|(_, variant)| variant.id.clone());
    let step = |sign: &str, key: &str, to: u32| {
        let press = Press::Choose(offer.choosing(id.clone(), to));
        let sign = tag(
            "span",
            &["aria-hidden"],
            vec![Some("true".into())],
            vec![text(sign.to_owned())],
        );
        // The number is part of the button's name, so that it is read out when it changes under the finger.
        let name = el(
            "span",
            "unseen",
            vec![text(words.fill(key, "{n}", &number))],
        );
        button(
            "deal__step",
            (1..=most).contains(&to),
            hands.on(press),
            vec![sign, name],
        )
    };
    let mut line = vec![
        el("span", "deal__quantity", vec![say(words, "deal.quantity")]),
        step("−", "deal.fewer", now - 1),
        el("span", "deal__number", vec![text(number.clone())]),
        step("+", "deal.more", now + 1),
    ];
    let price = own_price(moment);
    let total =
        price.and_then(|price| Some(money(scene, &price.amount.times(now)?, price.currency)));
    if let Some(total) = total.filter(|_| now > 1) {
        let total = words.fill("deal.total", "{price}", &total);
        line.push(el("span", "deal__total", vec![text(total)]));
    }
    tag(
        "div",
        &["class", "role", "aria-label"],
        vec![
            Some("deal__quantities".into()),
            Some("group".into()),
            Some(words.say("deal.quantity").to_owned().into()),
        ],
        line,
    )
}

/// The room's no, or what the viewer has to do first.
fn refusal(moment: DealMoment, offer: &Offer) -> Html {
    let scene = moment.scene;
    let say = |refusal| refusal_words(&scene.words, &*scene.format, refusal);
    match (&scene.refusal, offer.is_nudged()) {
        (_, true) => notice(say(&Reason::NoChoice.into())),
        (Some(refusal), false) => notice(say(refusal)),
        (None, false) => Html::default(),
    }
}

/// The button. It is never taken away while it has the focus: what cannot be pressed says so, and looks like a line of text.
fn claim(moment: DealMoment, offer: &Offer, hands: &Hands) -> Html {
    let what = offer.button();
    let press = match offer.act() {
        Some(action) => Press::Act(action),
        None => Press::Choose(offer.nudged()),
    };
    // While something is reserved, to order that is the one thing to do: another claim is a quiet line.
    let waits = super::claims::waits(moment);
    let class = if waits && what.is_ready() {
        "link"
    } else {
        "act"
    };
    let key = match what {
        Button::Buy | Button::Reserve | Button::GetCode if super::offer::units(moment) > 0 => {
            "deal.another"
        }
        _ => what.key(),
    };
    let inside = vec![say(&moment.scene.words, key)];
    el(
        "div",
        "deal__acts",
        vec![button(class, what.is_ready(), hands.on(press), inside)],
    )
}
