//! The fold: a room is what its records make of it, in their order, and nothing else.

use crate::RULES;
use crate::accepted::{Accepted, Known};
use crate::activity::Activity;
use crate::events::Events;
use crate::key::Keys;
use crate::private::Private;
use crate::pseudonym::Pseudonym;
use crate::record::{Damage, Entry, Founding, Position, Record, What, Who};
use crate::watch::Visits;
use liveroom_protocol::about::Address;
use liveroom_protocol::erase::Retention;
use liveroom_protocol::id::{ActivityId, RoomId};
use liveroom_protocol::identity::{Label, Level, Role};
use liveroom_protocol::message::State;
use liveroom_protocol::profile::Stamp;
use liveroom_protocol::show::Show;
use liveroom_protocol::time::{Span, Timestamp};
use liveroom_protocol::{Reason, Refusal};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

mod act;
mod audit;
mod back;
mod check;
pub(crate) mod command;
mod forget;
mod keys;
pub(crate) mod kind;
mod look;
mod opening;
mod setting;
mod show;
mod sign_in;

pub use audit::AuditLine;

/// A room as its log makes it.
#[derive(Clone, Debug)]
pub struct Room {
    pub(crate) id: RoomId,
    pub(crate) founding: Option<Founding>,
    pub(crate) position: Position,
    pub(crate) at: Timestamp,
    pub(crate) setup: Setup,
    pub(crate) show: Option<Show>,
    pub(crate) shows: u32,
    pub(crate) activities: Vec<Activity>,
    numbers: HashMap<ActivityId, usize>,
    due: BTreeSet<(Timestamp, usize)>,
    accepted: Accepted,
    /// The record that changed the show or the room itself last.
    pub(crate) rev: Position,
    pub(crate) audit: Vec<AuditLine>,
    /// Viewers who may ask, vote for questions and reply no more.
    pub(crate) silenced: HashSet<Pseudonym>,
    /// The account with which a browser signed in last, by who it was without one.
    accounts: HashMap<Pseudonym, Pseudonym>,
    pub(crate) state: State,
    /// Nothing is shown to viewers and overlays until it is restored.
    pub(crate) cleared: bool,
    /// Viewers whose own part the last record changed without their asking.
    touched: Vec<(Pseudonym, usize)>,
    /// Whether what a viewer did with the last record changed anything.
    changed: bool,
    /// Votes that became another of the same viewer's with the last record, by activity.
    merged: Vec<(usize, usize)>,
    /// What happened, for a back end.
    pub(crate) events: Events,
    /// Who was here, and how long.
    pub(crate) visits: Visits,
    /// Who else may do what.
    keys: Arc<Keys>,
    /// What lies beside the log. The fold never reads it.
    pub private: Private,
}

/// How the room is set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Setup {
    /// The least identity that activities take unless they say otherwise.
    pub level: Level,
    /// How much later viewers see the picture.
    pub delay: Span,
    /// Origins of pages that may connect.
    pub origins: Vec<String>,
    /// Words that no question may hold.
    pub blocked: Vec<Label>,
    /// The page on which viewers take part.
    pub page: Option<Address>,
    /// For how many days it keeps what of viewers, where its owner said so.
    pub retention: Retention,
    /// The rules of which place it follows, in which version.
    pub profile: Option<Stamp>,
    /// Whether what opens needs the approval of a second person.
    pub approval: bool,
}

/// What the room did with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Accepted, now or earlier.
    Accepted {
        /// Where it stands in the log; where it stood the first time.
        position: Position,
        /// The activity it was about, or that it made.
        activity: Option<ActivityId>,
    },
    /// Refused; nothing was changed.
    Refused(Refusal),
}

impl Room {
    /// A room without a log yet.
    pub fn new(id: RoomId) -> Self {
        Self {
            id,
            founding: None,
            position: 0,
            at: Timestamp(0),
            setup: Setup::default(),
            show: None,
            shows: 0,
            activities: Vec::new(),
            numbers: HashMap::new(),
            due: BTreeSet::new(),
            accepted: Accepted::default(),
            rev: 0,
            audit: Vec::new(),
            silenced: HashSet::new(),
            accounts: HashMap::new(),
            state: State::Live,
            cleared: false,
            touched: Vec::new(),
            changed: false,
            merged: Vec::new(),
            events: Events::default(),
            visits: Visits::default(),
            keys: Arc::default(),
            private: Private::default(),
        }
    }

    /// Takes the next record, and says what the room did with its request.
    ///
    /// All that had fallen due by the record's time is done first.
    /// An error means that the log cannot be trusted from this record on; the room is as it was before it.
    pub fn fold(&mut self, record: &Record) -> Result<Verdict, Damage> {
        if record.position != self.position + 1 || record.at < self.at {
            return Err(Damage::Gap);
        }
        self.check_founding(record)?;
        let last = self.at;
        self.position = record.position;
        self.at = record.at;
        self.touched.clear();
        self.changed = false;
        self.merged.clear();
        self.events.begin();
        self.perform_due();
        self.events.request(self.at, record.entry.who);
        let verdict = self.decide(&record.entry, last);
        self.note(&record.entry, &verdict);
        Ok(verdict)
    }

    fn check_founding(&self, record: &Record) -> Result<(), Damage> {
        match (&record.entry.what, record.position) {
            (What::Found(founding), 1) if founding.room != self.id => Err(Damage::Founding),
            // A room of an earlier number keeps its decisions, which this code still makes; a later number is not known here.
            (What::Found(founding), 1) if !(1..=RULES).contains(&founding.rules) => {
                Err(Damage::UnknownRules(founding.rules))
            }
            (What::Found(_), 1) => Ok(()),
            (_, 1) | (What::Found(_), _) => Err(Damage::Founding),
            _ => Ok(()),
        }
    }

    /// Does all that has fallen due by now, in the order of (deadline, activity).
    fn perform_due(&mut self) {
        while let Some((deadline, number)) = self.due.first().copied() {
            if deadline > self.at {
                break;
            }
            self.due.pop_first();
            self.events.deadline(deadline);
            self.hold_back(number, deadline);
            self.activities[number].fall_due(deadline, self.position);
            self.schedule(number, None);
        }
    }

    /// `last`: when the record before was written.
    fn decide(&mut self, entry: &Entry, last: Timestamp) -> Verdict {
        match self.accepted.known(entry.who, &entry.id, &entry.what) {
            Known::Before(position, number) => {
                let activity = number.map(|number| self.activities[number].id.clone());
                return Verdict::Accepted { position, activity };
            }
            Known::Reused => return Verdict::Refused(Reason::IdReused.into()),
            Known::TooMany => return Verdict::Refused(Reason::TooMany.into()),
            Known::New => {}
        }
        if self.state == State::Sealed {
            return Verdict::Refused(Reason::Sealed.into());
        }
        let done = match (&entry.what, entry.who) {
            (What::Found(founding), Who::Room) => {
                self.founding = Some(founding.clone());
                self.rev = self.position;
                Ok(None)
            }
            (What::Tick, Who::Room) => Ok(None),
            (What::Watch(watch), Who::Viewer(who)) => {
                self.visits.take(who, *watch, self.at);
                Ok(None)
            }
            (What::Vacated, Who::Room) => {
                self.visits.end(last);
                Ok(None)
            }
            (What::Act(act), Who::Viewer(who)) => self.act(who, act).map(Some),
            (What::SignIn(signed), Who::Viewer(who)) => {
                self.sign_in(signed.device, who);
                Ok(None)
            }
            (What::Command(ordered), Who::Staff(role, _)) => self.command(entry.who, role, ordered),
            (What::Come(come), Who::Staff(..)) => self.come(entry.who, come).map(|()| None),
            // A lottery that draws itself is drawn by the room, and nothing else is ordered by it.
            (What::Command(ordered), Who::Room) if self.draws_itself(&ordered.command) => {
                self.command(entry.who, Role::Operator, ordered)
            }
            // Only a room founds and ticks, only viewers act, only staff commands.
            _ => Err(Reason::NotAllowed.into()),
        };
        match done {
            Ok(number) => {
                if entry.what.is_remembered() {
                    self.accepted.remember(
                        entry.who,
                        &entry.id,
                        &entry.what,
                        self.position,
                        number,
                    );
                }
                let activity = number.map(|number| self.activities[number].id.clone());
                Verdict::Accepted {
                    position: self.position,
                    activity,
                }
            }
            Err(refusal) => Verdict::Refused(refusal),
        }
    }

    /// Learns what lies beside the log of questions that are new, at most of so many, so that what is like them is found.
    /// It changes nothing that the room decides.
    pub fn learn(&mut self, most: usize) {
        self.private.learn(&self.activities, most);
    }

    /// Says that the log is damaged from `at` on: the room shows what it is, and takes no changes.
    pub fn damage(&mut self) {
        self.state = State::Damaged;
    }

    /// The number of the rules that it was founded under.
    pub(crate) fn rules(&self) -> u32 {
        self.founding
            .as_ref()
            .map_or(RULES, |founding| founding.rules)
    }

    fn number(&self, activity: &ActivityId) -> Result<usize, Refusal> {
        self.numbers.get(activity).copied().ok_or_else(|| {
            Refusal::because(Reason::NotFound, "there is no such activity in this room")
        })
    }

    /// Keeps what follows from an activity in step with it when it has changed: its deadline, and the roll of a lottery that has closed.
    fn schedule(&mut self, number: usize, before: Option<Timestamp>) {
        self.close_roll(number);
        let touched = self.activities[number].body.take_touched();
        self.touched
            .extend(touched.into_iter().map(|who| (who, number)));
        self.events.look(number, &mut self.activities[number]);
        if let Some(deadline) = before {
            self.due.remove(&(deadline, number));
        }
        if let Some(deadline) = self.activities[number].due() {
            self.due.insert((deadline, number));
        }
    }
}
