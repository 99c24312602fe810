//! The attributes of the room, read anew: the room and the reporter take what is theirs.

use super::Inner;
use crate::config::{Attributes, Server};
use crate::report::Setup;

impl Inner {
    pub(super) fn configure(&self, attributes: &str, resumed: bool) {
        let attributes = Attributes::read(attributes);
        self.enter(&mut |room, at| room.configure(&attributes, resumed, at));
        let config = self.room.borrow().config().clone();
        let room = config.room.as_ref().map_or("page", |room| room.as_str());
        let source = config.address();
        let setup = Setup {
            room: room.to_owned(),
            source: source.unwrap_or_else(|| ["urn:liveroom:", room].concat()),
            channel: match (&config.server, config.overlay) {
                (_, true) => "overlay",
                (Server::Practice, false) => "practice",
                (Server::Page | Server::Remote(_), false) => "page",
            }
            .to_owned(),
            endpoint: config.endpoint,
            campaign: config.campaign,
        };
        let mut setup = Some(setup);
        self.told_reporter(&mut |reporter, now| {
            reporter.setup(setup.take().unwrap_or_default());
            reporter.consent(config.consent, config.privacy_control, now);
        });
    }
}
