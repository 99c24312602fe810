//! A show: one broadcast in a room, with who is on air.

use crate::id::ShowId;
use crate::identity::Label;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A show as everybody may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Show {
    /// Its name in the room.
    pub id: ShowId,
    /// Its title; absent when it was removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Labels to compare shows by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it ended; absent while it runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// The ids of those on air now.
    #[serde(default)]
    pub on_air: Vec<Label>,
}

/// What starts a show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Start {
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Label>,
    /// Labels to compare shows by.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Label>,
    /// Ids of those on air from the start. An id, not a person's name: it stays in the log.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on_air: Vec<Label>,
}
