//! The JSON Schema of every message, made from the types.

use crate::message::{FromRoom, ToRoom};
use crate::{alert, engagement, event, relay, run, token};
use schemars::{JsonSchema, Schema, SchemaGenerator, schema_for};
use std::borrow::Cow;

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
    /// One report.
    report: engagement::Report<engagement::Data<Any>>,
    /// What there is to be told of a room.
    alerts: alert::Alerts,
    /// The data of `live.room.ledger`.
    ledger: engagement::Ledger,
    /// What a back end is told.
    event: event::Event,
    /// An act for a viewer of another platform.
    relayed: relay::Relayed,
    /// A run of show, as a desk keeps it.
    run: run::Kept,
    /// What the room's rules would say of one.
    rehearsed: run::Rehearsed,
}

/// What a page gave to `report()`: any JSON.
struct Any;

impl JsonSchema for Any {
    fn schema_name() -> Cow<'static, str> {
        "Any".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        Schema::default()
    }
}

/// The schema of all messages as JSON text: definitions for `ToRoom`, `FromRoom`, `Claims`, `Report`, `RoomEvent` and `Relayed`.
pub fn json() -> String {
    let schema: Schema = schema_for!(Messages);
    format!("{schema:#}", schema = schema.as_value())
}
