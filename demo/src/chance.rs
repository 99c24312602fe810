//! Randomness from the system, for keys and names.

use crate::Error;
use std::fmt::Write;

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Error::Chance(error.to_string()))?;
    Ok(bytes)
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// A random name of 32 hexadecimal digits.
pub(crate) fn name() -> Result<String, Error> {
    random::<16>().map(|bytes| hex(&bytes))
}
