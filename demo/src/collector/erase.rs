//! A viewer's reports are erased: every report of theirs and of their page loads. What was counted stays, under no name.

use super::counters::room_of;
use super::delete::Delete;
use super::late::mark;
use super::{Collector, Failed};
use super::{links, share, traces};
use crate::chance::{hex, random};
use liveroom_protocol::engagement::Ledger;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction};
use serde_json::Value;
use std::collections::BTreeSet;

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Reports.
    pub reports: u64,
    /// Page loads, which are counted under no name from now on.
    pub page_loads: u64,
}

/// One erasure, as the writer is asked for it.
#[derive(Clone, Debug)]
pub(super) struct Order {
    room: RoomId,
    me: String,
    /// What makes it the same one when it is asked again.
    name: String,
    at: Timestamp,
    /// What was found; nothing while only what comes late is to be stopped.
    found: Option<Found>,
}

/// What is a viewer's.
#[derive(Clone, Debug, Default)]
struct Found {
    rows: Vec<i64>,
    /// Sources and sessions.
    loads: BTreeSet<(String, String)>,
    /// Of the links that they shared.
    codes: BTreeSet<String>,
}

impl Found {
    /// What must be in no byte of the file once it is erased.
    fn names(&self, me: &str) -> Vec<String> {
        let sessions = self.loads.iter().map(|(_, session)| session.clone());
        let codes = self.codes.iter().cloned();
        let all = [me.to_owned()].into_iter().chain(sessions);
        all.chain(codes).collect()
    }
}

impl Collector {
    /// Erases all that has a viewer's name in reports of a room; `name` is the order's, under which it is done once.
    ///
    /// # Errors
    /// When the store could not be written, or was read meanwhile so that traces may be left in its log: ask again.
    pub async fn erase(
        &self,
        room: &RoomId,
        me: &str,
        name: &str,
        at: Timestamp,
    ) -> Result<Erased, Failed> {
        let mut order = Order {
            room: room.clone(),
            me: me.to_owned(),
            name: name.to_owned(),
            at,
            found: None,
        };
        // From now on nothing of theirs that is late is stored, so that all there is can be looked for.
        self.ask_to_erase(order.clone()).await?;
        self.forget(room, me);
        let (collector, seek) = (self.clone(), order.clone());
        let found = tokio::task::spawn_blocking(move || collector.find(&seek.room, &seek.me));
        let found = found.await.map_err(|_| Failed::Erase)??;
        let names = found.names(me);
        order.found = Some(found);
        self.ask_to_erase(order).await?;
        if traces::are_in(&self.0.path, names.clone()).await? {
            let anew = self.0.store.delete(Delete::Traces).await;
            anew.map_err(|_| Failed::Erase)?;
            if traces::are_in(&self.0.path, names).await? {
                return Err(Failed::Erase);
            }
        }
        let (collector, name) = (self.clone(), name.to_owned());
        let counted = tokio::task::spawn_blocking(move || collector.counted_as_erased(&name));
        counted.await.map_err(|_| Failed::Erase)?
    }

    async fn ask_to_erase(&self, order: Order) -> Result<(), Failed> {
        let done = self.0.store.delete(Delete::Viewer(order)).await;
        done.map(drop).map_err(|_| Failed::Erase)
    }

    fn counted_as_erased(&self, name: &str) -> Result<Erased, Failed> {
        let counted = self.read()?.query_row(
            "SELECT reports, page_loads FROM erased WHERE by_order = ?1",
            [name],
            |row| {
                Ok(Erased {
                    reports: row.get(0)?,
                    page_loads: row.get(1)?,
                })
            },
        )?;
        Ok(counted)
    }

    /// All reports that name a viewer, and the page loads that they belong to. Blocks.
    fn find(&self, room: &RoomId, me: &str) -> Result<Found, Failed> {
        let connection = self.read()?;
        let mut found = Found::default();
        for source in sources(&connection)? {
            if room_of(&source).as_ref() != Some(room) {
                continue;
            }
            let mut statement = connection.prepare_cached(
                "SELECT row, session, data FROM reports WHERE source = ?1 AND instr(data, ?2) > 0",
            )?;
            let mut rows = statement.query((&source, me))?;
            while let Some(row) = rows.next()? {
                let data: String = row.get(2)?;
                if me_of(&data).as_deref() != Some(me) {
                    continue;
                }
                found.rows.push(row.get(0)?);
                if let Some(session) = row.get::<_, Option<String>>(1)? {
                    found.loads.insert((source.clone(), session));
                }
            }
        }
        let mut loads = connection
            .prepare("SELECT source, session FROM page_loads WHERE room = ?1 AND me = ?2")?;
        let loads = loads.query_map((room.as_str(), me), |row| Ok((row.get(0)?, row.get(1)?)))?;
        found
            .loads
            .extend(loads.collect::<rusqlite::Result<Vec<_>>>()?);
        found.codes = links::codes(&connection, room, me)?;
        Ok(found)
    }
}

/// Every source there is: each found by its index, without going through its reports.
pub(super) fn sources(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare(
        "WITH RECURSIVE each (source) AS (
             SELECT min(source) FROM reports
             UNION ALL SELECT (SELECT min(source) FROM reports WHERE source > each.source) FROM each WHERE source IS NOT NULL)
         SELECT source FROM each WHERE source IS NOT NULL",
    )?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Does what is ordered.
pub(super) fn perform(transaction: &Transaction<'_>, order: &Order) -> rusqlite::Result<()> {
    let me = mark(transaction, ["me", order.room.as_str(), &order.me])?;
    transaction
        .prepare_cached(
            "INSERT INTO erased (mark, at, by_order) VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET
                 at = max(at, excluded.at),
                 reports = iif(by_order IS excluded.by_order, reports, 0),
                 page_loads = iif(by_order IS excluded.by_order, page_loads, 0),
                 by_order = excluded.by_order",
        )?
        .execute((&me[..], order.at.0, &order.name))?;
    let Some(found) = &order.found else {
        return Ok(());
    };
    let mut erased = Erased::default();
    // Page loads of one viewer stay one browser's in the figures.
    let nobody = nobody()?;
    for (source, session) in &found.loads {
        let load = mark(transaction, ["load", source, session])?;
        transaction
            .prepare_cached("INSERT OR IGNORE INTO erased (mark, at) VALUES (?1, ?2)")?
            .execute((&load[..], order.at.0))?;
        erased.reports += count(share::delete(
            transaction,
            Some(&order.room),
            "source = ?1 AND session = ?2",
            (source, session),
        )?);
        erased.page_loads += u64::from(unname(transaction, source, session, &nobody)?);
    }
    for row in &found.rows {
        erased.reports += count(share::delete(
            transaction,
            Some(&order.room),
            "row = ?1",
            [row],
        )?);
    }
    for code in &found.codes {
        links::rename(transaction, &order.room, code)?;
    }
    transaction
        .prepare_cached(
            "UPDATE erased SET reports = reports + ?2, page_loads = page_loads + ?3 WHERE mark = ?1",
        )?
        .execute((&me[..], erased.reports, erased.page_loads))
        .map(drop)
}

/// A name that nobody had before: who has it cannot be told from anybody else.
pub(super) fn nobody() -> rusqlite::Result<String> {
    let random = random::<16>().map_err(|_| rusqlite::Error::InvalidQuery)?;
    Ok(format!("erased-{}", hex(&random)))
}

/// Takes the names from a page load, whose steps stay counted, and of which tier and segments it was: a segment may have one member.
pub(super) fn unname(
    transaction: &Transaction<'_>,
    source: &str,
    session: &str,
    nobody: &str,
) -> rusqlite::Result<bool> {
    let row: Option<(i64, Option<String>)> = transaction
        .prepare_cached("SELECT id, ledger FROM page_loads WHERE source = ?1 AND session = ?2")?
        .query_row((source, session), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, ledger)) = row else {
        return Ok(false);
    };
    // Of what the page load said of itself its numbers alone.
    let ledger = ledger.and_then(|text| serde_json::from_str::<Ledger>(&text).ok());
    let ledger = ledger.and_then(|ledger| serde_json::to_string(&ledger).ok());
    transaction
        .prepare_cached("UPDATE page_loads SET session = ?2, me = ?3, ledger = ?4, standing = NULL WHERE id = ?1")?
        .execute((id, self::nobody()?, nobody, ledger))?;
    Ok(true)
}

fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// The viewer that a report names.
fn me_of(data: &str) -> Option<String> {
    let data: Value = serde_json::from_str(data).ok()?;
    data.get("me").and_then(Value::as_str).map(str::to_owned)
}
