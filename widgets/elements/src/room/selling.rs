//! A deal's other side: the page's cart is called with a claim that the room knows of, and what it says is told to the room.
//!
//! The cart is called once for each `begun` that the room has accepted from this page, and for no other reason: not for
//! what another tab began, nor for what was on its way when the page was loaded.

use super::{At, Begun, Look, Room};
use crate::effect::{Effect, Told};
use crate::face::Face;
use crate::report::About;
use liveroom::{Product, Shop};
use liveroom_protocol::deal::{Claim, Order, OrderBy, Standing};
use liveroom_protocol::id::{ActivityId, ClaimId, RequestId};
use liveroom_protocol::money::Money;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::{Action, Widget};
use std::rc::Rc;

/// What the page's shop told.
#[derive(Clone, Debug, Default)]
pub struct Selling {
    tier: Option<String>,
    copied: Option<String>,
    products: Vec<(String, Rc<Product>)>,
    /// Products that were asked for, each with the phase in which it was.
    asked: Vec<(String, Phase)>,
}

impl Room {
    /// Takes the viewer's tier as the page's token says it.
    pub fn tier(&mut self, tier: &str) {
        self.selling.tier = (!tier.is_empty()).then(|| tier.to_owned());
        self.effects.push(Effect::Draw);
    }

    /// Takes what the page's shop knows of a product.
    pub fn product(&mut self, sku: &str, product: Product) {
        self.selling.products.retain(|(known, _)| known != sku);
        self.selling
            .products
            .push((sku.to_owned(), Rc::new(product)));
        self.effects.push(Effect::Draw);
    }

    /// A code was copied.
    pub fn copied(&mut self, code: &str) {
        self.selling.copied = Some(code.to_owned());
        self.effects.push(Effect::Draw);
    }

    /// What the page adds to a deal.
    pub(super) fn shop(&self, face: &Face) -> Shop {
        let Face::Deal(deal) = face else {
            return Shop::default();
        };
        let mut products = self.selling.products.iter();
        let told = products.find(|(sku, _)| *sku == deal.card.sku);
        Shop {
            orders: self.config.orders,
            tier: self.selling.tier.clone(),
            product: told.map(|(_, product)| Rc::clone(product)),
            copied: self.selling.copied.clone(),
        }
    }

    /// Asks the page's shop for what it sells now: when a deal is first shown, and when it opens or closes.
    pub(super) fn ask_shop(&mut self, looks: &[(u32, Option<Look>)]) {
        for (_, look) in looks.iter().filter(|_| self.config.products) {
            let Some(Face::Deal(deal)) = look.as_ref().map(|look| &look.face) else {
                continue;
            };
            let wanted = (deal.card.sku.clone(), deal.phase());
            if !wanted.0.is_empty() && !self.selling.asked.contains(&wanted) {
                self.effects.push(Effect::Product(wanted.0.clone()));
                self.selling.asked.retain(|(sku, _)| *sku != wanted.0);
                self.selling.asked.push(wanted);
            }
        }
    }

    /// The room goes on by itself: what the viewer began leads to this.
    pub fn begin_for(
        &self,
        activity: &ActivityId,
        action: Action,
        id: RequestId,
    ) -> Option<(Begun, String)> {
        let run = self.store.entry(activity)?.run;
        let shows = |look: &Look| look.activity == *activity;
        let mount = self
            .mounts
            .iter()
            .find(|mount| mount.look.as_ref().is_some_and(shows));
        let element = mount.map_or(0, |mount| mount.element);
        Some(Self::beginning(element, activity.clone(), run, action, id))
    }

    /// A deal's action was accepted: what follows from it.
    pub(super) fn sold(&mut self, activity: &ActivityId, action: &Action) {
        let Some(Face::Deal(deal)) = self.store.entry(activity).map(|entry| entry.known()) else {
            return;
        };
        let next = match action {
            // Where the page has a cart one press claims and orders.
            Action::DealClaim(claim) if self.config.orders && deal.card.by == OrderBy::Cart => {
                let claims = deal.mine.claims.iter().rev();
                let fresh = claims.filter(|taken| {
                    taken.standing == Standing::Reserved && taken.failure.is_none()
                });
                let Claim { variant, quantity } = claim;
                let made = fresh
                    .into_iter()
                    .find(|taken| taken.variant == *variant && taken.quantity == *quantity);
                made.map(|taken| Effect::Act {
                    activity: activity.clone(),
                    action: Action::DealOrder {
                        claim: taken.claim.clone(),
                        order: Order::Begun,
                    },
                })
            }
            Action::DealOrder {
                claim,
                order: Order::Begun,
            } => deal.claim(claim).map(|taken| Effect::Order {
                activity: activity.clone(),
                claim: deal.to_order(taken),
                until: taken.until,
            }),
            _ => None,
        };
        self.effects.extend(next);
    }

    /// What the reporter is told of an accepted action. An order has one outcome: what the page's cart said in the end.
    pub(super) fn told_outcome(&self, about: About, action: &Action) -> Vec<Told> {
        let act = action.verb();
        let Action::DealOrder { claim, order } = action else {
            return vec![Told::Outcome { about, act }];
        };
        match order {
            Order::Begun => Vec::new(),
            Order::Failed { reason } => vec![Told::Refused {
                about,
                act,
                reason: crate::decode::word_of(crate::decode::FAILURES, *reason).to_owned(),
            }],
            Order::Taken { value, .. } => {
                let ordered = self.ordered(about.clone(), claim, value.clone());
                vec![Told::Outcome { about, act }, ordered]
            }
        }
    }

    /// A claim was sold without this page's cart: its code or its link was used, or the shop has said so after all.
    pub(super) fn tell_sold(&mut self, activity: &ActivityId, run: u32, claim: &ClaimId) {
        let shows = |look: &Look| look.activity == *activity;
        let mut mounts = self.mounts.iter();
        let mount = mounts.find(|mount| mount.look.as_ref().is_some_and(shows));
        let about = About {
            widget: Widget::Deal,
            activity: activity.clone(),
            run,
            endpoint: mount
                .and_then(super::Mount::about)
                .and_then(|about| about.endpoint),
        };
        let told = self.ordered(about, claim, None);
        self.effects.push(Effect::Report(told));
    }

    fn ordered(&self, about: About, claim: &ClaimId, value: Option<Money>) -> Told {
        let epoch = self.store.epoch.as_ref().map_or("", |epoch| epoch.as_str());
        Told::Ordered {
            once: [epoch, " ", claim.as_str()].concat(),
            value: value.or_else(|| self.worth(&about.activity, claim)),
            about,
        }
    }

    /// What a claim is worth: what the shop says, or by its price.
    fn worth(&self, activity: &ActivityId, claim: &ClaimId) -> Option<Money> {
        let Face::Deal(deal) = self.store.entry(activity)?.known() else {
            return None;
        };
        let taken = deal.claim(claim)?;
        if taken.value.is_some() {
            return taken.value.clone();
        }
        let price = taken.price.as_ref()?;
        Some(Money {
            amount: price.amount.times(taken.quantity)?,
            currency: price.currency,
        })
    }

    /// How many milliseconds are left until a moment on the room's clock.
    pub fn left(&mut self, until: liveroom_protocol::time::Timestamp, at: At) -> u64 {
        until.since(self.now(at)).0
    }
}

/// Whether an action tells what the page's cart did, and no viewer did anything.
pub(super) fn is_told(action: &Action) -> bool {
    matches!(
        action,
        Action::DealOrder {
            order: Order::Taken { .. } | Order::Failed { .. },
            ..
        }
    )
}

#[cfg(test)]
mod tests;
