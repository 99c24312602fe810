//! What a room tells everybody at one moment: each form serialised once, shared by all connections.

use liveroom_protocol::about::Address;
use liveroom_protocol::message::RoomNews;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::key::Keys;
use liveroom_rules::room::Room;
use liveroom_rules::seal::Sealed;
use liveroom_rules::session::Sheet;
use liveroom_rules::view;
use std::sync::Arc;

/// What a room tells everybody at one moment.
#[derive(Debug)]
pub struct Published {
    /// The frames.
    pub sheet: Sheet,
    /// The room itself as the desk may know it, but for the number of viewers.
    pub news: RoomNews,
    /// Origins of pages that may connect.
    pub origins: Vec<String>,
    /// Who else may do what.
    pub keys: Arc<Keys>,
    /// The page on which viewers take part, where it is not the server's own.
    pub page: Option<Address>,
    /// The time of the last record.
    pub at: Timestamp,
    /// When something falls due next.
    pub due: Option<Timestamp>,
    /// From where on the log cannot be trusted.
    pub damaged: Option<u64>,
}

impl Published {
    /// What a room tells now; parts that have not changed are taken from `before`.
    pub(super) fn of(room: &Room, before: Option<&Sheet>, damaged: Option<u64>) -> Self {
        Self {
            sheet: Sheet::of(room, before),
            news: view::desk_news(room),
            origins: room.setup().origins.clone(),
            keys: Arc::clone(room.keys()),
            page: room.setup().page.clone(),
            at: room.at(),
            due: room.next_due(),
            damaged,
        }
    }

    /// What a room tells that has ended.
    pub(super) fn sealed(sealed: &Sealed) -> Self {
        Self {
            sheet: Sheet::sealed(sealed),
            news: RoomNews {
                viewers: None,
                ..sealed.news.clone()
            },
            origins: sealed.origins.clone(),
            keys: Arc::default(),
            page: None,
            at: sealed.at,
            due: None,
            damaged: None,
        }
    }
}
