//! Whose reports are taken: those of the rooms that the server has, and of each room so many a second.

use super::counters::room_of;
use super::event::Event;
use crate::log::SqliteLog;
use crate::rate::{Buckets, Rate, network};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use std::collections::{BTreeMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Sources of one batch; a page sends of one.
const SOURCES: usize = 16;
/// Rooms that are remembered as there.
const REMEMBERED: usize = 10_000;
/// Characters of a source that an answer repeats.
const SHOWN: usize = 100;

/// Why a batch is not taken for where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// A source that is no room of this server: 403.
    NoRoom(String),
    /// More sources than a page can have: 400.
    TooMany,
    /// A room sends too much; the seconds after which there is room again: 429.
    TooFast(u64),
    /// Whether there is such a room cannot be known now: 503.
    Unknown,
}

/// The rooms whose reports are taken. Without a log all are, for a collector that stands alone.
pub(super) struct Sources {
    log: OnceLock<SqliteLog>,
    known: Mutex<HashSet<RoomId>>,
    pace: Buckets<Option<RoomId>>,
    /// What one address may take of a room's allowance: half, so that none shuts the others out.
    shares: Buckets<(Option<RoomId>, IpAddr)>,
}

impl Sources {
    pub(super) fn new(per_second: u32, burst: u32) -> Self {
        let (burst, each_ms) = (
            u64::from(burst.max(1)),
            u64::from(1_000 / per_second.clamp(1, 1_000)),
        );
        Self {
            log: OnceLock::new(),
            known: Mutex::default(),
            pace: Buckets::new(Rate { burst, each_ms }),
            shares: Buckets::new(Rate {
                burst: burst.div_ceil(2),
                each_ms: each_ms * 2,
            }),
        }
    }

    /// From now on only the rooms of this log are taken.
    pub(super) fn only_of(&self, log: SqliteLog) {
        // Said once, when the server starts.
        let _ = self.log.set(log);
    }

    /// Whether all of a batch from an address may be taken; it is paid for then.
    pub(super) async fn admit(
        &self,
        events: &[Event],
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), Foreign> {
        let mut sources = BTreeMap::<&str, u64>::new();
        for event in events {
            *sources.entry(&event.source).or_default() += 1;
        }
        if sources.len() > SOURCES {
            return Err(Foreign::TooMany);
        }
        let mut rooms = Vec::with_capacity(sources.len());
        for (source, reports) in sources {
            let room = room_of(source);
            if let Some(log) = self.log.get() {
                let shown = || source.chars().take(SHOWN).collect();
                let room = room.as_ref().ok_or_else(|| Foreign::NoRoom(shown()))?;
                if !self.has(log, room).await? {
                    return Err(Foreign::NoRoom(shown()));
                }
            }
            rooms.push((room, reports));
        }
        let later = |ms: u64| Foreign::TooFast(ms.div_ceil(1_000));
        for (room, reports) in rooms {
            if let Some(address) = address.map(network) {
                let share = (room.clone(), address);
                self.shares.take(share.clone(), now).map_err(later)?;
                self.shares.charge(share, reports - 1, now);
            }
            self.pace.take(room.clone(), now).map_err(later)?;
            self.pace.charge(room, reports - 1, now);
        }
        Ok(())
    }

    async fn has(&self, log: &SqliteLog, room: &RoomId) -> Result<bool, Foreign> {
        if self.known().contains(room) {
            return Ok(true);
        }
        let found = log.room(room).await.map_err(|_| Foreign::Unknown)?;
        if found.is_some() {
            let mut known = self.known();
            if known.len() >= REMEMBERED {
                known.clear();
            }
            known.insert(room.clone());
        }
        Ok(found.is_some())
    }

    fn known(&self) -> std::sync::MutexGuard<'_, HashSet<RoomId>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
