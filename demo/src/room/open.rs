//! Opening a room: its log folded from the beginning, off the runtime's threads; or, of one that has ended, what was sealed.

use super::Ground;
use super::task::answer::{Touched, acted};
use crate::events::{Events, Notes};
use crate::facts::Facts;
use crate::log::{Kept, SqliteLog};
use liveroom_protocol::erase::Retention;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::message::State;
use liveroom_rules::log::Unavailable;
use liveroom_rules::private::erase::{self, Erasure};
use liveroom_rules::private::{self, Private, PrivateValue, Spare};
use liveroom_rules::pseudonym::RoomKey;
use liveroom_rules::record::{Damage, Position};
use liveroom_rules::retention;
use liveroom_rules::room::Room;
use liveroom_rules::seal::{self, Sealed};

/// Questions whose words are learnt before a room is opened: a second or two of work. The rest follows in turns.
const OPENING: usize = 10_000;

/// What a room was found to be.
pub(super) enum Found {
    /// There is no such room.
    Nothing,
    /// It takes requests, or is damaged.
    Live(Box<Folded>, RoomKey),
    /// It has ended.
    Sealed(Box<Sealed>),
}

/// A room as its log made it.
pub(super) struct Folded {
    pub(super) room: Room,
    /// What its records add up to.
    pub(super) facts: Facts,
    /// What a back end is told from here on.
    pub(super) notes: Notes,
    /// The position from which on the log cannot be trusted.
    pub(super) damaged: Option<Position>,
    /// Whose own part changed by records that had not been folded before.
    pub(super) touched: Touched,
}

/// Looks a room up, and folds it if it lives.
pub(super) async fn open(ground: &Ground, id: &RoomId) -> Result<Found, Unavailable> {
    let Ground { log, events, .. } = ground;
    match log.room(id).await? {
        None => Ok(Found::Nothing),
        Some(Kept::Sealed(views)) => {
            let sealed: Sealed = serde_json::from_str(&views).map_err(|error| {
                Unavailable(format!("the sealed room {id} cannot be read: {error}"))
            })?;
            if events.lack(id, &sealed.epoch, sealed.position) {
                let (events, log, id) = (events.clone(), log.clone(), id.clone());
                tokio::spawn(async move { events.derive(&log, &id).await });
            }
            Ok(Found::Sealed(Box::new(sealed)))
        }
        Some(Kept::Live(key)) => {
            let key = RoomKey::new(key);
            let folded = fold(ground, id, &key, Position::MAX).await?;
            if folded.room.state() == State::Sealed {
                // The server ended between the last record and the sealing.
                return finish(log, &folded.room)
                    .await
                    .map(|sealed| Found::Sealed(Box::new(sealed)));
            }
            if folded.room.position() == 0 && folded.damaged.is_none() {
                return Ok(Found::Nothing);
            }
            Ok(Found::Live(Box::new(folded), key))
        }
    }
}

/// Folds a room from the beginning of its log; up to `known` all was folded before.
pub(super) async fn fold(
    ground: &Ground,
    id: &RoomId,
    key: &RoomKey,
    known: Position,
) -> Result<Folded, Unavailable> {
    let (log, events) = (ground.log.clone(), ground.events.clone());
    let (id, ticket_key) = (id.clone(), private::ticket_key(key));
    tokio::task::spawn_blocking(move || fold_here(&log, &events, id, ticket_key, known))
        .await
        .map_err(|error| Unavailable(error.to_string()))?
}

fn fold_here(
    log: &SqliteLog,
    events: &Events,
    id: RoomId,
    ticket_key: PrivateValue,
    known: Position,
) -> Result<Folded, Unavailable> {
    let mut room = Room::new(id.clone());
    let mut facts = Facts::default();
    let mut notes = events.notes(&id);
    let mut keeps = true;
    // It lies in memory alone: the room's key is all that is needed to make it again.
    room.private.keep(ticket_key.clone());
    for value in log.private(&id)? {
        room.private.keep(value);
    }
    let mut to_erase = Vec::new();
    let mut touched = Touched::new();
    let mut spare = Spare::default();
    let damaged = loop {
        let batch = log.read_after(&id, room.position())?;
        let end = batch.records.is_empty();
        let mut odd = None;
        for record in &batch.records {
            let before = Facts::before(&room, record);
            let folded = room.fold(record);
            if let Ok(verdict) = &folded {
                to_erase.extend(erase::ordered(record, verdict));
                facts.take(before, record, verdict, &room);
                notes.note(&room);
                if room.has_words_of(&record.entry) {
                    spare.note(&room, record, verdict);
                }
            }
            match folded {
                Ok(verdict) if record.position > known => {
                    let touches = room.touched();
                    touched.extend(touches.map(|(who, activity)| (who, activity.clone())));
                    touched.extend(acted(record, &verdict));
                }
                Ok(_) => {}
                Err(damage) => {
                    odd = Some((record.position, damage));
                    break;
                }
            }
        }
        // Once they cannot be kept they are made anew later; the room opens all the same.
        keeps = keeps && events.take_now(&id, &mut notes);
        if !keeps {
            notes.skip();
        }
        let unreadable = batch.damaged.map(|position| (position, Damage::Unreadable));
        let found = odd.or(unreadable);
        if found.is_some() || end {
            break found;
        }
    };
    erase_rest(log, &mut room, to_erase, ticket_key)?;
    // The words of what was refused, left by a server that was stopped before it could delete them.
    let places = spare.take(|_| false);
    for place in &places {
        room.private.remove(place);
    }
    log.forget(&id, places, room.position());
    room.learn(OPENING);
    if let Some(epoch) = room.epoch().filter(|_| damaged.is_none()) {
        events.ends(&id, epoch, room.position(), &mut notes);
    }
    let damaged = damaged.map(|(position, damage)| {
        report(&id, position, &damage);
        room.damage();
        position
    });
    Ok(Folded {
        room,
        facts,
        notes,
        damaged,
        touched,
    })
}

/// Begins the erasures that were ordered and not begun by a server that was stopped: nothing of it is served.
fn erase_rest(
    log: &SqliteLog,
    room: &mut Room,
    ordered: Vec<Erasure>,
    ticket_key: PrivateValue,
) -> Result<(), Unavailable> {
    let kept = retention::of_room(room);
    if kept != Retention::default() {
        log.keeps(room.id(), &kept);
    }
    let waits = |erasure: &Erasure| room.private.value(&erasure.place).is_some();
    let waiting: Vec<Erasure> = ordered.into_iter().filter(waits).collect();
    if waiting.is_empty() {
        return Ok(());
    }
    for erasure in waiting {
        log.erase_now(room.id(), erasure)?;
    }
    room.private = Private::default();
    room.private.keep(ticket_key);
    let values = log.private(room.id())?.into_iter();
    // The names in reports wait on the disk alone.
    for value in values.filter(|value| !value.key.starts_with(erase::PLACE)) {
        room.private.keep(value);
    }
    Ok(())
}

/// Tells the operator of a damaged room, once.
pub(super) fn report(id: &RoomId, position: Position, damage: &Damage) {
    tracing::error!(
        "room {id} is damaged at {position} ({damage:?}): it shows its last good state and takes no changes"
    );
}

/// Writes what remains of a room that has ended, and destroys its key.
pub(super) async fn finish(log: &SqliteLog, room: &Room) -> Result<Sealed, Unavailable> {
    let unfounded = || Unavailable("a room without a log cannot be sealed".to_owned());
    let sealed = seal::seal(room).ok_or_else(unfounded)?;
    let views = serde_json::to_string(&sealed).map_err(|error| Unavailable(error.to_string()))?;
    log.seal(room.id(), views).await?;
    Ok(sealed)
}
