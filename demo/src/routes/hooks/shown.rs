//! A hook as its owner is told of it.

use super::BEGINNING;
use crate::hooks::Kinds;
use crate::hooks::table::{Delivery, Hook, State};
use liveroom_protocol::event::Cursor;
use liveroom_protocol::id::{Epoch, HookId};
use liveroom_protocol::time::Timestamp;
use serde::Serialize;

/// A hook as its owner is told of it.
#[derive(Serialize)]
pub(super) struct Shown {
    pub(super) hook: HookId,
    pub(super) url: String,
    pub(super) types: Kinds,
    pub(super) state: State,
    pub(super) made_at: Timestamp,
    /// The id of the last event that its receiver took; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) after: Option<String>,
    /// Failures in a row.
    pub(super) failures: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) failing_since: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) next_try_at: Option<Timestamp>,
    /// What signs deliveries: told once, when it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deliveries: Option<Vec<Delivery>>,
}

/// What is told of it; not its secret, and not its deliveries.
pub(super) fn shown(hook: Hook, epoch: Option<Epoch>) -> Shown {
    let (position, number) = hook.at;
    let after = epoch.filter(|_| hook.at != BEGINNING);
    let after = after.map(|epoch| {
        Cursor {
            epoch,
            position,
            number,
        }
        .to_string()
    });
    let waits = hook.since.is_some() && hook.state == State::Active;
    Shown {
        hook: hook.id,
        url: hook.url,
        types: hook.types,
        state: hook.state,
        made_at: hook.made,
        after,
        failures: hook.tries,
        failing_since: hook.since,
        next_try_at: waits.then_some(hook.next_at),
        secret: None,
        deliveries: None,
    }
}
