//! All rooms of a server: each opened when first asked for, once, whoever asks.

use crate::chance::name;
use crate::log::Kept;
use crate::room::{Ground, Room};
use crate::status::unavailable;
use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::RULES;
use liveroom_rules::log::{Append, Log, Unavailable};
use liveroom_rules::record::{Entry, Founding, What, Who};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::OnceCell;

/// The rooms of a server; clones are the same rooms.
#[derive(Clone)]
pub struct Rooms(Arc<Inner>);

struct Inner {
    ground: Ground,
    open: Mutex<HashMap<RoomId, Arc<OnceCell<Room>>>>,
    /// Held while a room is made: a log has one beginning.
    making: tokio::sync::Mutex<()>,
}

impl Rooms {
    pub(crate) fn new(ground: Ground) -> Self {
        Self(Arc::new(Inner {
            ground,
            open: Mutex::default(),
            making: tokio::sync::Mutex::default(),
        }))
    }

    /// A room, opened if it was not.
    pub async fn get(&self, id: &RoomId) -> Result<Room, Refusal> {
        let cell = Arc::clone(self.table().entry(id.clone()).or_default());
        if let Some(room) = cell.get() {
            return Ok(room.clone());
        }
        let (rooms, id) = (self.clone(), id.clone());
        // A task of its own: whoever asks may go away, and the next must not begin again.
        let opening = tokio::spawn(async move {
            let found = cell
                .get_or_try_init(|| rooms.open(&id, &cell))
                .await
                .cloned();
            if found.is_err() {
                rooms.forget(&id, &cell);
            }
            found
        });
        opening.await.unwrap_or_else(|_| Err(unavailable()))
    }

    /// A room, made if there is none; and whether it was made now.
    pub async fn make(&self, id: &RoomId) -> Result<(Room, bool), Refusal> {
        let (rooms, id) = (self.clone(), id.clone());
        // A task of its own, as above: a log has one beginning, even if whoever asked for it goes away.
        let making = tokio::spawn(async move { rooms.make_here(&id).await });
        making.await.unwrap_or_else(|_| Err(unavailable()))
    }

    async fn make_here(&self, id: &RoomId) -> Result<(Room, bool), Refusal> {
        let _alone = self.0.making.lock().await;
        match self.get(id).await {
            Ok(room) => return Ok((room, false)),
            Err(refusal) if refusal.reason == Reason::NotFound => {}
            Err(refusal) => return Err(refusal),
        }
        self.found(id).await.map_err(|why| {
            tracing::warn!("room {id}: not made: {}", why.0);
            unavailable()
        })?;
        self.get(id).await.map(|room| (room, true))
    }

    /// Writes a room's first record.
    async fn found(&self, id: &RoomId) -> Result<(), Unavailable> {
        let log = &self.0.ground.log;
        if !matches!(log.make(id).await?, Kept::Live(_)) {
            return Ok(());
        }
        let epoch = name().map_err(|error| Unavailable(error.to_string()))?;
        let founding = Founding {
            rules: RULES,
            epoch: Epoch::parse(epoch).expect("hexadecimal digits are an id"),
            room: id.clone(),
        };
        let entry = Entry {
            who: Who::Room,
            id: RequestId::parse("found").expect("a word is an id"),
            what: What::Found(founding),
        };
        let private = Vec::new();
        log.append(id, vec![Append { entry, private }]).await
    }

    async fn open(&self, id: &RoomId, cell: &Arc<OnceCell<Room>>) -> Result<Room, Refusal> {
        let (rooms, name, cell) = (self.clone(), id.clone(), Arc::clone(cell));
        let over = move || rooms.forget(&name, &cell);
        match Room::open(&self.0.ground, id, over).await {
            Ok(Some(room)) => Ok(room),
            Ok(None) => Err(Refusal::because(Reason::NotFound, "there is no such room")),
            Err(why) => {
                tracing::warn!("room {id}: cannot be opened: {}", why.0);
                Err(unavailable())
            }
        }
    }

    /// Forgets a room whose task is over, so that it is opened anew.
    fn forget(&self, id: &RoomId, cell: &Arc<OnceCell<Room>>) {
        let mut table = self.table();
        if table
            .get(id)
            .is_some_and(|present| Arc::ptr_eq(present, cell))
        {
            table.remove(id);
        }
    }

    fn table(&self) -> MutexGuard<'_, HashMap<RoomId, Arc<OnceCell<Room>>>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
