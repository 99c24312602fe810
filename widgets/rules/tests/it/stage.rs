//! A room on a stage: requests are given in order, with a clock that the test turns.

use liveroom_protocol::id::{ActivityId, Epoch, OptionId, RequestId, RoomId};
use liveroom_protocol::identity::{Level, Role, Standing};
use liveroom_protocol::message::{Act, Order};
use liveroom_protocol::poll::{Tally, Vote};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Action, Command, Mine, Reason};
use liveroom_rules::pseudonym::{Pseudonym, RoomKey};
use liveroom_rules::record::{Entry, Founding, Record, What, Who};
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::view::{Audience, View};
use liveroom_rules::{RULES, private, view};

/// A room with a log in memory.
pub(crate) struct Stage {
    pub(crate) room: Room,
    pub(crate) log: Vec<Record>,
    pub(crate) now: u64,
    requests: u32,
}

pub(crate) const KEY: RoomKey = RoomKey::new([7; 32]);
pub(crate) const STAFF: Pseudonym = Pseudonym(1);

impl Stage {
    pub(crate) fn new() -> Self {
        Self::under(RULES)
    }

    /// A room that was founded under the rules of a number.
    pub(crate) fn under(rules: u32) -> Self {
        let id = RoomId::parse("demo").unwrap();
        let mut stage = Self {
            room: Room::new(id.clone()),
            log: Vec::new(),
            now: 1_000,
            requests: 0,
        };
        let founding = Founding {
            rules,
            epoch: Epoch::parse("e1").unwrap(),
            room: id,
        };
        let found = Entry {
            who: Who::Room,
            id: request("found"),
            what: What::Found(founding),
        };
        stage.push(found);
        stage
    }

    /// Appends an entry at the present time, and folds it.
    pub(crate) fn push(&mut self, entry: Entry) -> Verdict {
        let position = self.log.len() as u64 + 1;
        let record = Record {
            position,
            at: Timestamp(self.now),
            entry,
        };
        self.log.push(record.clone());
        self.room.fold(&record).expect("a log in order")
    }

    pub(crate) fn fresh(&mut self) -> RequestId {
        self.requests += 1;
        request(&format!("r{}", self.requests))
    }

    /// Orders as `role`, under a fresh id.
    pub(crate) fn order_as(&mut self, role: Role, json: &str) -> Verdict {
        let id = self.fresh();
        self.order_again(role, id, json)
    }

    /// Orders under a given id.
    pub(crate) fn order_again(&mut self, role: Role, id: RequestId, json: &str) -> Verdict {
        self.order_by(role, STAFF, id, json)
    }

    /// Orders as one of the staff, under a given id.
    pub(crate) fn order_by(
        &mut self,
        role: Role,
        who: Pseudonym,
        id: RequestId,
        json: &str,
    ) -> Verdict {
        let command: Command = serde_json::from_str(json).unwrap();
        match private::order(&KEY, role, who, Order { id, command }, &self.room) {
            Err(refusal) => Verdict::Refused(refusal),
            Ok(append) => {
                for value in append.private {
                    self.room.private.keep(value);
                }
                self.push(append.entry)
            }
        }
    }

    /// Orders as the streamer, and expects it to be accepted.
    pub(crate) fn order(&mut self, json: &str) -> ActivityId {
        match self.order_as(Role::Streamer, json) {
            Verdict::Accepted { activity, .. } => {
                activity.unwrap_or_else(|| ActivityId::parse("none").unwrap())
            }
            Verdict::Refused(refusal) => panic!("{json}: {refusal:?}"),
        }
    }

    /// Orders as the streamer, and expects a refusal.
    pub(crate) fn refused(&mut self, json: &str) -> Reason {
        reason(self.order_as(Role::Streamer, json))
    }

    pub(crate) fn act(
        &mut self,
        who: u128,
        id: &str,
        activity: &ActivityId,
        action: Action,
    ) -> Verdict {
        self.act_as(who, id, activity, action, Standing::default())
    }

    pub(crate) fn act_as(
        &mut self,
        who: u128,
        id: &str,
        activity: &ActivityId,
        action: Action,
        standing: Standing,
    ) -> Verdict {
        let act = Act {
            id: request(id),
            activity: activity.clone(),
            run: None,
            action,
            attest: None,
        };
        self.ask(who, standing, act)
    }

    /// What a server does with an action: words beside the log, the rest into it.
    fn ask(&mut self, who: u128, standing: Standing, act: Act) -> Verdict {
        match private::act(&KEY, Pseudonym(who), standing, act, &self.room) {
            Err(refusal) => Verdict::Refused(refusal),
            Ok(append) => {
                for value in append.private {
                    self.room.private.keep(value);
                }
                self.push(append.entry)
            }
        }
    }

    /// Acts as an account, under a fresh id.
    pub(crate) fn does(&mut self, who: u128, activity: &ActivityId, json: &str) -> Verdict {
        let id = self.fresh();
        let action: Action =
            serde_json::from_str(json).unwrap_or_else(|why| panic!("{json}: {why}"));
        self.act_as(who, id.as_str(), activity, action, account())
    }

    /// Appends what the room itself has to order now.
    pub(crate) fn room_orders(&mut self) {
        for append in private::room_orders(&KEY, &self.room) {
            self.push(append.entry);
        }
    }

    /// Acts in a stated run, under a fresh id.
    pub(crate) fn act_in(
        &mut self,
        who: u128,
        activity: &ActivityId,
        run: u32,
        action: Action,
    ) -> Verdict {
        let act = Act {
            id: self.fresh(),
            activity: activity.clone(),
            run: Some(run),
            action,
            attest: None,
        };
        self.ask(who, Standing::default(), act)
    }

    pub(crate) fn vote(&mut self, who: u128, activity: &ActivityId, choices: &[&str]) -> Verdict {
        let id = self.fresh();
        self.act(who, id.as_str(), activity, vote(choices))
    }

    pub(crate) fn tick(&mut self) {
        let id = self.fresh();
        self.push(Entry {
            who: Who::Room,
            id,
            what: What::Tick,
        });
    }

    pub(crate) fn look(&self, activity: &ActivityId, audience: Audience) -> Option<View> {
        view::view(&self.room, audience)
            .into_iter()
            .find(|view| view.activity == *activity)
    }

    pub(crate) fn tally(&self, activity: &ActivityId, audience: Audience) -> Tally {
        match self.look(activity, audience).expect("it is shown").tally {
            liveroom_protocol::Tally::Poll(tally) => tally,
            other => panic!("a poll's tally: {other:?}"),
        }
    }

    pub(crate) fn card(
        &self,
        activity: &ActivityId,
        audience: Audience,
    ) -> liveroom_protocol::poll::Card {
        match self.look(activity, audience).expect("it is shown").card {
            liveroom_protocol::Card::Poll(card) => card,
            other => panic!("a poll's card: {other:?}"),
        }
    }

    pub(crate) fn mine(&self, who: u128, activity: &ActivityId) -> liveroom_protocol::poll::Mine {
        match view::mine(&self.room, Pseudonym(who), activity).and_then(|item| item.mine) {
            Some(Mine::Poll(mine)) => mine,
            _ => liveroom_protocol::poll::Mine::default(),
        }
    }

    pub(crate) fn choices(&self, who: u128, activity: &ActivityId) -> Vec<String> {
        let choices = self.mine(who, activity).choices;
        choices.into_iter().map(String::from).collect()
    }
}

/// What the room knows of somebody whom the page vouches for.
pub(crate) fn account() -> Standing {
    Standing {
        level: Level::Token,
        ..Standing::default()
    }
}

pub(crate) fn vote(choices: &[&str]) -> Action {
    Action::PollVote(Vote {
        choices: choices
            .iter()
            .map(|id| OptionId::parse(*id).unwrap())
            .collect(),
    })
}

pub(crate) fn request(id: &str) -> RequestId {
    RequestId::parse(id).unwrap()
}

pub(crate) fn reason(verdict: Verdict) -> Reason {
    match verdict {
        Verdict::Refused(refusal) => refusal.reason,
        Verdict::Accepted { .. } => panic!("it was accepted"),
    }
}

pub(crate) fn accepted(verdict: Verdict) -> u64 {
    match verdict {
        Verdict::Accepted { position, .. } => position,
        Verdict::Refused(refusal) => panic!("refused: {refusal:?}"),
    }
}
