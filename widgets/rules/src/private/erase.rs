//! Whom an order erases: the plain account and the name in reports stay out of the log.

use super::{PrivateValue, hide};
use crate::pseudonym::{Identity, Pseudonym, RoomKey};
use crate::record::{Hidden, Ordered, Record, What};
use crate::room::{Room, Verdict};
use liveroom_protocol::erase::Erase;
use liveroom_protocol::lottery::Hex;
use liveroom_protocol::{Command, Reason, Refusal};

/// How the places begin in which the names of viewers wait for their reports to be erased.
pub const PLACE: &str = "erase/";

/// The viewer as the log knows them, and their name in reports as it lies beside the log until their reports are erased.
///
/// Of a name in reports the viewer is found by trying all that the room knows; one who only watched is none of them, and has
/// reports and nothing else.
pub(super) fn whom(
    key: &RoomKey,
    request: u64,
    erase: Erase,
    room: &Room,
) -> Result<(Option<Pseudonym>, (Hidden, PrivateValue)), Refusal> {
    if !erase.is_well_formed() {
        let why = "name one viewer by account or by me; pieces are for a room that has ended";
        return Err(Refusal::because(Reason::Malformed, why));
    }
    let (who, me) = match (erase.account, erase.me) {
        (Some(account), _) => {
            let who = key.pseudonym(&Identity::Account(String::from(account)));
            (Some(who), key.for_reports(who))
        }
        (None, Some(me)) => {
            let me = Hex::to_string(&me);
            (
                room.viewers()
                    .into_iter()
                    .find(|who| key.for_reports(*who) == me),
                me,
            )
        }
        (None, None) => {
            let why = "this room goes on: name the viewer by account or by me";
            return Err(Refusal::because(Reason::Malformed, why));
        }
    };
    let place = format!("{PLACE}{request:016x}");
    let same = me.clone();
    Ok((who, hide(key, place, "erase", &same, None, me)))
}

/// An erasure that the room accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// The position of the record that ordered it.
    pub position: u64,
    /// Whose words and name; nothing where the room has none.
    pub whose: Option<Pseudonym>,
    /// Where the name in reports lies, until it is done.
    pub place: String,
}

/// The erasure that a record orders, if the room accepted it; also when it is asked again.
pub fn ordered(record: &Record, verdict: &Verdict) -> Option<Erasure> {
    let What::Command(Ordered {
        command: Command::ViewerErase(_),
        hidden: Some(hidden),
        whose,
        ..
    }) = &record.entry.what
    else {
        return None;
    };
    match verdict {
        Verdict::Accepted { position, .. } => Some(Erasure {
            position: *position,
            whose: *whose,
            place: hidden.key.clone(),
        }),
        Verdict::Refused(_) => None,
    }
}
