//! `POST /v1/rooms/{room}/acts`: what a relay sends for viewers of other platforms, each act as its viewer's own.

use super::body::json;
use super::cors::Entered;
use super::rooms::whoever;
use super::rows::no_store;
use crate::Server;
use crate::rate::Rate;
use crate::room::{Room, Viewer, Waiting};
use crate::status::{Refused, too_fast};
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use liveroom_protocol::identity::{Level, Role, Standing};
use liveroom_protocol::limits::COMMAND_BYTES;
use liveroom_protocol::message::Answer;
use liveroom_protocol::relay::Relayed;
use liveroom_protocol::token::Claims;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::pseudonym::{Identity, RoomKey};
use liveroom_rules::{permit, wire};
use std::sync::Arc;

/// Acts of one relay: two thousand at once, then two hundred a second. Each of its viewers has a viewer's own rate besides.
pub(crate) const RELAYS: Rate = Rate {
    burst: 2_000,
    each_ms: 5,
};

/// Takes an array of acts, and answers each in its place. The status is 200 once the array could be read: a relay tells its viewers
/// what the room said of each.
pub(super) async fn relay(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let bearer = whoever(&server, &headers, &entered)?;
    if !permit::may_relay(bearer.claims.role) {
        let why = "acts for others are sent by a relay: a token of that role";
        return Err(Refusal::because(Reason::NotAllowed, why).into());
    }
    let room = entered.room?;
    let key = room.key().ok_or(Reason::Sealed).map_err(Refusal::from)?;
    let bytes = json(&headers, body, COMMAND_BYTES).await?;
    let acts = wire::relayed(&bytes, COMMAND_BYTES)?;
    let asker = key.pseudonym(&bearer.identity());
    // All are asked before the first answer comes, so that they share a commit.
    let waiting: Vec<Waiting> = acts
        .into_iter()
        .map(|relayed| {
            let paced = server.relays.take(asker, server.clock.now());
            match paced
                .map_err(too_fast)
                .and_then(|()| viewer(key, &bearer.claims, &relayed))
            {
                Ok(viewer) => room.act(viewer, relayed.act, None),
                Err(refusal) => Room::refuse(relayed.act.id, refusal),
            }
        })
        .collect();
    let mut answers: Vec<Answer> = Vec::with_capacity(waiting.len());
    for answer in waiting {
        answers.push(answer.await.answer);
    }
    Ok((no_store(), Json(answers)).into_response())
}

/// The viewer whom a relay speaks of. One key says for all of them how sure it is of who they are: `device` unless it says more.
fn viewer(key: &RoomKey, claims: &Claims, relayed: &Relayed) -> Result<Viewer, Refusal> {
    if relayed.act.attest.is_some() {
        let why = "a relay attests nothing";
        return Err(Refusal::because(Reason::BadAttest, why));
    }
    let (platform, user) = (relayed.by.platform(), relayed.by.user());
    let identity = Identity::Relayed(platform.to_owned(), user.to_owned());
    Ok(Viewer {
        who: key.pseudonym(&identity),
        standing: Standing {
            level: claims.level.unwrap_or(Level::Device),
            role: Role::Viewer,
            named: relayed.name.is_some(),
            channel: relayed.by.channel(),
            ..Standing::default()
        },
        name: relayed.name.clone(),
    })
}
