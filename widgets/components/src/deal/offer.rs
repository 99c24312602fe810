//! What is on offer to this viewer at this moment, and what the button does. Pure.

use super::DealMoment;
use crate::scene::{Link, Pending};
use liveroom_protocol::Action;
use liveroom_protocol::deal::{Claim, Order, OrderBy, Standing, Stock, Variant};
use liveroom_protocol::id::VariantId;
use liveroom_protocol::money::{Amount, Money};
use liveroom_protocol::phase::Phase;

/// What is chosen and not sent: the component's only state of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chosen {
    /// Which variant.
    pub variant: Option<VariantId>,
    /// How many; 0 is one.
    pub quantity: u32,
    /// How many claims there were when it was chosen. Once the room tells of another, it has been answered.
    pub over: usize,
    /// The button was pressed with nothing chosen.
    pub nudged: bool,
}

/// What the button says, and whether it can be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Button {
    /// Claims, and orders at once.
    Buy,
    /// Claims.
    Reserve,
    /// Claims, and gives a code.
    GetCode,
    /// A claim is on its way.
    Reserving,
    /// An order is on its way.
    Ordering,
    /// Something else is on its way.
    Sending,
    /// On its way once there is a line again.
    Waiting,
    /// Nothing can be claimed, and why.
    Rest(&'static str),
}

impl Button {
    /// The key of its message.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Buy => "deal.buy",
            Self::Reserve => "deal.reserve",
            Self::GetCode => "deal.get_code",
            Self::Reserving => "deal.reserving",
            Self::Ordering => "deal.ordering",
            Self::Sending => "deal.sending",
            Self::Waiting => "deal.waiting",
            Self::Rest(key) => key,
        }
    }

    /// Whether pressing it does something.
    pub(super) const fn is_ready(self) -> bool {
        matches!(self, Self::Buy | Self::Reserve | Self::GetCode)
    }
}

/// The offer to one viewer at one moment.
pub(super) struct Offer<'a> {
    moment: DealMoment<'a>,
    chosen: Option<&'a Chosen>,
}

impl<'a> Offer<'a> {
    /// Lays what the room told and what is chosen side by side. A choice that the room has answered is forgotten.
    pub(super) fn new(moment: DealMoment<'a>, chosen: &'a Chosen) -> Self {
        let fresh = chosen.over == moment.mine.claims.len();
        Self {
            moment,
            chosen: fresh.then_some(chosen),
        }
    }

    /// Whether a choice is held that the room has answered.
    pub(super) fn is_answered(&self, held: &Chosen) -> bool {
        self.chosen.is_none() && *held != Chosen::default()
    }

    /// Whether something is chosen that was not sent.
    pub(super) fn is_unsent(&self) -> bool {
        self.chosen.is_some_and(|chosen| chosen.variant.is_some())
    }

    /// The variant that the button claims, and its place: the chosen one, or the only one.
    pub(super) fn variant(&self) -> Option<(usize, &'a Variant)> {
        let variants = &self.moment.card.variants;
        let sent = self.sent().map(|claim| &claim.variant);
        let id = sent.or(self.chosen.and_then(|chosen| chosen.variant.as_ref()));
        match (&variants[..], id) {
            ([only], _) => Some((0, only)),
            (all, id) => all
                .iter()
                .enumerate()
                .find(|(_, variant)| Some(&variant.id) == id),
        }
    }

    /// How many the button claims.
    pub(super) fn quantity(&self) -> u32 {
        let chosen = self.chosen.map_or(1, |chosen| chosen.quantity);
        let wanted = self.sent().map_or(chosen, |claim| claim.quantity);
        wanted.clamp(1, self.most().max(1))
    }

    /// How many may be claimed at once: what the deal allows this viewer, and not more than there is.
    pub(super) fn most(&self) -> u32 {
        let there = match self.variant() {
            Some((place, _)) => self.stock(place).map_or(u32::MAX, |stock| stock.left),
            None => u32::MAX,
        };
        self.may_have().min(there)
    }

    /// How many more this viewer may have.
    pub(super) fn may_have(&self) -> u32 {
        let limit = self.moment.card.limit.max(1);
        limit.saturating_sub(units(self.moment))
    }

    /// The stock of the variant at a place, where the room tells it.
    pub(super) fn stock(&self, place: usize) -> Option<&'a Stock> {
        self.moment.tally.stock.get(place)
    }

    /// Whether the variant at a place can be chosen.
    pub(super) fn takes(&self, place: usize) -> bool {
        self.is_open() && self.stock(place).is_none_or(|stock| stock.left > 0)
    }

    /// Whether this viewer may choose now.
    pub(super) fn is_open(&self) -> bool {
        let scene = self.moment.scene;
        scene.taking_part && scene.pending.is_none() && self.may_have() > 0 && self.rest().is_none()
    }

    /// The same choice with another variant, or another number of it.
    pub(super) fn choosing(&self, variant: Option<VariantId>, quantity: u32) -> Chosen {
        Chosen {
            variant,
            quantity,
            over: self.moment.mine.claims.len(),
            nudged: false,
        }
    }

    /// The same choice after the button was pressed with nothing chosen.
    pub(super) fn nudged(&self) -> Chosen {
        Chosen {
            nudged: true,
            ..self.choosing(None, self.quantity())
        }
    }

    /// Whether the button was pressed with nothing chosen.
    pub(super) fn is_nudged(&self) -> bool {
        self.is_open() && self.chosen.is_some_and(|chosen| chosen.nudged)
    }

    /// What the button says now.
    pub(super) fn button(&self) -> Button {
        let DealMoment { card, scene, .. } = self.moment;
        if let Some(Pending { action }) = &scene.pending {
            return match (scene.link, action) {
                (Link::Lost { .. }, _) => Button::Waiting,
                (_, Action::DealClaim(_)) => Button::Reserving,
                (_, Action::DealOrder { order, .. }) if *order == Order::Begun => Button::Ordering,
                _ => Button::Sending,
            };
        }
        if let Some(key) = self.rest() {
            return Button::Rest(key);
        }
        if self.may_have() == 0 {
            return Button::Rest("deal.has_all");
        }
        match self.variant() {
            Some((place, _)) if !self.takes(place) => Button::Rest("deal.sold_out"),
            _ => match card.by {
                OrderBy::Cart if scene.shop.orders => Button::Buy,
                OrderBy::Cart | OrderBy::Link { .. } => Button::Reserve,
                OrderBy::Code => Button::GetCode,
            },
        }
    }

    /// What pressing the button sends; nothing if it cannot be pressed, or if nothing is chosen.
    pub(super) fn act(&self) -> Option<Action> {
        let (_, variant) = self.variant()?;
        self.button().is_ready().then(|| {
            Action::DealClaim(Claim {
                variant: variant.id.clone(),
                quantity: self.quantity(),
            })
        })
    }

    /// The claim on its way.
    fn sent(&self) -> Option<&'a Claim> {
        match &self.moment.scene.pending {
            Some(Pending {
                action: Action::DealClaim(claim),
            }) => Some(claim),
            _ => None,
        }
    }

    /// Why nobody can claim anything now.
    fn rest(&self) -> Option<&'static str> {
        rest(self.moment)
    }
}

/// The key of why nobody can claim anything now; nothing while something can be claimed.
pub(super) fn rest(moment: DealMoment) -> Option<&'static str> {
    let DealMoment { card, tally, .. } = moment;
    if card.cancelled.is_some() {
        return Some("state.cancelled");
    }
    match tally.phase {
        Phase::Ready => return Some("state.ready"),
        Phase::Paused => return Some("state.paused"),
        Phase::Closed => return Some("deal.ended"),
        Phase::Open => {}
    }
    let all = |on: fn(&Stock) -> u32| {
        tally
            .stock
            .iter()
            .fold(0_u32, |sum, stock| sum.saturating_add(on(stock)))
    };
    match tally.stock.is_empty() || all(|stock| stock.left) > 0 {
        true if card.price.is_none() => Some("deal.hidden"),
        true => None,
        false if all(|stock| stock.reserved.saturating_add(stock.ordering)) > 0 => {
            Some("deal.none_left")
        }
        false => Some("deal.sold_out"),
    }
}

/// How many units this viewer has, or is about to have.
pub(super) fn units(moment: DealMoment) -> u32 {
    let claims = moment.mine.claims.iter();
    claims
        .filter(|claim| claim.standing != Standing::Returned)
        .fold(0, |sum, claim| sum.saturating_add(claim.quantity))
}

/// What one unit costs this viewer, as far as the page knows: the tier's price, or everybody's.
pub(super) fn own_price(moment: DealMoment) -> Option<Money> {
    let price = moment.card.price.as_ref()?;
    let amount = tier_price(moment).unwrap_or(&price.amount);
    Some(Money {
        amount: amount.clone(),
        currency: price.currency,
    })
}

/// The price of this viewer's own tier.
pub(super) fn tier_price<'a>(moment: DealMoment<'a>) -> Option<&'a Amount> {
    let tier = moment.scene.shop.tier.as_ref()?;
    let prices = &moment.card.member_prices;
    let own = prices.iter().find(|price| price.tier.as_str() == tier);
    own.map(|own| &own.price)
}

#[cfg(test)]
mod tests;
