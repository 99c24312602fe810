//! Who bears a token: its claims, and the room's key behind it, if it was exchanged for one.

use crate::Server;
use crate::room::{Published, Room};
use liveroom_protocol::id::{KeyId, RoomId};
use liveroom_protocol::key::Scope;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::token::Claims;
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::pseudonym::Identity;

/// Whoever bears a token that can be trusted now.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) claims: Claims,
    /// A machine, and what its key is good for; people do what their role may.
    pub(crate) machine: Option<Scope>,
}

impl Bearer {
    /// Whoever bears this token. Of a token for a key the room is asked whether the key is still good.
    pub(crate) fn of(
        server: &Server,
        id: &RoomId,
        room: Result<&Room, &Refusal>,
        token: &str,
    ) -> Result<Self, Refusal> {
        let now = server.clock.now();
        let claims = server.keys.verify(token, id, now)?;
        let machine = match &claims.key {
            None => None,
            Some(key) => {
                let published = room.map_err(Clone::clone)?.now_published();
                let scope = scope(&published, key, now)?;
                let brand = match &scope {
                    Some(_) => None,
                    None => claims.brand.as_ref(),
                };
                if !made_for(&published, key, &claims, brand) {
                    let why = "the token is not what its key was made for";
                    return Err(Refusal::because(Reason::BadToken, why));
                }
                scope
            }
        };
        Ok(Self { claims, machine })
    }

    /// Who the room's log knows them by.
    pub(crate) fn identity(&self) -> Identity {
        match &self.claims.key {
            Some(key) => Identity::Key(key.clone()),
            None => Identity::Account(self.claims.sub.clone()),
        }
    }

    /// A person's claims; a machine's key reaches nothing that is read.
    pub(crate) fn person(self) -> Result<Claims, Refusal> {
        match self.machine {
            None => Ok(self.claims),
            Some(scope) => {
                let why = format!("a key of scope {} does not reach this", scope.word());
                Err(Refusal::because(Reason::NotAllowed, why))
            }
        }
    }
}

/// Whether a key is good for something now.
pub(crate) fn still_good(
    published: &Published,
    key: &KeyId,
    now: Timestamp,
) -> Result<(), Refusal> {
    scope(published, key, now).map(drop)
}

/// The scope of a machine's key that is good now; nothing for that of a person.
fn scope(published: &Published, key: &KeyId, now: Timestamp) -> Result<Option<Scope>, Refusal> {
    let key = published.keys.good(key, now)?;
    if key.invites() {
        let why = "an invitation is exchanged for a key of one's own first";
        return Err(Refusal::because(Reason::BadToken, why));
    }
    Ok((!key.is_person()).then(|| key.scope.clone()))
}

fn made_for(
    published: &Published,
    key: &KeyId,
    claims: &Claims,
    brand: Option<&liveroom_protocol::identity::Label>,
) -> bool {
    published.keys.get(key).is_some_and(|key| {
        let own = match &key.scope {
            Scope::Invitation { brand, .. } => brand.as_ref(),
            Scope::Overlay | Scope::Relay | Scope::Automation { .. } => None,
        };
        key.scope.role() == claims.role && own == brand
    })
}
