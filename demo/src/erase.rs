//! A viewer is erased everywhere: beside the log, in the collector, and in what lies beside both files. And the receipt.
//!
//! Each step is done once, however often it is asked for, and a row beside the log says how far it has come: what a server
//! that was killed had not done, the next one does.

use crate::Clock;
use crate::collector::Collector;
use crate::log::SqliteLog;
use crate::room::stopped;
use crate::rooms::Rooms;
use crate::status::unavailable;
use liveroom_protocol::Refusal;
use liveroom_protocol::erase::{Erase, Receipt};
use liveroom_protocol::id::{RequestId, RoomId};
use liveroom_protocol::time::Span;
use liveroom_rules::log::Unavailable;
use liveroom_rules::private::erase::Erasure;
use tokio::sync::watch;

mod receipt;

pub use receipt::Progress;
pub(crate) use receipt::{count, of_pieces};

/// How often what could not be done is tried again.
const AGAIN: Span = Span(30_000);

/// Erases viewers. Clones are the same.
#[derive(Clone)]
pub(crate) struct Eraser {
    log: SqliteLog,
    collector: Collector,
}

impl Eraser {
    pub(crate) const fn new(log: SqliteLog, collector: Collector) -> Self {
        Self { log, collector }
    }

    /// Where it deletes.
    pub(crate) fn files(&self) -> (SqliteLog, Collector) {
        (self.log.clone(), self.collector.clone())
    }

    /// Does all that an order of a room's asks for, as far as it can be done now. The rest is done later.
    pub(crate) async fn perform(&self, room: &RoomId, erasure: Erasure) {
        let position = erasure.position;
        if let Err(why) = self.log.erase(room, erasure).await {
            // The order lies in the log: it is done when the room is next opened.
            tracing::warn!("room {room}: an erasure was not begun yet: {}", why.0);
            return;
        }
        match self.of(room).await {
            Ok(all) => {
                let found = all
                    .into_iter()
                    .find(|progress| progress.position == position);
                if let Some(progress) = found {
                    self.go_on(room, progress).await;
                }
            }
            Err(why) => tracing::warn!("room {room}: an erasure waits: {}", why.0),
        }
    }

    /// Does what is left of an erasure.
    async fn go_on(&self, room: &RoomId, progress: Progress) {
        let position = progress.position;
        if progress.reports.is_none() {
            let Some(me) = progress.me else {
                tracing::error!(
                    "room {room}: whose reports erasure {position} is about is not known"
                );
                return;
            };
            let name = format!("{room}/{position}");
            let erased = match self.collector.erase(room, &me, &name, progress.at).await {
                Ok(erased) => erased,
                Err(why) => {
                    tracing::warn!("room {room}: erasure {position} waits: {why}");
                    return;
                }
            };
            if let Err(why) = self.log.reports_erased(room, position, erased).await {
                tracing::warn!("room {room}: erasure {position} waits: {}", why.0);
                return;
            }
        }
        if !progress.clean
            && let Err(why) = self.log.clean(room).await
        {
            tracing::warn!(
                "room {room}: erasure {position} may have left traces: {}",
                why.0
            );
        }
    }

    /// How far the erasures of a room have come, in their order.
    async fn of(&self, room: &RoomId) -> Result<Vec<Progress>, Unavailable> {
        self.log.erasures(room).await
    }

    /// The receipts of a room, in their order.
    pub(crate) async fn receipts(&self, room: &RoomId) -> Result<Vec<Receipt>, Refusal> {
        let all = self.of(room).await.map_err(|_| unavailable())?;
        Ok(all.into_iter().map(Receipt::from).collect())
    }

    /// The receipt of an erasure, which says what is not done yet.
    pub(crate) async fn receipt(&self, room: &RoomId, position: u64) -> Result<Receipt, Refusal> {
        let mut all = self.receipts(room).await?.into_iter();
        let found = all.find(|receipt| receipt.position == position);
        // It could not be begun; the log has it.
        found.ok_or_else(unavailable)
    }

    /// Erases pieces of a room that has ended, or somebody's reports of it.
    pub(crate) async fn erase_sealed(
        &self,
        room: &RoomId,
        request: RequestId,
        erase: Erase,
    ) -> Result<Receipt, Refusal> {
        let asked = self.log.erase_sealed(room, request.clone(), erase).await;
        asked.map_err(|_| unavailable())?;
        let wanted = |all: Vec<Progress>| {
            all.into_iter()
                .find(|one| one.request.as_deref() == Some(request.as_str()))
        };
        let begun = wanted(self.of(room).await.map_err(|_| unavailable())?);
        let begun = begun.ok_or_else(unavailable)?;
        let position = begun.position;
        self.go_on(room, begun).await;
        self.receipt(room, position).await
    }

    /// Goes on with all that is not done, until the server stops.
    pub(crate) async fn go_on_with_all(
        self,
        rooms: Rooms,
        clock: Clock,
        stop: watch::Receiver<bool>,
    ) {
        let mut stop = stop;
        // What was ordered and not begun: it is begun when the room is folded.
        for room in self.log.rooms_to_open().await.unwrap_or_default() {
            if let Err(refusal) = rooms.get(&room).await {
                tracing::warn!(
                    "room {room}: what is to be erased waits: {:?}",
                    refusal.reason
                );
            }
        }
        loop {
            let next = clock.now().after(AGAIN);
            for (room, progress) in self.log.unfinished().await.unwrap_or_default() {
                self.go_on(&room, progress).await;
            }
            tokio::select! {
                () = clock.reach(Some(next)) => {}
                () = stopped(&mut stop) => return,
            }
        }
    }
}
