//! A refusal over HTTP: its status, and its body `{"refusal":{"reason":…,"message":…}}`.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liveroom_protocol::{Reason, Refusal};
use serde::Serialize;

/// A refusal as the answer to an HTTP request.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Refused {
    /// Why.
    pub(crate) refusal: Refusal,
}

impl<T: Into<Refusal>> From<T> for Refused {
    fn from(refusal: T) -> Self {
        Self {
            refusal: refusal.into(),
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = status(self.refusal.reason);
        let wait = retry_after(&self.refusal);
        let mut response = (status, Json(self)).into_response();
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

/// Seconds after which asking again makes sense.
fn retry_after(refusal: &Refusal) -> Option<u64> {
    let known = refusal.again_in_ms.map(|ms| ms.div_ceil(1_000).max(1));
    let usual = matches!(refusal.reason, Reason::TooFast | Reason::Unavailable).then_some(1);
    known.or(usual)
}

/// The status that stands for a reason.
pub(crate) fn status(reason: Reason) -> StatusCode {
    match reason {
        Reason::Malformed | Reason::Unsupported | Reason::Unknown => StatusCode::BAD_REQUEST,
        Reason::BadToken | Reason::ExpiredToken => StatusCode::UNAUTHORIZED,
        Reason::WrongOrigin
        | Reason::NotAllowed
        | Reason::NeedsSignIn
        | Reason::NeedsVerified
        | Reason::NotEligible
        | Reason::ConditionNotMet
        | Reason::WrongKeyword
        | Reason::BadAttest => StatusCode::FORBIDDEN,
        Reason::NotFound | Reason::NoWin | Reason::UnknownQuestion | Reason::UnknownClaim => {
            StatusCode::NOT_FOUND
        }
        Reason::NotOpen
        | Reason::Paused
        | Reason::Closed
        | Reason::StillOpen
        | Reason::OtherRun
        | Reason::Taken
        | Reason::AlreadyVoted
        | Reason::NoVote
        | Reason::AlreadyEntered
        | Reason::AlreadyClaimed
        | Reason::TooLate
        | Reason::Duplicate
        | Reason::SoldOut
        | Reason::LimitReached
        | Reason::CalledOff
        | Reason::IdReused
        | Reason::TooMany
        | Reason::Incomplete
        | Reason::NeedsApproval
        | Reason::Damaged
        | Reason::Unanswered
        | Reason::Cancelled => StatusCode::CONFLICT,
        Reason::Sealed => StatusCode::GONE,
        Reason::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Reason::NoChoice
        | Reason::TooManyChoices
        | Reason::UnknownOption
        | Reason::UnknownVariant
        | Reason::Blocked => StatusCode::UNPROCESSABLE_ENTITY,
        Reason::TooFast => StatusCode::TOO_MANY_REQUESTS,
        Reason::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// A reason as it is written on the wire.
pub(crate) fn word(reason: Reason) -> String {
    match serde_json::to_value(reason) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "unknown".to_owned(),
    }
}

/// A refusal that says when to ask again.
pub(crate) fn too_fast(again_in_ms: u64) -> Refusal {
    Refusal {
        again_in_ms: Some(again_in_ms),
        ..Reason::TooFast.into()
    }
}

/// What callers are told when the log took nothing.
pub(crate) fn unavailable() -> Refusal {
    Refusal {
        reason: Reason::Unavailable,
        message: Some("nothing was changed: ask again with the same id".to_owned()),
        again_in_ms: Some(1_000),
    }
}
