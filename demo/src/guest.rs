//! Who is on a line: what a hello, a token or a device key make of them.

use crate::Server;
use crate::bearer::{Bearer, still_good};
use crate::collector::Collector;
use crate::origin::Admission;
use crate::room::{Joined, Published, Room, Staff, Viewer};
use liveroom_protocol::id::{KeyId, RoomId};
use liveroom_protocol::identity::{Label, Level, Role, Standing};
use liveroom_protocol::key::Scope;
use liveroom_protocol::message::{Hello, Seat, Welcome};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal, VERSION};
use liveroom_rules::permit;
use liveroom_rules::pseudonym::Pseudonym;

/// Words that a page may attest at once.
const ATTESTED: usize = 8;

/// Someone on a line.
pub(crate) struct Guest {
    pub(crate) seat: Seat,
    pub(crate) standing: Standing,
    /// The name that the log knows; absent before the first action of a viewer without a token.
    pub(crate) who: Option<Pseudonym>,
    /// Who they were in this browser before they had an account.
    device: Option<Pseudonym>,
    /// When the token ends.
    pub(crate) until: Option<Timestamp>,
    name: Option<Label>,
    account: Option<String>,
    /// The room's key behind the token.
    key: Option<KeyId>,
    /// A machine, and what its key is good for.
    machine: Option<Scope>,
}

impl Guest {
    /// Whoever says hello, if they may.
    pub(crate) fn of(
        server: &Server,
        room: &Room,
        hello: &Hello,
        admission: Admission,
    ) -> Result<Self, Refusal> {
        if hello.version != VERSION {
            return Err(Refusal::because(
                Reason::Unsupported,
                format!("this room speaks version {VERSION}"),
            ));
        }
        let mut guest = match &hello.token {
            Some(token) => {
                let bearer = Bearer::of(server, room.id(), Ok(room), token)?;
                let device = hello.device.as_deref();
                Self {
                    device: device_of(server, room, device),
                    ..Self::with_token(room, bearer)
                }
            }
            None => match admission {
                Admission::Free => Self::without_token(server, room, hello.device.as_deref()),
                Admission::WithToken => {
                    return Err(Refusal::because(
                        Reason::WrongOrigin,
                        "without an origin a token is needed",
                    ));
                }
                Admission::Never => return Err(Reason::WrongOrigin.into()),
            },
        };
        guest.seat = hello.seat;
        match hello.seat {
            Seat::Desk if !guest.may_see_desk() => Err(Refusal::because(
                Reason::NotAllowed,
                "the desk needs a token with a role that may see it",
            )),
            Seat::Desk | Seat::Viewer | Seat::Overlay => Ok(guest),
        }
    }

    fn may_see_desk(&self) -> bool {
        self.machine.is_none() && permit::may_see_desk(self.standing.role)
    }

    /// Whether the key behind the token is still good, if there is one.
    pub(crate) fn still_good(&self, published: &Published, now: Timestamp) -> Result<(), Refusal> {
        match &self.key {
            Some(key) => still_good(published, key, now),
            None => Ok(()),
        }
    }

    fn with_token(room: &Room, bearer: Bearer) -> Self {
        let identity = bearer.identity();
        let Bearer { claims, machine } = bearer;
        Self {
            seat: Seat::Viewer,
            standing: claims.standing(),
            who: room.key().map(|key| key.pseudonym(&identity)),
            device: None,
            until: Some(Timestamp(claims.exp.saturating_mul(1_000))),
            name: claims.name,
            account: Some(claims.sub),
            key: claims.key,
            machine,
        }
    }

    fn without_token(server: &Server, room: &Room, device: Option<&str>) -> Self {
        Self {
            seat: Seat::Viewer,
            standing: Standing::default(),
            who: device_of(server, room, device),
            device: None,
            until: None,
            name: None,
            account: None,
            key: None,
            machine: None,
        }
    }

    /// Takes a new token of the same account.
    pub(crate) fn renew(
        &mut self,
        server: &Server,
        room: &Room,
        token: &str,
    ) -> Result<(), Refusal> {
        let bearer = Bearer::of(server, room.id(), Ok(room), token)?;
        if self.account.as_ref() != Some(&bearer.claims.sub) {
            return Err(Refusal::because(
                Reason::BadToken,
                "a renewed token is of the same account; say hello again for another",
            ));
        }
        let (seat, device) = (self.seat, self.device);
        *self = Self::with_token(room, bearer);
        (self.seat, self.device) = (seat, device);
        if seat == Seat::Desk && !self.may_see_desk() {
            return Err(Reason::NotAllowed.into());
        }
        Ok(())
    }

    /// Mints a device key for a viewer who has none, and makes it theirs.
    pub(crate) fn mint(
        &mut self,
        server: &Server,
        room: &Room,
        peer: u64,
    ) -> Result<String, Refusal> {
        if self.who.is_some() {
            return Err(Refusal::because(
                Reason::NotAllowed,
                "this viewer is known already",
            ));
        }
        let key = room.key().ok_or(Reason::Sealed)?;
        server
            .mints
            .take(peer, server.clock.now())
            .map_err(crate::status::too_fast)?;
        let device = server.mint(room.id())?;
        let identity = server.devices.identity(room.id(), &device);
        self.who = identity.map(|identity| key.pseudonym(&identity));
        Ok(device)
    }

    /// What they did before, and who else they were; what they did without an account is theirs by then.
    pub(crate) async fn join(&self, room: &Room) -> Joined {
        let Some(who) = self.who else {
            return Joined::default();
        };
        if let (Some(device), Ok(_)) = (self.device, self.viewer()) {
            room.sign_in(device, who).await;
        }
        room.join(who).await
    }

    /// The viewer, to act.
    pub(crate) fn viewer(&self) -> Result<Viewer, Refusal> {
        if self.seat == Seat::Overlay {
            return Err(Refusal::because(
                Reason::NotAllowed,
                "an overlay takes no part",
            ));
        }
        if permit::may_relay(self.standing.role) {
            let why = "a relay acts for others: POST /v1/rooms/{room}/acts";
            return Err(Refusal::because(Reason::NotAllowed, why));
        }
        if self.machine.is_some() {
            let why = "a machine's key takes no part";
            return Err(Refusal::because(Reason::NotAllowed, why));
        }
        let nobody = || {
            Refusal::because(
                Reason::NeedsSignIn,
                "ask for a device key with mint, or bring a token",
            )
        };
        Ok(Viewer {
            who: self.who.ok_or_else(nobody)?,
            standing: self.standing.clone(),
            name: self.name.clone(),
        })
    }

    /// What the page attests of this viewer with one action.
    pub(crate) fn attested(
        &self,
        server: &Server,
        room: &Room,
        token: &str,
    ) -> Result<Vec<Label>, Refusal> {
        let bad = |why: &str| Refusal::because(Reason::BadAttest, why);
        let claims = server
            .keys
            .verify(token, room.id(), server.clock.now())
            .map_err(|why| bad(why.message.as_deref().unwrap_or("it has ended")))?;
        if self.account.as_ref() != Some(&claims.sub) {
            return Err(bad("it is of another account than the viewer's token"));
        }
        if claims.attest.len() > ATTESTED {
            return Err(bad("at most eight words are attested at once"));
        }
        Ok(claims.attest)
    }

    /// The account and the role, to command.
    pub(crate) fn staff(&self) -> Result<Staff, Refusal> {
        match (self.standing.role, self.who) {
            (Role::Viewer, _) | (_, None) => Err(Reason::NotAllowed.into()),
            (role, Some(who)) => Ok(Staff {
                role,
                who,
                name: self.name.clone(),
            }),
        }
    }

    /// The answer to the hello.
    pub(crate) fn welcome(&self, room: &Room, hello: &Hello) -> Option<Welcome> {
        let published = room.now_published();
        let epoch = published.sheet.epoch.clone()?;
        Some(Welcome {
            version: VERSION,
            room: RoomId::clone(room.id()),
            recovered: hello.epoch.as_ref() == Some(&epoch),
            epoch,
            at: room.time(),
            role: self.standing.role,
            level: self.level(),
            seat: self.seat,
            activities: published.sheet.activities(self.seat, self.who),
            me: self.for_reports(room),
        })
    }

    /// Tells the collector of which tier and segments a viewer is, before their page is told their name in reports.
    pub(crate) fn say_standing(&self, collector: &Collector, room: &Room) {
        if let (Seat::Viewer, Some(me)) = (self.seat, self.for_reports(room)) {
            collector.know(room.id(), &me, &self.standing);
        }
    }

    /// Their name in reports.
    fn for_reports(&self, room: &Room) -> Option<String> {
        self.who.and_then(|who| Some(room.key()?.for_reports(who)))
    }

    fn level(&self) -> Option<Level> {
        self.who.map(|_| self.standing.level)
    }
}

/// Who the bearer of a device key is. One that this server did not mint is as good as none: the page asks for another before it acts.
fn device_of(server: &Server, room: &Room, device: Option<&str>) -> Option<Pseudonym> {
    let identity = server.devices.identity(room.id(), device?)?;
    Some(room.key()?.pseudonym(&identity))
}
