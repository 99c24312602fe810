//! Which of a room's webhooks fail, for those who run the room: only its owner may read where they lead.

use super::read;
use crate::Server;
use crate::hooks::table::{self, Hook, State};
use liveroom_protocol::Refusal;
use liveroom_protocol::alert::{Alert, Kind};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use std::sync::Arc;

const MINUTE: u64 = 60_000;

/// Those that have failed for a minute or more, and those that are given up.
pub(in crate::routes) async fn failing(
    server: &Arc<Server>,
    room: RoomId,
    now: Timestamp,
) -> Result<Vec<Alert>, Refusal> {
    let hooks = read(server, move |store| {
        store.read(|file| table::of_room(file, &room))
    });
    Ok(hooks
        .await?
        .iter()
        .filter_map(|hook| alert(hook, now))
        .collect())
}

fn alert(hook: &Hook, now: Timestamp) -> Option<Alert> {
    let minutes = hook.since.map_or(0, |since| now.since(since).0 / MINUTE);
    let is_told = match hook.state {
        State::Active => minutes > 0,
        State::Failing | State::Gone => true,
    };
    is_told.then(|| Alert {
        alert: Kind::HookFailing,
        value: minutes,
        before: None,
        activity: None,
        label: Some(hook.id.to_string()),
    })
}
