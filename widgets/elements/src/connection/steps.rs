//! The steps of a connection: from stage to stage, and what each asks for.

use super::{Connection, Ends, Output, Stage, backoff};
use liveroom_protocol::Reason;

/// How long a token, a socket, a welcome may be waited for.
const PATIENCE_MS: u64 = 10_000;
/// How long a pong may be waited for before the line is taken for dead.
pub(super) const PONG_MS: u64 = 10_000;
/// Between two pings; the first ones, at joining, come quicker.
pub(super) const PING_MS: u64 = 60_000;
const FIRST_PINGS: u8 = 3;
const FIRST_PING_MS: u64 = 1_000;
/// Sockets that must fail before the other road is taken.
const FAILURES: u32 = 3;
/// Between two questions on the slow road, while seen and while hidden.
const ASK_MS: u64 = 4_000;
const ASK_HIDDEN_MS: u64 = 16_000;
/// Every so many questions a socket is tried again.
const ASKS: u32 = 15;
/// A token is renewed so long before its end, or a quarter of its life if that is shorter.
const RENEW_MS: u64 = 60_000;
/// After a refusal that asking again will not mend.
const REFUSED_MS: u64 = 30_000;
/// Two reckonings of a token's end that differ by less are the same.
const SAME_MS: u64 = 2_000;

impl Connection {
    pub(super) fn enter(&mut self, stage: Stage, until: u64) {
        self.stage = stage;
        self.until = until;
    }

    /// Takes the next step towards the room.
    pub(super) fn connect(&mut self, now: u64, out: &mut Vec<Output>) {
        let stale = match self.token_ends {
            None => true,
            Some(Ends::Never) => false,
            // Only the room knows what time it is: what was just given is for it to refuse.
            Some(Ends::At(ends)) => !self.untried && ends <= now + PATIENCE_MS,
        };
        if self.provider && stale {
            self.enter(Stage::Token, now + PATIENCE_MS);
            out.push(Output::AskToken);
            return;
        }
        self.untried = false;
        self.owed = false;
        self.asks = self.asks.wrapping_add(1);
        if self.slow && !self.asks.is_multiple_of(ASKS) {
            self.hurry = false;
            self.enter(Stage::Asking, now + PATIENCE_MS);
            out.push(Output::Post);
        } else {
            self.enter(Stage::Opening, now + PATIENCE_MS);
            out.push(Output::Open);
        }
    }

    pub(super) fn opened(&mut self, now: u64, out: &mut Vec<Output>) {
        if self.stage == Stage::Opening {
            self.enter(Stage::Greeting, now + PATIENCE_MS);
            out.push(Output::Hello);
        }
    }

    pub(super) fn token(
        &mut self,
        ends: Option<Ends>,
        now: u64,
        chance: f64,
        out: &mut Vec<Output>,
    ) {
        let Some(ends) = ends else {
            match self.stage {
                Stage::Token => self.wait(now, chance),
                // The line is good for a while: enough for several tries.
                Stage::Live => {
                    self.renew = Some(now + FIRST_PING_MS + backoff(self.vain, chance));
                    self.vain = self.vain.saturating_add(1);
                }
                Stage::Off | Stage::Waiting | Stage::Opening | Stage::Greeting | Stage::Asking => {}
            }
            return;
        };
        let other = std::mem::take(&mut self.other);
        self.plan(ends, now, chance);
        match self.stage {
            Stage::Token | Stage::Waiting => {
                self.untried = true;
                self.connect(now, out);
            }
            Stage::Greeting | Stage::Live if other => {
                self.hang_up(out);
                self.lost = self.lost.or(self.heard.then_some(now));
                self.untried = true;
                self.connect(now, out);
            }
            // The line is good for as long as the token before it.
            Stage::Live if self.provider && matches!(ends, Ends::At(at) if at <= now) => {
                self.tokenless(out)
            }
            Stage::Live => out.push(Output::Renew),
            Stage::Greeting => self.owed = true,
            Stage::Off | Stage::Asking => self.untried = true,
            // The hello that is about to be said has it.
            Stage::Opening => {}
        }
    }

    /// The room has said what time it is.
    pub(super) fn reckoned(&mut self, ends: Ends, now: u64, chance: f64) {
        let same = match (self.token_ends, ends) {
            (Some(Ends::At(before)), Ends::At(at)) => before.abs_diff(at) < SAME_MS,
            (_, Ends::At(_)) => false,
            (_, Ends::Never) => true,
        };
        if !same {
            self.plan(ends, now, chance);
        }
    }

    /// Notes when a token ends, and when the next is to be asked for.
    fn plan(&mut self, ends: Ends, now: u64, chance: f64) {
        self.token_ends = Some(ends);
        let life = match ends {
            Ends::At(at) => at.saturating_sub(now),
            Ends::Never => u64::MAX,
        };
        if life > PATIENCE_MS {
            self.vain = 0;
            self.told_tokenless = false;
        } else {
            self.vain = self.vain.saturating_add(1);
        }
        // A page that gives ended ones is asked less and less often.
        let least = FIRST_PING_MS
            + self
                .vain
                .checked_sub(1)
                .map_or(0, |tries| backoff(tries, chance));
        let rest = (life - RENEW_MS.min(life / 4)).max(least);
        self.renew = (self.provider && ends != Ends::Never).then(|| now + rest);
    }

    /// Tells once that the page gives no token.
    fn tokenless(&mut self, out: &mut Vec<Output>) {
        if !self.told_tokenless {
            out.push(Output::NoToken);
        }
        self.told_tokenless = true;
    }

    pub(super) fn welcomed(&mut self, now: u64, out: &mut Vec<Output>) {
        self.heard = true;
        self.vouched = now;
        self.lost = None;
        self.told_lost = false;
        if self.stage == Stage::Greeting {
            self.enter(Stage::Live, u64::MAX);
            self.slow = false;
            self.failures = 0;
            self.tries = 0;
            self.pings = FIRST_PINGS;
            self.ping = now;
            self.pong = None;
            if self.hidden {
                out.push(Output::Hidden(true));
            }
            if self.owed {
                out.push(Output::Renew);
            }
            self.tick(now, 0.0, out);
        }
    }

    /// The line is gone, or no answer came.
    pub(super) fn lose(&mut self, now: u64, chance: f64) {
        match self.stage {
            Stage::Off | Stage::Token | Stage::Waiting => return,
            Stage::Opening | Stage::Greeting => {
                self.failures += 1;
                if self.failures >= FAILURES && !self.has_slow_road {
                    self.lost = self.lost.or(Some(now));
                }
            }
            Stage::Live | Stage::Asking => self.lost = self.lost.or(Some(now)),
        }
        let asked = self.stage == Stage::Asking;
        self.wait(now, chance);
        if self.has_slow_road && self.failures >= FAILURES {
            if !self.slow || !asked {
                self.until = now;
            }
            self.slow = true;
        }
    }

    pub(super) fn wait(&mut self, now: u64, chance: f64) {
        self.enter(Stage::Waiting, now + backoff(self.tries, chance));
        self.tries = self.tries.saturating_add(1);
    }

    pub(super) fn refused(&mut self, reason: Reason, now: u64, chance: f64, out: &mut Vec<Output>) {
        self.hang_up(out);
        self.failures = 0;
        if matches!(self.stage, Stage::Live | Stage::Asking) {
            self.lost = self.lost.or(self.heard.then_some(now));
        }
        self.wait(now, chance);
        match reason {
            Reason::BadToken | Reason::ExpiredToken if self.provider => self.token_ends = None,
            Reason::TooFast | Reason::TooMany | Reason::Unavailable => {}
            _ => self.until = now + REFUSED_MS + backoff(self.tries, chance),
        }
    }

    pub(super) fn posted(&mut self, answered: bool, now: u64, chance: f64, out: &mut Vec<Output>) {
        if self.stage != Stage::Asking {
            return;
        }
        if answered {
            self.vouched = now;
        }
        if !answered {
            self.lose(now, chance);
        } else if self.hurry {
            self.connect(now, out);
        } else {
            self.tries = 0;
            let rest = if self.hidden { ASK_HIDDEN_MS } else { ASK_MS };
            self.enter(Stage::Waiting, now + rest);
        }
    }

    pub(super) fn woken(&mut self, now: u64, out: &mut Vec<Output>) {
        match self.stage {
            Stage::Waiting => {
                self.tries = 0;
                self.connect(now, out);
            }
            Stage::Live => {
                self.ping = now;
                self.pong = None;
                self.tick(now, 0.0, out);
            }
            Stage::Off | Stage::Token | Stage::Opening | Stage::Greeting | Stage::Asking => {}
        }
    }

    pub(super) fn tick(&mut self, now: u64, chance: f64, out: &mut Vec<Output>) {
        match self.stage {
            Stage::Off => {}
            Stage::Live => self.tick_live(now, chance, out),
            _ if now < self.until => {}
            Stage::Waiting => self.connect(now, out),
            Stage::Token => {
                self.tokenless(out);
                self.wait(now, chance);
            }
            Stage::Asking => self.lose(now, chance),
            Stage::Opening | Stage::Greeting => {
                out.push(Output::HangUp);
                self.lose(now, chance);
            }
        }
    }

    pub(super) fn tick_live(&mut self, now: u64, chance: f64, out: &mut Vec<Output>) {
        if self.pong.is_some_and(|by| now >= by) {
            out.push(Output::HangUp);
            self.lose(now, chance);
            return;
        }
        if now >= self.ping {
            out.push(Output::Ping);
            self.asked = now;
            self.pings = self.pings.saturating_sub(1);
            self.ping = now
                + if self.pings > 0 {
                    FIRST_PING_MS
                } else {
                    PING_MS
                };
            self.pong = self.pong.or(Some(now + PONG_MS));
        }
        if self.renew.is_some_and(|at| now >= at) {
            out.push(Output::AskToken);
            self.renew = Some(now + PATIENCE_MS);
        }
    }

    pub(super) fn hang_up(&mut self, out: &mut Vec<Output>) {
        if matches!(self.stage, Stage::Opening | Stage::Greeting | Stage::Live) {
            out.push(Output::HangUp);
        }
    }
}
