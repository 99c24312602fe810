//! A countdown deal: a price until a moment, and stock that is real.

use crate::about::{About, Address};
use crate::id::VariantId;
use crate::identity::{Eligible, Label, Level};
use crate::limits::{FIELD_CHARS, NAME_CHARS};
use crate::money::{Amount, Money};
use crate::phase::Phase;
use crate::text::Text;
use crate::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

mod claim;
mod desk;
mod draft;

pub use claim::{Claim, Failure, Order, Settle, Standing, Taken, Ticket};
pub use desk::{OpenClaim, OpenClaims, Said};
pub use draft::{Draft, VariantDraft};

/// The deal as everybody may know it; sent when it changes, and on joining.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DealCard"))]
#[serde(default)]
pub struct Card {
    /// What is sold.
    pub title: String,
    /// The shop's own number of it.
    pub sku: String,
    /// Its picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The price; absent until the streamer reveals it, where it is hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// The price is hidden from viewers until it is revealed; only to the desk, which has it at once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub price_hidden: bool,
    /// The price before, in the same currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Amount>,
    /// What the price before was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_basis: Option<String>,
    /// The lowest price of the last 30 days, in the same currency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest_30_days: Option<Amount>,
    /// Prices of members, by tier.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub member_prices: Vec<TierPrice>,
    /// What may be chosen, in the order of the tally's stock; at least one.
    pub variants: Vec<Variant>,
    /// How many units one viewer may have: 1 by default.
    pub limit: u32,
    /// How long a claim reserves its units.
    pub reserve_ms: Span,
    /// Who sells, and the links of the sale.
    pub seller: Seller,
    /// How an order is made.
    pub by: OrderBy,
    /// Who says that a unit is sold.
    pub settles: Settles,
    /// The least identity it takes.
    pub level: Level,
    /// Whom it is for.
    #[serde(skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// When it opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// It was cancelled, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<String>,
    /// Its words were corrected after a viewer had acted in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub corrected: bool,
    /// The label, and what it is about.
    #[serde(skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

/// What may be chosen of a deal: a size, a colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variant {
    /// Its name in the deal; the shop's own number of it, where it has one.
    pub id: VariantId,
    /// What it is called; absent where there is no choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The price for a tier's members, in the deal's currency.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TierPrice {
    /// Which tier.
    pub tier: Label,
    /// How much.
    pub price: Amount,
}

/// Who sells, and the links of the sale.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Seller {
    /// The seller's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<NAME_CHARS>>,
    /// Who the seller is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Address>,
    /// How things are returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<Address>,
    /// How things are delivered, and for how much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Address>,
}

/// How an order is made from a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OrderBy {
    /// The page's cart is called with the claim.
    #[default]
    Cart,
    /// The viewer is given a code to use in the shop.
    Code,
    /// The viewer follows a link; the claim's ticket is added to it behind `#`.
    Link {
        /// Its address.
        address: Address,
    },
}

/// Who says that a unit is sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Settles {
    /// The shop's server.
    #[default]
    Shop,
    /// The viewer's page, which can lie; the card says so.
    Page,
}

/// The deal's numbers; absolute, and small.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DealTally"))]
#[serde(default)]
pub struct Tally {
    /// Where it is in its life.
    pub phase: Phase,
    /// When it opens by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Timestamp>,
    /// When it closes by itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closes_at: Option<Timestamp>,
    /// While paused: how much time is left of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_ms: Option<Span>,
    /// The stock of each variant, in the card's order.
    pub stock: Vec<Stock>,
}

/// The stock of a variant: always `left + reserved + ordering + sold = total`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Stock {
    /// Free to be claimed.
    pub left: u32,
    /// Claimed, for a stated time.
    pub reserved: u32,
    /// Being ordered; the shop has not settled it yet.
    pub ordering: u32,
    /// Sold.
    pub sold: u32,
    /// All together.
    pub total: u32,
}

/// What one viewer did in a deal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DealMine"))]
#[serde(default)]
pub struct Mine {
    /// This viewer's claims, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Taken>,
}

/// The order that a shop gives to a settled claim.
pub type OrderNumber = Text<FIELD_CHARS>;
