//! What is counted as reports arrive, in the transaction that stores them, so that figures cost no reading of all reports.
//!
//! A report that came before is counted no more. What is read of a report is text that anybody can send: it is parsed,
//! bounded, and counted under the room that its source names.

use super::event::Event;
use super::standing::Standings;
use super::step::Step;
use liveroom_protocol::Widget;
use liveroom_protocol::engagement::Ledger;
use liveroom_protocol::id::{ActivityId, RoomId, ShowId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::money::{Amount, Currency};
use liveroom_protocol::time::Timestamp;
use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;
use std::collections::BTreeSet;

/// Milliseconds of the minutes by which all is counted.
pub const MINUTE: u64 = 60_000;
/// How much earlier than it came a report may say that it happened; browsers keep reports for three days.
const EARLIER: u64 = 4 * 86_400_000;
/// How much later, for clocks that go ahead.
const LATER: u64 = 10 * MINUTE;
/// The longest time that one report can honestly tell of.
const LONGEST: u64 = 86_400_000;
/// Bytes of a type, a reason or a channel that is counted by its name; longer ones are counted as `other`.
const WORD_BYTES: usize = 80;

/// The tables of version 2.
pub(super) const TABLES: &str = "
-- What a report belongs to; each combination once.
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    room TEXT NOT NULL,
    activity TEXT NOT NULL,
    widget TEXT NOT NULL,
    channel TEXT NOT NULL,
    show TEXT NOT NULL,
    -- A JSON list of those on air, sorted.
    on_air TEXT NOT NULL,
    UNIQUE (room, activity, widget, channel, show, on_air)
) STRICT;
CREATE TABLE counts (
    place INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- The reason of a refusal, the code of an error, the code of a share link.
    detail TEXT NOT NULL,
    count INTEGER NOT NULL,
    -- Time visible, or watched.
    ms INTEGER NOT NULL,
    PRIMARY KEY (place, minute, kind, detail)
) STRICT, WITHOUT ROWID;
CREATE TABLE page_loads (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    session TEXT NOT NULL,
    room TEXT NOT NULL,
    -- The viewer's pseudonym, as soon as the page was told it.
    me TEXT,
    last INTEGER NOT NULL,
    -- The ledger that knew most.
    created INTEGER NOT NULL DEFAULT 0,
    ledger TEXT,
    -- Of which tier and segments the room says that the viewer is, as JSON.
    standing TEXT,
    UNIQUE (source, session)
) STRICT;
CREATE INDEX page_loads_room ON page_loads (room);
-- Which page load got how far, in which minutes.
CREATE TABLE steps (
    place INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    step INTEGER NOT NULL,
    page_load INTEGER NOT NULL,
    PRIMARY KEY (place, minute, step, page_load)
) STRICT, WITHOUT ROWID;
CREATE TABLE order_values (
    place INTEGER NOT NULL,
    minute INTEGER NOT NULL,
    currency TEXT NOT NULL,
    -- Ten-thousandths of the currency: exact, as amounts have four places at most.
    amount INTEGER NOT NULL,
    PRIMARY KEY (place, minute, currency)
) STRICT, WITHOUT ROWID;
-- The most viewers connected at once, of this server's rooms.
CREATE TABLE viewers (
    room TEXT NOT NULL,
    minute INTEGER NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (room, minute)
) STRICT, WITHOUT ROWID;
";

/// The room that a source names: a room's address on any server, or `urn:liveroom:{room}`.
pub(super) fn room_of(source: &str) -> Option<RoomId> {
    let name = match source.strip_prefix("urn:liveroom:") {
        Some(name) => name,
        None => source.rsplit_once("/v1/rooms/")?.1,
    };
    RoomId::parse(name).ok()
}

/// Counts one report that was stored just now.
pub(super) fn count(
    transaction: &Transaction<'_>,
    event: &Event,
    received: Timestamp,
    standings: &Standings,
) -> rusqlite::Result<()> {
    let Some(room) = room_of(&event.source) else {
        return Ok(());
    };
    let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
    let minute = minute(&data, received);
    let page_load = page_load(
        transaction,
        event,
        &room,
        (&data, minute, received),
        standings,
    )?;
    if event.kind == super::figures::LEDGER {
        return match page_load {
            Some(page_load) => ledger(transaction, page_load, &data),
            None => Ok(()),
        };
    }
    let place = place(transaction, &room, &data)?;
    let detail = match event
        .kind
        .strip_prefix("live.")
        .and_then(|kind| kind.rsplit_once('.'))
    {
        Some((_, "refused")) => text(&data, "reason"),
        Some((_, "error")) => text(&data, "code"),
        Some(("room", "arrived")) => text(&data, "referral"),
        _ => "",
    };
    let ms = data.get("ms").and_then(Value::as_u64).unwrap_or_default();
    transaction
        .prepare_cached(
            "INSERT INTO counts (place, minute, kind, detail, count, ms) VALUES (?1, ?2, ?3, ?4, 1, ?5)
             ON CONFLICT DO UPDATE SET count = count + 1, ms = ms + excluded.ms",
        )?
        .execute((place, minute, word(&event.kind), word(detail), ms.min(LONGEST)))?;
    let step = Step::of(&event.kind);
    if let Some(page_load) = page_load {
        for step in [Some(Step::Here), step].into_iter().flatten() {
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO steps (place, minute, step, page_load) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute((place, minute, step.number(), page_load))?;
        }
    }
    if step == Some(Step::Ordered)
        && let Some((currency, amount)) = value(&data)
    {
        // Whoever sends the largest numbers there are fills this sum, and breaks nothing.
        transaction
            .prepare_cached(
                "INSERT INTO order_values (place, minute, currency, amount) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET amount = min(amount, 9000000000000000000 - excluded.amount) + excluded.amount",
            )?
            .execute((place, minute, currency, amount))?;
    }
    Ok(())
}

/// The minute in which it happened, by the room's clock where that can be, else in which it came.
fn minute(data: &Value, received: Timestamp) -> u64 {
    let at = data.get("at").and_then(Value::as_u64);
    let early = received.0.saturating_sub(EARLIER);
    let can_be = at.filter(|at| (early..=received.0.saturating_add(LATER)).contains(at));
    let at = can_be.unwrap_or(received.0);
    at - at % MINUTE
}

fn text<'a>(data: &'a Value, name: &str) -> &'a str {
    data.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn word(text: &str) -> &str {
    if text.len() <= WORD_BYTES {
        text
    } else {
        "other"
    }
}

fn value(data: &Value) -> Option<(String, i64)> {
    let amount = Amount::try_from(text(data, "value").to_owned()).ok()?;
    let currency = Currency::try_from(text(data, "currency").to_owned()).ok()?;
    let amount = i64::try_from(amount.ten_thousandths()).ok()?;
    Some((currency.into(), amount))
}

/// The page load, made if it is new; none where the report names none.
fn page_load(
    transaction: &Transaction<'_>,
    event: &Event,
    room: &RoomId,
    (data, minute, received): (&Value, u64, Timestamp),
    standings: &Standings,
) -> rusqlite::Result<Option<i64>> {
    let Some(session) = &event.session else {
        return Ok(None);
    };
    let me = Some(text(data, "me")).filter(|me| !me.is_empty() && me.len() <= WORD_BYTES);
    let standing = me.and_then(|me| standings.of(room, me, received));
    transaction
        .prepare_cached(
            "INSERT INTO page_loads (source, session, room, me, last, standing) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET me = coalesce(me, excluded.me), last = max(last, excluded.last),
                 standing = coalesce(excluded.standing, standing) RETURNING id",
        )?
        .query_row((&event.source, session, room.as_str(), me, minute, standing), |row| row.get(0))
        .map(Some)
}

fn ledger(transaction: &Transaction<'_>, page_load: i64, data: &Value) -> rusqlite::Result<()> {
    // Anybody can send a ledger; one that cannot be read is none.
    let Ok(ledger) = serde_json::from_value::<Ledger>(data.clone()) else {
        return Ok(());
    };
    let created = i64::try_from(ledger.created).unwrap_or(i64::MAX);
    transaction
        .prepare_cached(
            "UPDATE page_loads SET created = ?2, ledger = ?3 WHERE id = ?1 AND (ledger IS NULL OR created <= ?2)",
        )?
        .execute((page_load, created, data.to_string()))
        .map(drop)
}

fn place(transaction: &Transaction<'_>, room: &RoomId, data: &Value) -> rusqlite::Result<i64> {
    let activity = ActivityId::parse(text(data, "activity")).map(String::from);
    let widget = Widget::ALL.map(Widget::name);
    let widget = widget
        .into_iter()
        .find(|name| *name == text(data, "widget"));
    let show = ShowId::parse(text(data, "show")).map(String::from);
    let on_air = data.get("on_air").and_then(Value::as_array);
    let on_air = on_air.into_iter().flatten().filter_map(Value::as_str);
    let on_air: BTreeSet<&str> = on_air
        .filter(|name| Label::try_from((*name).to_owned()).is_ok())
        .take(liveroom_protocol::limits::LABELS)
        .collect();
    let on_air = serde_json::to_string(&on_air).unwrap_or_default();
    let (activity, show) = (activity.unwrap_or_default(), show.unwrap_or_default());
    let values = [
        room.as_str(),
        activity.as_str(),
        widget.unwrap_or_default(),
        word(text(data, "channel")),
        show.as_str(),
        on_air.as_str(),
    ];
    let known = transaction
        .prepare_cached(
            "SELECT id FROM places WHERE room = ?1 AND activity = ?2 AND widget = ?3 AND channel = ?4 AND show = ?5 AND on_air = ?6",
        )?
        .query_row(values, |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    transaction
        .prepare_cached(
            "INSERT INTO places (room, activity, widget, channel, show, on_air) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(values)?;
    Ok(transaction.last_insert_rowid())
}
