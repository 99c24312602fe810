//! A whole room inside the browser, for trying things out: the rules of the room server over a log in IndexedDB.
//!
//! Loaded only for `server="local:"`, and when a viewer checks a draw. Every tab is a server of the room, and none leads: a request is one IndexedDB
//! transaction, which the browser orders among the tabs; a `BroadcastChannel` only says that the log grew; each tab folds.
//! Closing any tab loses nothing that was answered. Where nothing may be stored the room lives in this tab alone.
//! Everybody may give commands, and everybody is known by their tab only: nothing here reaches a real room.
//!
//! # Layout
//! * [`check_draw`], [`was_in_draw`]: a draw checked in the viewer's browser.
//! * [`desk_found`]: what the desk looks up.
//! * `tab`: one room in this tab, and all that waits or happens later.
//! * `server`: what it decides, pure; `line`: one connection; `clock`: room time.
//! * `log`: [`liveroom_rules::log::Log`] over `store`, the border to `js/log.js` and `js/memory.js`.
//! * `page`: time, chance and timers.

use js_sys::Function;
use liveroom_protocol::id::RoomId;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
mod draw;
mod found;
mod line;
mod log;
mod page;
mod server;
mod store;
mod tab;

pub use draw::{check_draw, draw_proof, was_in_draw};
pub use found::desk_found;
use tab::Tab;

/// Opens a practice room: the same messages as a room server's socket, as texts.
///
/// `tab_identity` is the key that stands for this tab's viewer; empty, a new viewer. `onmessage` is called with each
/// message, never within a call to this module. Fails only where `room` is no id.
#[wasm_bindgen]
pub async fn open(
    room: String,
    tab_identity: String,
    onmessage: Function,
) -> Result<Line, JsError> {
    let room = RoomId::parse(room).map_err(|error| JsError::new(&format!("room: {error}")))?;
    let identity = if tab_identity.is_empty() {
        page::random_name()
    } else {
        tab_identity
    };
    let tab = Tab::of(room);
    let id = tab.join(identity, onmessage);
    let durable = tab.ready().await;
    Ok(Line {
        tab: RefCell::new(Some(tab)),
        id,
        durable,
    })
}

/// A connection to a practice room.
#[wasm_bindgen]
pub struct Line {
    tab: RefCell<Option<Rc<Tab>>>,
    id: line::LineId,
    durable: bool,
}

#[wasm_bindgen]
impl Line {
    /// Sends one message; nothing once it is closed.
    pub fn send(&self, text: &str) {
        // Not borrowed while it is sent: the page may close it meanwhile.
        let tab = self.tab.borrow().clone();
        if let Some(tab) = tab {
            tab.hear(self.id, text);
        }
    }

    /// Ends it. What was sent is still written; the page is told nothing any more.
    pub fn close(&self) {
        if let Some(tab) = self.tab.take() {
            tab.leave(self.id);
        }
    }

    /// Whether the room outlives this tab: false where the browser refuses to store anything.
    #[wasm_bindgen(getter)]
    pub fn durable(&self) -> bool {
        self.durable
    }
}
