//! The one place that decides what an audience may know. No form holds more than that: a page never hides what it was sent.

use crate::activity::{Activity, Body};
use crate::poll::{Place, Poll};
use crate::private::{Private, name_key, read_right};
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use crate::room::Room;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::RoomNews;
use liveroom_protocol::news::Item;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{BoardRow, Results};
use liveroom_protocol::{Card, Mine, Tally, poll};
use sha2::{Digest, Sha256};

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody.
    Public,
    /// Those who took part.
    Acted,
    /// Those who run the room.
    Desk,
}

impl Audience {
    /// All of them, least first.
    pub const ALL: [Self; 3] = [Self::Public, Self::Acted, Self::Desk];
}

/// An activity as an audience may know it.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Which activity.
    pub activity: ActivityId,
    /// Which run.
    pub run: u32,
    /// The rev of the card.
    pub card_rev: Position,
    /// The rev of the tally.
    pub tally_rev: Position,
    /// The card.
    pub card: Card,
    /// The tally.
    pub tally: Tally,
}

/// All that an audience may know of a room's activities, in the order of opening; what is not open yet comes first.
pub fn view(room: &Room, audience: Audience) -> Vec<View> {
    shown(room, audience)
        .into_iter()
        .map(|activity| look(activity, &room.private, audience))
        .collect()
}

/// The activities that an audience is shown, in the order of opening.
pub fn shown(room: &Room, audience: Audience) -> Vec<&Activity> {
    let mut shown: Vec<&Activity> = room
        .activities
        .iter()
        .filter(|activity| match audience {
            Audience::Public | Audience::Acted => activity.is_shown(),
            Audience::Desk => !activity.put_away,
        })
        .collect();
    shown.sort_by_key(|activity| activity.opened.unwrap_or(0));
    shown
}

/// One activity as an audience may know it.
pub fn look(activity: &Activity, private: &Private, audience: Audience) -> View {
    let (card, tally) = match &activity.body {
        Body::Poll(poll) => (
            Card::Poll(poll_card(activity, poll, private, audience)),
            Tally::Poll(poll_tally(activity, poll, audience)),
        ),
    };
    View {
        activity: activity.id.clone(),
        run: activity.run,
        card_rev: activity.card_rev,
        tally_rev: activity.tally_rev,
        card,
        tally,
    }
}

/// What a viewer alone is told of an activity; nothing if there is no such activity or it is not shown.
pub fn mine(room: &Room, who: Pseudonym, activity: &ActivityId) -> Option<Item> {
    let activity = room
        .activity(activity)
        .filter(|activity| activity.is_shown())?;
    let mine = match &activity.body {
        Body::Poll(poll) => Mine::Poll(poll::Mine {
            choices: poll.choices(who),
            voted: poll.has_voted(who),
            label: poll
                .draft
                .board
                .then(|| board_name(activity, poll, &room.private, who)),
        }),
    };
    Some(Item {
        activity: activity.id.clone(),
        run: activity.run,
        rev: room.position,
        card: None,
        tally: None,
        mine: Some(mine),
        gone: false,
    })
}

/// Whether a viewer took part in an activity's present run.
pub fn acted(activity: &Activity, who: Pseudonym) -> bool {
    match &activity.body {
        Body::Poll(poll) => poll.has_voted(who),
    }
}

/// The room itself, as everybody may know it; the desk is told how many viewers are there.
pub fn room_news(room: &Room, viewers: Option<u32>) -> RoomNews {
    RoomNews {
        rev: room.rev,
        show: room.show.clone(),
        delay_ms: room.setup.delay,
        state: room.state,
        viewers,
    }
}

fn poll_card(
    activity: &Activity,
    poll: &Poll,
    private: &Private,
    audience: Audience,
) -> poll::Card {
    let draft = &poll.draft;
    let right = match audience {
        Audience::Desk => poll.right().map(<[_]>::to_vec).or_else(|| {
            let hidden = activity.hidden.as_ref()?;
            private.value(&hidden.key).map(read_right)
        }),
        Audience::Public | Audience::Acted => poll.right().map(<[_]>::to_vec),
    };
    poll::Card {
        question: draft.question.as_str().to_owned(),
        options: poll.options.clone(),
        max_choices: draft.max_choices,
        scale: draft.scale.clone(),
        quiz: activity.hidden.is_some(),
        results: poll.results,
        can_change: draft.can_change,
        named: draft.named,
        level: poll.level,
        who: draft.who.clone(),
        time: draft.time,
        opened_at: activity.opened_at,
        programme_at: draft.programme_at,
        grace_ms: draft.grace_ms,
        reopened: activity.reopened,
        right,
        board: poll
            .board()
            .iter()
            .map(|place| board_row(activity, poll, private, place))
            .collect(),
    }
}

fn poll_tally(activity: &Activity, poll: &Poll, audience: Audience) -> poll::Tally {
    let closed = activity.phase == Phase::Closed;
    let told = activity.revealed
        || match (poll.results, audience) {
            (_, Audience::Desk) | (Results::Always, _) => true,
            (Results::AfterVoting, Audience::Acted) => true,
            (Results::AfterVoting, Audience::Public) | (Results::AfterClosing, _) => closed,
            (Results::OnReveal, _) => false,
        };
    poll::Tally {
        phase: activity.phase,
        closes_at: activity.closes_at,
        left_ms: activity.left,
        voters: poll.voters(),
        votes: told.then(|| poll.votes().to_vec()),
        revealed: activity.revealed,
    }
}

fn board_row(activity: &Activity, poll: &Poll, private: &Private, place: &Place) -> BoardRow {
    BoardRow {
        rank: place.rank,
        name: board_name(activity, poll, private, place.who),
        after_ms: place.after,
    }
}

/// The name on a board: the viewer's own where the card says that names are shown and there is one,
/// else four digits that stand for the viewer in this run alone.
fn board_name(activity: &Activity, poll: &Poll, private: &Private, who: Pseudonym) -> String {
    let own = poll
        .draft
        .named
        .then(|| private.value(&name_key(who)))
        .flatten();
    own.map_or_else(|| label(activity, who), str::to_owned)
}

fn label(activity: &Activity, who: Pseudonym) -> String {
    let bytes = Sha256::digest(format!("board/{}/{}/{who}", activity.id, activity.run));
    let (head, _) = bytes
        .split_first_chunk::<2>()
        .expect("SHA-256 has 32 bytes");
    format!("#{:04X}", u16::from_be_bytes(*head))
}
