//! Trying a hook out: one event that is no event of the room, sent now.

use super::{Named, broken, missing, named, owner, read};
use crate::Server;
use crate::chance::name;
use crate::hooks::table::{self, Delivery, Hook, State as Condition};
use crate::rate::Rate;
use crate::routes::cors::Entered;
use crate::routes::rows::no_store;
use crate::status::{Refused, too_fast, unavailable};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::Refusal;
use liveroom_protocol::event::{Data, Event, What};
use liveroom_protocol::id::{HookId, RoomId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::time::{Timestamp, rfc3339};
use std::sync::Arc;
use std::time::Instant;

/// Tests of a room's hooks: ten at once, then one every five seconds.
pub(crate) const TRIALS: Rate = Rate {
    burst: 10,
    each_ms: 5_000,
};

/// `POST …/hooks/{hook}/test`: sends one event of type `live.room.test` now, and says what was answered.
pub(in crate::routes) async fn test(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    Path((_, id)): Named,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    owner(&server, &headers, &entered)?;
    let (room, id) = (entered.id, named(&id)?);
    let now = server.clock.now();
    server.trials.take(room.clone(), now).map_err(too_fast)?;
    let (asked, key) = (room.clone(), id.clone());
    let found = read(&server, move |store| {
        store.read(|file| table::one(file, &asked, &key))
    })
    .await?;
    let hook = found.ok_or_else(missing)?;
    let event = trial(&server, &room, &id, now)?;
    let (name, began) = (event.id.clone(), Instant::now());
    let body = serde_json::to_vec(&[event]).map_err(|_| unavailable())?;
    let answer = server.hooks.post(&hook, name.clone(), body).await;
    let mut delivery = Delivery {
        at: now,
        id: name,
        events: 1,
        status: None,
        said: None,
        took_ms: u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    delivery.tell(&answer);
    let ok = answer.is_ok_and(|reply| reply.status.is_success());
    let (kept, again) = (delivery.clone(), ok && hook.state != Condition::Active);
    let (asked, key) = (room.clone(), id.clone());
    let noted = server.events.store().write(move |file| {
        table::keep(file, &asked, &key, &kept)?;
        if again {
            // It works again: what it missed is sent.
            let hook = Hook {
                state: Condition::Active,
                generation: hook.generation + 1,
                ..hook
            };
            table::set(file, &asked, &hook)?;
        }
        Ok(())
    });
    noted.await.map_err(broken)?;
    if again {
        server.hooks.start(&room, &id);
    }
    let told = serde_json::json!({ "ok": ok, "delivery": delivery });
    Ok((no_store(), Json(told)).into_response())
}

fn trial(server: &Server, room: &RoomId, hook: &HookId, now: Timestamp) -> Result<Event, Refusal> {
    let name = name().map_err(|_| unavailable())?;
    Ok(Event {
        specversion: "1.0".to_owned(),
        id: format!("test-{name}"),
        source: server.events.source(room),
        kind: What::Test.kind(None),
        subject: None,
        time: rfc3339(now.0),
        datacontenttype: "application/json".to_owned(),
        data: Data {
            hook: Label::parse(hook.as_str()).ok(),
            ..Data::default()
        },
    })
}
