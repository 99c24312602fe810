//! What a page says: hello, requests, and the small things that are answered at once.

use super::tell::{damaged, unavailable};
use super::{Server, Waiting};
use crate::line::LineId;
use crate::log::Place;
use liveroom_protocol::id::RequestId;
use liveroom_protocol::identity::{Level, Role, Standing};
use liveroom_protocol::limits::COMMAND_BYTES;
use liveroom_protocol::message::{FromRoom, Hello, News, Seat, State, ToRoom, Welcome};
use liveroom_protocol::profile::{Check, Checks};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason, Refusal, VERSION};
use liveroom_rules::log::Append;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::session::Session;
use liveroom_rules::{private, view, wire};

/// What everybody is in a practice room.
const ROLE: Role = Role::Owner;

impl Server {
    /// Hears one message of a page. Gives what is to be appended, and where to note its place.
    pub(crate) fn hear(
        &mut self,
        line: LineId,
        text: &str,
        now: Timestamp,
    ) -> Option<(Append, Place)> {
        match wire::to_room(text.as_bytes(), COMMAND_BYTES) {
            Ok(ToRoom::Act(act)) => self.request(line, act.id.clone(), |server, who| {
                if act.attest.is_some() {
                    let why = "a practice room has no key to check what a page attests; a room server has";
                    return Err(Refusal::because(Reason::BadAttest, why));
                }
                let key = server.key.as_ref().ok_or(Reason::Sealed)?;
                private::act(key, who, standing(), act, &server.room)
            }),
            Ok(ToRoom::Command(order)) => self.request(line, order.id.clone(), |server, who| {
                if let Command::KeyMake(_) | Command::KeyRevoke { .. } = order.command {
                    let why = "a practice room has no keys: whoever is in this browser may do everything";
                    return Err(Refusal::because(Reason::Unsupported, why));
                }
                let key = server.key.as_ref().ok_or(Reason::Sealed)?;
                private::order(key, ROLE, who, order, &server.room)
            }),
            Ok(ToRoom::Hello(hello)) => {
                self.greet(line, hello, now);
                None
            }
            Ok(ToRoom::Ping { sent }) => {
                let sent = Some(sent);
                self.push(line, &FromRoom::Pong { sent, at: now });
                None
            }
            Ok(ToRoom::Mint) => {
                let device = self.lines.get(&line)?.identity.clone();
                self.push(line, &FromRoom::Device { device });
                None
            }
            Ok(ToRoom::Hidden { hidden }) => {
                self.lines.get_mut(&line)?.hidden = hidden;
                None
            }
            Ok(ToRoom::More(asked)) => {
                let audience = view::Audience::of(self.lines.get(&line)?.seat());
                let said = match view::page(&self.room, &asked, audience) {
                    Ok(page) => FromRoom::Page(page),
                    Err(refusal) => FromRoom::Refused {
                        refusal,
                        closing: false,
                    },
                };
                self.push(line, &said);
                None
            }
            Ok(ToRoom::Similar(asked)) => {
                let audience = view::Audience::of(self.lines.get(&line)?.seat());
                let said = match view::similar(&self.room, &asked, audience) {
                    Ok(found) => FromRoom::Similar(found),
                    Err(refusal) => FromRoom::Refused {
                        refusal,
                        closing: false,
                    },
                };
                self.push(line, &said);
                None
            }
            Ok(ToRoom::Check(asked)) => {
                let said = match self.check(line, asked) {
                    Ok(checks) => FromRoom::Checked(checks),
                    Err(refusal) => FromRoom::Refused {
                        refusal,
                        closing: false,
                    },
                };
                self.push(line, &said);
                None
            }
            // Nobody needs a token here.
            Ok(ToRoom::Renew { .. }) => None,
            Err(refusal) => {
                let closing = false;
                self.push(line, &FromRoom::Refused { refusal, closing });
                None
            }
        }
    }

    /// What the room would say to commands.
    fn check(&self, line: LineId, asked: Check) -> Result<Checks, Refusal> {
        let who = self.requester(line)?;
        let key = self.key.as_ref().ok_or(Reason::Sealed)?;
        let checked = self.room.check(key, ROLE, who, asked.commands)?;
        let number = asked.number;
        Ok(Checks { number, checked })
    }

    fn greet(&mut self, line: LineId, hello: Hello, now: Timestamp) {
        if !(1..=VERSION).contains(&hello.version) {
            let refusal = Refusal::because(
                Reason::Unsupported,
                format!("this practice room speaks version {VERSION} of the format"),
            );
            let closing = true;
            return self.push(line, &FromRoom::Refused { refusal, closing });
        }
        let Some(here) = self.lines.get_mut(&line) else {
            return;
        };
        if here.hello.is_some() {
            let refusal = Refusal::because(Reason::Malformed, "hello has been said");
            let closing = false;
            return self.push(line, &FromRoom::Refused { refusal, closing });
        }
        here.hello = Some(hello);
        if self.open {
            self.welcome(line, now);
        }
    }

    /// Welcomes who has said hello, with all that is shown to them.
    pub(super) fn welcome(&mut self, id: LineId, now: Timestamp) {
        let Some(epoch) = self.room.epoch().cloned() else {
            return;
        };
        let Some(line) = self.lines.get_mut(&id) else {
            return;
        };
        let Some(hello) = &line.hello else { return };
        let seat = hello.seat;
        let recovered =
            hello.epoch.as_ref() == Some(&epoch) && hello.rev.unwrap_or(0) <= self.room.position();
        let who = line.who(self.key.as_ref());
        let acted = who.map(|who| Session::acted_in(&self.room, who));
        line.session = Some(Session::new(seat, who, acted.unwrap_or_default()));
        line.epoch = Some(epoch.clone());
        let frames = line.pay(&self.sheet, now);
        let welcome = Welcome {
            version: VERSION,
            room: self.room.id().clone(),
            epoch: epoch.clone(),
            recovered,
            at: now,
            role: ROLE,
            level: Some(Level::Device),
            seat,
            activities: self.sheet.activities(seat, who),
            me: self
                .key
                .as_ref()
                .zip(who)
                .map(|(key, who)| key.for_reports(who)),
        };
        self.push(id, &FromRoom::Welcome(welcome));
        self.out.extend(frames.into_iter().map(|frame| (id, frame)));
        let news: Vec<_> = (self.room.activities().iter())
            .filter(|activity| who.is_some_and(|who| view::acted(activity, who)))
            .filter_map(|activity| view::mine(&self.room, who?, &activity.id))
            .collect();
        if !news.is_empty() && seat != Seat::Overlay {
            let (epoch, at) = (Some(epoch), None);
            self.push(id, &FromRoom::News(News { epoch, at, news }));
        }
    }

    /// Takes a request, or refuses what need not be asked of the log.
    fn request(
        &mut self,
        line: LineId,
        id: RequestId,
        make: impl FnOnce(&Self, Pseudonym) -> Result<Append, Refusal>,
    ) -> Option<(Append, Place)> {
        match self.requester(line).and_then(|who| make(self, who)) {
            Ok(append) => {
                let place = Place::default();
                self.waiting.push(Waiting {
                    line,
                    id,
                    place: place.clone(),
                });
                Some((append, place))
            }
            Err(refusal) => {
                self.refuse(line, id, refusal);
                None
            }
        }
    }

    fn requester(&self, line: LineId) -> Result<Pseudonym, Refusal> {
        let line = self.lines.get(&line).filter(|line| line.hello.is_some());
        let line = line.ok_or_else(|| Refusal::because(Reason::NotAllowed, "say hello first"))?;
        if line.seat() == Seat::Overlay {
            let said = "an overlay takes no part";
            return Err(Refusal::because(Reason::NotAllowed, said));
        }
        if let Some(position) = self.damaged {
            return Err(damaged(position));
        }
        if !self.open {
            return Err(unavailable("the storage was closed"));
        }
        match (self.room.state(), line.who(self.key.as_ref())) {
            (State::Live, Some(who)) => Ok(who),
            (State::Live | State::Sealed, _) => Err(Reason::Sealed.into()),
            (State::Damaged, _) => Err(Reason::Damaged.into()),
        }
    }
}

/// What is known of everybody here: that it is the same browser.
fn standing() -> Standing {
    Standing {
        // What asks for an account or a verified person can be tried here as well.
        level: Level::Verified,
        ..Standing::default()
    }
}
