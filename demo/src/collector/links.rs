//! The share links of a viewer who is erased. A link's code follows from the viewer's name in reports, so whoever knows the one finds
//! the other: where the code was counted, or told by those who came by the link, another one that follows from nothing takes its place.

use super::counters::room_of;
use super::erase::sources;
use crate::chance::random;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liveroom_protocol::id::RoomId;
use rusqlite::{Connection, Transaction};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Bytes of a code, as `share.js` makes it.
const BYTES: usize = 12;

/// The codes of a viewer's links by which somebody arrived: of those that they can have had, by each address that pages of the room
/// named their server by. Whoever invents such addresses adds nothing to what is done for each code.
pub(super) fn codes(
    connection: &Connection,
    room: &RoomId,
    me: &str,
) -> rusqlite::Result<BTreeSet<String>> {
    let mut servers = BTreeSet::from([String::new()]);
    for source in sources(connection)? {
        if room_of(&source).as_ref() == Some(room)
            && let Some((server, _)) = source.rsplit_once("/v1/rooms/")
        {
            servers.insert(server.to_owned());
            servers.insert(format!("{server}/"));
        }
    }
    let code = |server: &String| {
        let digest = Sha256::digest(format!("live-ref {server} {room} {me}"));
        URL_SAFE_NO_PAD.encode(&digest[..BYTES])
    };
    let all: BTreeSet<String> = servers.iter().map(code).collect();
    let mut arrived = connection.prepare(
        "SELECT DISTINCT detail FROM counts
         WHERE kind = 'live.room.arrived' AND place IN (SELECT id FROM places WHERE room = ?1)",
    )?;
    let arrived = arrived.query_map([room.as_str()], |row| row.get::<_, String>(0))?;
    let arrived: BTreeSet<String> = arrived.collect::<rusqlite::Result<_>>()?;
    Ok(all.intersection(&arrived).cloned().collect())
}

/// Puts a code that follows from nothing in the place of one, wherever it was counted or told.
pub(super) fn rename(
    transaction: &Transaction<'_>,
    room: &RoomId,
    code: &str,
) -> rusqlite::Result<()> {
    // As long as the other: what the reports of a room weigh stays as it was counted.
    let fresh = random::<BYTES>().map_err(|_| rusqlite::Error::InvalidQuery)?;
    let fresh = URL_SAFE_NO_PAD.encode(fresh);
    transaction
        .prepare_cached(
            "UPDATE counts SET detail = ?3
             WHERE kind = 'live.room.arrived' AND detail = ?2 AND place IN (SELECT id FROM places WHERE room = ?1)",
        )?
        .execute((room.as_str(), code, &fresh))?;
    for source in sources(transaction)? {
        if room_of(&source).as_ref() == Some(room) {
            transaction
                .prepare_cached(
                    "UPDATE reports SET data = replace(data, ?2, ?3)
                     WHERE source = ?1 AND kind = 'live.room.arrived' AND instr(data, ?2) > 0",
                )?
                .execute((&source, code, &fresh))?;
        }
    }
    Ok(())
}
