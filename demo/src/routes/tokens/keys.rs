//! Keys of a room's owner exchanged for tokens: a machine's as often as it likes, an invitation for a key of one's own.

use crate::Server;
use crate::keys::LIFE_S;
use crate::room::Room;
use crate::routes::rooms;
use crate::status::Refused;
use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use liveroom_protocol::id::{KeyId, RoomId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::key::Scope;
use liveroom_protocol::token::Claims;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::key::Key;
use serde::Serialize;

/// Who comes by an invitation names the request so that nobody else can guess it: asked again, it is told the same secret.
const ID_CHARS: usize = 16;

/// The answer.
#[derive(Serialize)]
struct Exchanged {
    token: String,
    exp: u64,
    room: RoomId,
    role: liveroom_protocol::identity::Role,
    scope: &'static str,
    /// What the token is exchanged for from now on, where an invitation was.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// A token for a secret.
pub(super) async fn exchange(
    server: &Server,
    room: &RoomId,
    secret: &str,
    name: Option<Label>,
    headers: &HeaderMap,
) -> Result<Response, Refused> {
    let unknown = || Refusal::because(Reason::BadToken, "the room has no such key");
    let room = server.rooms.get(room).await.map_err(|refusal| {
        // Whether there is such a room is not told to who has no key of it.
        if refusal.reason == Reason::NotFound {
            unknown()
        } else {
            refusal
        }
    })?;
    let now = server.clock.now();
    let keys = room.now_published().keys.clone();
    let known = keys.told_by(secret).ok_or_else(unknown)?;
    let (id, own) = if known.invites() {
        keys.good(&known.id, now)?;
        let (id, own) = come(&room, &known.id, name, headers).await?;
        (id, Some(own))
    } else {
        (known.id.clone(), None)
    };
    let claims = claims(server, &room, &id)?;
    let token = server.keys.sign(&claims)?;
    let scope = match &known.scope {
        Scope::Invitation { .. } => "role",
        Scope::Overlay | Scope::Automation { .. } | Scope::Relay => known.scope.word(),
    };
    let answer = Exchanged {
        token,
        exp: claims.exp,
        room: claims.aud,
        role: claims.role,
        scope,
        key: own,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

/// Comes by an invitation: the name of a key of one's own, and its secret.
async fn come(
    room: &Room,
    invitation: &KeyId,
    name: Option<Label>,
    headers: &HeaderMap,
) -> Result<(KeyId, String), Refusal> {
    let id = rooms::key(headers)?;
    if id.as_str().len() < ID_CHARS {
        let why = "an Idempotency-Key for an invitation has at least 16 characters";
        return Err(Refusal::because(Reason::Malformed, why));
    }
    let own = KeyId::parse(id.as_str()).map_err(|_| Reason::Malformed)?;
    // Said before the log as well, so that a link that is used up fills no log.
    let keys = room.now_published().keys.clone();
    let full = keys.get(invitation).is_some_and(Key::is_used_up);
    if full && keys.get(&own).is_none() {
        let why = "as many came by this invitation as may";
        return Err(Refusal::because(Reason::TooMany, why));
    }
    let mut published = room.published();
    let answer = room.come(invitation.clone(), id, name).await.answer;
    if let Some(refusal) = answer.refusal {
        return Err(refusal);
    }
    // It is told before it is published.
    let told = published.wait_for(|published| published.keys.get(&own).is_some());
    told.await.map_err(|_| crate::status::unavailable())?;
    let secret = answer.secret.ok_or_else(crate::status::unavailable)?;
    Ok((own, secret))
}

/// The claims of a token for a key, which ends with it.
fn claims(server: &Server, room: &Room, id: &KeyId) -> Result<Claims, Refusal> {
    let now = server.clock.now();
    let keys = room.now_published().keys.clone();
    let key = keys.good(id, now)?;
    let brand = match &key.scope {
        Scope::Invitation { brand, .. } => brand.clone(),
        Scope::Overlay | Scope::Automation { .. } | Scope::Relay => None,
    };
    let seconds = now.0 / 1_000;
    let end = keys.end(key).map_or(u64::MAX, |end| end.0.div_ceil(1_000));
    Ok(Claims {
        exp: (seconds + LIFE_S).min(end),
        brand,
        key: Some(id.clone()),
        ..super::claims(server, room.id().clone(), key.scope.role(), id.to_string())
    })
}
