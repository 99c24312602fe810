//! Tokens: which keys may sign them, and what makes one worth trusting.
//!
//! A token is a JWT signed with EdDSA or HS256. It names its room in `aud`, an account in `sub`, and ends in `exp`, at most an hour away.
//! A key signs with one algorithm only, so that a public key can never be taken for a secret.

use crate::Error;
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, JwkSet};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode,
};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::token::Claims;
use liveroom_protocol::{Reason, Refusal};
use serde::Deserialize;
use sha2::Sha256;
use std::path::Path;

/// The longest life of a token, in seconds.
pub const LIFE_S: u64 = 3_600;
/// How much another server's clock may differ, in seconds.
const LEEWAY_S: u64 = 30;
/// The longest token, in bytes.
const TOKEN_BYTES: usize = 4_096;
/// The longest account, in bytes.
const SUB_BYTES: usize = 256;
/// The name of the server's own key.
const OWN: &str = "liveroom-server";

/// The keys that a server trusts.
pub struct Keys {
    trusted: Vec<Key>,
    signing: EncodingKey,
}

struct Key {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

/// The claims, and one that only the check reads.
#[derive(Deserialize)]
struct Read {
    #[serde(flatten)]
    claims: Claims,
    #[serde(default)]
    nbf: Option<u64>,
}

impl Keys {
    /// The server's own key, made from its secret, and those of the files.
    pub fn open(secret: &[u8; 32], key: Option<&Path>, jwks: Option<&Path>) -> Result<Self, Error> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
        mac.update(b"liveroom tokens\0");
        let own = mac.finalize().into_bytes();
        let mut trusted = vec![Key {
            id: Some(OWN.to_owned()),
            algorithm: Algorithm::HS256,
            key: DecodingKey::from_secret(&own),
        }];
        if let Some(file) = key {
            trusted.push(one(file)?);
        }
        if let Some(file) = jwks {
            trusted.extend(set(file)?);
        }
        Ok(Self {
            trusted,
            signing: EncodingKey::from_secret(&own),
        })
    }

    /// Signs a token with the server's own key.
    pub fn sign(&self, claims: &Claims) -> Result<String, Refusal> {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(OWN.to_owned());
        encode(&header, claims, &self.signing)
            .map_err(|_| Refusal::because(Reason::Unavailable, "the token could not be signed"))
    }

    /// The room of a token that this server signed itself, as it says; for renewing, not for trusting.
    pub fn own_room(&self, token: &str) -> Option<RoomId> {
        let header = decode_header(token).ok()?;
        let claims = jsonwebtoken::dangerous::insecure_decode::<Claims>(token)
            .ok()?
            .claims;
        (header.kid.as_deref() == Some(OWN)).then_some(claims.aud)
    }

    /// The claims of a token for this room, if it can be trusted now.
    pub fn verify(&self, token: &str, room: &RoomId, now: Timestamp) -> Result<Claims, Refusal> {
        if token.len() > TOKEN_BYTES {
            return bad("a token has at most 4096 bytes");
        }
        let Ok(header) = decode_header(token) else {
            return bad("a token is a JWT signed with EdDSA or HS256");
        };
        let fits = |key: &&Key| {
            key.algorithm == header.alg
                && match (&header.kid, &key.id) {
                    (Some(asked), Some(id)) => asked == id,
                    // Whoever has a single key need not name it; the server's own is always named.
                    (Some(_), None) => true,
                    (None, id) => id.as_deref() != Some(OWN),
                }
        };
        let mut checks = Validation::new(header.alg);
        checks.set_audience(&[room.as_str()]);
        checks.set_required_spec_claims(&["aud", "exp", "sub"]);
        // The room's clock is asked below: it is not the system's in a test.
        checks.validate_exp = false;
        let mut why = "no key of this server signs such tokens";
        for key in self.trusted.iter().filter(fits) {
            match decode::<Read>(token, &key.key, &checks) {
                Ok(read) => return in_time(read.claims, now),
                Err(error) => why = explain(error.kind()),
            }
        }
        bad(why)
    }
}

fn in_time(read: Read, now: Timestamp) -> Result<Claims, Refusal> {
    let Read { claims, nbf } = read;
    let now = now.0 / 1_000;
    if claims.exp.saturating_add(LEEWAY_S) <= now {
        return Err(Reason::ExpiredToken.into());
    }
    if claims.exp > now + LIFE_S + LEEWAY_S {
        return bad("a token ends within an hour");
    }
    if nbf.is_some_and(|nbf| nbf > now + LEEWAY_S) {
        return bad("the token is not valid yet");
    }
    if claims.sub.is_empty() || claims.sub.len() > SUB_BYTES {
        return bad("a token's sub has 1 to 256 bytes");
    }
    Ok(claims)
}

fn explain(kind: &jsonwebtoken::errors::ErrorKind) -> &'static str {
    use jsonwebtoken::errors::ErrorKind;
    match kind {
        ErrorKind::InvalidSignature => "no key of this server signed the token",
        ErrorKind::InvalidAudience => "the token is for another room: its aud must be this room",
        ErrorKind::MissingRequiredClaim(_) => "a token has aud, sub and exp",
        ErrorKind::Json(_) => "the token's claims cannot be read: aud, sub, exp, and a known role",
        _ => "the token cannot be read",
    }
}

fn bad<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::because(Reason::BadToken, why))
}

fn one(file: &Path) -> Result<Key, Error> {
    const WANTED: &str =
        "this is neither an Ed25519 public key (PEM) nor a secret of at least 32 bytes";
    let bytes = read(file)?;
    let text = String::from_utf8_lossy(&bytes);
    let (algorithm, key) = if text.contains("PRIVATE KEY") {
        return wrong(
            file,
            "this is a private key: give the public key that belongs to it",
        );
    } else if text.contains("-----BEGIN") {
        let key = DecodingKey::from_ed_pem(&bytes).map_err(|_| key_error(file, WANTED))?;
        (Algorithm::EdDSA, key)
    } else {
        let secret = bytes.trim_ascii();
        if secret.len() < 32 {
            return wrong(file, WANTED);
        }
        (Algorithm::HS256, DecodingKey::from_secret(secret))
    };
    Ok(Key {
        id: None,
        algorithm,
        key,
    })
}

fn set(file: &Path) -> Result<Vec<Key>, Error> {
    let bytes = read(file)?;
    let set: JwkSet = serde_json::from_slice(&bytes)
        .map_err(|error| key_error(file, &format!("this is no JSON Web Key Set: {error}")))?;
    let keys: Vec<Key> = set
        .keys
        .iter()
        .filter_map(|jwk| {
            let algorithm = match &jwk.algorithm {
                AlgorithmParameters::OctetKeyPair(pair) if pair.curve == EllipticCurve::Ed25519 => {
                    Algorithm::EdDSA
                }
                AlgorithmParameters::OctetKey(_) => Algorithm::HS256,
                _ => return None,
            };
            let key = DecodingKey::from_jwk(jwk).ok()?;
            let id = jwk.common.key_id.clone().filter(|id| id != OWN);
            Some(Key { id, algorithm, key })
        })
        .collect();
    if keys.is_empty() {
        return wrong(file, "no key in this set is of type OKP (Ed25519) or oct");
    }
    Ok(keys)
}

fn read(file: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(file).map_err(|error| key_error(file, &error.to_string()))
}

fn wrong<T>(file: &Path, why: &str) -> Result<T, Error> {
    Err(key_error(file, why))
}

fn key_error(file: &Path, why: &str) -> Error {
    Error::Key {
        file: file.to_owned(),
        why: why.to_owned(),
    }
}
