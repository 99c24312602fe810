//! `GET /v1/rooms/{room}/draws/{id}`: what anyone checks a draw by.
//!
//! | query | gives |
//! |---|---|
//! | none | the proof as JSON, its list of entrants in it |
//! | `roll=no` | the proof as JSON without the list |
//! | `roll=only` | the list alone, as the bytes that are hashed, 21 an entrant |
//! | `entrant=HEX` | `{"proof", "inclusion"}`: the proof without the list, and the path of one entrant; no `inclusion` if they are not on it |
//! | `run=N` | the same of an earlier run, counted from 1; none is the present run |
//!
//! The list of a million is 21 MB, and nobody has to say who they are to ask for it: so an address pays for lists by their size.

use super::cors::Entered;
use super::rows::no_store;
use super::stand_in;
use crate::Server;
use crate::rate::Rate;
use crate::room::{Roll, Room};
use crate::status::{Refused, too_fast, unavailable};
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use futures_util::stream;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::{EntrantName, Hex, Inclusion, Proof};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::draw::Entrant;
use serde::{Deserialize, Serialize};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

/// Kilobytes of lists of entrants that one address may load: sixty-four megabytes at once, which is three lists of a million or
/// hundreds of one of thousands, then one megabyte a second. Apart from its requests, so that who checks draws hinders no vote.
pub(crate) const LISTS: Rate = Rate {
    burst: 65_536,
    each_ms: 1,
};

/// Entrants that are written at once: a list of a million is never in memory as text.
const PIECE: usize = 2_048;

/// Bytes of an entrant in a list of bytes, and in one of texts: 42 digits, quotation marks and a comma.
const LISTED: [u64; 2] = [21, 45];

/// What of the proof is asked for.
#[derive(Default, Deserialize)]
pub(super) struct Asked {
    roll: Option<RollAsked>,
    entrant: Option<EntrantName>,
    run: Option<u32>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RollAsked {
    Yes,
    No,
    Only,
}

/// The answer to whoever asks whether they were in it.
#[derive(Serialize)]
struct WasIn {
    proof: Proof,
    #[serde(skip_serializing_if = "Option::is_none")]
    inclusion: Option<Inclusion>,
}

pub(super) async fn proof(
    State(server): State<Arc<Server>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(entered): Extension<Entered>,
    Path((_, activity)): Path<(String, String)>,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, Refused> {
    let Query(asked) = asked.map_err(|_| {
        Refusal::because(
            Reason::Malformed,
            "ask with roll=no, roll=only, or entrant= and 32 lower-case hexadecimal digits; and with run= and a number",
        )
    })?;
    let room = entered.room?;
    let activity = ActivityId::parse(activity)
        .map_err(|_| Refusal::because(Reason::NotFound, "there is no such lottery"))?;
    let proof = room.proof(&activity, asked.run).await?;
    let list = match (asked.entrant, asked.roll) {
        (Some(_), _) | (None, Some(RollAsked::No)) => None,
        (None, Some(RollAsked::Only)) => Some(LISTED[0]),
        (None, Some(RollAsked::Yes) | None) => Some(LISTED[1]),
    };
    if let (Some(each), Some(closed)) = (list, &proof.closed) {
        pay(&server, peer, each * u64::from(closed.entrants))?;
    }
    match (asked.entrant, asked.roll) {
        (Some(entrant), _) => was_in(&room, &activity, proof, entrant).await,
        (None, Some(RollAsked::No)) => Ok((no_store(), Json(proof)).into_response()),
        (None, Some(RollAsked::Only)) => {
            let roll = room.roll(&activity, &proof).await?;
            let open = || Refusal::because(Reason::StillOpen, "its list is fixed when it closes");
            Ok(bytes(roll.ok_or_else(open)?))
        }
        (None, Some(RollAsked::Yes) | None) => {
            let roll = room.roll(&activity, &proof).await?;
            Ok(match roll {
                Some(roll) => whole(proof, roll),
                None => (no_store(), Json(proof)).into_response(),
            })
        }
    }
}

/// Takes what a list costs; an address that has had too many of late waits.
fn pay(server: &Server, peer: SocketAddr, bytes: u64) -> Result<(), Refusal> {
    let (who, now) = (stand_in(peer), server.clock.now());
    server.lists.take(who, now).map_err(too_fast)?;
    server.lists.charge(who, bytes / 1_024, now);
    Ok(())
}

async fn was_in(
    room: &Room,
    activity: &ActivityId,
    proof: Proof,
    entrant: EntrantName,
) -> Result<Response, Refused> {
    let inclusion = match room.roll(activity, &proof).await? {
        // A million hashes, once.
        Some(roll) => tokio::task::spawn_blocking(move || roll.inclusion(&entrant.0))
            .await
            .map_err(|_| unavailable())?,
        None => None,
    };
    Ok((no_store(), Json(WasIn { proof, inclusion })).into_response())
}

/// The proof with its list, written as it is read.
fn whole(mut proof: Proof, roll: Arc<Roll>) -> Response {
    const EMPTY: &str = r#""roll":["#;
    if let Some(closed) = &mut proof.closed {
        closed.roll = Some(Vec::new());
    }
    let text = serde_json::to_string(&proof).expect("a proof has only texts as keys");
    // The terms are a text, in which quotation marks are escaped: only the list itself is written like this.
    let cut = text.find(EMPTY).map_or(text.len(), |at| at + EMPTY.len());
    let (head, tail) = text.split_at(cut);
    let (head, tail) = (head.to_owned(), tail.to_owned());
    let entries = pieces(roll, |place, entrant, text: &mut Vec<u8>| {
        if place > 0 {
            text.push(b',');
        }
        text.push(b'"');
        text.extend_from_slice(Hex(entrant.bytes()).to_string().as_bytes());
        text.push(b'"');
    });
    let parts = std::iter::once(Bytes::from(head))
        .chain(entries)
        .chain(std::iter::once(Bytes::from(tail)));
    let body = Body::from_stream(stream::iter(parts.map(Ok::<_, Infallible>)));
    let said = [(header::CONTENT_TYPE, "application/json")];
    (said, no_store(), body).into_response()
}

/// The list alone.
fn bytes(roll: Arc<Roll>) -> Response {
    let entries = pieces(roll, |_, entrant, bytes: &mut Vec<u8>| {
        bytes.extend_from_slice(&entrant.bytes());
    });
    let body = Body::from_stream(stream::iter(entries.map(Ok::<_, Infallible>)));
    let said = [(header::CONTENT_TYPE, "application/octet-stream")];
    (said, no_store(), body).into_response()
}

fn pieces(
    roll: Arc<Roll>,
    write: impl Fn(usize, &Entrant, &mut Vec<u8>),
) -> impl Iterator<Item = Bytes> {
    let starts = (0..roll.entrants.len()).step_by(PIECE);
    starts.map(move |start| {
        let mut piece = Vec::new();
        for (place, entrant) in roll.entrants.iter().enumerate().skip(start).take(PIECE) {
            write(place, entrant, &mut piece);
        }
        piece.into()
    })
}
