//! How an identity becomes the name that a room's log knows: HMAC-SHA-256 (RFC 2104) under a key of that room alone.

use crate::record::Who;
use hmac::{Hmac, KeyInit, Mac};
use liveroom_protocol::id::{KeyId, RequestId};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::fmt;

/// Who someone is, before the room's key makes a pseudonym of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The bearer of a token, by its `sub`.
    Account(String),
    /// A browser, by the device key that the room minted.
    Device(String),
    /// The bearer of a key that the room's owner made.
    Key(KeyId),
    /// A viewer of another platform, by its name and its own name of them.
    Relayed(String, String),
}

/// How the secret of a key begins, so that it is known for one wherever it turns up.
pub const SECRET: &str = "lk_";

/// The secret of one room. Without it nobody can say which identity a pseudonym stands for.
#[derive(Clone)]
pub struct RoomKey([u8; 32]);

impl fmt::Debug for RoomKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RoomKey(..)")
    }
}

impl RoomKey {
    /// A key out of 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to keep beside the log.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The name that this room's log has for an identity.
    pub fn pseudonym(&self, identity: &Identity) -> Pseudonym {
        Pseudonym(match identity {
            Identity::Account(sub) => self.mac(&["account", sub]),
            Identity::Device(key) => self.mac(&["device", key]),
            Identity::Key(key) => self.mac(&["key", key.as_str()]),
            Identity::Relayed(platform, user) => self.mac(&["relayed", platform, user]),
        })
    }

    /// The name that reports have for a viewer: another one, so that reports cannot be joined with the log without this key.
    pub fn for_reports(&self, who: Pseudonym) -> String {
        format!("{:032x}", self.mac(&["reports", &who.to_string()]))
    }

    /// A print of a value kept privately: tells whether two are the same, and nothing else.
    pub fn print(&self, place: &str, value: &str) -> String {
        format!("{:032x}", self.mac(&["print", place, value]))
    }

    /// The secret of the key that a request makes: 256 bits that follow from the request, so that asking again is told the same,
    /// and that nobody can guess without this room's key.
    pub fn secret(&self, who: Who, id: &RequestId) -> String {
        let request = format!("{who}/{id}");
        let half = |name| self.print(name, &request);
        format!("{SECRET}{}{}", half("secret"), half("secret, second half"))
    }

    /// The first 128 bits of the HMAC of the parts, each preceded by its length so that no two lists of parts are alike.
    fn mac(&self, parts: &[&str]) -> u128 {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let bytes = mac.finalize().into_bytes();
        let (head, _) = bytes
            .split_first_chunk::<16>()
            .expect("SHA-256 has 32 bytes");
        u128::from_be_bytes(*head)
    }
}

/// A viewer as a room's log knows them: 128 bits, written as 32 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pseudonym(pub u128);

impl fmt::Display for Pseudonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl From<Pseudonym> for String {
    fn from(name: Pseudonym) -> String {
        name.to_string()
    }
}

impl TryFrom<String> for Pseudonym {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digits = text.len() == 32
            && text
                .bytes()
                .all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase());
        match u128::from_str_radix(&text, 16) {
            Ok(bits) if digits => Ok(Self(bits)),
            _ => Err("a pseudonym is 32 lower-case hexadecimal digits"),
        }
    }
}
