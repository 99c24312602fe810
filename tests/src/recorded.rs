//! Recorded logs: one record a line, with the state that the rules of that day made of them.
//!
//! A change of the rules that decides one of them differently must raise [`liveroom_rules::RULES`] and keep the old decision.

use liveroom_protocol::id::RoomId;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::record::{Record, checksum};
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::seal;
use liveroom_rules::view::{self, Audience};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A record as it lies in a log, and what the room said of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Its place.
    pub position: u64,
    /// Its time.
    pub at: Timestamp,
    /// Its checksum.
    pub sum: u32,
    /// `accepted` with its position, or the reason of the refusal.
    pub verdict: String,
    /// The entry, as text: its bytes are what the checksum is of.
    pub body: String,
}

/// Writes a record down as a line.
pub fn line(record: &Record, verdict: &Verdict) -> Line {
    let body = record.entry.to_json();
    let sum = checksum(record.position, record.at, &body);
    Line {
        position: record.position,
        at: record.at,
        sum,
        verdict: said(verdict),
        body,
    }
}

/// Folds recorded lines, checks what was said of each, and gives all that can be seen in the end.
pub fn replay(room: &str, lines: &[Line]) -> Value {
    let mut room = Room::new(RoomId::parse(room).expect("an id"));
    for line in lines {
        let record = Record::read(line.position, line.at, &line.body, line.sum)
            .expect("an undamaged record");
        let verdict = room.fold(&record).expect("a log in order");
        assert_eq!(
            said(&verdict),
            line.verdict,
            "record {} is decided differently: {}",
            line.position,
            line.body
        );
    }
    seen(&room)
}

/// All that anybody can see of a room.
pub fn seen(room: &Room) -> Value {
    let views: Vec<Value> = Audience::ALL
        .into_iter()
        .map(|audience| {
            let look = |view: view::View| {
                json!({"activity": view.activity, "run": view.run, "card_rev": view.card_rev,
                "tally_rev": view.tally_rev, "card": view.card, "tally": view.tally})
            };
            Value::from(
                view::view(room, audience)
                    .into_iter()
                    .map(look)
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    json!({"public": views[0], "acted": views[1], "desk": views[2], "room": view::room_news(room, None), "sealed": seal::seal(room)})
}

fn said(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Accepted { position, .. } => format!("accepted {position}"),
        Verdict::Refused(refusal) => serde_json::to_value(refusal.reason)
            .ok()
            .and_then(|reason| reason.as_str().map(str::to_owned))
            .expect("a word"),
    }
}
