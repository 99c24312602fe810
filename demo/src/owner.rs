//! The one-time owner link: a key that is exchanged once, within an hour, for an owner's token.

use crate::Error;
use crate::chance::name;
use crate::keys::LIFE_S;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::{Span, Timestamp};
use std::sync::{Mutex, PoisonError};

/// The keys of links that were printed and not yet used. They are forgotten when the server stops.
#[derive(Debug, Default)]
pub(crate) struct Links(Mutex<Vec<Link>>);

#[derive(Debug)]
struct Link {
    key: String,
    room: RoomId,
    until: Timestamp,
}

impl Links {
    /// Makes a key for a room's owner.
    pub(crate) fn make(&self, room: RoomId, now: Timestamp) -> Result<String, Error> {
        let key = name()?;
        let until = now.after(Span(LIFE_S * 1_000));
        self.lock().push(Link {
            key: key.clone(),
            room,
            until,
        });
        Ok(key)
    }

    /// The room of a key that is still good, which it then is no more.
    pub(crate) fn redeem(&self, key: &str, now: Timestamp) -> Option<RoomId> {
        let mut links = self.lock();
        links.retain(|link| link.until > now);
        let place = links.iter().position(|link| same(&link.key, key))?;
        Some(links.swap_remove(place).room)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Link>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares in a time that does not tell where two keys differ.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len()
        && one
            .bytes()
            .zip(other.bytes())
            .fold(0, |odd, (a, b)| odd | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_good_once_within_an_hour() {
        let links = Links::default();
        let room = RoomId::parse("demo").expect("a word is an id");
        let key = links
            .make(room.clone(), Timestamp(0))
            .expect("there is randomness");
        assert_eq!(links.redeem("", Timestamp(1)), None);
        assert_eq!(links.redeem(&key, Timestamp(1)), Some(room.clone()));
        assert_eq!(links.redeem(&key, Timestamp(2)), None);
        let late = links.make(room, Timestamp(0)).expect("there is randomness");
        assert_eq!(links.redeem(&late, Timestamp(3_600_000)), None);
    }
}
