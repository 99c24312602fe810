//! All that a developer asks for when nothing shows, as plain JSON.

use super::{At, Room};
use crate::config::Server;
use crate::connection::Line;
use liveroom_protocol::identity::{Level, Role};
use liveroom_protocol::message::{Seat, State};
use liveroom_protocol::phase::Phase;
use serde::Serialize;

#[derive(Serialize)]
struct Status<'a> {
    connection: &'static str,
    server: &'static str,
    room: Option<&'a str>,
    state: State,
    seat: Seat,
    role: Role,
    level: Option<Level>,
    /// Milliseconds that the room's clock is ahead of the device's.
    clock_offset: Option<i64>,
    show: Option<&'a str>,
    activities: Vec<Activity<'a>>,
    unanswered: usize,
}

#[derive(Serialize)]
struct Activity<'a> {
    activity: &'a str,
    widget: &'a str,
    run: u32,
    phase: Phase,
    /// In how many elements it stands.
    elements: usize,
    /// Whether it may be shown, or why not.
    shown: &'static str,
}

impl Room {
    /// The room's part of the element's `status`.
    pub fn status(&mut self, at: At) -> String {
        let clock_offset = self.clock.offset(at.now);
        let activities = self.store.entries().iter().map(|entry| {
            let stands = self.mounts.iter().filter(|mount| {
                let look = mount.look.as_ref();
                look.is_some_and(|look| look.activity == entry.activity)
            });
            let elements = stands.count();
            let why = match entry.why_not() {
                "shown" if elements == 0 => "may be shown, but no element has a place for it",
                why => why,
            };
            Activity {
                activity: entry.activity.as_str(),
                widget: entry.known().widget().name(),
                run: entry.run,
                phase: entry.known().phase(),
                elements,
                shown: why,
            }
        });
        let status = Status {
            connection: match (&self.config.server, self.connection.line()) {
                (Server::Page, _) => "page",
                (_, Line::Off) => "off",
                (_, Line::Joining) => "joining",
                (_, Line::Live) => "live",
                (_, Line::Slow) => "slow",
                (_, Line::Lost(_)) => "lost",
            },
            server: match &self.config.server {
                Server::Page => "page",
                Server::Practice => "practice",
                Server::Remote(_) => "remote",
            },
            room: self.config.room.as_ref().map(|room| room.as_str()),
            state: self.store.room.state,
            seat: self.config.seat,
            role: self.role,
            level: self.level,
            clock_offset,
            show: self.store.room.show.as_ref().map(|show| show.id.as_str()),
            activities: activities.collect(),
            unanswered: self.acts.with_room().len(),
        };
        serde_json::to_string(&status).unwrap_or_default()
    }
}
