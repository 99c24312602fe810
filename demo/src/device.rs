//! Device keys: 128 random bits that a room mints for a browser, with a signature, so that none need be stored to know one again.

use crate::Error;
use crate::chance::{hex, random};
use hmac::{Hmac, KeyInit, Mac};
use liveroom_protocol::id::RoomId;
use liveroom_rules::pseudonym::Identity;
use sha2::Sha256;

/// What signs the device keys of a server.
pub struct Devices(Hmac<Sha256>);

impl Devices {
    /// Device keys under the server's secret.
    pub fn new(secret: &[u8; 32]) -> Self {
        let mut mac = Hmac::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(b"liveroom device key\0");
        Self(mac)
    }

    /// A new device key for one room: 32 hexadecimal digits, a point, and 32 that sign them.
    pub fn mint(&self, room: &RoomId) -> Result<String, Error> {
        let key = hex(&random::<16>()?);
        let sign = self.signature(room, &key).finalize().into_bytes();
        Ok(format!("{key}.{}", hex(&sign[..16])))
    }

    /// Whose device key it is; nothing if this server did not mint it for this room.
    pub fn identity(&self, room: &RoomId, device: &str) -> Option<Identity> {
        let (key, sign) = device.split_once('.')?;
        let sign = unhex(sign)?;
        self.signature(room, key)
            .verify_truncated_left(&sign)
            .ok()?;
        Some(Identity::Device(key.to_owned()))
    }

    fn signature(&self, room: &RoomId, key: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        mac.update(room.as_str().as_bytes());
        mac.update(b"\0");
        mac.update(key.as_bytes());
        mac
    }
}

/// The 16 bytes that 32 lower-case hexadecimal digits stand for.
fn unhex(text: &str) -> Option<[u8; 16]> {
    let digits = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let bits = u128::from_str_radix(text, 16).ok()?;
    digits.then(|| bits.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_again_in_its_room_and_nowhere_else() {
        let room = RoomId::parse("demo").expect("a word is an id");
        let other = RoomId::parse("other").expect("a word is an id");
        let devices = Devices::new(&[1; 32]);
        let device = devices.mint(&room).expect("there is randomness");
        assert!(devices.identity(&room, &device).is_some());
        assert_ne!(device, devices.mint(&room).expect("there is randomness"));
        assert_eq!(devices.identity(&other, &device), None);
        assert_eq!(Devices::new(&[2; 32]).identity(&room, &device), None);
    }

    #[test]
    fn a_forged_key_is_nobodys() {
        let room = RoomId::parse("demo").expect("a word is an id");
        let devices = Devices::new(&[1; 32]);
        let device = devices.mint(&room).expect("there is randomness");
        let (key, sign) = device.split_once('.').expect("it has a point");
        let last = if sign.ends_with('0') { "1" } else { "0" };
        let forged = [
            String::new(),
            key.to_owned(),
            format!("{key}."),
            format!("{key}.{}", &sign[..30]),
            format!("{key}.{}{last}", &sign[..31]),
            format!("{key}.{sign}00"),
            format!("0{key}.{sign}"),
            format!("{key}.{}", sign.to_uppercase() + "+"),
            "é".repeat(40),
        ];
        for text in forged {
            assert_eq!(devices.identity(&room, &text), None, "{text}");
        }
    }
}
