//! What the room told, frame by frame.

use super::{At, Room};
use crate::config::Server;
use crate::connection::Input;
use crate::decode::{self, Device, Frame, Pong, Refused, Unreadable, reason_name};
use crate::effect::{Effect, Told};
use crate::report::named;
use crate::store::{PARTS, Took};
use crate::write;
use liveroom_protocol::Refusal;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::message::{Answer, News, Page, RoomNews, Welcome};

impl Room {
    /// Takes one frame of the room, or of the page that drives it. `kept`: the shell kept it from before a trap.
    pub fn receive(&mut self, text: &str, kept: bool, at: At) {
        if let Err(error) = self.read(text, kept, at) {
            self.effects.push(Effect::Error {
                code: "message",
                message: [
                    "a message of the room cannot be read and was left out; compare it with schema.json: ",
                    error.0,
                ]
                .concat(),
            });
        }
    }

    fn read(&mut self, text: &str, kept: bool, at: At) -> Result<(), Unreadable> {
        match decode::frame(text)? {
            Frame::News(news) => self.news(news, at),
            Frame::Answer(answer) => self.answer(*answer),
            Frame::Page(page) => self.page(page),
            Frame::Room(room) => self.room(room),
            Frame::Pong(pong) => self.pong(&pong, at),
            Frame::Welcome(welcome) => self.welcome(welcome, kept, at),
            Frame::Device(Device { device }) => {
                self.minting = false;
                self.device = Some(device.clone());
                self.effects.push(Effect::KeepDevice(device));
                self.send_waiting(at);
            }
            Frame::Refused(refused) => self.refused(refused, at),
            Frame::Unknown => {}
        }
        Ok(())
    }

    fn news(&mut self, news: News, at: At) {
        if self.config.server == Server::Page
            && let Some(now) = news.at
        {
            self.clock.told(now, at.now);
        }
        if self.store.enter(news.epoch.as_ref()) {
            self.effects.push(Effect::ForgetAll);
        }
        for (activity, run, rev, took) in self.store.take(news) {
            self.took(activity, run, rev, took);
        }
    }

    pub(super) fn took(&mut self, activity: ActivityId, run: u32, rev: u64, took: Took) {
        if took.gone {
            self.effects.push(Effect::Forget(activity));
            self.effects.push(Effect::Draw);
            return;
        }
        if !took.entries.is_empty() {
            self.effects.push(Effect::KeepEntries {
                activity: activity.clone(),
                entries: took.entries,
            });
            self.effects.push(Effect::Draw);
        }
        for claim in &took.sold {
            self.tell_sold(&activity, run, claim);
        }
        if let (true, Some(entry)) = (took.parts[0], self.store.entry(&activity)) {
            let about = named(entry.known().about());
            let told = Told::Card(activity.clone(), about);
            self.effects.push(Effect::Report(told));
        }
        for (part, taken) in PARTS.into_iter().zip(took.parts) {
            if taken {
                let activity = activity.clone();
                self.effects.push(Effect::Keep {
                    activity,
                    part,
                    rev,
                });
                self.effects.push(Effect::Draw);
            }
        }
    }

    fn page(&mut self, page: Page) {
        let activity = page.asked.activity.clone();
        let entries = self.store.take_page(page);
        self.effects.push(Effect::Draw);
        if !entries.is_empty() {
            self.effects.push(Effect::KeepEntries { activity, entries });
        }
    }

    fn answer(&mut self, answer: Answer) {
        if let Some(item) = answer.mine {
            let (activity, run, rev) = (item.activity.clone(), item.run, item.rev);
            let took = self.store.take_item(item);
            self.took(activity, run, rev, took);
        }
        if self.acts.get(&answer.id).is_none() {
            self.effects.push(Effect::Answered(answer.id));
        } else if answer.ok {
            self.accept_act(&answer.id);
        } else {
            let unknown = Refusal::from(liveroom_protocol::Reason::Unknown);
            self.refuse_act(&answer.id, answer.refusal.unwrap_or(unknown));
        }
    }

    fn room(&mut self, room: RoomNews) {
        let running = room.show.as_ref().filter(|show| show.ended_at.is_none());
        let show = running.map(|show| show.id.as_str().to_owned());
        let on_air = running.map(|show| {
            show.on_air
                .iter()
                .map(|id| id.as_str().to_owned())
                .collect()
        });
        if self.store.take_room(room) {
            self.effects.push(Effect::KeepFrame("room"));
            self.effects
                .push(Effect::Report(Told::Show(show, on_air.unwrap_or_default())));
            self.effects.push(Effect::Draw);
        }
    }

    fn pong(&mut self, pong: &Pong, at: At) {
        let now = at.now.steady;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked against the clock it was taken from"
        )]
        let sent = pong
            .sent
            .filter(|sent| *sent >= 0.0)
            .map(|sent| sent as u64);
        match sent.filter(|sent| *sent <= now) {
            Some(sent) => {
                self.clock.answered(pong.at, sent, at.now);
                self.told_time(at);
                self.line(Input::Ponged(sent), at);
            }
            None => self.clock.told(pong.at, at.now),
        }
        self.effects.push(Effect::Draw);
    }

    fn welcome(&mut self, welcome: Welcome, kept: bool, at: At) {
        let other = self.store.enter(Some(&welcome.epoch));
        if other {
            self.effects.push(Effect::ForgetAll);
        }
        for activity in self
            .store
            .welcome(&welcome.activities, welcome.recovered || kept)
        {
            self.effects.push(Effect::Forget(activity));
        }
        self.effects.push(Effect::KeepFrame("welcome"));
        self.level = welcome.level;
        self.role = welcome.role;
        self.effects.push(Effect::Report(Told::Me(welcome.me)));
        self.effects.push(Effect::Draw);
        // A kept frame says nothing of the line, nor of the time.
        if !kept {
            self.barred = None;
            self.clock.answered(welcome.at, self.greeted, at.now);
            self.told_time(at);
            self.line(Input::Welcomed, at);
            if self.connection.is_live() {
                self.send_waiting(at);
            }
        }
    }

    fn refused(&mut self, refused: Refused, at: At) {
        let Refused { refusal, closing } = refused;
        if self.minting {
            self.minting = false;
            for id in self.acts.with_room() {
                self.refuse_act(&id, refusal.clone());
            }
        }
        // Asked again and again, the room says the same: the page is told once.
        if !closing || self.barred.replace(refusal.reason) != Some(refusal.reason) {
            let reason = reason_name(refusal.reason);
            let why = refusal.message.as_deref().unwrap_or(reason);
            self.effects.push(Effect::Error {
                code: "refused",
                message: ["the room refused this page: ", why].concat(),
            });
        }
        if closing {
            self.effects.push(Effect::Barred(write::refusal(&refusal)));
            self.line(Input::Refused(refusal.reason), at);
        }
    }
}
