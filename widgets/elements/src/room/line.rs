//! What the connection asks for, written as frames.

use super::{At, Room};
use crate::config::Server;
use crate::connection::{Input, Line, Output};
use crate::effect::Effect;
use crate::write;
use liveroom::json::quoted;
use liveroom_protocol::message::Hello;
use liveroom_protocol::{VERSION, Widget};

impl Room {
    /// Tells the connection what happened, and does what it asks for.
    pub fn line(&mut self, input: Input, at: At) {
        if self.config.server == Server::Page {
            return;
        }
        for output in self.connection.handle(input, at.now.steady, at.chance) {
            self.obey(output, at);
        }
    }

    fn obey(&mut self, output: Output, at: At) {
        match output {
            Output::AskToken => self.effects.push(Effect::AskToken),
            Output::NoToken => self.effects.push(Effect::Error {
                code: "token",
                message: "tokenProvider gave no token within 10 s, or one that had ended: let it resolve to a token, or to null for none".into(),
            }),
            Output::Open => self.effects.extend(self.config.line().map(Effect::OpenLine)),
            Output::HangUp => self.effects.push(Effect::HangUp),
            Output::Hello => {
                self.acts.resend();
                self.minting = false;
                self.greeted = at.now.steady;
                let hello = self.hello();
                self.effects.push(Effect::Send(hello));
            }
            Output::Renew => {
                if let Some(token) = &self.token {
                    let renew = [r#"{"type":"renew","token":"#, &quoted(token), "}"].concat();
                    self.effects.push(Effect::Send(renew));
                }
            }
            Output::Ping => self.effects.push(Effect::Send(ping(at))),
            Output::Hidden(hidden) => {
                let hidden = if hidden { "true" } else { "false" };
                let text = [r#"{"type":"hidden","hidden":"#, hidden, "}"].concat();
                self.effects.push(Effect::Send(text));
            }
            Output::Post => self.post(at),
            Output::Changed => {
                let now = self.clock.now(at.now);
                self.lost = match self.connection.line() {
                    Line::Lost(_) => self.lost.or(now),
                    Line::Off | Line::Joining | Line::Live | Line::Slow => None,
                };
                self.effects.push(Effect::Draw);
            }
        }
    }

    /// Hello and all that waits, by HTTP.
    fn post(&mut self, at: At) {
        let Some(address) = self.config.address() else {
            return;
        };
        self.acts.resend();
        self.greeted = at.now.steady;
        let mut frames = vec![self.hello(), ping(at)];
        frames.extend(self.wants.take());
        self.minting = self.acts.has_waiting() && self.needs_device();
        if self.minting {
            frames.push(MINT.into());
        } else {
            frames.append(&mut self.acts.send());
        }
        self.effects.push(Effect::Post {
            address: [&address, "/messages"].concat(),
            body: ["[", &frames.join(","), "]"].concat(),
        });
    }

    fn hello(&self) -> String {
        let hello = Hello {
            version: VERSION,
            kinds: Widget::ALL.map(|widget| widget.name().to_owned()).to_vec(),
            token: self.token.clone(),
            device: self.device.clone(),
            seat: self.config.seat,
            epoch: self.store.epoch.clone(),
            rev: self.store.rev(),
        };
        write::hello(&hello)
    }

    /// Whether the room does not know yet who acts here.
    fn needs_device(&self) -> bool {
        self.token.is_none() && self.device.is_none() && self.level.is_none()
    }

    /// Sends what waits, as far as it can be sent now.
    pub(super) fn send_waiting(&mut self, at: At) {
        if !self.acts.has_waiting() {
            return;
        }
        if !self.connection.is_live() {
            self.line(Input::Hurry, at);
        } else if self.needs_device() {
            if !self.minting {
                self.minting = true;
                self.effects.push(Effect::Send(MINT.into()));
            }
        } else {
            self.effects
                .extend(self.acts.send().into_iter().map(Effect::Send));
        }
    }

    /// Keeps what waits for the room's answer, so that a trap forgets nothing.
    pub(super) fn hold_request(&mut self, act: &liveroom_protocol::message::Act) {
        self.effects.push(Effect::Hold {
            id: act.id.clone(),
            text: write::act(act),
        });
    }
}

const MINT: &str = r#"{"type":"mint"}"#;

fn ping(at: At) -> String {
    [r#"{"type":"ping","sent":"#, &at.now.steady.to_string(), "}"].concat()
}
