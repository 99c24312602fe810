//! One line between a page and a room, whatever carries it: what each message asks for, and what comes of it.

use crate::Server;
use crate::guest::Guest;
use crate::rate::{Bucket, Rate};
use crate::room::{Answered, Found, Room, Viewer, Waiting, refused};
use crate::status::too_fast;
use liveroom_protocol::limits::{COMMAND_BYTES, FRAME_BYTES};
use liveroom_protocol::message::{FromRoom, Seat, ToRoom};
use liveroom_protocol::{Reason, Refusal};
use std::sync::Arc;

/// Messages of one line: thirty at once, then ten a second; a desk as many again.
const MESSAGES: Rate = Rate {
    burst: 30,
    each_ms: 100,
};
const DESK_MESSAGES: Rate = Rate {
    burst: 60,
    each_ms: 50,
};

/// Questions like what is typed, which a page asks for when its viewer pauses: each compares it with all that are known.
const TYPED: Rate = Rate {
    burst: 10,
    each_ms: 500,
};

/// A page's line to a room.
pub(crate) struct Line {
    pub(crate) server: Arc<Server>,
    pub(crate) room: Room,
    pub(crate) guest: Guest,
    /// Stands for the address at the other end; the address itself is not kept.
    pub(crate) peer: u64,
    /// The number of the connection, if it stays open.
    pub(crate) number: Option<u64>,
    bucket: Bucket,
    typed: Bucket,
}

/// What comes of a message.
pub(crate) enum Reply {
    /// This is said at once.
    Say(FromRoom),
    /// The viewer has a name now, and this is said at once.
    Named(FromRoom),
    /// The token is renewed.
    Renewed,
    /// The answer comes once it is durable.
    Later(Waiting),
    /// This is said once it was looked up.
    Found(Found),
    /// The page is hidden, or seen again.
    Hidden(bool),
    /// The line ends, with this as the last word.
    End(Refusal),
}

impl Line {
    pub(crate) fn new(server: Arc<Server>, room: Room, guest: Guest, peer: u64) -> Self {
        Self {
            server,
            room,
            guest,
            peer,
            number: None,
            bucket: Bucket::default(),
            typed: Bucket::default(),
        }
    }

    /// The largest message that this line takes, in bytes.
    pub(crate) const fn limit(&self) -> usize {
        match self.guest.seat {
            Seat::Desk => COMMAND_BYTES,
            Seat::Viewer | Seat::Overlay => FRAME_BYTES,
        }
    }

    /// Does what a message asks for.
    pub(crate) fn receive(&mut self, message: ToRoom) -> Reply {
        let rate = match self.guest.seat {
            Seat::Desk => DESK_MESSAGES,
            Seat::Viewer | Seat::Overlay => MESSAGES,
        };
        let paced = self
            .bucket
            .take(rate, self.server.clock.now())
            .map_err(too_fast);
        match (message, paced) {
            (ToRoom::Act(act), Err(refusal)) => answer(refused(act.id, refusal)),
            (ToRoom::Command(order), Err(refusal)) => answer(refused(order.id, refusal)),
            (_, Err(refusal)) => say(refusal),
            (ToRoom::Hello(_), Ok(())) => {
                say(Refusal::because(Reason::Malformed, "hello has been said"))
            }
            (ToRoom::Renew { token }, Ok(())) => {
                match self.guest.renew(&self.server, &self.room, &token) {
                    Ok(()) => {
                        self.guest.say_standing(&self.server.collector, &self.room);
                        Reply::Renewed
                    }
                    Err(refusal) => Reply::End(refusal),
                }
            }
            (ToRoom::Mint, Ok(())) => match self.guest.mint(&self.server, &self.room, self.peer) {
                Ok(device) => Reply::Named(FromRoom::Device { device }),
                Err(refusal) => say(refusal),
            },
            (ToRoom::Act(mut act), Ok(())) => match self.viewer(act.attest.take()) {
                Ok(viewer) => Reply::Later(self.room.act(viewer, act, self.number)),
                Err(refusal) => answer(refused(act.id, refusal)),
            },
            (ToRoom::Command(order), Ok(())) => match self.open().and_then(|()| self.guest.staff())
            {
                Ok(staff) => Reply::Later(self.room.order(staff, order)),
                Err(refusal) => answer(refused(order.id, refusal)),
            },
            (ToRoom::Ping { sent }, Ok(())) => Reply::Say(FromRoom::Pong {
                sent: Some(sent),
                at: self.room.time(),
            }),
            (ToRoom::More(asked), Ok(())) => Reply::Found(self.room.page(asked, self.guest.seat)),
            (ToRoom::Similar(asked), Ok(())) => {
                match self.typed.take(TYPED, self.server.clock.now()) {
                    Ok(()) => Reply::Found(self.room.similar(asked, self.guest.seat)),
                    Err(again) => say(too_fast(again)),
                }
            }
            (ToRoom::Check(asked), Ok(())) => match self.open().and_then(|()| self.guest.staff()) {
                Ok(staff) => Reply::Found(self.room.checks(staff, asked)),
                Err(refusal) => say(refusal),
            },
            (ToRoom::Hidden { hidden }, Ok(())) => Reply::Hidden(hidden),
        }
    }

    /// The viewer who acts, with what the page attests of them. Its token goes no further than here.
    fn viewer(&self, attest: Option<String>) -> Result<Viewer, Refusal> {
        self.open()?;
        let mut viewer = self.guest.viewer()?;
        if let Some(token) = attest {
            viewer.standing.attested = self.guest.attested(&self.server, &self.room, &token)?;
        }
        Ok(viewer)
    }

    /// A room that has ended knows nobody.
    fn open(&self) -> Result<(), Refusal> {
        self.room.key().map(drop).ok_or(Reason::Sealed.into())
    }
}

fn say(refusal: Refusal) -> Reply {
    Reply::Say(FromRoom::Refused {
        refusal,
        closing: false,
    })
}

fn answer(answered: Answered) -> Reply {
    Reply::Say(FromRoom::Answer(answered.answer))
}
