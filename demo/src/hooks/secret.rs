//! What signs a delivery: HMAC-SHA-256 as Standard Webhooks has it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// How a secret begins when it is told.
const PREFIX: &str = "whsec_";

/// The secret of one hook.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// A secret out of 32 random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to keep.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As it is told to whoever made the hook: `whsec_` and base64.
    pub fn told(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    /// The header `webhook-signature` of a body, sent under this name at this time in seconds since 1970.
    pub fn sign(&self, name: &str, seconds: u64, body: &[u8]) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.update(format!("{name}.{seconds}.").as_bytes());
        mac.update(body);
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}
