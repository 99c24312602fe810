//! What a streamer composes: a deal before it is one.

use super::{OrderBy, Seller, Settles, TierPrice};
use crate::about::About;
use crate::id::{ActivityId, VariantId};
use crate::identity::{Eligible, Label, Level};
use crate::limits::{NAME_CHARS, OPTION_CHARS};
use crate::lottery::Title;
use crate::money::{Amount, Money};
use crate::text::{Picture, Text};
use crate::time::Span;
use serde::{Deserialize, Serialize};

/// A deal to prepare or to open. Only `title`, `sku`, `price` and `variants` are needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DealDraft"))]
pub struct Draft {
    /// The name it is to have; the room makes one if it is absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// What is sold.
    pub title: Title,
    /// The shop's own number of it.
    pub sku: Label,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<Picture>,
    /// The price.
    pub price: Money,
    /// The price before, in the same currency; more than the price.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Amount>,
    /// What the price before was, and when: `our price until 1 May`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_basis: Option<Text<OPTION_CHARS>>,
    /// The lowest price of the last 30 days, in the same currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lowest_30_days: Option<Amount>,
    /// Prices of members, by tier, at most eight; not more than the price.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub member_prices: Vec<TierPrice>,
    /// The price stays hidden until the streamer reveals it; nobody can claim before.
    #[serde(default)]
    pub price_hidden: bool,
    /// One to fifty variants with their stock.
    pub variants: Vec<VariantDraft>,
    /// How many units one viewer may have: 1 by default, at most 100.
    #[serde(default = "one")]
    pub limit: u32,
    /// How long a claim reserves its units: two minutes by default, 10 s to an hour.
    #[serde(default = "two_minutes")]
    pub reserve_ms: Span,
    /// Who sells, and the links of the sale.
    #[serde(default)]
    pub seller: Seller,
    /// How an order is made; by the page's cart, by default.
    #[serde(default)]
    pub by: OrderBy,
    /// Who says that a unit is sold; the shop's server, by default.
    #[serde(default)]
    pub settles: Settles,
    /// The least identity it takes; `token` by default, since stock is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Whom it is for; everyone by default.
    #[serde(default, skip_serializing_if = "Eligible::is_everyone")]
    pub who: Eligible,
    /// How long until it opens by itself; when the streamer opens it, if absent. Viewers see it until then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens_in_ms: Option<Span>,
    /// How long it is open; until it is closed, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes_in_ms: Option<Span>,
    /// Prepared: viewers see it as not yet open.
    #[serde(default)]
    pub announce: bool,
    /// The label, and what it is about.
    #[serde(default, skip_serializing_if = "About::is_nothing")]
    pub about: About,
}

/// A variant as composed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VariantDraft {
    /// Its name in the deal; its place, from 1, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<VariantId>,
    /// What it is called; needed where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Text<NAME_CHARS>>,
    /// How many units there are, at most 1,000,000.
    pub stock: u32,
}

fn one() -> u32 {
    1
}

fn two_minutes() -> Span {
    Span(120_000)
}
