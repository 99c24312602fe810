//! All that a developer asks for when nothing shows, as plain JSON.

use super::{At, Room};
use crate::config::Server;
use crate::connection::Line;
use crate::decode::{LEVELS, PHASES, ROLES, SEATS, STATES, word_of};
use crate::report::object::{Object, list};

impl Room {
    /// The room's part of the element's `status`.
    pub fn status(&mut self, at: At) -> String {
        // Milliseconds that the room's clock is ahead of the device's.
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
            Object::new()
                .text("activity", entry.activity.as_str())
                .text("widget", entry.known().widget().name())
                .number("run", entry.run.into())
                .text("phase", word_of(PHASES, entry.known().phase()))
                .number("elements", elements as u64)
                .text("shown", why)
                .end()
        });
        let activities = list(activities);
        let server = match &self.config.server {
            Server::Page => "page",
            Server::Practice => "practice",
            Server::Remote(_) => "remote",
        };
        let connection = match (&self.config.server, self.connection.line()) {
            (Server::Page, _) => "page",
            (_, Line::Off) => "off",
            (_, Line::Joining) => "joining",
            (_, Line::Live) => "live",
            (_, Line::Slow) => "slow",
            (_, Line::Lost(_)) => "lost",
        };
        let offset = clock_offset.map_or_else(|| "null".to_owned(), |ms| ms.to_string());
        let show = self.store.room.show.as_ref();
        Object::new()
            .text("connection", connection)
            .text("server", server)
            .maybe("room", self.config.room.as_ref().map(|room| room.as_str()))
            .text("state", word_of(STATES, self.store.room.state))
            .text("seat", word_of(SEATS, self.config.seat))
            .text("role", word_of(ROLES, self.role))
            .maybe("level", self.level.map(|level| word_of(LEVELS, level)))
            .raw("clock_offset", &offset)
            .maybe("show", show.map(|show| show.id.as_str()))
            .raw("activities", &activities)
            .number("unanswered", self.acts.with_room().len() as u64)
            .end()
    }
}
