//! Deleting in the file of reports: in the writer's own transactions, and so that no bytes are left in the log beside it.

use super::store::{Store, Unavailable, Work};
use super::{erase, expire};
use rusqlite::{Connection, Transaction};

/// What is deleted.
pub(super) enum Delete {
    /// A viewer's reports.
    Viewer(erase::Order),
    /// Some of what is old.
    Old(expire::Old),
    /// Copies of what was deleted, that were left in the file.
    Traces,
}

impl Store {
    /// Deletes; resolves when no trace is left, with how many rows it was.
    pub(super) async fn delete(&self, what: Delete) -> Result<u64, Unavailable> {
        let receipt = self.ask(Work::Delete(what)).await?;
        Ok(u64::try_from(receipt.erased).unwrap_or(u64::MAX))
    }
}

impl Delete {
    pub(super) fn perform(&self, transaction: &Transaction<'_>) -> rusqlite::Result<usize> {
        match self {
            Self::Viewer(order) => erase::perform(transaction, order).map(|()| 0),
            Self::Old(old) => expire::perform(transaction, old),
            Self::Traces => Ok(0),
        }
    }

    /// What follows once that is committed; whether no traces are left in the log beside the file.
    pub(super) fn follow(&self, connection: &Connection) -> bool {
        // Everything is written anew: it takes as long as the file is large, and is hardly ever needed.
        let written = !matches!(self, Self::Traces) || connection.execute_batch("VACUUM").is_ok();
        written && clean(connection)
    }
}

/// Empties the log beside the file of all that was written over; whether nobody's reading was in the way.
pub(super) fn clean(connection: &Connection) -> bool {
    let mut busy = true;
    let asked = connection.pragma(None, "wal_checkpoint", "TRUNCATE", |row| {
        busy = row.get::<_, i64>(0)? != 0;
        Ok(())
    });
    asked.is_ok() && !busy
}
