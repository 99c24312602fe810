//! What an erasure and the sweep of what has run out ask of the log.

use super::erasing::{self, Erasing};
use super::expired::{self, Kept, Wanted};
use super::writer::Work;
use super::{Position, SqliteLog};
use crate::collector::Erased;
use crate::erase::Progress;
use liveroom_protocol::erase::{Erase, Retention};
use liveroom_protocol::id::{RequestId, RoomId};
use liveroom_rules::log::Unavailable;
use liveroom_rules::private::erase::Erasure;

/// After every record that a log can have.
const LAST: Position = i64::MAX as Position;

impl SqliteLog {
    /// Deletes all that lies beside a room's log for one viewer, once for each order, and says how much it was. What was
    /// written after the order stays.
    pub async fn erase(&self, room: &RoomId, erasure: Erasure) -> Result<usize, Unavailable> {
        self.write(room, Work::Erase(Erasing::Words(erasure))).await
    }

    /// The same where nobody can wait but a thread: whoever calls it blocks.
    pub(crate) fn erase_now(&self, room: &RoomId, erasure: Erasure) -> Result<(), Unavailable> {
        self.write_now(room, Work::Erase(Erasing::Words(erasure)))
    }

    /// Takes note that the collector has erased the reports too.
    pub(crate) async fn reports_erased(
        &self,
        room: &RoomId,
        position: Position,
        erased: Erased,
    ) -> Result<(), Unavailable> {
        let Erased {
            reports,
            page_loads,
        } = erased;
        let work = Erasing::Reports {
            position,
            reports,
            page_loads,
        };
        self.write(room, Work::Erase(work)).await.map(drop)
    }

    /// Empties the log beside the file, where what was deleted lies until then.
    pub(crate) async fn clean(&self, room: &RoomId) -> Result<(), Unavailable> {
        match self.write(room, Work::Erase(Erasing::Traces)).await? {
            0 => Ok(()),
            _ => Err(Unavailable("the file is being read".to_owned())),
        }
    }

    /// Takes pieces out of a room that has ended, once for each request.
    pub(crate) async fn erase_sealed(
        &self,
        room: &RoomId,
        request: RequestId,
        erase: Erase,
    ) -> Result<(), Unavailable> {
        let work = Erasing::Sealed { request, erase };
        self.write(room, Work::Erase(work)).await.map(drop)
    }

    /// How far the erasures of a room have come, in their order.
    pub(crate) async fn erasures(&self, room: &RoomId) -> Result<Vec<Progress>, Unavailable> {
        let room = room.clone();
        let read = self.read(move |readers| {
            readers.ask(|connection| erasing::read(connection, Some(room.as_str())))
        });
        Ok(read
            .await?
            .into_iter()
            .map(|(_, progress)| progress)
            .collect())
    }

    /// The erasures of all rooms that are begun and not done.
    pub(crate) async fn unfinished(&self) -> Result<Vec<(RoomId, Progress)>, Unavailable> {
        let read = self.read(|readers| readers.ask(|connection| erasing::read(connection, None)));
        let named = read.await?.into_iter();
        Ok(named
            .filter_map(|(name, progress)| Some((RoomId::parse(name).ok()?, progress)))
            .collect())
    }

    /// The rooms that have erasures which may not have been begun.
    pub(crate) async fn rooms_to_open(&self) -> Result<Vec<RoomId>, Unavailable> {
        let read = self.read(|readers| readers.ask(erasing::rooms_to_open));
        let names = read.await?.into_iter();
        Ok(names.filter_map(|name| RoomId::parse(name).ok()).collect())
    }

    /// Takes note of how long a room keeps what, so that no log is folded to know it.
    pub(crate) fn keeps(&self, room: &RoomId, retention: &Retention) {
        let text = serde_json::to_string(retention).unwrap_or_default();
        self.write_unasked(room, Work::Keeps(text));
    }

    /// All rooms, with how long each keeps what.
    pub(crate) async fn kept(&self) -> Result<Vec<Kept>, Unavailable> {
        self.read(|readers| readers.ask(expired::rooms)).await
    }

    /// The places beside a room's log whose time has run out.
    pub(crate) async fn expired(
        &self,
        room: &RoomId,
        wanted: Wanted,
    ) -> Result<Vec<String>, Unavailable> {
        let room = room.clone();
        self.read(move |readers| {
            readers.ask(|connection| expired::places(connection, room.as_str(), &wanted))
        })
        .await
    }

    /// Empties these places for good.
    pub(crate) async fn drop_places(
        &self,
        room: &RoomId,
        places: Vec<String>,
    ) -> Result<usize, Unavailable> {
        self.write(room, Work::Forget(places, LAST)).await
    }

    /// Deletes what an ended room need not keep any more; says how much it was.
    pub(crate) async fn expire_sealed(
        &self,
        room: &RoomId,
        ended: expired::Ended,
    ) -> Result<usize, Unavailable> {
        self.write(room, Work::Expire(ended)).await
    }
}
