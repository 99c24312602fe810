//! Whether a signature is that of a round of drand's quicknet: the public randomness that a draw may name.
//!
//! No network is needed: the league's public key is here, and the signature is the only one that it can give of a round.

use blst::BLST_ERROR;
use blst::min_sig::{PublicKey, Signature};
use liveroom_protocol::lottery::Hex;
use sha2::{Digest, Sha256};

/// The league's public key, as <https://api.drand.sh/52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971/info> has it.
const PUBLIC_KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";

/// The suite of RFC 9380 by which a message becomes a point.
const SUITE: &[u8] = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

/// Whether the league signed this round with this signature.
pub fn signed(round: u32, signature: &[u8; 48]) -> bool {
    let message = Sha256::digest(u64::from(round).to_be_bytes());
    let key = Hex::<96>::parse(PUBLIC_KEY).and_then(|key| PublicKey::from_bytes(&key.0).ok());
    let (Some(key), Ok(signature)) = (key, Signature::from_bytes(signature)) else {
        return false;
    };
    signature.verify(true, &message, SUITE, &[], &key, true) == BLST_ERROR::BLST_SUCCESS
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUNDS: [(u32, &str); 3] = [
        (
            123,
            "b75c69d0b72a5d906e854e808ba7e2accb1542ac355ae486d591aa9d43765482e26cd02df835d3546d23c4b13e0dfc92",
        ),
        (
            1_000,
            "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39",
        ),
        (
            657_413,
            "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
        ),
    ];

    #[test]
    fn recorded_rounds_are_signed_and_nothing_else_is() {
        for (round, hex) in ROUNDS {
            let signature = Hex::<48>::parse(hex).expect("48 bytes").0;
            assert!(signed(round, &signature));
            assert!(!signed(round + 1, &signature));
            for place in 0..48 {
                let mut bent = signature;
                bent[place] ^= 1;
                assert!(!signed(round, &bent), "byte {place} of round {round}");
            }
        }
        assert!(!signed(1, &[0; 48]));
        // The point at infinity is no signature.
        let mut infinity = [0; 48];
        infinity[0] = 0xc0;
        assert!(!signed(1, &infinity));
    }
}
