//! What the desk alone is told of a deal: its open claims, and who said what of each.

use super::{Failure, OrderNumber, Standing};
use crate::id::{ClaimId, VariantId};
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The open claims of a deal, the one whose time ends last first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct OpenClaims {
    /// How many are open, all together.
    pub open: u32,
    /// Some of them.
    pub claims: Vec<OpenClaim>,
}

/// A claim as the desk is told of it: enough to settle it by, and not whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OpenClaim {
    /// Its name.
    pub claim: ClaimId,
    /// Of which variant.
    pub variant: VariantId,
    /// How many units.
    pub quantity: u32,
    /// Where it is on its way.
    pub standing: Standing,
    /// Until when it is reserved.
    pub until: Timestamp,
    /// What who settles it said of its order: the shop, or the page where the page settles.
    #[serde(default, skip_serializing_if = "Said::is_nothing")]
    pub settled: Said,
    /// What only the viewer's page said, which can lie.
    #[serde(default, skip_serializing_if = "Said::is_nothing")]
    pub page: Said,
    /// Why the last order failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

/// What somebody said of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Said {
    /// Its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderNumber>,
    /// What it is worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
}

impl Said {
    /// Whether nothing was said.
    pub fn is_nothing(&self) -> bool {
        self.order.is_none() && self.value.is_none()
    }

    /// Takes what is said later; what is left out stays.
    pub fn take(&mut self, order: Option<&OrderNumber>, value: Option<&Money>) {
        self.order = order.cloned().or_else(|| self.order.take());
        self.value = value.cloned().or_else(|| self.value.take());
    }
}
