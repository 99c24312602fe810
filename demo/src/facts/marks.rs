//! What is marked on the time line: openings and closings, whoever or whatever did them, reveals, draws, hand-overs, shows.

use liveroom_protocol::id::{ActivityId, ShowId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::activity::Activity;
use liveroom_rules::record::Record;
use liveroom_rules::room::Room;
use std::collections::VecDeque;

/// Marks that are kept; then the oldest go.
const MOST: usize = 10_000;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    /// A show started.
    ShowStarted,
    /// A show ended.
    ShowEnded,
    /// Others are on air.
    HandedOver,
    /// An activity opened, also again.
    Opened,
    /// It takes no actions for now.
    Paused,
    /// It closed.
    Closed,
    /// Its results, or its price, were shown.
    Revealed,
    /// A lottery was drawn.
    Drawn,
    /// It was called off.
    Cancelled,
    /// It was emptied for a new run.
    Reset,
}

impl Moment {
    /// One word or two.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ShowStarted => "show_started",
            Self::ShowEnded => "show_ended",
            Self::HandedOver => "handed_over",
            Self::Opened => "opened",
            Self::Paused => "paused",
            Self::Closed => "closed",
            Self::Revealed => "revealed",
            Self::Drawn => "drawn",
            Self::Cancelled => "cancelled",
            Self::Reset => "reset",
        }
    }

    /// The audit log's word for a command that is marked; openings and closings are seen in the activities themselves.
    fn of(command: &str) -> Option<Self> {
        match command {
            "show.start" => Some(Self::ShowStarted),
            "show.end" => Some(Self::ShowEnded),
            "show.on_air" => Some(Self::HandedOver),
            "reveal" => Some(Self::Revealed),
            "lottery.draw" => Some(Self::Drawn),
            "cancel" => Some(Self::Cancelled),
            "reset" => Some(Self::Reset),
            _ => None,
        }
    }
}

/// A mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Moment,
    /// Of which activity.
    pub activity: Option<ActivityId>,
    /// In which show.
    pub show: Option<ShowId>,
    /// Who was on air from then on.
    pub on_air: Vec<Label>,
}

/// The marks, and the phases by which openings and closings are seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) all: VecDeque<Mark>,
    phases: Vec<Phase>,
}

impl Marks {
    /// Looks at a room after a record at which something fell due, or that was a command.
    pub(super) fn look(&mut self, room: &Room, record: &Record, commanded: bool) {
        let mut found = Vec::new();
        for (number, activity) in room.activities().iter().enumerate() {
            let before = self.phases.get(number).copied().unwrap_or(Phase::Ready);
            if let Some((what, at)) = change(before, activity, record.at) {
                found.push((at, what, Some(activity.id.clone())));
            }
            match self.phases.get_mut(number) {
                Some(phase) => *phase = activity.phase,
                None => self.phases.push(activity.phase),
            }
        }
        let line = room.audit().last().filter(|_| commanded);
        if let Some(line) = line.filter(|line| line.what == "take_back") {
            // It had not been: neither its opening nor its end is marked.
            found.retain(|(_, _, activity)| *activity != line.activity);
            let of = |mark: &Mark| mark.activity == line.activity;
            let mut opened = self.all.iter();
            let opened = opened.rposition(|mark| mark.what == Moment::Opened && of(mark));
            let mut place = 0;
            self.all.retain(|mark| {
                place += 1;
                !(of(mark) && opened.is_some_and(|opened| place > opened))
            });
        }
        if let Some((what, line)) = line.and_then(|line| Some((Moment::of(line.what)?, line))) {
            let ends = what == Moment::ShowEnded;
            // A show ends after all that closes with it, and starts before anything else.
            let place = if ends { found.len() } else { 0 };
            found.insert(place, (line.at, what, line.activity.clone()));
        }
        found.sort_by_key(|(at, ..)| *at);
        for (at, what, activity) in found {
            let show = room.show();
            self.all.push_back(Mark {
                at,
                what,
                activity,
                show: show.map(|show| show.id.clone()),
                on_air: show.map_or_else(Vec::new, |show| show.on_air.clone()),
            });
        }
        while self.all.len() > MOST {
            self.all.pop_front();
        }
    }
}

/// What a phase became, and when: by the room's own deadline, where that did it.
fn change(before: Phase, activity: &Activity, now: Timestamp) -> Option<(Moment, Timestamp)> {
    let due = |at: Option<Timestamp>| at.filter(|at| *at <= now).unwrap_or(now);
    match (before, activity.phase) {
        (Phase::Ready | Phase::Paused | Phase::Closed, Phase::Open) => {
            let at = match before {
                Phase::Ready => due(activity.opened_at),
                Phase::Paused | Phase::Closed | Phase::Open => now,
            };
            Some((Moment::Opened, at))
        }
        (Phase::Open, Phase::Paused) => Some((Moment::Paused, now)),
        (Phase::Open | Phase::Paused, Phase::Closed | Phase::Ready) => {
            let deadline = activity.closes_at.map(|at| at.after(activity.grace));
            Some((Moment::Closed, due(deadline)))
        }
        _ => None,
    }
}
