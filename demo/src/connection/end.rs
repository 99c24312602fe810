//! How a connection ends, and its last word.

use super::socket::{Cut, Socket};
use liveroom_protocol::message::FromRoom;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::session::frame;

/// How a connection ends.
pub(super) enum End {
    /// The page went, or was cut.
    Gone,
    /// No hello came in time.
    Late,
    /// It may not go on.
    Refused(Refusal),
    /// The page should connect again.
    Restart,
}

impl From<Cut> for End {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Gone => Self::Gone,
            Cut::TooLarge => Self::Refused(Reason::TooLarge.into()),
        }
    }
}

impl End {
    /// Says the last word, if anybody listens.
    pub(super) async fn say(self, socket: &mut Socket) {
        let (code, refusal) = match self {
            Self::Gone => return,
            Self::Restart => return socket.close(1012, "connect again").await,
            Self::Late => (
                4408,
                Refusal::because(Reason::Malformed, "hello must come within 5 s"),
            ),
            Self::Refused(refusal) => (code(refusal.reason), refusal),
        };
        let word = crate::status::word(refusal.reason);
        let closing = true;
        let last = frame(&FromRoom::Refused { refusal, closing });
        if socket.send([last]).await.is_ok() {
            socket.close(code, &word).await;
            socket.linger().await;
        }
    }
}

/// The close code for a reason, as the table in `connection` says.
const fn code(reason: Reason) -> u16 {
    match reason {
        Reason::BadToken | Reason::ExpiredToken => 4401,
        Reason::WrongOrigin | Reason::NotAllowed => 4403,
        Reason::TooLarge => 1009,
        Reason::Unavailable => 1013,
        Reason::NotFound => 4404,
        Reason::TooFast => 4429,
        _ => 4400,
    }
}
