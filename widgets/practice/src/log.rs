//! The log of a practice room: each append is one IndexedDB transaction, so that the browser orders the tabs.

use crate::clock::Clock;
use crate::page;
use crate::store::{Make, Row, Store, Value, Writer, done, memory_store, opened};
use js_sys::{Array, Uint8Array};
use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::RULES;
use liveroom_rules::log::{Append, Batch, Log, Unavailable};
use liveroom_rules::private::PrivateValue;
use liveroom_rules::pseudonym::{Pseudonym, RoomKey};
use liveroom_rules::record::{Entry, Founding, Position, Record, What, Who, checksum};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Records that are read at once; the page can breathe between two batches.
const BATCH: u32 = 500;

/// Where an entry came to stand, known before anybody can read it; zero until then.
pub(crate) type Place = Rc<Cell<Position>>;

/// The rooms of this browser.
pub(crate) struct IndexedDbLog {
    store: Store,
    clock: Rc<Clock>,
}

impl IndexedDbLog {
    /// Opens the browser's store, or fails where it is refused.
    pub(crate) async fn open(clock: Rc<Clock>) -> Result<Self, Unavailable> {
        let store = opened().await?;
        Ok(Self { store, clock })
    }

    /// A log that lasts as long as it is kept here; it never fails.
    pub(crate) fn in_memory(clock: Rc<Clock>) -> Self {
        Self {
            store: memory_store(),
            clock,
        }
    }

    /// Whether it outlives the tab.
    pub(crate) fn durable(&self) -> bool {
        self.store.durable()
    }

    /// Makes the room's log if there is none, and gives the room's key; a sealed room has none any more.
    pub(crate) async fn found(&self, room: &RoomId) -> Result<Option<RoomKey>, Unavailable> {
        let founding = Entry {
            who: Who::Room,
            id: id("found"),
            what: What::Found(Founding {
                rules: RULES,
                epoch: Epoch::parse(page::random_name()).expect("hexadecimal digits are an id"),
                room: room.clone(),
            }),
        };
        let fresh = Uint8Array::from(&page::random::<32>()[..]);
        let make = self.make(vec![bare(founding)], None, None);
        let key = done(self.store.found(room.as_str(), fresh, &make)).await?;
        if key.is_null() {
            return Ok(None);
        }
        let bytes = Uint8Array::new(&key).to_vec();
        let bytes = <[u8; 32]>::try_from(bytes)
            .map_err(|_| Unavailable("the room's key is damaged".to_owned()))?;
        Ok(Some(RoomKey::new(bytes)))
    }

    /// Some records after a position, or none.
    pub(crate) async fn read(&self, room: &RoomId, after: Position) -> Result<Batch, Unavailable> {
        let rows = done(self.store.read(room.as_str(), after as f64, BATCH)).await?;
        Ok(batch(&Array::from(&rows), after))
    }

    /// Appends one request; `place` is set before the record can be read.
    pub(crate) async fn append_at(
        &self,
        room: &RoomId,
        append: Append,
        place: Place,
    ) -> Result<(), Unavailable> {
        self.write(room, self.make(vec![append], Some(place), None))
            .await
    }

    /// Appends a tick, unless the log has reached that time already: of several tabs, one does.
    pub(crate) async fn tick(&self, room: &RoomId, due: Timestamp) -> Result<(), Unavailable> {
        let tick = Entry {
            who: Who::Room,
            id: id("tick"),
            what: What::Tick,
        };
        self.write(room, self.make(vec![bare(tick)], None, Some(due)))
            .await
    }

    /// All that lies beside the room's log.
    pub(crate) async fn values(&self, room: &RoomId) -> Result<Vec<PrivateValue>, Unavailable> {
        let values = done(self.store.values(room.as_str())).await?;
        Ok(Array::from(&values).iter().filter_map(value).collect())
    }

    /// Deletes what lies in these places; what a record after `folded` names stays.
    pub(crate) async fn forget(
        &self,
        room: &RoomId,
        places: &[String],
        folded: Position,
    ) -> Result<(), Unavailable> {
        let places = places.iter().map(JsValue::from).collect();
        done(self.store.forget(room.as_str(), places, folded as f64))
            .await
            .map(drop)
    }

    /// Destroys the room's key and all that is a viewer's.
    pub(crate) async fn seal(&self, room: &RoomId) -> Result<(), Unavailable> {
        done(self.store.seal(room.as_str())).await.map(drop)
    }

    /// Ends it: what is being written is written to the end, who follows is told.
    pub(crate) fn close(&self) {
        self.store.close();
    }

    async fn write(&self, room: &RoomId, make: Make) -> Result<(), Unavailable> {
        done(self.store.append(room.as_str(), &make))
            .await
            .map(drop)
    }

    /// What happens inside the transaction: position, time and checksum are given there, after what the log holds by then.
    fn make(&self, appends: Vec<Append>, place: Option<Place>, due: Option<Timestamp>) -> Make {
        let clock = Rc::clone(&self.clock);
        Closure::new(move |writer: Writer, last: f64, at: f64| {
            let (last, at) = (last as Position, Timestamp(at as u64));
            if due.is_some_and(|due| at >= due) {
                return;
            }
            clock.observe(at);
            let at = clock.at(page::now());
            for (append, position) in appends.iter().zip(last + 1..) {
                for value in &append.private {
                    let owner = value.owner.map(String::from);
                    writer.hide(&value.key, owner, &value.value);
                }
                let body = append.entry.to_json();
                let sum = checksum(position, at, &body);
                writer.record(position as f64, at.0 as f64, &body, sum);
            }
            if let Some(place) = &place {
                place.set(last + 1);
            }
        })
    }
}

impl Log for IndexedDbLog {
    async fn append(&self, room: &RoomId, appends: Vec<Append>) -> Result<(), Unavailable> {
        self.write(room, self.make(appends, None, None)).await
    }

    async fn follow(&self, room: &RoomId, after: Position) -> Result<Batch, Unavailable> {
        loop {
            // Taken before reading, so that no growth in between is missed.
            let grown = self.store.grown();
            let batch = self.read(room, after).await?;
            if !batch.records.is_empty() || batch.damaged.is_some() {
                return Ok(batch);
            }
            done(grown).await?;
        }
    }
}

impl Drop for IndexedDbLog {
    fn drop(&mut self) {
        self.close();
    }
}

/// Reads rows until one cannot be taken.
fn batch(rows: &Array, after: Position) -> Batch {
    let mut batch = Batch::default();
    for (row, position) in rows.iter().zip(after + 1..) {
        let row: Row = row.unchecked_into();
        let found = row.position() == position as f64;
        let read = Record::read(
            position,
            Timestamp(row.at() as u64),
            &row.body(),
            row.sum() as u32,
        );
        match read {
            Ok(record) if found => batch.records.push(record),
            Ok(_) | Err(_) => {
                batch.damaged = Some(position);
                break;
            }
        }
    }
    batch
}

fn value(value: JsValue) -> Option<PrivateValue> {
    let value: Value = value.unchecked_into();
    let owner = match value.owner() {
        Some(name) => Some(Pseudonym::try_from(name).ok()?),
        None => None,
    };
    Some(PrivateValue {
        key: value.key(),
        owner,
        value: value.value(),
    })
}

fn bare(entry: Entry) -> Append {
    Append {
        entry,
        private: Vec::new(),
    }
}

fn id(word: &str) -> RequestId {
    RequestId::parse(word).expect("a word is an id")
}
