//! What a viewer shows to the shop: signed tickets of claims, and short codes.
//!
//! A ticket is a JWT (RFC 7519) signed with HS256 under the room's ticket key, so that a shop's server checks it offline
//! with any JWT library. The key follows from the room's key, is told only to `role` shop and owner, and dies with it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use liveroom_protocol::deal::Ticket;
use sha2::Sha256;

/// Who issues tickets, so that no other token passes for one.
pub const ISSUER: &str = "liveroom-ticket";

/// `{"alg":"HS256","typ":"JWT"}`.
const HEADER: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";

/// Signs a ticket. `key` is the ticket key as text, whose bytes are the secret.
pub fn sign(key: &str, ticket: &Ticket) -> String {
    let claims = serde_json::to_string(ticket).expect("a ticket has only texts as keys");
    let mut text = [HEADER, &URL_SAFE_NO_PAD.encode(claims)].join(".");
    let signature = URL_SAFE_NO_PAD.encode(mac(key, &[&text]));
    text.push('.');
    text.push_str(&signature);
    text
}

/// A code of ten letters and digits that cannot be guessed, none of which is taken for another: 50 bits.
pub fn code(key: &str, about: &[&str]) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    mac(key, about)
        .iter()
        .take(10)
        .map(|byte| char::from(LETTERS[usize::from(byte & 31)]))
        .collect()
}

fn mac(key: &str, parts: &[&str]) -> [u8; 32] {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            mac.update(b"/");
        }
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_says_what_it_is() {
        let header = URL_SAFE_NO_PAD.decode(HEADER).expect("base64url");
        assert_eq!(header, br#"{"alg":"HS256","typ":"JWT"}"#);
    }

    #[test]
    fn a_code_is_ten_plain_letters_and_another_for_another_thing() {
        let one = code("key", &["a", "c1"]);
        assert_eq!(one.len(), 10);
        assert_ne!(one, code("key", &["a", "c2"]));
        assert_ne!(one, code("other", &["a", "c1"]));
    }
}
