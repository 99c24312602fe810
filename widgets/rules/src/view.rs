//! The one place that decides what an audience may know. No form holds more than that: a page never hides what it was sent.

use crate::activity::{Activity, Body};
use crate::private::Private;
use crate::pseudonym::Pseudonym;
use crate::record::Position;
use crate::room::Room;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Standing;
use liveroom_protocol::message::{RoomNews, Seat};
use liveroom_protocol::news::{Entry, Item};
use liveroom_protocol::profile::Ruled;
use liveroom_protocol::{Card, Mine, Tally};

mod deal;
mod desk;
mod lottery;
mod poll;
mod qna;

pub use desk::{desk, find};
pub use lottery::{proof, proof_without_roll};
pub use qna::{page, similar};

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

    /// What a seat is shown of what nobody has acted in.
    pub const fn of(seat: Seat) -> Self {
        match seat {
            Seat::Viewer | Seat::Overlay => Self::Public,
            Seat::Desk => Self::Desk,
        }
    }
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
    /// Cards of their own that the tally names.
    pub entries: Vec<Entry>,
    /// How many viewers reported it; only to the desk.
    pub flags: u32,
    /// What holds for it in a room with a profile, or with two people; only to the desk.
    pub ruled: Option<Box<Ruled>>,
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

/// Whether an activity was put away while somebody still has something of it: a prize to claim, units to order.
pub fn is_held(activity: &Activity) -> bool {
    activity.put_away && activity.body.holders().next().is_some()
}

/// What a viewer is told of: all that is shown, and what was put away while they still have something of it.
pub fn told(room: &Room, who: Pseudonym) -> Vec<&Activity> {
    let held = room.activities.iter();
    let held = held.filter(|activity| {
        activity.put_away && activity.body.holders().any(|holder| holder == who)
    });
    held.chain(shown(room, Audience::Public)).collect()
}

/// One activity as an audience may know it.
pub fn look(activity: &Activity, private: &Private, audience: Audience) -> View {
    let (card, tally) = match &activity.body {
        Body::Poll(poll) => (
            Card::Poll(poll::card(activity, poll, private, audience)),
            Tally::Poll(poll::tally(activity, poll, audience)),
        ),
        Body::Lottery(lottery) => (
            Card::Lottery(lottery::card(activity, lottery, private, audience)),
            Tally::Lottery(lottery::tally(activity, lottery)),
        ),
        Body::Qna(qna) => (
            Card::Qna(qna::card(activity, qna)),
            Tally::Qna(qna::tally(activity, qna, audience)),
        ),
        Body::Deal(deal) => (
            Card::Deal(deal::card(activity, deal, audience)),
            Tally::Deal(deal::tally(activity, deal)),
        ),
    };
    let entries = match &activity.body {
        Body::Poll(poll) => poll::entries(poll, private, audience),
        Body::Qna(qna) => qna::entries(activity, qna, private, audience),
        Body::Lottery(_) | Body::Deal(_) => Vec::new(),
    };
    let flags = match audience {
        Audience::Desk => u32::try_from(activity.flags.len()).unwrap_or(u32::MAX),
        Audience::Public | Audience::Acted => 0,
    };
    View {
        activity: activity.id.clone(),
        run: activity.run,
        card_rev: activity.card_rev,
        tally_rev: activity.tally_rev,
        card,
        tally,
        entries,
        flags,
        ruled: Some(audience)
            .filter(|audience| *audience == Audience::Desk)
            .and_then(|_| ruled(activity)),
    }
}

/// What holds for an activity; nothing where the room asks for nothing.
fn ruled(activity: &Activity) -> Option<Box<Ruled>> {
    let fixed = match &activity.body {
        Body::Lottery(lottery) => lottery.fixed.profile,
        Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => None,
    };
    let ruled = Ruled {
        profile: activity.profile.or(fixed),
        approved: activity.approved.is_some(),
        held: activity.held.clone(),
    };
    (ruled != Ruled::default()).then(|| Box::new(ruled))
}

/// All cards of their own that an audience may know of an activity, not only those that its tally names.
pub fn all_entries(activity: &Activity, private: &Private, audience: Audience) -> Vec<Entry> {
    match &activity.body {
        Body::Poll(poll) => poll::comments(poll, private, audience, usize::MAX),
        Body::Qna(qna) => qna::all(qna, private, audience),
        Body::Lottery(_) | Body::Deal(_) => Vec::new(),
    }
}

/// What a viewer alone is told of an activity; nothing if there is no such activity or it is not shown.
pub fn mine(room: &Room, who: Pseudonym, activity: &ActivityId) -> Option<Item> {
    mine_as(room, who, &Standing::default(), activity)
}

/// The same for someone of whom more is known than the log has: how long they have watched, say.
pub fn mine_as(
    room: &Room,
    who: Pseudonym,
    standing: &Standing,
    activity: &ActivityId,
) -> Option<Item> {
    let activity = room.activity(activity)?;
    let mine = match &activity.body {
        Body::Poll(poll) => Mine::Poll(poll::mine(activity, poll, &room.private, who)),
        Body::Lottery(lottery) => Mine::Lottery(lottery::mine(room, lottery, who, standing)),
        Body::Qna(qna) => Mine::Qna(qna::mine(room, qna, who)),
        Body::Deal(deal) => Mine::Deal(deal::mine(room, activity, deal, who)),
    };
    // What was won or claimed is still the viewer's when the activity is off every page.
    let theirs = activity.opened.is_some() && acted(activity, who);
    if !(activity.is_shown() || theirs) {
        return None;
    }
    Some(Item {
        activity: activity.id.clone(),
        run: activity.run,
        rev: room.position,
        card: None,
        tally: None,
        mine: Some(mine),
        entries: Vec::new(),
        flags: 0,
        ruled: None,
        gone: false,
    })
}

/// Whether a viewer took part in an activity's present run.
pub fn acted(activity: &Activity, who: Pseudonym) -> bool {
    match &activity.body {
        Body::Poll(poll) => poll.has_voted(who),
        Body::Lottery(lottery) => lottery.tickets_of(who).is_some(),
        Body::Qna(qna) => qna.has_acted(who),
        Body::Deal(deal) => deal.claims_of(who).next().is_some(),
    }
}

/// The room itself, as everybody may know it; the desk is told how many viewers are there.
pub fn room_news(room: &Room, viewers: Option<u32>) -> RoomNews {
    RoomNews {
        rev: room.rev,
        show: room.show.clone(),
        delay_ms: room.setup.delay,
        state: room.state,
        cleared: room.cleared,
        viewers,
        blocked: None,
        profile: None,
        approval: false,
    }
}

/// The same as the desk may know it.
pub fn desk_news(room: &Room) -> RoomNews {
    RoomNews {
        blocked: Some(room.setup.blocked.clone()),
        profile: room.setup.profile,
        approval: room.setup.approval,
        ..room_news(room, None)
    }
}
