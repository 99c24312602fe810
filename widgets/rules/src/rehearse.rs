//! A dry run: what a room's rules would say of a run of show, asked of a room that nobody is in.

use crate::RULES;
use crate::private;
use crate::pseudonym::{Pseudonym, RoomKey};
use crate::record::{Damage, Entry, Founding, Position, Record, What, Who};
use crate::room::{Room, Verdict};
use liveroom_protocol::id::{Epoch, RequestId};
use liveroom_protocol::identity::Role;
use liveroom_protocol::message::Order;
use liveroom_protocol::run::{Missing, Run};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Command, Reason, Refusal};

/// Opens all cues one after another, each put away before the next, in an empty room that is set up like `room`.
/// Nothing becomes of it.
pub fn rehearse(room: &Room, role: Role, run: &Run) -> Vec<Missing> {
    let Some(mut stage) = Stage::like(room) else {
        return Vec::new();
    };
    let mut refused = Vec::new();
    for (cue, each) in run.cues.iter().enumerate() {
        let name = each.name();
        let taken = name.is_some_and(|name| room.activity(name).is_some());
        let said = match taken {
            true => Err(Refusal::because(
                Reason::Taken,
                "it was opened in this room already: give it a new name to open it again",
            )),
            false => stage.order(role, each.open()),
        };
        match said {
            Err(refusal) => refused.push(Missing { cue, refusal }),
            Ok(()) => {
                if let Some(activity) = name.cloned() {
                    // Only that it makes room for the next.
                    let _ = stage.order(role, Command::PutAway { activity });
                }
            }
        }
    }
    refused
}

struct Stage {
    room: Room,
    position: Position,
}

impl Stage {
    fn like(room: &Room) -> Option<Self> {
        let mut empty = Room::new(room.id().clone());
        empty.setup = room.setup().clone();
        // Who approves it has not seen it yet; what the room's profile asks for is known already.
        empty.setup.approval = false;
        let mut stage = Self {
            room: empty,
            position: 0,
        };
        let founding = Founding {
            rules: RULES,
            epoch: Epoch::parse("rehearsal").ok()?,
            room: room.id().clone(),
        };
        let entry = Entry {
            who: Who::Room,
            id: RequestId::parse("found").ok()?,
            what: What::Found(founding),
        };
        stage.fold(entry, room.at()).ok()?;
        Some(stage)
    }

    fn fold(&mut self, entry: Entry, at: Timestamp) -> Result<Verdict, Damage> {
        self.position += 1;
        let position = self.position;
        self.room.fold(&Record {
            position,
            at,
            entry,
        })
    }

    fn order(&mut self, role: Role, command: Command) -> Result<(), Refusal> {
        const KEY: RoomKey = RoomKey::new([0; 32]);
        const WHO: Pseudonym = Pseudonym(0);
        let id =
            RequestId::parse(format!("cue-{}", self.position)).map_err(|_| Reason::Malformed)?;
        let append = private::order(&KEY, role, WHO, Order { id, command }, &self.room)?;
        match self.fold(append.entry, self.room.at()) {
            Ok(Verdict::Accepted { .. }) => Ok(()),
            Ok(Verdict::Refused(refusal)) => Err(refusal),
            Err(_) => Err(Reason::Unavailable.into()),
        }
    }
}
