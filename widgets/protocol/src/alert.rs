//! What those who run a room want to be told while it runs, and from when on: the room's own, so that all of them are told the same.

use crate::id::ActivityId;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// When alerts are raised; zero never. What is not said is as usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// An open deal has this many units left, or fewer.
    pub stock_low: u64,
    /// Of its viewers this many percent fewer act in the last three minutes than in the three before, while what they acted in
    /// is open.
    pub participation_falls: u64,
    /// This many refusals were reported in the last three minutes, and more than in the three before.
    pub refusals_rise: u64,
    /// The same of errors.
    pub errors_rise: u64,
    /// Viewers are connected, and no report has come for this many minutes.
    pub silent_minutes: u64,
}

impl Thresholds {
    /// What holds where nothing is said.
    pub const USUAL: Self = Self {
        stock_low: 3,
        participation_falls: 50,
        refusals_rise: 10,
        errors_rise: 5,
        silent_minutes: 5,
    };
}

impl Default for Thresholds {
    fn default() -> Self {
        Self::USUAL
    }
}

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An open deal is nearly sold out.
    StockLow,
    /// Fewer of the viewers act: `value` and `before` are of a thousand viewers those who acted in a minute.
    ParticipationFalls,
    /// More is refused.
    RefusalsRise,
    /// More fails in pages.
    ErrorsRise,
    /// No report comes, although viewers are here.
    SilentMinutes,
    /// A webhook has failed for this many minutes, or is given up; raised from one minute on, whatever the thresholds.
    HookFailing,
    /// One of a later version.
    #[serde(other)]
    Unknown,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alert {
    /// What is told.
    pub alert: Kind,
    /// The figure that passed the threshold.
    pub value: u64,
    /// The figure before, where two are compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
    /// The activity, where it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// What its card says first; of a webhook, its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// What there is to be told now: the answer of `GET /v1/rooms/{room}/alerts`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Alerts {
    /// When this was looked at, by the room's clock.
    pub at: Timestamp,
    /// From when on it is told.
    pub thresholds: Thresholds,
    /// What is told.
    pub alerts: Vec<Alert>,
}
