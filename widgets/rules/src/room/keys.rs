//! Keys and invitations: made and revoked by the owner, and what comes of them.

use super::Room;
use crate::key::{Key, Keys};
use crate::permit::{self, AUTOMATED};
use crate::record::{Come, Ordered, Who};
use liveroom_protocol::id::KeyId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::key::{Make, Scope};
use liveroom_protocol::limits::{INVITED, KEYS, KEYS_IN_ALL, LABELS};
use liveroom_protocol::{Command, Reason, Refusal};
use std::sync::Arc;

impl Room {
    /// The keys that its owner made, and those of whoever came by them.
    pub const fn keys(&self) -> &Arc<Keys> {
        &self.keys
    }

    /// Whether someone of this role may order this now: the role must have it, and the key that they bear, if it is one.
    ///
    /// # Errors
    /// `not-allowed`, or `bad-token` where the key is good for nothing any more.
    pub fn permits(&self, who: Who, role: Role, command: &Command) -> Result<(), Refusal> {
        if let Who::Staff(_, bearer) = who
            && let Some(key) = self.keys.of(bearer)
        {
            self.keys.good(&key.id, self.at)?;
            if !key.may_order(command) {
                let why = "the key was not made for this command";
                return Err(Refusal::because(Reason::NotAllowed, why));
            }
        }
        if permit::may(role, command) {
            Ok(())
        } else {
            Err(Reason::NotAllowed.into())
        }
    }

    pub(super) fn make_key(
        &mut self,
        by: Who,
        make: &Make,
        ordered: &Ordered,
    ) -> Result<(), Refusal> {
        let malformed = |why: &str| Refusal::because(Reason::Malformed, why);
        let (Some(id), Some(issued)) = (&make.key, &ordered.issued) else {
            return Err(malformed("a key is made by a room server"));
        };
        fits(&make.scope)?;
        if make.ends_at.is_some_and(|end| end <= self.at) {
            return Err(malformed("ends_at lies ahead"));
        }
        let made = |key: &&Key| key.of.is_none() && self.keys.good(&key.id, self.at).is_ok();
        if self.keys.iter().filter(made).count() >= KEYS || self.keys.len() >= KEYS_IN_ALL {
            return Err(Refusal::because(Reason::TooMany, "revoke some keys first"));
        }
        self.free(id)?;
        let made = (by, self.position, self.at);
        let mut key = Key::new(id.clone(), make.scope.clone(), issued, made);
        key.label.clone_from(&ordered.hidden);
        key.ends_at = make.ends_at;
        Arc::make_mut(&mut self.keys).add(key);
        Ok(())
    }

    pub(super) fn revoke_key(&mut self, id: &KeyId) -> Result<(), Refusal> {
        let at = self.at;
        let missing = || Refusal::because(Reason::NotFound, "the room has no such key");
        let key = Arc::make_mut(&mut self.keys)
            .get_mut(id)
            .ok_or_else(missing)?;
        if key.revoked_at.is_some() {
            return Err(Refusal::because(Reason::NotFound, "it was revoked before"));
        }
        key.revoked_at = Some(at);
        Ok(())
    }

    /// Someone opened the link of an invitation.
    pub(super) fn come(&mut self, who: Who, come: &Come) -> Result<(), Refusal> {
        let key = self.keys.good(&come.invitation, self.at)?;
        if !key.invites() {
            return Err(Refusal::because(Reason::NotAllowed, "it invites nobody"));
        }
        if key.is_used_up() || self.keys.len() >= KEYS_IN_ALL {
            let why = "as many came by this invitation as may";
            return Err(Refusal::because(Reason::TooMany, why));
        }
        self.free(&come.key)?;
        let made = (who, self.position, self.at);
        let mut own = Key::new(come.key.clone(), key.scope.clone(), &come.issued, made);
        own.of = Some(come.invitation.clone());
        let keys = Arc::make_mut(&mut self.keys);
        keys.add(own);
        if let Some(invitation) = keys.get_mut(&come.invitation) {
            invitation.used += 1;
        }
        Ok(())
    }

    fn free(&self, id: &KeyId) -> Result<(), Refusal> {
        match self.keys.get(id) {
            Some(_) => Err(Refusal::because(
                Reason::Taken,
                "another key of this room has that name",
            )),
            None => Ok(()),
        }
    }
}

/// Whether a key may be made for this.
fn fits(scope: &Scope) -> Result<(), Refusal> {
    let malformed = |why: String| Err(Refusal::because(Reason::Malformed, why));
    match scope {
        Scope::Overlay | Scope::Relay => Ok(()),
        Scope::Automation { commands } => {
            let asked = |name: &str| commands.iter().any(|asked| asked.as_str() == name);
            let count = AUTOMATED.iter().filter(|name| asked(name)).count();
            if count == 0 || count != commands.len() || count > LABELS {
                let all = AUTOMATED.join(", ");
                return malformed(format!("commands are some of {all}, each once"));
            }
            Ok(())
        }
        Scope::Invitation { role, brand, uses } => {
            let invited = match role {
                Role::Moderator | Role::Analyst | Role::Operator | Role::Streamer => {
                    brand.is_none()
                }
                Role::Partner => brand.is_some(),
                Role::Viewer | Role::Owner | Role::Shop | Role::Relay => false,
            };
            if !invited {
                return malformed(
                    "an invitation is for a moderator, analyst, operator, streamer, or a partner with its brand"
                        .to_owned(),
                );
            }
            if !(1..=INVITED).contains(uses) {
                return malformed(format!("uses are 1 to {INVITED}"));
            }
            Ok(())
        }
    }
}
