//! All rooms of a server: each opened when first asked for, once, whoever asks; and put away when nobody has asked for long.

use crate::chance::name;
use crate::erase::Eraser;
use crate::log::Kept;
use crate::room::{Ground, Room, stopped};
use crate::status::unavailable;
use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};
use liveroom_rules::RULES;
use liveroom_rules::log::{Append, Log, Unavailable};
use liveroom_rules::record::{Entry, Founding, What, Who};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::OnceCell;

/// How long a room that nobody uses stays in memory.
const IDLE: Span = Span(10 * 60_000);
/// How often rooms are looked over for that.
const ROUND: Span = Span(60_000);

/// The rooms of a server; clones are the same rooms.
#[derive(Clone)]
pub struct Rooms(Arc<Inner>);

struct Inner {
    ground: Ground,
    open: Mutex<HashMap<RoomId, Place>>,
    /// Held while a room is made: a log has one beginning.
    making: tokio::sync::Mutex<()>,
}

/// Where a room is, or will be once it is opened.
#[derive(Default)]
struct Place {
    cell: Arc<OnceCell<Room>>,
    /// When it was last asked for, or seen in use.
    used: Timestamp,
}

impl Place {
    /// Whether it holds a room that nobody but this table has, so that nobody can miss it.
    fn is_idle(&self) -> bool {
        Arc::strong_count(&self.cell) == 1 && self.cell.get().is_some_and(Room::is_idle)
    }
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
        let cell = self.cell(id);
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
                rooms.forget(&id, &Arc::downgrade(&cell));
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
        // Not the cell itself: it holds the room, and a room whose task holds it would never end.
        let (rooms, name, cell) = (self.clone(), id.clone(), Arc::downgrade(cell));
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
    fn forget(&self, id: &RoomId, cell: &Weak<OnceCell<Room>>) {
        let mut table = self.table();
        if table
            .get(id)
            .is_some_and(|present| std::ptr::eq(Arc::as_ptr(&present.cell), cell.as_ptr()))
        {
            table.remove(id);
        }
    }

    /// What erases viewers.
    pub(crate) fn eraser(&self) -> &Eraser {
        &self.0.ground.eraser
    }

    /// A room that is open; nothing where it is not, or not yet.
    pub(crate) fn opened(&self, id: &RoomId) -> Option<Room> {
        self.table().get(id)?.cell.get().cloned()
    }

    /// Lets go of a room that has ended, so that whoever asks next is told what is stored of it now.
    pub(crate) fn let_go(&self, id: &RoomId) {
        self.table().remove(id);
    }

    /// Puts rooms away that nobody has used for long, until the server stops; whoever asks for one then opens it anew.
    pub(crate) async fn put_away_idle(self) {
        let Ground {
            clock, mut stop, ..
        } = self.0.ground.clone();
        loop {
            let next = clock.now().after(ROUND);
            tokio::select! {
                () = clock.reach(Some(next)) => self.look_over(clock.now()),
                () = stopped(&mut stop) => return,
            }
        }
    }

    /// The most viewers at once of each open room that has any, since this was last asked.
    pub(crate) fn most_viewers(&self) -> Vec<(RoomId, u32)> {
        let table = self.table();
        let rooms = table
            .iter()
            .filter_map(|(id, place)| Some((id, place.cell.get()?)));
        rooms
            .map(|(id, room)| (id.clone(), room.most_viewers()))
            .filter(|(_, most)| *most > 0)
            .collect()
    }

    fn look_over(&self, now: Timestamp) {
        // Nobody can take a room out of the table meanwhile.
        self.table().retain(|_, place| {
            if !place.is_idle() {
                place.used = now;
            }
            now.since(place.used) < IDLE
        });
    }

    /// Where a room is or will be; it is in use from now on.
    fn cell(&self, id: &RoomId) -> Arc<OnceCell<Room>> {
        let now = self.0.ground.clock.now();
        let mut table = self.table();
        let place = table.entry(id.clone()).or_default();
        place.used = now;
        Arc::clone(&place.cell)
    }

    fn table(&self) -> MutexGuard<'_, HashMap<RoomId, Place>> {
        self.0.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
