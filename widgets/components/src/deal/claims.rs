//! What is this viewer's: each claim with its own time, what to do about it, and what became of it.

use super::goods::{foreign, money};
use super::{DealMoment, Hands, Press};
use crate::parts::button::button;
use crate::parts::clock::until;
use crate::parts::icon::{Icon, icon};
use crate::parts::notice::notice;
use crate::parts::tag::{class, el, say, tag, text};
use crate::scene::Pending;
use liveroom_protocol::Action;
use liveroom_protocol::deal::{Failure, Order, OrderBy, Standing, Taken};
use yew::prelude::*;

/// Whether a claim waits for this viewer to order it.
pub(super) fn waits(moment: DealMoment) -> bool {
    let mut claims = moment.mine.claims.iter();
    claims.any(|claim| claim.standing == Standing::Reserved)
}

/// Draws the claims of this viewer, oldest first; of those that went back, only the last thing that happened.
pub(super) fn claims(moment: DealMoment, hands: &Hands) -> Html {
    let claims = &moment.mine.claims;
    let last = claims.len().saturating_sub(1);
    let shown = claims
        .iter()
        .enumerate()
        .filter(|(place, claim)| claim.standing != Standing::Returned || *place == last);
    let rows: Vec<Html> = shown.map(|(_, claim)| one(moment, hands, claim)).collect();
    match rows.is_empty() {
        true => Html::default(),
        false => el("ul", "deal__claims", rows),
    }
}

fn one(moment: DealMoment, hands: &Hands, claim: &Taken) -> Html {
    let modifiers = [
        ("claim--reserved", claim.standing == Standing::Reserved),
        ("claim--sold", claim.standing == Standing::Sold),
    ];
    let mut inside = vec![head(moment, claim), what(moment, claim)];
    inside.push(match claim.failure {
        Some(failure) => notice(moment.scene.words.say(failure_key(failure)).to_owned()),
        None => Html::default(),
    });
    inside.push(order(moment, claim));
    if moment.scene.taking_part {
        inside.push(acts(moment, hands, claim));
    }
    tag(
        "li",
        &["class"],
        vec![Some(class("claim", &modifiers))],
        inside,
    )
}

/// Where it is on its way, and how long it is reserved.
fn head(moment: DealMoment, claim: &Taken) -> Html {
    let scene = moment.scene;
    let sign = match claim.standing {
        Standing::Sold => icon(Icon::Check),
        _ => Html::default(),
    };
    let key = match claim.standing {
        // The line below says that the shop is confirming it.
        Standing::Ordering if scene.shop.orders => "deal.ordering",
        standing => standing_key(standing),
    };
    let name = el(
        "span",
        "claim__standing",
        vec![sign, say(&scene.words, key)],
    );
    let time = match claim.standing {
        Standing::Reserved => until(scene, claim.until, false, ["time.ends", "time.ending"]),
        Standing::Ordering | Standing::Sold | Standing::Returned => Html::default(),
    };
    el("div", "claim__head", vec![name, time])
}

/// The key of where a claim is.
pub(super) const fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Reserved => "deal.reserved",
        Standing::Ordering => "deal.confirming",
        Standing::Sold => "deal.sold",
        Standing::Returned => "deal.returned",
    }
}

/// What to do about an order that failed.
pub(super) const fn failure_key(failure: Failure) -> &'static str {
    match failure {
        Failure::OutOfStock => "deal.failed.out-of-stock",
        Failure::NeedsSignIn => "deal.failed.needs-sign-in",
        Failure::PaymentFailed => "deal.failed.payment-failed",
        Failure::Other => "deal.failed.other",
    }
}

/// Which variant, how many, and for how much.
fn what(moment: DealMoment, claim: &Taken) -> Html {
    let DealMoment { card, scene, .. } = moment;
    let mut line = Vec::new();
    let mut variants = card.variants.iter();
    let variant = variants.find(|variant| variant.id == claim.variant);
    if let Some(name) = variant.and_then(|variant| variant.name.as_deref()) {
        line.push(foreign("deal__fact", name));
    }
    let fact = |fact| el("span", "deal__fact", vec![text(fact)]);
    if claim.quantity > 1 {
        line.push(fact(scene.words.count(
            &*scene.format,
            "deal.units",
            claim.quantity,
        )));
    }
    if let Some(price) = &claim.price {
        let total = price.amount.times(claim.quantity);
        let amount = total.as_ref().unwrap_or(&price.amount);
        line.push(fact(money(scene, amount, price.currency)));
    }
    el("p", "deal__facts", line)
}

/// The order's number.
fn order(moment: DealMoment, claim: &Taken) -> Html {
    let Some(number) = &claim.order else {
        return Html::default();
    };
    let label = say(&moment.scene.words, "deal.order_number");
    el(
        "p",
        "claim__order",
        vec![label, foreign("claim__number", number.as_str())],
    )
}

/// What can be done about it: order it, by the cart, a code or a link; or give it back.
/// The first place holds the same button while the order is on its way, so that the focus stays.
fn acts(moment: DealMoment, hands: &Hands, claim: &Taken) -> Html {
    let DealMoment { card, scene, .. } = moment;
    let words = &scene.words;
    let reserved = claim.standing == Standing::Reserved;
    let ready = reserved && scene.pending.is_none();
    let mut inside = Vec::with_capacity(2);
    match &card.by {
        OrderBy::Cart if scene.shop.orders => {
            let ordering = claim.standing == Standing::Ordering || is_begun(moment, claim);
            if reserved || ordering {
                let key = match (ordering, claim.failure) {
                    (true, _) if claim.standing == Standing::Ordering => "deal.confirming",
                    (true, _) => "deal.ordering",
                    (false, Some(_)) => "deal.again",
                    (false, None) => "deal.order",
                };
                let begin = Press::Act(Action::DealOrder {
                    claim: claim.claim.clone(),
                    order: Order::Begun,
                });
                inside.push(button("act", ready, hands.on(begin), vec![say(words, key)]));
            }
        }
        OrderBy::Cart if reserved => inside.push(hint(moment, "deal.in_page")),
        OrderBy::Code if reserved => {
            if let Some(code) = &claim.code {
                inside.push(code_of(moment, hands, code));
            }
        }
        OrderBy::Link { address } if reserved => {
            let ticket = claim.ticket.as_deref();
            inside.push(link(moment, address.as_str(), ticket));
        }
        OrderBy::Cart | OrderBy::Code | OrderBy::Link { .. } => {}
    }
    if inside.is_empty() {
        inside.push(Html::default());
    }
    let release = Press::Act(Action::DealRelease {
        claim: claim.claim.clone(),
    });
    inside.push(button(
        "link claim__release",
        ready,
        hands.on(release),
        vec![say(words, "deal.release")],
    ));
    el("div", "deal__acts", inside)
}

/// Whether this claim's order is on its way to the room.
fn is_begun(moment: DealMoment, claim: &Taken) -> bool {
    match &moment.scene.pending {
        Some(Pending {
            action:
                Action::DealOrder {
                    claim: begun,
                    order,
                },
        }) => *begun == claim.claim && *order == Order::Begun,
        _ => false,
    }
}

fn hint(moment: DealMoment, key: &str) -> Html {
    el("p", "deal__hint", vec![say(&moment.scene.words, key)])
}

/// The code, to be read, marked at one touch, or copied by the page.
fn code_of(moment: DealMoment, hands: &Hands, code: &str) -> Html {
    let scene = moment.scene;
    let key = match scene.shop.copied.as_deref() == Some(code) {
        true => "deal.copied",
        false => "deal.copy",
    };
    let shown = tag(
        "code",
        &["class", "dir"],
        vec![Some("claim__code".into()), Some("ltr".into())],
        vec![text(code.to_owned())],
    );
    let copy = Press::Copy(code.to_owned());
    let copy = button("act", true, hands.on(copy), vec![say(&scene.words, key)]);
    el(
        "div",
        "claim__coded",
        vec![hint(moment, "deal.use_code"), shown, copy],
    )
}

/// The way to the shop, with the claim's ticket behind `#`, where no server on the way reads it.
fn link(moment: DealMoment, address: &str, ticket: Option<&str>) -> Html {
    let mut href = address.to_owned();
    if let Some(ticket) = ticket {
        href.push_str(if address.contains('#') { "&" } else { "#" });
        href.push_str("ticket=");
        href.push_str(ticket);
    }
    tag(
        "a",
        &["class", "part", "href", "target", "rel"],
        vec![
            Some("act".into()),
            Some("button".into()),
            Some(href.into()),
            Some("_blank".into()),
            Some("noopener".into()),
        ],
        vec![say(&moment.scene.words, "deal.go")],
    )
}
