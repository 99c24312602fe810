//! Single reports whose time has run out are deleted: what was counted of them stays, under no name.

use super::counters::room_of;
use super::delete::Delete;
use super::erase::{nobody, sources, unname};
use super::{Collector, Failed, share};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use rusqlite::Transaction;
use std::collections::HashMap;

/// Rows of one commit, so that reports that arrive wait but shortly.
const ROWS: usize = 5_000;

/// What came from a source before some time.
#[derive(Clone, Debug)]
pub(super) struct Old {
    source: String,
    before: Timestamp,
}

impl Collector {
    /// Deletes the single reports of each room that came before its time, of rooms that are not named before `others`, and
    /// takes the names from their page loads. Says how many there were.
    ///
    /// # Errors
    /// When the store cannot be read or written: what was deleted stays deleted, the rest is found the next time.
    pub async fn expire(
        &self,
        rooms: &HashMap<RoomId, Timestamp>,
        others: Timestamp,
    ) -> Result<u64, Failed> {
        self.turn();
        let collector = self.clone();
        let sources =
            tokio::task::spawn_blocking(move || Ok::<_, Failed>(sources(&collector.read()?)?));
        let mut deleted = 0;
        for source in sources.await.map_err(|_| Failed::Erase)?? {
            let room = room_of(&source);
            let before = room.and_then(|room| rooms.get(&room).copied());
            let old = Old {
                source,
                before: before.unwrap_or(others),
            };
            loop {
                let done = self.0.store.delete(Delete::Old(old.clone())).await;
                let rows = done.map_err(|_| Failed::Erase)?;
                deleted += rows;
                if rows == 0 {
                    break;
                }
            }
        }
        Ok(deleted)
    }
}

/// Deletes some of it; none once all is gone.
pub(super) fn perform(transaction: &Transaction<'_>, old: &Old) -> rusqlite::Result<usize> {
    let loads: Vec<(String, Option<String>)> = transaction
        .prepare_cached(
            "SELECT session, me FROM page_loads
             WHERE source = ?1 AND last < ?2 AND session NOT GLOB 'erased-*' ORDER BY me LIMIT ?3",
        )?
        .query_map((&old.source, old.before.0, ROWS), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut names: HashMap<String, String> = HashMap::new();
    for (session, me) in &loads {
        let name = match me.as_ref().and_then(|me| names.get(me)) {
            Some(name) => name.clone(),
            None => nobody()?,
        };
        if let Some(me) = me {
            names.insert(me.clone(), name.clone());
        }
        unname(transaction, &old.source, session, &name)?;
    }
    let rows = share::delete(
        transaction,
        room_of(&old.source).as_ref(),
        "row IN (SELECT row FROM reports WHERE source = ?1 AND received < ?2 LIMIT ?3)",
        (&old.source, old.before.0, ROWS),
    )?;
    Ok(rows.max(loads.len()))
}
