//! An ended room as data: its views, written once, served from then on without its log, its key or its rules.

use crate::activity::{Activity, Body};
use crate::lottery::Lottery;
use crate::private::name_key;
use crate::record::{Position, Who};
use crate::room::Room;
use crate::view::{self, Audience};
use liveroom_protocol::Reason;
use liveroom_protocol::id::{ActivityId, Epoch, KeyId, RoomId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::lottery::Proof;
use liveroom_protocol::message::RoomNews;
use liveroom_protocol::news::Item;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

mod erase;

pub use erase::{Lost, Pieces};

/// The number of this form.
pub const SCHEMA: u32 = 1;

/// All that remains of a room that has ended. It names no viewer, and nothing in it leads to one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sealed {
    /// The number of this form, [`SCHEMA`].
    pub schema: u32,
    /// Which room.
    pub room: RoomId,
    /// Which log.
    pub epoch: Epoch,
    /// The position of the log's last record.
    pub position: Position,
    /// When it was sealed.
    pub at: Timestamp,
    /// The room's last news of itself.
    pub news: RoomNews,
    /// Origins of pages that may read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origins: Vec<String>,
    /// What viewers are shown, in the order of opening.
    pub shown: Vec<Item>,
    /// Every activity there was, as the desk knew it.
    pub all: Vec<Item>,
    /// Who ordered what.
    pub audit: Vec<Line>,
    /// The proofs of its draws.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub proofs: BTreeMap<ActivityId, Proof>,
    /// The proofs of their earlier runs, the first run's first.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub past: BTreeMap<ActivityId, Vec<Proof>>,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its position in the log.
    pub position: Position,
    /// When.
    pub at: Timestamp,
    /// The role, and a pseudonym that nobody can resolve any more.
    pub who: String,
    /// The name that they gave, while the room lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The key that they bear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<KeyId>,
    /// What.
    pub what: String,
    /// To which activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityId>,
    /// What more it said: numbers, ids and choices as `name=value`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// To which key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyId>,
    /// What people call that key, while the room lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Why it was refused; it changed nothing then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<Reason>,
    /// Who was on air.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_air: Vec<Label>,
    /// The profile that the activity then followed, or that the room took on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
}

/// Writes a room down; nothing if it has no log.
pub fn seal(room: &Room) -> Option<Sealed> {
    Some(Sealed {
        schema: SCHEMA,
        room: room.id().clone(),
        epoch: room.epoch()?.clone(),
        position: room.position(),
        at: room.at(),
        news: view::room_news(room, None),
        origins: room.setup().origins.clone(),
        shown: view::shown(room, Audience::Public)
            .into_iter()
            .map(|activity| item(room, activity, Audience::Public))
            .collect(),
        all: room
            .activities()
            .iter()
            .map(|activity| item(room, activity, Audience::Desk))
            .collect(),
        proofs: lotteries(room)
            .map(|(id, lottery)| (id.clone(), view::proof(lottery)))
            .collect(),
        past: lotteries(room)
            .filter(|(_, lottery)| !lottery.past().is_empty())
            .map(|(id, lottery)| (id.clone(), lottery.past().to_vec()))
            .collect(),
        audit: audit(room, Names::Left),
    })
}

/// The lotteries that viewers were ever shown; the others stay the desk's own.
fn lotteries(room: &Room) -> impl Iterator<Item = (&ActivityId, &Lottery)> {
    room.activities().iter().filter_map(|known| {
        let shown = known.is_shown() || known.opened.is_some();
        match &known.body {
            Body::Lottery(lottery) if shown || !lottery.past().is_empty() => {
                Some((&known.id, &**lottery))
            }
            Body::Lottery(_) | Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
        }
    })
}

/// Whether an audit log has the names of staff and the labels of keys, which lie beside the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// It has.
    Told,
    /// It has not: a room that has ended leads to nobody.
    Left,
}

/// The audit log as it is shown and exported.
pub fn audit(room: &Room, names: Names) -> Vec<Line> {
    room.audit()
        .iter()
        .map(|line| Line {
            position: line.position,
            at: line.at,
            who: line.who.to_string(),
            name: called(room, names, line.who),
            by: line.by.clone(),
            what: line.what.to_owned(),
            activity: line.activity.clone(),
            detail: line.detail.clone(),
            label: line
                .key
                .as_ref()
                .filter(|_| names == Names::Told)
                .and_then(|key| label(room, key)),
            key: line.key.clone(),
            refused: line.refused,
            on_air: line.on_air.clone(),
            profile: line.profile,
        })
        .collect()
}

/// What someone is called: by the name that they gave, or by the label of the machine's key.
fn called(room: &Room, names: Names, who: Who) -> Option<String> {
    let Who::Staff(_, bearer) = who else {
        return None;
    };
    if names == Names::Left {
        return None;
    }
    let own = room.private.value(&name_key(bearer)).map(str::to_owned);
    own.or_else(|| label(room, &room.keys().of(bearer)?.id))
}

/// What people call a key.
pub fn label(room: &Room, key: &KeyId) -> Option<String> {
    let place = room.keys().get(key)?.label.as_ref()?;
    room.private.value(&place.key).map(str::to_owned)
}

fn item(room: &Room, activity: &Activity, audience: Audience) -> Item {
    let view = view::look(activity, &room.private, audience);
    Item {
        activity: view.activity,
        run: view.run,
        rev: view.card_rev.max(view.tally_rev),
        card: Some(view.card),
        tally: Some(view.tally),
        mine: None,
        entries: view::all_entries(activity, &room.private, audience),
        flags: view.flags,
        ruled: view.ruled,
        gone: false,
    }
}
