//! The exact figures of a room: counted as its records are folded, so that a replay of the log counts the same.
//!
//! They know nothing of reports, and reports nothing of them: viewers are counted by what the room accepted from them.
//!
//! [`deeds`] is what is counted, [`people`] by whom, [`claims`] what becomes of a sale, [`marks`] what is marked on the time line, [`sums`] the figures
//! of some time, [`activity`] what they name.

mod activity;
mod bits;
mod claims;
mod deeds;
mod marks;
mod people;
mod sums;
mod void;

pub use activity::Activity;
pub use deeds::{Deed, Deeds};
pub use marks::{Mark, Moment};
pub use sums::{By, Row, Scope, Sums};

use bits::Bits;
use claims::Claimed;
use liveroom_protocol::command::Command;
use liveroom_protocol::id::{ClaimId, ShowId};
use liveroom_protocol::identity::{Label, Standing};
use liveroom_protocol::news::Action;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Record, What, Who};
use liveroom_rules::room::{Room, Verdict};
use marks::Marks;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Milliseconds of the minutes by which all is counted.
pub const MINUTE: u64 = 60_000;
/// Minutes and places that are kept; beyond that the oldest minutes go, and [`Facts::since`] says so.
const CELLS: usize = 200_000;
/// Groups of viewers (a tier with segments and a channel) that are told apart. As many more are told apart without their segments, then
/// the others count as one.
const GROUPS: usize = 256;

/// What a room's records add up to.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    places: Vec<Place>,
    numbers: HashMap<Place, usize>,
    settings: Vec<Setting>,
    groups: Vec<Group>,
    cells: BTreeMap<(u64, usize), Deeds>,
    /// Distinct viewers of whom the room accepted something, by minute.
    active: BTreeMap<u64, u32>,
    now: (u64, HashSet<u32>),
    people: HashMap<Pseudonym, u32>,
    took_part: Vec<Bits>,
    /// Where a claim belongs, and where its sale was counted: by the activity and the claim.
    claims: HashMap<(usize, ClaimId), Claimed>,
    marks: Marks,
    shows: Vec<Show>,
    /// The first minute of which all is kept.
    since: u64,
}

/// What a deed belongs to, by numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Place {
    activity: usize,
    setting: usize,
    group: usize,
}

/// Which show ran, and who was on air.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Setting {
    show: Option<ShowId>,
    on_air: Vec<Label>,
}

/// What a page, or a relay, says of viewers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Group {
    tier: Option<Label>,
    segments: Vec<Label>,
    /// The platform that a relay acts from.
    channel: Option<Label>,
}

/// What must be known of a room before a record is folded.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// The record changes a vote that was cast before.
    again: bool,
    due: bool,
    /// The record may take this activity back: its number, when it was opened, and whether that is its first run.
    back: Option<(usize, Timestamp, bool)>,
}

impl Facts {
    /// Looks at a room before it folds a record.
    pub fn before(room: &Room, record: &Record) -> Before {
        let voted = match (&record.entry.what, record.entry.who) {
            (What::Act(act), Who::Viewer(who)) => match &act.action {
                Action::PollVote(_) | Action::PollAnswer(_) => room
                    .activity(&act.activity)
                    .is_some_and(|known| liveroom_rules::view::acted(known, who)),
                _ => false,
            },
            _ => false,
        };
        let back = void::taken_back(room, record);
        Before {
            back,
            again: voted,
            due: room.next_due().is_some_and(|due| due <= record.at),
        }
    }

    /// Counts a record that the room has folded.
    pub fn take(&mut self, before: Before, record: &Record, verdict: &Verdict, room: &Room) {
        let new =
            matches!(verdict, Verdict::Accepted { position, .. } if *position == record.position);
        let commanded = new && matches!(record.entry.what, What::Command(_));
        if commanded {
            self.follow_show(room);
            if let Some((number, opened, first)) = before.back {
                self.void(number, opened, first);
            }
        }
        if before.due || commanded {
            self.marks.look(room, record, commanded);
        }
        match (&record.entry.what, record.entry.who) {
            (What::Act(act), Who::Viewer(who)) => {
                let Some(number) = number(room, &act.activity) else {
                    return;
                };
                let place = self.place(number, &act.standing, room);
                if new && room.changed() {
                    self.act(place, before.again, who, &act.action, record, room);
                } else if new {
                    // The same once more: the viewer is here, and nothing was done.
                    self.was_active(who, place, record.at);
                } else if matches!(verdict, Verdict::Refused(_)) {
                    self.cell(record.at, place).add(Deed::Refused, 1);
                }
            }
            (What::SignIn(signed), Who::Viewer(who)) if new => {
                self.merge_votes(signed.device, record.at, room);
                self.sign_in(signed.device, who);
            }
            (What::Command(ordered), _) if new => {
                if let Command::DealSettle {
                    activity, claim, ..
                } = &ordered.command
                    && let Some(number) = number(room, activity)
                {
                    self.follow_claim(number, claim, record.at, room);
                }
            }
            _ => {}
        }
        self.forget_oldest();
    }

    fn act(
        &mut self,
        place: usize,
        again: bool,
        who: Pseudonym,
        action: &Action,
        record: &Record,
        room: &Room,
    ) {
        let number = self.places[place].activity;
        let deed = match action {
            Action::PollVote(_) | Action::PollAnswer(_) if again => Deed::VotesChanged,
            Action::PollVote(_) | Action::PollAnswer(_) => Deed::Votes,
            Action::PollWithdraw => Deed::VotesWithdrawn,
            Action::LotteryEnter(_) => Deed::Entries,
            Action::LotteryClaim(_) => Deed::PrizesClaimed,
            Action::QnaAsk(_) => Deed::Questions,
            Action::QnaVote { .. } => Deed::QuestionVotes,
            Action::QnaWithdraw { .. } => Deed::QuestionVotesWithdrawn,
            Action::QnaReply(_) => Deed::Replies,
            Action::DealClaim(_) => Deed::Claims,
            Action::DealRelease { .. } => Deed::ClaimsReleased,
            Action::DealOrder { .. } => Deed::OrderSteps,
            Action::Flag { .. } => Deed::Flags,
        };
        let cell = self.cell(record.at, place);
        cell.add(deed, 1);
        match action {
            Action::DealClaim(claim) => {
                cell.add(Deed::UnitsClaimed, claim.quantity.into());
                let name = ClaimId::parse(format!("c{}", record.position));
                let name = name.expect("a letter and a number are an id");
                self.claims
                    .insert((number, name), Claimed { place, sold: None });
            }
            Action::DealOrder { claim, .. } => self.follow_claim(number, claim, record.at, room),
            _ => {}
        }
        self.was_active(who, place, record.at);
    }

    fn follow_show(&mut self, room: &Room) {
        let Some(show) = room.show() else { return };
        match self.shows.last_mut() {
            Some(last) if last.id == show.id => last.clone_from(show),
            _ => self.shows.push(show.clone()),
        }
    }

    fn cell(&mut self, at: Timestamp, place: usize) -> &mut Deeds {
        self.cells.entry((minute(at), place)).or_default()
    }

    fn place(&mut self, activity: usize, standing: &Standing, room: &Room) -> usize {
        let running = room.show().filter(|show| show.ended_at.is_none());
        let setting = Setting {
            show: running.map(|show| show.id.clone()),
            on_air: running.map_or_else(Vec::new, |show| show.on_air.clone()),
        };
        let mut group = Group {
            tier: standing.tier.clone(),
            segments: standing.segments.clone(),
            channel: standing.channel.clone(),
        };
        // The first is everybody else's.
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        // Segments are free and many; tiers and channels are few.
        if self.groups.len() >= GROUPS && !self.groups.contains(&group) {
            group.segments = Vec::new();
        }
        if self.groups.len() >= 2 * GROUPS && !self.groups.contains(&group) {
            group = Group::default();
        }
        let place = Place {
            activity,
            setting: intern(&mut self.settings, setting),
            group: intern(&mut self.groups, group),
        };
        let next = self.places.len();
        let number = *self.numbers.entry(place).or_insert(next);
        if number == next {
            self.places.push(place);
            self.took_part.push(Bits::default());
        }
        number
    }

    fn forget_oldest(&mut self) {
        while self.cells.len() > CELLS {
            let Some(((minute, _), _)) = self.cells.pop_first() else {
                return;
            };
            self.since = minute + MINUTE;
        }
    }

    /// From when on all is kept; zero where nothing was forgotten.
    pub const fn since(&self) -> u64 {
        self.since
    }
}

/// The minute's begin.
const fn minute(at: Timestamp) -> u64 {
    at.0 - at.0 % MINUTE
}

/// The last is the likeliest: a room has one setting at a time.
fn intern<T: PartialEq>(known: &mut Vec<T>, value: T) -> usize {
    known
        .iter()
        .rposition(|one| *one == value)
        .unwrap_or_else(|| {
            known.push(value);
            known.len() - 1
        })
}

fn number(room: &Room, activity: &liveroom_protocol::id::ActivityId) -> Option<usize> {
    room.activity_number(activity)
}
