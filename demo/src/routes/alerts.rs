//! What those who run a room want to be told while it runs: at the desk, on the page of figures, and by whoever else asks.
//!
//! The thresholds are the room's, so that all of them are told the same; they lie beside the counted reports, since no room decides by them.

use super::body::json;
use super::cors::Entered;
use super::hooks;
use super::insights::{blocking, read};
use super::rooms::bearer;
use super::rows::no_store;
use crate::Server;
use crate::collector::Within;
use crate::facts::Scope;
use crate::insights::{self, Recent, minutes_of};
use crate::room::Room;
use crate::status::{Refused, unavailable};
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::alert::Alerts;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::permit;
use std::sync::Arc;

/// Bytes of thresholds.
const BYTES: usize = 1_024;

/// `GET /v1/rooms/{room}/alerts`: for whoever may sit at the desk.
pub(super) async fn tell(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let role = bearer(&server, &headers, &entered)?.role;
    if !permit::may_see_desk(role) {
        return Err(Reason::NotAllowed.into());
    }
    Ok((no_store(), Json(now(&server, &entered.room?).await?)).into_response())
}

/// `PUT /v1/rooms/{room}/alerts`: sets the thresholds; what is not said becomes as usual.
pub(super) async fn set(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let role = bearer(&server, &headers, &entered)?.role;
    if !permit::may_set_alerts(role) {
        return Err(Reason::NotAllowed.into());
    }
    let body = json(&headers, body, BYTES).await?;
    let malformed = |why: String| Refusal::because(Reason::Malformed, why);
    let thresholds = insights::thresholds(&body).map_err(malformed)?;
    let room = entered.room?;
    let text = serde_json::to_string(&thresholds).map_err(|_| unavailable())?;
    if !server
        .collector
        .set_thresholds(room.id().clone(), text)
        .await
    {
        return Err(unavailable().into());
    }
    Ok((no_store(), Json(now(&server, &room).await?)).into_response())
}

/// The alerts of a room now, by its own thresholds.
pub(crate) async fn now(server: &Arc<Server>, room: &Room) -> Result<Alerts, Refusal> {
    let (at, viewers, id) = (room.time(), room.viewers(), room.id().clone());
    let (minute, end) = minutes_of(at.0);
    let scope = Scope {
        from: minute.saturating_sub(Recent::BACK),
        to: end,
        ..Scope::default()
    };
    let within = Within {
        room: id.clone(),
        show: None,
        from: scope.from,
        to: scope.to,
    };
    let sums = room.look_at_facts(move |room, facts| facts.sums(room, &scope, &[]));
    let (sums, counted) = (sums.await?, read(server, within).await?);
    let collector = server.collector.clone();
    let (set, last_report, here_since) = blocking(move || {
        let here_since = collector.here_since(&id, minute)?;
        Ok((
            collector.thresholds(&id)?,
            collector.last_report(&id)?,
            here_since,
        ))
    })
    .await?;
    // What an earlier version wrote and this one cannot read is as if nothing were set.
    let set = set.and_then(|text| insights::thresholds(text.as_bytes()).ok());
    let thresholds = set.unwrap_or_default();
    let recent = Recent {
        sums: &sums,
        counted: &counted,
        last_report,
        here_since,
        now: at,
        viewers,
    };
    let mut alerts = insights::alerts(&recent, &thresholds);
    alerts.extend(hooks::failing(server, room.id().clone(), at).await?);
    Ok(Alerts {
        at,
        thresholds,
        alerts,
    })
}
