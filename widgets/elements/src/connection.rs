//! When to connect, greet, ask the time, back off, and which road to take: pure, told what happened, answering what to do.
//!
//! The first road is a socket. After three sockets in a row that came to nothing the same messages go by HTTP,
//! every four seconds, and a socket is tried again once a minute. Times are of the steady clock, chance is an argument.

use liveroom_protocol::Reason;

mod backoff;
mod steps;

pub use backoff::backoff;

/// How long a break must last before it is spoken of.
pub const LOST_MS: u64 = 2_000;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The room is wanted, or wanted otherwise.
    Start,
    /// It is not, for now or for good.
    Stop,
    /// The line is open and greeted since before a trap.
    Resumed,
    /// A token came, or none is to be had (`None`: for want of trying, it failed); `ends` on the steady clock.
    Token(Option<Ends>),
    /// The room has said what time it is: the token at hand ends then.
    Ends(Ends),
    /// The line is open.
    Opened,
    /// The line closed by itself, or never opened.
    Closed,
    /// The room has answered hello.
    Welcomed,
    /// The room has answered the ping that was sent then.
    Ponged(u64),
    /// The room refuses this page and closes the line.
    Refused(Reason),
    /// The question on the slow road was answered, or not.
    Posted(bool),
    /// Something waits to be sent.
    Hurry,
    /// The page is hidden, or seen again.
    Hidden(bool),
    /// The machine woke, or the network came back.
    Woken,
    /// The time asked for by [`Connection::due`] has come.
    Tick,
}

/// When a token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Not known, or there is none.
    Never,
    /// Then, on the steady clock.
    At(u64),
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// Ask the page for a token.
    AskToken,
    /// Say that the page gave no token that is good for anything.
    NoToken,
    /// Open a line.
    Open,
    /// Close it; nothing is to be heard of it.
    HangUp,
    /// Say hello.
    Hello,
    /// Hand in the new token.
    Renew,
    /// Ask the time.
    Ping,
    /// Say whether the page is hidden.
    Hidden(bool),
    /// Send hello and all that waits by HTTP.
    Post,
    /// What is said of the connection has changed.
    Changed,
}

/// How the room can be heard at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Not wanted.
    Off,
    /// It never was heard yet.
    Joining,
    /// At once.
    Live,
    /// Every few seconds.
    Slow,
    /// Not since then, on the steady clock.
    Lost(u64),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Off,
    /// A token was asked for.
    Token,
    /// Until the next try.
    Waiting,
    Opening,
    Greeting,
    Live,
    /// On the slow road: a question is under way.
    Asking,
}

/// The policy of one room's connection.
#[derive(Clone, Debug, Default)]
pub struct Connection {
    /// The page can be asked for tokens.
    pub provider: bool,
    /// There is another road than the socket.
    pub has_slow_road: bool,
    /// The token that comes next is another viewer's: a new hello says so, no renewal can.
    pub other: bool,
    stage: Stage,
    until: u64,
    slow: bool,
    asks: u32,
    failures: u32,
    tries: u32,
    hidden: bool,
    hurry: bool,
    heard: bool,
    lost: Option<u64>,
    /// When the room last showed that it is there.
    vouched: u64,
    told_lost: bool,
    token_ends: Option<Ends>,
    /// The token at hand has not been shown to the room: it is, whatever this device takes the time for.
    untried: bool,
    /// The token at hand is newer than the hello that was said.
    owed: bool,
    /// Tokens in a row that had ended, or were about to.
    vain: u32,
    told_tokenless: bool,
    renew: Option<u64>,
    ping: u64,
    pings: u8,
    /// When the last one was sent.
    asked: u64,
    pong: Option<u64>,
}

impl Connection {
    /// Takes what happened at `now`; `chance` in 0..1.
    pub fn handle(&mut self, input: Input, now: u64, chance: f64) -> Vec<Output> {
        let mut out = Vec::new();
        let before = self.line();
        match input {
            Input::Start => {
                self.hang_up(&mut out);
                // What is shown may be old until the room is heard again.
                self.lost = self.lost.or(self.heard.then_some(now));
                self.tries = 0;
                self.failures = 0;
                self.slow = false;
                self.connect(now, &mut out);
            }
            Input::Stop => {
                self.hang_up(&mut out);
                self.stage = Stage::Off;
            }
            Input::Resumed => {
                self.enter(Stage::Greeting, now);
                self.welcomed(now, &mut out);
            }
            Input::Token(ends) => self.token(ends, now, chance, &mut out),
            Input::Ends(ends) => self.reckoned(ends, now, chance),
            Input::Opened => self.opened(now, &mut out),
            Input::Closed => self.lose(now, chance),
            Input::Welcomed => self.welcomed(now, &mut out),
            // An older one's answer says nothing of whether the line still stands.
            Input::Ponged(sent) => {
                self.pong = (sent < self.asked).then(|| self.asked + steps::PONG_MS);
                self.vouched = now;
            }
            Input::Refused(reason) => self.refused(reason, now, chance, &mut out),
            Input::Posted(answered) => self.posted(answered, now, chance, &mut out),
            Input::Hurry => {
                self.hurry = true;
                if self.slow && self.stage == Stage::Waiting && self.lost.is_none() {
                    self.connect(now, &mut out);
                }
            }
            Input::Hidden(hidden) => {
                self.hidden = hidden;
                if self.stage == Stage::Live {
                    out.push(Output::Hidden(hidden));
                }
                if !hidden {
                    self.woken(now, &mut out);
                }
            }
            Input::Woken => self.woken(now, &mut out),
            Input::Tick => self.tick(now, chance, &mut out),
        }
        let tell = self.lost.is_some_and(|lost| now >= lost + LOST_MS) && !self.told_lost;
        self.told_lost |= tell;
        if tell || before != self.line() {
            out.push(Output::Changed);
        }
        out
    }

    /// The token at hand is for another room: the page is asked before the next line.
    pub fn forget_token(&mut self) {
        self.token_ends = None;
    }

    /// How the room can be heard.
    pub fn line(&self) -> Line {
        match (self.stage, self.lost) {
            (Stage::Off, _) => Line::Off,
            (_, Some(since)) => Line::Lost(since),
            _ if !self.heard => Line::Joining,
            _ if self.slow => Line::Slow,
            _ => Line::Live,
        }
    }

    /// By when the room would have been heard again, were the page awake.
    pub const fn doubted(&self) -> u64 {
        self.vouched + steps::PING_MS + steps::PONG_MS
    }

    /// Whether what is sent now leaves at once.
    pub fn is_live(&self) -> bool {
        self.stage == Stage::Live
    }

    /// When `Tick` is due; `None` while nothing can fall due.
    pub fn due(&self) -> Option<u64> {
        let until = match self.stage {
            Stage::Off => None,
            Stage::Live => Some(self.ping.min(self.pong.unwrap_or(u64::MAX)))
                .map(|due| due.min(self.renew.unwrap_or(u64::MAX))),
            _ => Some(self.until),
        };
        let lost = self.lost.filter(|_| !self.told_lost).map(|l| l + LOST_MS);
        until.into_iter().chain(lost).min()
    }
}

#[cfg(test)]
mod tests;
