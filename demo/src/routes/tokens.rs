//! `POST /v1/tokens`: the one-time owner link, keys and invitations exchanged, an owner's token renewed, and with `--dev` any token
//! for whoever asks.

use super::body::object;
use super::rooms::token;
use crate::Server;
use crate::chance::name;
use crate::keys::LIFE_S;
use crate::status::Refused;
use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::{Label, Level, Role};
use liveroom_protocol::limits::FRAME_BYTES;
use liveroom_protocol::token::Claims;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::pseudonym::SECRET;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

mod keys;

/// What is asked for.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The secret of a key or an invitation, or of the owner link.
    key: Option<String>,
    /// The room of the key; with `--dev`, of the token.
    room: Option<RoomId>,
    role: Role,
    sub: Option<String>,
    name: Option<Label>,
    level: Option<Level>,
    tier: Option<Label>,
    points: Option<u64>,
    segments: Vec<Label>,
    /// What a page's own server would attest of this viewer: then it is a claim to go with one action.
    attest: Vec<Label>,
    /// A partner's brand.
    brand: Option<Label>,
}

pub(super) async fn exchange(
    State(server): State<Arc<Server>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let bytes = object(&headers, body, FRAME_BYTES).await?;
    let unreadable =
        |error: serde_json::Error| Refusal::because(Reason::Malformed, error.to_string());
    let asked: Asked = serde_json::from_slice(&bytes).map_err(unreadable)?;
    if let Some(secret) = asked.key.as_deref().filter(|key| key.starts_with(SECRET)) {
        let room = asked.room.as_ref().unwrap_or(&server.config.room);
        return keys::exchange(&server, room, secret, asked.name.clone(), &headers).await;
    }
    let claims = match (&asked.key, token(&headers)) {
        (Some(key), _) => redeem(&server, key)?,
        (None, Some(token)) => renew(&server, token)?,
        (None, None) if server.config.dev => mint(&server, asked)?,
        (None, None) => {
            let why = "send the key of the owner link, or an owner's token to renew; tokens for viewers are signed by your own server";
            return Err(Refusal::because(Reason::NotAllowed, why).into());
        }
    };
    let token = server.keys.sign(&claims)?;
    let body =
        json!({ "token": token, "exp": claims.exp, "room": claims.aud, "role": claims.role });
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response())
}

fn redeem(server: &Server, key: &str) -> Result<Claims, Refusal> {
    let used = || {
        Refusal::because(
            Reason::BadToken,
            "the owner link was used, or is older than an hour: start the server with --owner-link for another",
        )
    };
    let room = server
        .links
        .redeem(key, server.clock.now())
        .ok_or_else(used)?;
    Ok(claims(server, room, Role::Owner, "owner".to_owned()))
}

/// Another hour for an owner whose token this server made and which is still good.
fn renew(server: &Server, token: &str) -> Result<Claims, Refusal> {
    let foreign = || {
        Refusal::because(
            Reason::NotAllowed,
            "only tokens that this server made are renewed here",
        )
    };
    let room = server.keys.own_room(token).ok_or_else(foreign)?;
    let old = server.keys.verify(token, &room, server.clock.now())?;
    if old.role != Role::Owner {
        return Err(foreign());
    }
    Ok(claims(server, room, old.role, old.sub))
}

fn mint(server: &Server, asked: Asked) -> Result<Claims, Refusal> {
    let sub = match asked.sub {
        Some(sub) => sub,
        None => name().map_err(|error| Refusal::because(Reason::Unavailable, error.to_string()))?,
    };
    let room = asked.room.unwrap_or_else(|| server.config.room.clone());
    Ok(Claims {
        name: asked.name,
        level: asked.level,
        tier: asked.tier,
        points: asked.points,
        segments: asked.segments,
        attest: asked.attest,
        brand: asked.brand,
        ..claims(server, room, asked.role, sub)
    })
}

fn claims(server: &Server, room: RoomId, role: Role, sub: String) -> Claims {
    let now = server.clock.now().0 / 1_000;
    Claims {
        aud: room,
        sub,
        exp: now + LIFE_S,
        iat: Some(now),
        role,
        name: None,
        level: None,
        tier: None,
        points: None,
        segments: Vec::new(),
        attest: Vec::new(),
        brand: None,
        key: None,
    }
}
