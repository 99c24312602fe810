//! What there is to know of an event.

use crate::deal::{OrderNumber, Standing};
use crate::id::{ClaimId, ShowId, VariantId};
use crate::identity::Label;
use crate::money::Money;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What there is to know of an event; what does not apply is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "RoomEventData"))]
#[serde(default)]
pub struct Data {
    /// The run of the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub run: Option<u32>,
    /// The show that the activity was opened in; of a show, its own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<ShowId>,
    /// What made it happen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// When an activity that opened closes by itself; until when a claim is reserved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Timestamp>,
    /// The shop's own number of what a deal sells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// The claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
    /// Of which variant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<VariantId>,
    /// How many units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u32>,
    /// What one unit costs this viewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<Money>,
    /// Where the claim was on its way before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Standing>,
    /// How a claim was settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The order's number, as the shop told it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderNumber>,
    /// What the order is worth, as who settles it told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// Viewers who had entered when a lottery was drawn from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entrants: Option<u32>,
    /// Winners so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winners: Option<u32>,
    /// The number of the win.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub win: Option<u32>,
    /// The place of its prize among the card's prizes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prize: Option<u32>,
    /// Until when the prize can be claimed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_by: Option<Timestamp>,
    /// The forfeited win that it stands for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<u32>,
    /// Of an alert: `stock_low`, `sold_out`, `hook_failing`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert: Option<Label>,
    /// The figure that the alert is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<u64>,
    /// The webhook that the alert is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hook: Option<Label>,
}

/// What made something happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A command, of the desk or of the shop.
    #[default]
    Command,
    /// A viewer, or their page.
    Viewer,
    /// A moment that had come.
    Deadline,
    /// The room itself: a lottery that draws itself.
    Room,
}

/// How a claim was settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is sold.
    Sold,
    /// It came to nothing, or was given back.
    Returned,
}
