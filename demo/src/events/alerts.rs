//! What the server noticed, and no log holds: the one function to call when somebody should look.

use super::{Events, lots, unavailable};
use liveroom_protocol::event::{Data, Event, What};
use liveroom_protocol::id::{ActivityId, RoomId};
use liveroom_protocol::identity::Label;
use liveroom_protocol::time::rfc3339;
use liveroom_rules::log::Unavailable;

/// What the server noticed and no log holds.
#[derive(Clone, Debug, Default)]
pub struct Alert {
    /// Its word: `hook_failing`, `participation_falls`, …
    pub alert: String,
    /// The activity it is about.
    pub activity: Option<ActivityId>,
    /// The figure that it is about.
    pub figure: Option<u64>,
    /// The webhook that it is about.
    pub hook: Option<String>,
}

impl Events {
    /// Tells a room's back ends that somebody should look. It stands after what the room did last; nothing if it never did anything.
    ///
    /// # Errors
    /// When it could not be written.
    pub async fn alert(&self, room: &RoomId, alert: Alert) -> Result<(), Unavailable> {
        let Alert {
            alert,
            activity,
            figure,
            hook,
        } = alert;
        let data = Data {
            alert: Label::parse(&alert).ok(),
            figure,
            hook: hook.and_then(|hook| Label::parse(&hook).ok()),
            ..Data::default()
        };
        let event = Event {
            specversion: "1.0".to_owned(),
            id: String::new(),
            source: self.source(room),
            kind: What::Alert.kind(None),
            subject: activity,
            time: rfc3339(self.0.clock.now().0),
            datacontenttype: "application/json".to_owned(),
            data,
        };
        let name = room.clone();
        let written = self
            .0
            .store
            .write(move |file| lots::add(file, &name, event))
            .await;
        let position = written.map_err(unavailable)?;
        self.tell(room, position);
        Ok(())
    }
}
