//! One room as a page has it: pure, told what happens, answering with what is to be done.
//!
//! * `frames`: what the room told.
//! * `line`: what the connection asks for.
//! * `acting`: what the viewer does.
//! * `look`: what each widget shows.
//! * `selling`: the page's cart and shop.
//! * `status`: all of it as plain JSON.

use crate::acts::Acts;
use crate::announcer::Announcer;
use crate::chips::Chips;
use crate::clock::{Clock, Now};
use crate::config::{Attributes, Config, Server};
use crate::connection::{Connection, Ends, Input};
use crate::effect::Effect;
use crate::store::Store;
use liveroom::{Format, PlainFormat, Words};
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use std::rc::Rc;

mod acting;
mod checking;
mod frames;
mod line;
mod listing;
mod look;
mod mount;
mod overlay;
mod selling;
mod status;

pub use acting::{Begun, Verdict};
pub use look::Look;
pub use mount::{Mount, Options};
pub use selling::Selling;

/// The page's clocks, and chance, at one moment.
#[derive(Clone, Copy, Debug, Default)]
pub struct At {
    /// The clocks.
    pub now: Now,
    /// In 0..1.
    pub chance: f64,
}

/// A room.
pub struct Room {
    config: Config,
    clock: Clock,
    connection: Connection,
    store: Store,
    acts: Acts,
    chips: Chips,
    announcer: Announcer,
    mounts: Vec<Mount>,
    words: Rc<Words>,
    format: Rc<dyn Format>,
    token: Option<String>,
    /// When it ends, in milliseconds since 1970, where it says so.
    token_ends: Option<u64>,
    /// Why the room refuses this page, since it was last greeted.
    barred: Option<Reason>,
    device: Option<String>,
    /// A device key was asked for.
    minting: bool,
    level: Option<Level>,
    role: Role,
    /// When the last hello left, on the steady clock.
    greeted: u64,
    /// When the line was lost, on the room's clock.
    lost: Option<Timestamp>,
    hidden: bool,
    /// What the dock shows.
    docked: String,
    /// What was announced of each activity that is shown.
    said: Vec<look::Said>,
    /// When a picture that is waited for is to be looked at again.
    picture: Option<u64>,
    /// When a picture is to show nothing any more, because nothing is heard.
    stale: Option<u64>,
    /// A page of a list that is to be asked for with the next post.
    wants: Option<String>,
    /// What the page's shop told.
    selling: Selling,
    effects: Vec<Effect>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            config: Config::default(),
            clock: Clock::default(),
            connection: Connection::default(),
            store: Store::default(),
            acts: Acts::default(),
            chips: Chips::default(),
            announcer: Announcer::default(),
            mounts: Vec::new(),
            words: Rc::default(),
            format: Rc::new(PlainFormat),
            token: None,
            token_ends: None,
            barred: None,
            device: None,
            minting: false,
            level: None,
            role: Role::default(),
            greeted: 0,
            lost: None,
            hidden: false,
            docked: String::new(),
            said: Vec::new(),
            picture: None,
            stale: None,
            wants: None,
            selling: Selling::default(),
            effects: Vec::new(),
        }
    }
}

impl Room {
    /// Takes all effects that are due. To be called after everything else.
    pub fn effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Reads the attributes, at first and whenever one changed; the line is opened, or opened elsewhere.
    /// `resumed`: a line from before a trap is open still.
    pub fn configure(&mut self, attributes: &Attributes, resumed: bool, at: At) {
        let (config, faults) = Config::read(attributes);
        for fault in faults {
            self.effects.push(Effect::Error {
                code: "attribute",
                message: fault.0,
            });
        }
        let elsewhere = self.config.is_elsewhere(&config);
        let begins = elsewhere || self.config.seat != config.seat;
        self.config = config;
        self.connection.provider = self.config.provider;
        self.connection.has_slow_road = matches!(self.config.server, Server::Remote(_));
        if elsewhere {
            self.connection.forget_token();
            self.barred = None;
        }
        if begins && resumed {
            self.line(Input::Resumed, at);
            self.send_waiting(at);
        } else if begins {
            self.line(Input::Start, at);
        }
        self.effects.push(Effect::Draw);
    }

    /// Takes the messages of a language, and how it writes numbers.
    pub fn speak(&mut self, words: Words, format: Rc<dyn Format>) {
        self.words = Rc::new(words);
        self.format = format;
        self.effects.push(Effect::Draw);
    }

    /// Takes the page's token; `ends` in milliseconds since 1970, where it says when. `other`: it is another viewer's.
    pub fn token(&mut self, token: Option<String>, ends: Option<u64>, other: bool, at: At) {
        let same = self.token == token;
        self.token = token;
        self.token_ends = ends;
        if other {
            self.level = None;
        }
        // A page without a `tokenProvider` that changes its token is another viewer, or a newer token of the same.
        if !same || self.config.provider {
            self.connection.other = other;
            let ends = self.ends(at).unwrap_or(Ends::Never);
            self.line(Input::Token(Some(ends)), at);
        }
    }

    /// When the token ends by the room's clock; by the device's, which may be wrong, as long as the room is not heard.
    fn ends(&mut self, at: At) -> Option<Ends> {
        let ends = self.token_ends?;
        let left = ends.saturating_sub(self.now(at).0);
        Some(Ends::At(at.now.steady + left))
    }

    /// The room has said what time it is.
    fn told_time(&mut self, at: At) {
        if let Some(ends) = self.ends(at) {
            self.line(Input::Ends(ends), at);
        }
    }

    /// Takes the device key that this browser keeps for this room.
    pub fn device(&mut self, device: Option<String>, at: At) {
        let learnt = self.device.is_none() && device.is_some() && self.connection.is_live();
        if device.is_some() {
            self.device = device;
        }
        // Another tab was given one: the room is told by a new hello.
        if learnt && self.token.is_none() {
            self.line(Input::Start, at);
        }
    }

    /// The viewer, or the page around, hid the page or sees it again.
    pub fn hide(&mut self, hidden: bool, at: At) {
        self.hidden = hidden;
        self.line(Input::Hidden(hidden), at);
        self.effects.push(Effect::Draw);
    }

    /// Time has passed: does all that is due.
    pub fn wake(&mut self, at: At) {
        let steady = at.now.steady;
        if self.clock.notice(at.now) {
            self.line(Input::Woken, at);
        }
        if self.connection.due().is_some_and(|due| steady >= due) {
            self.line(Input::Tick, at);
        }
        for id in self.acts.overdue(steady) {
            self.refuse_act(&id, Refusal::from(Reason::Unanswered));
        }
        if let Some(line) = self.announcer.say(steady) {
            self.effects.push(Effect::Say(line));
        }
        let picture = self.picture.is_some_and(|due| steady >= due);
        if picture || self.ticks().is_some_and(|due| steady >= due) {
            self.effects.push(Effect::Draw);
        }
    }

    /// When `wake` is due on the steady clock; `None` while nothing can fall due.
    pub fn due(&self) -> Option<u64> {
        [
            self.connection.due(),
            self.acts.due(),
            self.announcer.due(),
            self.picture.filter(|_| !self.hidden),
            self.ticks().filter(|_| !self.hidden),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// The room's clock; the device's where the room has none.
    pub fn now(&mut self, at: At) -> Timestamp {
        self.clock.now(at.now).unwrap_or(Timestamp(at.now.date))
    }

    /// What the attributes mean.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The viewer shrank an activity to a chip, or brought it back.
    pub fn chip(&mut self, activity: &ActivityId, chip: bool) {
        self.chips.choose(activity, chip);
        self.effects.push(Effect::Draw);
    }

    /// Items of an activity up to this rev made the module trap: they are not taken.
    pub fn shun(&mut self, activity: ActivityId, rev: u64) {
        self.store.shun(activity, rev);
    }
}

#[cfg(test)]
mod tests;
