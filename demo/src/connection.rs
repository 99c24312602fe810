//! One WebSocket: a task that reads what the page says, and writes what the room has for it.
//!
//! It holds revs, never frames: a page that reads slowly is owed the newest of each part and nothing older.
//! One that does not read at all is cut.
//!
//! | close code | means |
//! |---|---|
//! | 1009 | a message was larger than the limit |
//! | 1012 | the server stops, or the room is opened anew: connect again |
//! | 1013 | the room cannot be opened now: connect again later |
//! | 4400 | the first message was no hello, or too much could not be read |
//! | 4401 | the token ended, or cannot be trusted |
//! | 4403 | this page may not sit there |
//! | 4404 | there is no such room |
//! | 4408 | no hello within 5 s |
//! | 4429 | far too many messages |

use crate::Server;
use crate::guest::Guest;
use crate::line::Line;
use crate::metrics::Held;
use crate::origin::Admission;
use crate::room::{Room, stopped};
use axum::extract::ws::WebSocket;
use liveroom_protocol::message::{Hello, ToRoom};
use liveroom_protocol::time::Span;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::wire;
use std::sync::Arc;

mod end;
mod socket;
mod talk;

use end::End;
use socket::{Heard, Socket};

pub(crate) use socket::sized;

/// How long a page has for its hello.
const HELLO: Span = Span(5_000);

/// Serves a connection until it ends.
pub(crate) async fn serve(
    server: Arc<Server>,
    room: Room,
    admission: Admission,
    peer: u64,
    socket: WebSocket,
) {
    let _held = Held::new(&server.metrics.connections);
    let mut stop = server.stop.clone();
    let mut socket = Socket::new(socket, server.clock.clone(), Arc::clone(&server.metrics));
    let late = server.clock.now().after(HELLO);
    let hello = tokio::select! {
        hello = first(&mut socket) => hello,
        () = server.clock.reach(Some(late)) => Err(End::Late),
        () = stopped(&mut stop) => Err(End::Restart),
    };
    let ended = match hello {
        Ok(hello) => match Guest::of(&server, &room, &hello, admission) {
            Ok(guest) => {
                let line = Line::new(server, room, guest, peer);
                talk::greet(line, &mut socket, &hello, &mut stop).await
            }
            Err(refusal) => Err(End::Refused(refusal)),
        },
        Err(end) => Err(end),
    };
    if let Err(end) = ended {
        end.say(&mut socket).await;
    }
}

/// Tells a page why its room cannot be had; a refused handshake would tell it nothing.
pub(crate) async fn refuse(server: Arc<Server>, refusal: Refusal, socket: WebSocket) {
    let mut socket = Socket::new(socket, server.clock.clone(), Arc::clone(&server.metrics));
    End::Refused(refusal).say(&mut socket).await;
}

/// Waits for the hello.
async fn first(socket: &mut Socket) -> Result<Hello, End> {
    loop {
        let message = match socket.hear().await? {
            Heard::Pulse => continue,
            Heard::Bytes => return Err(End::Refused(no_text())),
            // A desk's larger limit is not yet anybody's.
            Heard::Text(text) => {
                wire::to_room(text.as_bytes(), liveroom_protocol::limits::FRAME_BYTES)
            }
        };
        return match message {
            Ok(ToRoom::Hello(hello)) => Ok(hello),
            Ok(_) => Err(End::Refused(Refusal::because(
                Reason::Malformed,
                "the first message is hello",
            ))),
            Err(refusal) => Err(End::Refused(refusal)),
        };
    }
}

fn no_text() -> Refusal {
    Refusal::because(Reason::Malformed, "messages are text")
}
