//! `POST /v1/rooms/{room}/messages`: what a page would say over a socket, for where no socket gets through.

use super::body::json;
use super::cors::Entered;
use super::stand_in;
use crate::Server;
use crate::collector::Collector;
use crate::guest::Guest;
use crate::line::{Line, Reply};
use crate::room::Room;
use crate::status::Refused;
use axum::Extension;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use liveroom_protocol::limits::COMMAND_BYTES;
use liveroom_protocol::message::{FromRoom, Hello, News, Seat, ToRoom};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::session::{Session, frame};
use liveroom_rules::wire;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

/// How long an answer waits for the news that it made.
const SECOND: Duration = Duration::from_secs(1);

/// Takes an array of messages, `hello` first, and answers with an array of what the room says: all that is shown is in it.
pub(super) async fn talk(
    State(server): State<Arc<Server>>,
    Extension(entered): Extension<Entered>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let room = entered.room?;
    let bytes = json(&headers, body, COMMAND_BYTES).await?;
    let mut messages = wire::to_room_all(&bytes, COMMAND_BYTES)?.into_iter();
    let Some(ToRoom::Hello(hello)) = messages.next() else {
        return Err(Refusal::because(Reason::Malformed, "the first message is hello").into());
    };
    let guest = Guest::of(&server, &room, &hello, entered.admission)?;
    let collector = server.collector.clone();
    let mut line = Line::new(server, room.clone(), guest, stand_in(peer));
    let mut said = Vec::new();
    let mut done = None;
    for message in messages {
        match line.receive(message) {
            Reply::Say(reply) | Reply::Named(reply) => said.push(frame(&reply)),
            Reply::Later(answered) => {
                let answer = answered.await.answer;
                done = done.max(answer.position);
                said.push(frame(&FromRoom::Answer(answer)));
            }
            Reply::Found(found) => said.push(frame(&found.await)),
            Reply::Renewed | Reply::Hidden(_) => {}
            Reply::End(refusal) => {
                let closing = true;
                said.push(frame(&FromRoom::Refused { refusal, closing }));
                break;
            }
        }
    }
    if let Some(position) = done {
        let mut published = room.published();
        let told = published.wait_for(|published| published.sheet.position >= position);
        // If that takes long, the page sees it when it asks again.
        let _ = timeout(SECOND, told).await;
    }
    let mut all = state(&collector, &room, &line.guest, &hello).await?;
    all.extend(said);
    Ok(array(&all))
}

/// What someone who joins now is told.
pub(super) async fn state(
    collector: &Collector,
    room: &Room,
    guest: &Guest,
    hello: &Hello,
) -> Result<Vec<Arc<str>>, Refusal> {
    let joined = guest.join(room).await;
    guest.say_standing(collector, room);
    let welcome = guest
        .welcome(room, hello)
        .ok_or_else(crate::status::unavailable)?;
    let epoch = Some(welcome.epoch.clone());
    let mut frames = vec![frame(&FromRoom::Welcome(welcome))];
    let published = room.now_published();
    frames.extend(Session::new(guest.seat, guest.who, joined.acted).due(&published.sheet));
    if guest.seat == Seat::Desk {
        let mut news = published.news.clone();
        news.viewers = Some(room.viewers());
        frames.push(liveroom_rules::session::desk_frame(news));
    }
    if !joined.mine.is_empty() {
        let (at, news) = (None, joined.mine);
        frames.push(frame(&FromRoom::News(News { epoch, at, news })));
    }
    Ok(frames)
}

/// Frames as one JSON array.
pub(super) fn array(frames: &[Arc<str>]) -> Response {
    let text = format!("[{}]", frames.join(","));
    let said = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (said, text).into_response()
}
