//! What the fuzzer does with bytes, and the tests with its corpus: decode them, and fold whatever can be decoded.

use liveroom_protocol::id::{Epoch, RequestId, RoomId};
use liveroom_protocol::identity::{Role, Standing};
use liveroom_protocol::message::{Order, Seat, ToRoom};
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::Append;
use liveroom_rules::pseudonym::{Pseudonym, RoomKey};
use liveroom_rules::record::{Entry, Founding, Record, What, Who, checksum};
use liveroom_rules::room::Room;
use liveroom_rules::session::{Session, Sheet};
use liveroom_rules::view::{self, Audience};
use liveroom_rules::{RULES, private, seal, wire};
use std::collections::HashSet;

/// What is open when a frame comes: one activity of each kind, which takes anybody.
const OPEN: [&str; 4] = [
    r#"{"type":"command","id":"p","command":{"type":"poll.open","activity":"p","question":"?","options":["a","b"]}}"#,
    r#"{"type":"command","id":"l","command":{"type":"lottery.open","activity":"l","title":"?","prizes":[{"name":"a"}],"level":"device"}}"#,
    r#"{"type":"command","id":"q","command":{"type":"qna.open","activity":"q","title":"?","replies":true,"approval":false}}"#,
    r#"{"type":"command","id":"d","command":{"type":"deal.open","activity":"d","title":"?","sku":"s","price":{"amount":"9.99","currency":"EUR"},"variants":[{"stock":2}],"level":"device"}}"#,
];

/// Decodes one frame; what is a request is written, read back and folded, and all that can be seen is made of it.
/// Says whether it could be decoded.
pub(crate) fn decode(bytes: &[u8]) -> bool {
    let Ok(message) = wire::to_room(bytes, 64 * 1024) else {
        return false;
    };
    let key = RoomKey::new([1; 32]);
    let id = RoomId::parse("fuzz").expect("an id");
    let founding = Founding {
        rules: RULES,
        epoch: Epoch::parse("e").expect("an id"),
        room: id.clone(),
    };
    let mut room = Room::new(id);
    let mut position = 0;
    let mut push = |room: &mut Room, entry: &Entry| {
        position += 1;
        let (at, body) = (Timestamp(1_000 * position), entry.to_json());
        let record = Record::read(position, at, &body, checksum(position, at, &body))
            .expect("what was written can be read");
        assert_eq!(&record.entry, entry, "an entry is read as it was written");
        room.fold(&record).expect("a log in order");
    };
    let found = RequestId::parse("found").expect("an id");
    push(
        &mut room,
        &Entry {
            who: Who::Room,
            id: found,
            what: What::Found(founding),
        },
    );
    let opened = OPEN.map(|order| wire::to_room(order.as_bytes(), order.len()).expect("an order"));
    // An act meets an open activity of each kind; an order meets them too.
    for message in opened.into_iter().chain([message]) {
        match message {
            ToRoom::Act(act) => {
                if let Ok(Append { entry, private }) =
                    private::act(&key, Pseudonym(2), Standing::default(), act, &room)
                {
                    private
                        .into_iter()
                        .for_each(|value| room.private.keep(value));
                    push(&mut room, &entry);
                }
            }
            ToRoom::Command(Order { id, command }) => {
                let order = Order { id, command };
                if let Ok(Append { entry, private }) =
                    private::order(&key, Role::Owner, Pseudonym(1), order, &room)
                {
                    private
                        .into_iter()
                        .for_each(|value| room.private.keep(value));
                    push(&mut room, &entry);
                }
            }
            ToRoom::More(more) => {
                for audience in Audience::ALL {
                    let _ = view::page(&room, &more, audience);
                }
            }
            ToRoom::Similar(similar) => {
                room.learn(1);
                for audience in Audience::ALL {
                    let _ = view::similar(&room, &similar, audience);
                }
            }
            ToRoom::Check(check) => {
                let _ = room.check(&key, Role::Owner, Pseudonym(1), check.commands);
            }
            ToRoom::Hello(_)
            | ToRoom::Renew { .. }
            | ToRoom::Mint
            | ToRoom::Ping { .. }
            | ToRoom::Hidden { .. } => {}
        }
    }
    look(&room);
    true
}

/// Makes all that can be seen of a room.
fn look(room: &Room) {
    for audience in Audience::ALL {
        let _ = view::view(room, audience);
    }
    let sheet = Sheet::of(room, None);
    let _ = Session::new(Seat::Viewer, None, HashSet::new()).due(&sheet);
    let _ = seal::seal(room);
}
