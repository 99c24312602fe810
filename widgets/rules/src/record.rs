//! What the log holds: ids, choices and numbers, in order, each record with a checksum.

use crate::pseudonym::Pseudonym;
use liveroom_protocol::id::{ActivityId, Epoch, KeyId, RequestId, RoomId};
use liveroom_protocol::identity::Standing;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Action, Command};
use serde::{Deserialize, Serialize};

mod who;

pub use who::Who;

/// A place in a room's log, from 1, without gaps.
pub type Position = u64;

/// A request as it is handed to the log, which gives it a place and a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Who asks.
    pub who: Who,
    /// The request's own name.
    pub id: RequestId,
    /// What is asked.
    pub what: What,
}

/// A request as the log gives it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Where it stands.
    pub position: Position,
    /// When it was ordered, by the log's clock; never before the record that precedes it.
    pub at: Timestamp,
    /// The request.
    pub entry: Entry,
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The first record of a log.
    Found(Founding),
    /// A viewer acts.
    Act(Act),
    /// A streamer commands.
    Command(Ordered),
    /// Nothing but the time: what has fallen due is done.
    Tick,
    /// A viewer came or went.
    Watch(Watch),
    /// The server that saw viewers come has stopped, and another writes now: nobody is here any more.
    Vacated,
    /// Someone opened the link of an invitation, and is one of the staff from now on.
    Come(Come),
    /// A viewer came with an account in a browser that had a device key: what was done with the key is the account's from now on.
    SignIn(SignIn),
}

impl What {
    /// Whether the same request again must be known as such. What only says the time, or who is here, is harmless twice.
    pub(crate) const fn is_remembered(&self) -> bool {
        match self {
            Self::Found(_) | Self::Act(_) | Self::Command(_) | Self::Come(_) | Self::SignIn(_) => {
                true
            }
            Self::Tick | Self::Watch(_) | Self::Vacated => false,
        }
    }

    /// Where what was taken out of it lies.
    pub const fn hidden(&self) -> Option<&Hidden> {
        match self {
            Self::Act(act) => act.hidden.as_ref(),
            Self::Command(ordered) => ordered.hidden.as_ref(),
            Self::Found(_)
            | Self::Tick
            | Self::Watch(_)
            | Self::Vacated
            | Self::Come(_)
            | Self::SignIn(_) => None,
        }
    }
}

/// Someone came by an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Come {
    /// Which invitation.
    pub invitation: KeyId,
    /// The key by which they are known from now on.
    pub key: KeyId,
    /// What that key is told by.
    pub issued: Issued,
}

/// A viewer signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignIn {
    /// Who they were in this browser without the account.
    pub device: Pseudonym,
}

/// What a server adds to the making of a key. The secret itself lies nowhere: it follows from the room's key and the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Issued {
    /// The secret's SHA-256, 64 hexadecimal digits.
    pub digest: String,
    /// Who bears the key, as the log knows them.
    pub bearer: Pseudonym,
}

/// A fact of the server that holds the connections, about the viewer whose record it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Watch {
    /// The viewer's first connection came.
    Came {
        /// How long they were here before without the log knowing of it.
        #[serde(default)]
        before_ms: Span,
    },
    /// The viewer's last connection went.
    Went,
}

/// How a log begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Founding {
    /// The number of the rules that decide this log.
    pub rules: u32,
    /// The log's own random name.
    pub epoch: Epoch,
    /// The room.
    pub room: RoomId,
}

/// A viewer's action, with what the server knew of the viewer then.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Act {
    /// In which activity.
    pub activity: ActivityId,
    /// In which run, if the page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<u32>,
    /// Level, tier and segments.
    pub standing: Standing,
    /// What is done, without anybody's words.
    pub action: Action,
    /// The words that were taken out of it and put beside the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
}

/// A command, parted from what must not lie in the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Ordered {
    /// The command without its secrets.
    pub command: Command,
    /// The secret that was taken out of it and put beside the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hidden: Option<Hidden>,
    /// A secret that this command makes known, as it lay beside the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub told: Option<String>,
    /// What a lottery fixes before its first entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Fixed>,
    /// What a key that is made is told by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Issued>,
    /// Whose words and name `viewer.erase` deletes; nothing where this room has nothing of theirs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whose: Option<Pseudonym>,
    /// The version of the profile that `room.set` takes on: the newest there was then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
}

/// What a run of a lottery fixes before its first entry. The seed itself lies nowhere: it is made anew from the room's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Fixed {
    /// Which run.
    pub run: u32,
    /// The key under which entrants have their names in this draw, 64 hexadecimal digits; never published.
    pub key: String,
    /// The commitment to the seed and the terms, 64 hexadecimal digits; published at opening.
    pub commitment: String,
    /// The profile that the terms name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
}

/// A value that lies in the private table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hidden {
    /// Its place there.
    pub key: String,
    /// A keyed print of it: the same request with another secret is another request.
    pub print: String,
}

/// Why a stored record cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// The checksum is not that of the bytes.
    Checksum,
    /// The bytes are no record that these rules know.
    Unreadable,
    /// A record is missing before this one.
    Gap,
    /// The first record is no founding, or founds another room.
    Founding,
    /// The log was made under rules that this build does not have.
    UnknownRules(u32),
}

impl Entry {
    /// The entry as the log keeps it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("an entry has no map with keys that are not text")
    }
}

impl Record {
    /// Reads a record as the log gave it back, if the checksum is that of its place, time and bytes.
    pub fn read(position: Position, at: Timestamp, body: &str, sum: u32) -> Result<Self, Damage> {
        if checksum(position, at, body) != sum {
            return Err(Damage::Checksum);
        }
        let entry = serde_json::from_str(body).map_err(|_| Damage::Unreadable)?;
        Ok(Self {
            position,
            at,
            entry,
        })
    }
}

/// The checksum that a log keeps with each record: CRC-32 (IEEE) over position, time and body.
pub fn checksum(position: Position, at: Timestamp, body: &str) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&position.to_be_bytes());
    sum.update(&at.0.to_be_bytes());
    sum.update(body.as_bytes());
    sum.finalize()
}
