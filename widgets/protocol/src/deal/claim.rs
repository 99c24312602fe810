//! A claim's way: reserved, ordering, sold, or back on the shelf.

use super::OrderNumber;
use crate::id::{ActivityId, ClaimId, Epoch, RoomId, VariantId};
use crate::money::{Amount, Money};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Claim units of a variant; reserves them for the card's time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DealClaim"))]
pub struct Claim {
    /// Which variant.
    pub variant: VariantId,
    /// How many: 1 by default.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub quantity: u32,
}

/// What the page's cart said of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "DealOrder"))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Order {
    /// The cart is being asked: from now on only the shop, or a failure, gives the units back.
    Begun,
    /// The cart took the order. Where the page settles, the units are sold; else they wait for the shop.
    Taken {
        /// The order's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderNumber>,
        /// What it is worth.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Money>,
    },
    /// It failed; the units stay reserved for the rest of the claim's time, so that it can be tried again.
    Failed {
        /// Why.
        reason: Failure,
    },
}

/// Why an order failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The shop has none left.
    OutOfStock,
    /// The viewer has to sign in first.
    NeedsSignIn,
    /// The payment failed.
    PaymentFailed,
    /// Anything else.
    #[serde(other)]
    Other,
}

/// What the shop's server says of a claim: the last word.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Settle {
    /// The claim is sold. A claim whose time was over is sold too while units are left, and refused as sold out if not.
    Sold {
        /// The order's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderNumber>,
        /// What it is worth.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        value: Option<Money>,
    },
    /// It came to nothing: the units go back.
    Returned,
}

/// Where a claim is on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "ClaimStanding"))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Reserved until its time is over.
    #[default]
    Reserved,
    /// The cart was asked; the shop has not settled it.
    Ordering,
    /// Sold.
    Sold,
    /// Its time was over, or it was given back.
    Returned,
}

/// A claim as its viewer is told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Taken {
    /// Its name.
    pub claim: ClaimId,
    /// Of which variant.
    pub variant: VariantId,
    /// How many.
    pub quantity: u32,
    /// Where it is on its way.
    pub standing: Standing,
    /// Until when it is reserved.
    pub until: Timestamp,
    /// What one unit costs this viewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// What the shop's server checks before it charges: a [`Ticket`], signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The code to use in the shop, where orders are made by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The order's number, once the shop or the page has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderNumber>,
    /// What the order is worth, once who settles it has told it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Why the last order failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// What a claim's ticket says: the claims of a JWT, signed with HS256 under the room's ticket key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ticket {
    /// Always `liveroom-ticket`, so that no other token passes for one.
    pub iss: String,
    /// The room.
    pub aud: RoomId,
    /// Which log of the room: in another one the same names are other claims.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// The claim: a shop takes each of a log but once.
    pub jti: ClaimId,
    /// The deal.
    pub activity: ActivityId,
    /// The shop's number of what is sold.
    pub sku: String,
    /// Which variant.
    pub variant: VariantId,
    /// How many units.
    pub quantity: u32,
    /// What one unit costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Amount>,
    /// In which currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// When the reservation ends, in whole seconds since 1970.
    pub exp: u64,
}

fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_one(value: &u32) -> bool {
    *value == 1
}
