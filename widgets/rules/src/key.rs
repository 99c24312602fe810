//! Keys of a room: who bears which, and what it is good for now.

use crate::permit::kind;
use crate::pseudonym::Pseudonym;
use crate::record::{Hidden, Position, Who};
use liveroom_protocol::id::KeyId;
use liveroom_protocol::key::Scope;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason, Refusal};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;

/// A key: of a machine, an invitation, or of someone who came by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its name.
    pub id: KeyId,
    /// What it is good for.
    pub scope: Scope,
    /// Where its label lies beside the log.
    pub label: Option<Hidden>,
    /// Who bears it, as the log knows them.
    pub bearer: Pseudonym,
    /// Who made it.
    pub by: Who,
    /// The position of the record that made it.
    pub position: Position,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it ends.
    pub ends_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// The invitation that its bearer came by.
    pub of: Option<KeyId>,
    /// An invitation: how many came by it.
    pub used: u32,
    digest: String,
}

/// All keys that a room ever had.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Keys {
    all: BTreeMap<KeyId, Key>,
    digests: HashMap<String, KeyId>,
    bearers: HashMap<Pseudonym, KeyId>,
}

/// What the log holds of a secret: its SHA-256.
pub fn digest(secret: &str) -> String {
    let bytes = Sha256::digest(secret);
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Key {
    /// A key as it is when it is made.
    pub(crate) fn new(
        id: KeyId,
        scope: Scope,
        issued: &crate::record::Issued,
        (by, position, made_at): (Who, Position, Timestamp),
    ) -> Self {
        Self {
            id,
            scope,
            label: None,
            bearer: issued.bearer,
            by,
            position,
            made_at,
            ends_at: None,
            revoked_at: None,
            of: None,
            used: 0,
            digest: issued.digest.clone(),
        }
    }

    /// Whether it invites, and is not the key of someone who was invited.
    pub fn invites(&self) -> bool {
        self.of.is_none() && matches!(self.scope, Scope::Invitation { .. })
    }

    /// Whether as many came by it as may.
    pub fn is_used_up(&self) -> bool {
        matches!(self.scope, Scope::Invitation { uses, .. } if self.used >= uses)
    }

    /// Whether its bearer is a person: they do what their role may. Machines do what the scope says, and nothing else.
    pub fn is_person(&self) -> bool {
        self.of.is_some()
    }

    /// Whether its scope has room for this command; the role must have it too.
    pub fn may_order(&self, command: &Command) -> bool {
        match &self.scope {
            Scope::Overlay | Scope::Relay => false,
            Scope::Automation { commands } => {
                commands.iter().any(|known| known.as_str() == kind(command))
            }
            Scope::Invitation { .. } => self.is_person(),
        }
    }
}

impl Keys {
    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.all.values()
    }

    /// How many there ever were.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there never was one.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A key by its name.
    pub fn get(&self, id: &KeyId) -> Option<&Key> {
        self.all.get(id)
    }

    /// The key of a secret.
    pub fn told_by(&self, secret: &str) -> Option<&Key> {
        self.all.get(self.digests.get(&digest(secret))?)
    }

    /// The key that someone bears.
    pub fn of(&self, bearer: Pseudonym) -> Option<&Key> {
        self.all.get(self.bearers.get(&bearer)?)
    }

    /// A key that is good for something at this time.
    ///
    /// # Errors
    /// `bad-token` if there is none of that name, it was revoked, has ended, or the invitation behind it.
    pub fn good(&self, id: &KeyId, at: Timestamp) -> Result<&Key, Refusal> {
        let bad = |why: &str| Err(Refusal::because(Reason::BadToken, why));
        let Some(key) = self.all.get(id) else {
            return bad("the room has no such key");
        };
        if key.revoked_at.is_some() {
            return bad("the key was revoked");
        }
        if key.ends_at.is_some_and(|end| end <= at) {
            return bad("the key has ended");
        }
        match &key.of {
            Some(invitation) => self.good(invitation, at).map(|_| key),
            None => Ok(key),
        }
    }

    /// When a key ends, or the invitation behind it.
    pub fn end(&self, key: &Key) -> Option<Timestamp> {
        let behind = key.of.as_ref().and_then(|of| self.get(of)?.ends_at);
        key.ends_at.into_iter().chain(behind).min()
    }

    pub(crate) fn add(&mut self, key: Key) {
        self.digests.insert(key.digest.clone(), key.id.clone());
        self.bearers.insert(key.bearer, key.id.clone());
        self.all.insert(key.id.clone(), key);
    }

    pub(crate) fn get_mut(&mut self, id: &KeyId) -> Option<&mut Key> {
        self.all.get_mut(id)
    }
}
