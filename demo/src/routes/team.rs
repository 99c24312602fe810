//! Who may do what and who did: the keys of a room, for its owner; the audit log, for the owner and analysts.

use super::columns::{self, Column};
use super::cors::Entered;
use super::csv::Table;
use super::rooms::bearer;
use super::rows::{Format, Rows, answer, no_store};
use crate::Server;
use crate::status::Refused;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::id::KeyId;
use liveroom_protocol::key::Scope;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::key::Key;
use liveroom_rules::permit;
use liveroom_rules::private::name_key;
use liveroom_rules::room::Room;
use liveroom_rules::seal::{self, Line};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Which lines are asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    /// Not before, in milliseconds since 1970.
    from: u64,
    /// Before.
    to: Option<u64>,
    /// Of these, the newest so many.
    last: Option<usize>,
    format: Format,
}

/// A key as its owner is shown it.
#[derive(Serialize)]
struct Shown {
    key: KeyId,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    /// The name that whoever was invited gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    scope: Scope,
    made_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    ends_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<Timestamp>,
    /// The invitation that its bearer came by.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<KeyId>,
    /// How many came by it.
    used: u32,
    /// Whether it is good for something now.
    good: bool,
}

/// `GET /v1/rooms/{room}/keys`: the keys of machines, invitations, and whoever came by them, the newest first; never their secrets.
pub(super) async fn keys(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    if !permit::may_own(claims.role) {
        return Err(Reason::NotAllowed.into());
    }
    let now = server.clock.now();
    let mut all = entered
        .room?
        .look(move |room| {
            let keys = room.keys().iter();
            keys.map(|key| (key.position, shown(room, key, now)))
                .collect::<Vec<_>>()
        })
        .await?;
    all.sort_by_key(|(position, _)| std::cmp::Reverse(*position));
    let all: Vec<Shown> = all.into_iter().map(|(_, key)| key).collect();
    Ok((no_store(), Json(all)).into_response())
}

fn shown(room: &Room, key: &Key, now: Timestamp) -> Shown {
    Shown {
        key: key.id.clone(),
        label: seal::label(room, &key.id),
        name: room.private.value(&name_key(key.bearer)).map(str::to_owned),
        scope: key.scope.clone(),
        made_at: key.made_at,
        ends_at: key.ends_at,
        revoked_at: key.revoked_at,
        of: key.of.clone(),
        used: key.used,
        good: room.keys().good(&key.id, now).is_ok(),
    }
}

/// `GET /v1/rooms/{room}/audit?from=&to=&last=&format=`: who ordered what, when, and what came of it.
pub(super) async fn audit(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let claims = bearer(&server, &headers, &entered)?;
    if !permit::may_read_figures(claims.role) {
        return Err(Reason::NotAllowed.into());
    }
    let wrong = |_| {
        let why = "ask with from= and to= in milliseconds since 1970, last=, and format=json, csv or dictionary";
        Refusal::because(Reason::Malformed, why)
    };
    let Query(Asked {
        from,
        to,
        last,
        format,
    }) = asked.map_err(wrong)?;
    let mut lines = entered.room?.audit().await?;
    lines.retain(|line| line.at.0 >= from && to.is_none_or(|to| line.at.0 < to));
    let older = lines.len().saturating_sub(last.unwrap_or(usize::MAX));
    lines.drain(..older);
    Ok(answer(&lines, format, "audit"))
}

impl Rows for Vec<Line> {
    fn columns(&self) -> Vec<Column> {
        columns::AUDIT.to_vec()
    }

    fn fill(&self, table: &mut Table) {
        for line in self {
            let on_air: Vec<&str> = line.on_air.iter().map(|one| one.as_str()).collect();
            let profile = line.profile.map(|stamp| stamp.to_string());
            let refused = line.refused.map(crate::status::word);
            table.row([
                line.position.to_string().as_str(),
                &line.at.0.to_string(),
                &line.who,
                line.name.as_deref().unwrap_or_default(),
                line.by.as_ref().map_or("", KeyId::as_str),
                &line.what,
                line.activity.as_ref().map_or("", |id| id.as_str()),
                line.key.as_ref().map_or("", KeyId::as_str),
                line.label.as_deref().unwrap_or_default(),
                refused.as_deref().unwrap_or_default(),
                &on_air.join(" "),
                &profile.unwrap_or_default(),
                line.detail.as_deref().unwrap_or_default(),
            ]);
        }
    }
}
