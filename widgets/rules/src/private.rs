//! What must not lie in the log: a person's words and particulars, and secrets not yet told.
//!
//! They lie in a private table beside it; a record holds only their key.
//! The fold never reads one: tallies, stock and winners are the same with any of them missing.

use crate::log::Append;
use crate::pseudonym::{Pseudonym, RoomKey};
use crate::record::{Act, Entry, Hidden, Ordered, What, Who};
use crate::room::Room;
use liveroom_protocol::id::{ActivityId, OptionId, RequestId};
use liveroom_protocol::identity::{Label, Role, Standing};
use liveroom_protocol::{Command, Reason, Refusal, message, poll};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A value to be kept beside the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateValue {
    /// Its place.
    pub key: String,
    /// The viewer whose it is; erasing that viewer deletes it. Secrets of the room have none.
    pub owner: Option<Pseudonym>,
    /// The value.
    pub value: String,
}

/// The private values of one room, as they are now; any may be missing.
#[derive(Clone, Debug, Default)]
pub struct Private(HashMap<String, PrivateValue>);

impl Private {
    /// Puts a value in its place; one that is there already stays.
    pub fn keep(&mut self, value: PrivateValue) {
        self.0.entry(value.key.clone()).or_insert(value);
    }

    /// Replaces a value that may change, such as a name.
    pub fn replace(&mut self, value: PrivateValue) {
        self.0.insert(value.key.clone(), value);
    }

    /// The value at a place.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(|kept| kept.value.as_str())
    }

    /// Deletes all that is a viewer's, and says how much it was.
    pub fn erase(&mut self, owner: Pseudonym) -> usize {
        let before = self.0.len();
        self.0.retain(|_, kept| kept.owner != Some(owner));
        before - self.0.len()
    }

    /// Takes one value out; for tests of what must hold without it.
    pub fn remove(&mut self, key: &str) -> bool {
        self.0.remove(key).is_some()
    }

    /// The places that hold a value.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The place of a quiz's right answers; the request is in it, so that one that is refused cannot take another's place.
fn right_key(activity: &ActivityId, request: u64) -> String {
    format!("right/{activity}/{request:016x}")
}

/// The place of a viewer's display name.
pub fn name_key(who: Pseudonym) -> String {
    format!("name/{who}")
}

/// A display name to keep for a viewer.
pub fn name(who: Pseudonym, name: &Label) -> PrivateValue {
    PrivateValue {
        key: name_key(who),
        owner: Some(who),
        value: name.as_str().to_owned(),
    }
}

/// Makes the log's entry of a viewer's action.
pub fn act(who: Pseudonym, standing: Standing, act: message::Act) -> Entry {
    let message::Act {
        id,
        activity,
        run,
        action,
    } = act;
    Entry {
        who: Who::Viewer(who),
        id,
        what: What::Act(Act {
            activity,
            run,
            standing,
            action,
        }),
    }
}

/// Makes the log's entry of a streamer's command, and parts it from its secrets.
///
/// An activity without a name gets one made from the request's id, so that asking again names it the same.
/// A reveal takes with it what the room holds privately to be told.
/// Right answers that are no options are refused here: once hidden, nobody could check them.
pub fn order(
    key: &RoomKey,
    role: Role,
    who: Pseudonym,
    order: message::Order,
    room: &Room,
) -> Result<Append, Refusal> {
    let message::Order { id, mut command } = order;
    let secret = match &mut command {
        Command::PollPrepare(draft) | Command::PollOpen(draft) => hide(key, who, &id, draft)?,
        _ => None,
    };
    let told = match &command {
        Command::Reveal { activity } => room.secret(activity).map(str::to_owned),
        _ => None,
    };
    let (hidden, value) = secret.unzip();
    let what = What::Command(Ordered {
        command,
        hidden,
        told,
    });
    Ok(Append {
        entry: Entry {
            who: Who::Staff(role, who),
            id,
            what,
        },
        private: value.into_iter().collect(),
    })
}

/// Names a draft, and takes the right answers out of it.
fn hide(
    key: &RoomKey,
    who: Pseudonym,
    id: &RequestId,
    draft: &mut poll::Draft,
) -> Result<Option<(Hidden, PrivateValue)>, Refusal> {
    let request = fingerprint(&(who, id));
    let activity = draft
        .activity
        .get_or_insert_with(|| fresh("poll", request))
        .clone();
    let right = std::mem::take(&mut draft.right);
    if right.is_empty() {
        return Ok(None);
    }
    let options = crate::poll::options(draft)?;
    if right
        .iter()
        .any(|id| !options.iter().any(|option| option.id == *id))
    {
        return Err(Refusal::because(
            Reason::UnknownOption,
            "a right answer is none of the options' ids",
        ));
    }
    let value = write_right(&right);
    let place = right_key(&activity, request);
    let print = key.print(&place, &value);
    Ok(Some((
        Hidden {
            key: place.clone(),
            print,
        },
        PrivateValue {
            key: place,
            owner: None,
            value,
        },
    )))
}

/// A name for an activity, the same for the same request.
fn fresh(widget: &str, request: u64) -> ActivityId {
    ActivityId::parse(format!("{widget}-{:08x}", request as u32))
        .expect("a widget's name and eight digits are an id")
}

/// 64 bits of SHA-256 that stand for a request; the same on every server and in every build.
fn fingerprint((who, id): &(Pseudonym, &RequestId)) -> u64 {
    let bytes = Sha256::digest(format!("{who}/{id}"));
    let (head, _) = bytes
        .split_first_chunk::<8>()
        .expect("SHA-256 has 32 bytes");
    u64::from_be_bytes(*head)
}

/// Right answers as they lie in the private table: ids with a space between.
pub fn write_right(right: &[OptionId]) -> String {
    right
        .iter()
        .map(OptionId::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads right answers back; what is no id is left out.
pub fn read_right(value: &str) -> Vec<OptionId> {
    value
        .split(' ')
        .filter_map(|id| OptionId::parse(id).ok())
        .collect()
}
