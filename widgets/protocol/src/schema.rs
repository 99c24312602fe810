//! The JSON Schema of every message, made from the types.

use crate::message::{FromRoom, ToRoom};
use crate::{engagement, event, relay, token};
use schemars::{JsonSchema, Schema, schema_for};

/// All that crosses a wire.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is used")]
struct Messages {
    /// What a page sends.
    to_room: ToRoom,
    /// What a room sends.
    from_room: FromRoom,
    /// The claims of a token.
    claims: token::Claims,
    /// One report; its data is any JSON.
    report: engagement::Report<engagement::Ledger>,
    /// What a back end is told.
    event: event::Event,
    /// An act for a viewer of another platform.
    relayed: relay::Relayed,
}

/// The schema of all messages as JSON text: definitions for `ToRoom`, `FromRoom`, `Claims`, `Report`, `RoomEvent` and `Relayed`.
pub fn json() -> String {
    let schema: Schema = schema_for!(Messages);
    format!("{schema:#}", schema = schema.as_value())
}
