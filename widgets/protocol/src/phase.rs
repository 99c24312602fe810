//! Where an activity is in its life, and whose time it keeps; the same words for every widget.

use serde::{Deserialize, Serialize};

/// Where an activity is in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Announced, not open yet.
    #[default]
    Ready,
    /// Actions are taken.
    Open,
    /// Actions are not taken for now.
    Paused,
    /// Actions are no longer taken.
    Closed,
}

/// Whose time an activity keeps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Shown when the viewer's own delayed picture reaches the trigger.
    #[default]
    Picture,
    /// The same instant for everybody.
    Room,
}
