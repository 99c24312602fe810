//! What is kept of a hook: where it sends, how far its receiver is, and its latest deliveries.

use super::{Kinds, Secret};
use crate::events::Place;
use liveroom_protocol::id::{HookId, RoomId};
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

/// Deliveries of one hook that are kept.
const DELIVERIES: u32 = 50;

/// How a hook is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// Events are sent.
    Active,
    /// It failed for so long that it is tried no more, until its owner sets it again or a test succeeds.
    Failing,
    /// Its receiver said that it is no more (410).
    Gone,
}

/// A hook as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Hook {
    pub(crate) id: HookId,
    pub(crate) made: Timestamp,
    /// Counted up whenever it is set: what was begun before does not count any more.
    pub(crate) generation: u64,
    pub(crate) url: String,
    pub(crate) types: Kinds,
    pub(crate) secret: Secret,
    pub(crate) state: State,
    /// All up to here was taken.
    pub(crate) at: Place,
    /// The end of what is being sent.
    pub(crate) to: Option<Place>,
    pub(crate) tries: u32,
    pub(crate) since: Option<Timestamp>,
    pub(crate) next_at: Timestamp,
}

/// One try.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Delivery {
    /// When.
    pub(crate) at: Timestamp,
    /// Its `webhook-id`.
    pub(crate) id: String,
    /// How many events.
    pub(crate) events: usize,
    /// The answer's status, if there was an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// Why there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) said: Option<String>,
    /// How long it took, in milliseconds.
    pub(crate) took_ms: u64,
}

/// What comes of a try, to be kept with it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outcome {
    /// It was taken up to here.
    Taken(Place),
    /// It is tried again then; the first failure was then.
    Again(Timestamp, Timestamp),
    /// It is tried no more.
    Over(State),
}

const COLUMNS: &str = "id, made, generation, url, types, secret, state, position, number, to_position, to_number, tries, since, next_at";

fn hook(row: &Row<'_>) -> rusqlite::Result<Hook> {
    let state: String = row.get(6)?;
    let types: String = row.get(4)?;
    let to = row
        .get::<_, Option<u64>>(9)?
        .zip(row.get::<_, Option<u32>>(10)?);
    Ok(Hook {
        id: HookId::parse(row.get::<_, String>(0)?).map_err(odd)?,
        made: Timestamp(row.get(1)?),
        generation: row.get(2)?,
        url: row.get(3)?,
        types: serde_json::from_str(&types).map_err(odd)?,
        secret: Secret::new(row.get(5)?),
        state: match state.as_str() {
            "failing" => State::Failing,
            "gone" => State::Gone,
            _ => State::Active,
        },
        at: (row.get(7)?, row.get(8)?),
        to,
        tries: row.get(11)?,
        since: row.get::<_, Option<u64>>(12)?.map(Timestamp),
        next_at: Timestamp(row.get(13)?),
    })
}

fn odd(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
}

const fn word(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::Failing => "failing",
        State::Gone => "gone",
    }
}

/// Every hook that is sent to.
pub(super) fn all(file: &Connection) -> rusqlite::Result<Vec<(RoomId, HookId)>> {
    let mut statement = file.prepare("SELECT room, id FROM hooks WHERE state = 'active'")?;
    let rows = statement.query_map([], |row| {
        let room = RoomId::parse(row.get::<_, String>(0)?).map_err(odd)?;
        let hook = HookId::parse(row.get::<_, String>(1)?).map_err(odd)?;
        Ok((room, hook))
    })?;
    rows.collect()
}

/// The hooks of a room, by name.
pub(crate) fn of_room(file: &Connection, room: &RoomId) -> rusqlite::Result<Vec<Hook>> {
    let mut statement = file.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM hooks WHERE room = ?1 ORDER BY id"
    ))?;
    statement.query_map([room.as_str()], hook)?.collect()
}

/// One hook.
pub(crate) fn one(file: &Connection, room: &RoomId, id: &HookId) -> rusqlite::Result<Option<Hook>> {
    file.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM hooks WHERE room = ?1 AND id = ?2"
    ))?
    .query_row([room.as_str(), id.as_str()], hook)
    .optional()
}

/// Keeps a hook as it is set now; what was being sent is sent anew.
pub(crate) fn set(file: &Connection, room: &RoomId, hook: &Hook) -> rusqlite::Result<()> {
    let types = serde_json::to_string(&hook.types).expect("types are texts");
    let (position, number) = hook.at;
    file.prepare_cached(
        "INSERT INTO hooks (room, id, made, generation, url, types, secret, state, position, number)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
         ON CONFLICT (room, id) DO UPDATE SET generation = excluded.generation, url = excluded.url, types = excluded.types,
            secret = excluded.secret, state = excluded.state, position = excluded.position, number = excluded.number,
            to_position = NULL, to_number = NULL, tries = 0, since = NULL, next_at = 0",
    )?
    .execute(params![
        room.as_str(),
        hook.id.as_str(),
        hook.made.0,
        hook.generation,
        hook.url,
        types,
        hook.secret.bytes(),
        word(hook.state),
        position,
        number
    ])
    .map(drop)
}

/// Forgets a hook with its deliveries; says whether there was one.
pub(crate) fn remove(file: &Connection, room: &RoomId, id: &HookId) -> rusqlite::Result<bool> {
    let named = [room.as_str(), id.as_str()];
    file.execute(
        "DELETE FROM deliveries WHERE room = ?1 AND hook = ?2",
        named,
    )?;
    let gone = file.execute("DELETE FROM hooks WHERE room = ?1 AND id = ?2", named)?;
    Ok(gone > 0)
}

/// Notes the end of what is about to be sent, so that it is the same after a kill; or, with nothing to send, how far was looked.
pub(super) fn mark(
    file: &Connection,
    room: &RoomId,
    known: &Hook,
    (at, to): (Place, Option<Place>),
) -> rusqlite::Result<()> {
    file.prepare_cached(
        "UPDATE hooks SET position = ?4, number = ?5, to_position = ?6, to_number = ?7
         WHERE room = ?1 AND id = ?2 AND generation = ?3",
    )?
    .execute(params![
        room.as_str(),
        known.id.as_str(),
        known.generation,
        at.0,
        at.1,
        to.map(|to| to.0),
        to.map(|to| to.1)
    ])
    .map(drop)
}

/// Keeps what came of a try.
pub(super) fn note(
    file: &mut Connection,
    room: &RoomId,
    known: &Hook,
    outcome: Outcome,
    delivery: &Delivery,
) -> rusqlite::Result<()> {
    let transaction = file.transaction()?;
    let named = (room.as_str(), known.id.as_str(), known.generation);
    let (room_name, id, generation) = named;
    match outcome {
        Outcome::Taken((position, number)) => transaction
            .prepare_cached(
                "UPDATE hooks SET position = ?4, number = ?5, to_position = NULL, to_number = NULL, tries = 0, since = NULL, next_at = 0
                 WHERE room = ?1 AND id = ?2 AND generation = ?3",
            )?
            .execute(params![room_name, id, generation, position, number])?,
        Outcome::Again(since, next_at) => transaction
            .prepare_cached(
                "UPDATE hooks SET tries = tries + 1, since = ?4, next_at = ?5 WHERE room = ?1 AND id = ?2 AND generation = ?3",
            )?
            .execute(params![room_name, id, generation, since.0, next_at.0])?,
        Outcome::Over(state) => transaction
            .prepare_cached("UPDATE hooks SET state = ?4, tries = tries + 1 WHERE room = ?1 AND id = ?2 AND generation = ?3")?
            .execute(params![room_name, id, generation, word(state)])?,
    };
    keep(&transaction, room, &known.id, delivery)?;
    transaction.commit()
}

/// Keeps a delivery; the oldest goes.
pub(crate) fn keep(
    file: &Connection,
    room: &RoomId,
    id: &HookId,
    delivery: &Delivery,
) -> rusqlite::Result<()> {
    file.prepare_cached(
        "INSERT INTO deliveries (room, hook, at, name, count, status, said, took_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        room.as_str(),
        id.as_str(),
        delivery.at.0,
        delivery.id,
        delivery.events,
        delivery.status,
        delivery.said,
        delivery.took_ms
    ])?;
    file.prepare_cached(
        "DELETE FROM deliveries WHERE room = ?1 AND hook = ?2 AND row <=
            (SELECT row FROM deliveries WHERE room = ?1 AND hook = ?2 ORDER BY row DESC LIMIT 1 OFFSET ?3)",
    )?
    .execute(params![room.as_str(), id.as_str(), DELIVERIES])
    .map(drop)
}

/// The latest deliveries of a hook, the newest first.
pub(crate) fn deliveries(
    file: &Connection,
    room: &RoomId,
    id: &HookId,
) -> rusqlite::Result<Vec<Delivery>> {
    let mut statement = file.prepare_cached(
        "SELECT at, name, count, status, said, took_ms FROM deliveries WHERE room = ?1 AND hook = ?2 ORDER BY row DESC",
    )?;
    let rows = statement.query_map([room.as_str(), id.as_str()], |row| {
        Ok(Delivery {
            at: Timestamp(row.get(0)?),
            id: row.get(1)?,
            events: row.get(2)?,
            status: row.get(3)?,
            said: row.get(4)?,
            took_ms: row.get(5)?,
        })
    })?;
    rows.collect()
}
