//! What the desk alone is told of an activity besides its news: what there is to be seen to, a bounded part of it.

use crate::id::{ActivityId, Epoch};
use crate::{deal, lottery};
use serde::{Deserialize, Serialize};

/// The newest part of what an activity's desk can see to, whenever its tally is news; or what was looked up.
/// It is whole: what was told before it is to be forgotten.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Desk {
    /// Which log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub epoch: Option<Epoch>,
    /// Which activity.
    pub activity: ActivityId,
    /// Which run of it.
    pub run: u32,
    /// The log position of the last record that changed it.
    pub rev: u64,
    /// What there is.
    #[serde(flatten)]
    pub listed: Listed,
    /// Looked up, and there may be more: ask again for what is before this number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// What there is to be seen to, by widget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "widget", rename_all = "snake_case")]
pub enum Listed {
    /// Entrants of a lottery.
    Lottery(lottery::Entrants),
    /// Open claims of a deal.
    Deal(deal::OpenClaims),
    /// Of a widget that this reader does not know.
    #[serde(other)]
    Unknown,
}
