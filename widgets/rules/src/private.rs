//! What must not lie in the log: a person's words and particulars, and secrets not yet told.
//!
//! They lie in a private table beside it; a record holds only their key.
//! The fold never reads one: tallies, stock and winners are the same with any of them missing.

use crate::activity::Activity;
use crate::pseudonym::{Pseudonym, RoomKey};
use crate::record::Hidden;
use alike::Alike;
use liveroom_protocol::id::{OptionId, RequestId};
use liveroom_protocol::identity::Label;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

mod act;
mod alike;
pub mod erase;
mod order;
mod spare;

pub use act::act;
pub use order::{come, order, room_orders, sign_in};
pub use spare::Spare;

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
pub struct Private {
    values: HashMap<String, PrivateValue>,
    /// Which questions are likely the same, as their words say.
    pub(crate) alike: Alike,
}

impl Private {
    /// Puts a value in its place; one that is there already stays.
    pub fn keep(&mut self, value: PrivateValue) {
        self.values.entry(value.key.clone()).or_insert(value);
    }

    /// Replaces a value that may change, such as a name.
    pub fn replace(&mut self, value: PrivateValue) {
        self.values.insert(value.key.clone(), value);
    }

    /// The value at a place.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|kept| kept.value.as_str())
    }

    /// Deletes all that is a viewer's, but for what lies in places that stay; gives the places.
    pub fn erase(&mut self, owner: Pseudonym, stays: impl Fn(&str) -> bool) -> Vec<String> {
        let theirs =
            |place: &String, kept: &mut PrivateValue| kept.owner == Some(owner) && !stays(place);
        self.values
            .extract_if(theirs)
            .map(|(place, _)| place)
            .collect()
    }

    /// Whose the values are.
    pub(crate) fn owners(&self) -> impl Iterator<Item = Pseudonym> {
        self.values.values().filter_map(|kept| kept.owner)
    }

    /// Takes one value out; for tests of what must hold without it.
    pub fn remove(&mut self, key: &str) -> bool {
        self.values.remove(key).is_some()
    }

    /// The places that hold a value.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Learns the words of questions that are new, at most so many: what is like what is typed is found among those.
    pub(crate) fn learn(&mut self, activities: &[Activity], most: usize) {
        let mut alike = std::mem::take(&mut self.alike);
        alike.learn(activities, &self.values, most);
        self.alike = alike;
    }
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

/// The place of the key that tickets and codes are made with. It lies beside the log only while the room is served.
pub const TICKET_KEY: &str = "ticket key";

/// The key that tickets and codes are made with, for [`Private::keep`] when a room is opened: it follows from the room's key.
pub fn ticket_key(key: &RoomKey) -> PrivateValue {
    PrivateValue {
        key: TICKET_KEY.to_owned(),
        owner: None,
        value: key.print(TICKET_KEY, "") + &key.print(TICKET_KEY, "second half"),
    }
}

/// A value beside the log under a place that the request and the value make their own, and what the record holds of it.
///
/// The value is in the place, since a request that was refused may come again with another: then each lies in its own, and
/// only what was accepted is ever shown. `same` is what makes two values the same one; often the value itself.
fn hide(
    key: &RoomKey,
    place: String,
    kind: &str,
    same: &str,
    owner: Option<Pseudonym>,
    value: String,
) -> (Hidden, PrivateValue) {
    let place = format!("{place}/{}", key.print(&place, &value));
    let hidden = Hidden {
        print: key.print(kind, same),
        key: place.clone(),
    };
    let value = PrivateValue {
        key: place,
        owner,
        value,
    };
    (hidden, value)
}

/// 64 bits of SHA-256 that stand for a request; the same on every server and in every build.
fn fingerprint(who: Pseudonym, id: &RequestId) -> u64 {
    let bytes = Sha256::digest(format!("{who}/{id}"));
    let (head, _) = bytes
        .split_first_chunk::<8>()
        .expect("SHA-256 has 32 bytes");
    u64::from_be_bytes(*head)
}
