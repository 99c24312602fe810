//! Keeps a room of this tab going until it is left: opens the log, follows it, and begins again when it fails.

use super::Tab;
use crate::clock::Clock;
use crate::log::IndexedDbLog;
use crate::page;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Span;
use liveroom_rules::log::{Batch, Log, Unavailable};
use liveroom_rules::pseudonym::RoomKey;
use liveroom_rules::record::Position;
use std::rc::{Rc, Weak};

/// How long to wait before the storage is opened again after it failed; doubled up to the longest.
const AGAIN: Span = Span(200);
const LONGEST: Span = Span(5_000);

/// Keeps the room going.
pub(super) async fn keep(tab: Weak<Tab>) {
    let mut wait = AGAIN;
    let mut first = true;
    while let Some((room, clock)) = here(&tab).map(|tab| (tab.room.clone(), Rc::clone(&tab.clock)))
    {
        if let Ok((log, key)) = begin(&room, &clock, first).await {
            let log = Rc::new(log);
            let Some(here) = here(&tab) else { return };
            here.begin(Rc::clone(&log), key);
            drop(here);
            first = false;
            match follow(&tab, &log, &room).await {
                // Damaged: there is nothing more to read.
                Ok(()) => return,
                Err(_) => log.close(),
            }
            wait = AGAIN;
        }
        let Some(here) = here(&tab) else { return };
        here.fail();
        drop(here);
        page::pause(wait).await;
        wait = Span(wait.0 * 2).min(LONGEST);
    }
}

/// The room, unless it was left.
fn here(tab: &Weak<Tab>) -> Option<Rc<Tab>> {
    tab.upgrade().filter(|tab| !tab.left.get())
}

/// Opens the log. What was told to be stored at first is never silently kept in memory later.
async fn begin(
    room: &RoomId,
    clock: &Rc<Clock>,
    first: bool,
) -> Result<(IndexedDbLog, Option<RoomKey>), Unavailable> {
    match stored(room, clock).await {
        Err(_) if first => {
            let log = IndexedDbLog::in_memory(Rc::clone(clock));
            let key = log.found(room).await?;
            Ok((log, key))
        }
        opened => opened,
    }
}

async fn stored(
    room: &RoomId,
    clock: &Rc<Clock>,
) -> Result<(IndexedDbLog, Option<RoomKey>), Unavailable> {
    let log = IndexedDbLog::open(Rc::clone(clock)).await?;
    let key = log.found(room).await?;
    Ok((log, key))
}

/// Reads the log to its end, opens the room, and reads on as it grows; done when a record is damaged.
async fn follow(tab: &Weak<Tab>, log: &IndexedDbLog, room: &RoomId) -> Result<(), Unavailable> {
    let mut position = 0;
    loop {
        let batch = log.read(room, position).await?;
        let end = batch == Batch::default();
        let (read, sound) = take(tab, log, room, &batch).await?;
        position = read;
        if end || !sound {
            here(tab).ok_or_else(left)?.open();
            if !sound {
                return Ok(());
            }
            break;
        }
    }
    loop {
        let batch = log.follow(room, position).await?;
        let (read, sound) = take(tab, log, room, &batch).await?;
        position = read;
        if !sound {
            return Ok(());
        }
    }
}

/// Has the server take some records; gives the position it has come to, and whether the log goes on.
async fn take(
    tab: &Weak<Tab>,
    log: &IndexedDbLog,
    room: &RoomId,
    batch: &Batch,
) -> Result<(Position, bool), Unavailable> {
    let lacks = here(tab)
        .ok_or_else(left)?
        .server
        .borrow()
        .lacks(&batch.records);
    let values = if lacks {
        log.values(room).await?
    } else {
        Vec::new()
    };
    let tab = here(tab).ok_or_else(left)?;
    if let Some(last) = batch.records.last() {
        tab.clock.observe(last.at);
    }
    let now = tab.now();
    let (position, sound, seal, spare) = {
        let mut server = tab.server.borrow_mut();
        server.take(batch, values, now);
        let (position, sound) = (server.position(), server.is_sound());
        (position, sound, server.must_seal(), server.spare())
    };
    tab.order_itself();
    tab.settle();
    drop(tab);
    if !spare.is_empty() {
        // If it fails it is done when the room is opened next.
        drop(log.forget(room, &spare, position).await);
    }
    if seal {
        // If it fails it is done when the room is opened next.
        drop(log.seal(room).await);
    }
    Ok((position, sound))
}

fn left() -> Unavailable {
    Unavailable("the room was left".to_owned())
}
