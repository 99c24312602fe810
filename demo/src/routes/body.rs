//! The body of a request: read up to a limit, refused in words otherwise.

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, header};
use liveroom_protocol::{Reason, Refusal};

/// Reads a JSON body of at most `limit` bytes.
pub(super) async fn json(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Refusal> {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let plain = kind.and_then(|kind| kind.split(';').next()).map(str::trim);
    if !plain.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json")) {
        return Err(Refusal::because(
            Reason::Unsupported,
            "send application/json",
        ));
    }
    // What breaks the reading is the limit, or the sender going away, who then is not told.
    to_bytes(body, limit)
        .await
        .map_err(|_| Refusal::because(Reason::TooLarge, format!("at most {limit} bytes")))
}

/// Reads a JSON body that has to be an object: what would read it takes an array for one, member by member.
pub(super) async fn object(
    headers: &HeaderMap,
    body: Body,
    limit: usize,
) -> Result<Bytes, Refusal> {
    let bytes = json(headers, body, limit).await?;
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        let said = "send an object, and no array";
        return Err(Refusal::because(Reason::Malformed, said));
    }
    Ok(bytes)
}
