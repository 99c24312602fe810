//! How activities stand at this moment, each in its present run.

use crate::facts::{Activity, Scope, Sums};
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Level;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::Timestamp;
use serde::Serialize;

/// An activity as it is now: its present run, whenever that began.
#[derive(Clone, Debug, Serialize)]
pub struct Now {
    /// Its name in the room.
    pub id: String,
    /// The widget.
    pub widget: &'static str,
    /// What its card says first.
    pub label: String,
    /// Where it is in its life.
    pub phase: Phase,
    /// When it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_at: Option<Timestamp>,
    /// The least identity that it takes: a viewer of its figures is a browser, an account, or a person.
    pub level: Level,
    /// The profile that it opened under, and its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Stamp>,
    /// Viewers who take part.
    pub participants: u64,
    /// Units left, of a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left: Option<u64>,
    /// Units in all, of a deal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// Winners, of a draw that was held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winners: Option<u64>,
    /// Where the proof of a draw is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<String>,
    /// Claims and prizes that wait for their end.
    pub open_claims: u64,
}

/// What is told of an activity.
fn now(room: &RoomId, known: &Activity) -> Now {
    let proof = |_| format!("/v1/rooms/{room}/draws/{}", known.id);
    Now {
        id: known.id.to_string(),
        widget: known.widget,
        label: known.label.clone(),
        phase: known.phase,
        opened_at: known.opened_at,
        level: known.level,
        profile: known.profile,
        participants: known.participants,
        left: known.stock.map(|(left, _)| left),
        total: known.stock.map(|(_, total)| total),
        winners: known.winners,
        proof: known.winners.map(proof),
        open_claims: known.open_claims,
    }
}

/// Those of the show that is asked for; all of them where none is.
pub(super) fn of(room: &RoomId, sums: &Sums, scope: &Scope) -> Vec<Now> {
    let mut shows = sums.shows.iter();
    let show = shows.find(|show| scope.show.as_deref() == Some(show.id.as_str()));
    let known = sums.activities.iter();
    let of_show = known.filter(|known| show.is_none_or(|show| is_of(known, show)));
    of_show.map(|known| now(room, known)).collect()
}

/// Whether its present run is of a show: opened in it, by a command or, which names no show, at its time.
fn is_of(known: &Activity, show: &Show) -> bool {
    let ran = |at: Timestamp| at >= show.started_at && show.ended_at.is_none_or(|end| at < end);
    match &known.show {
        Some(own) => own == show.id.as_str(),
        None => known.opened_at.is_some_and(ran),
    }
}
