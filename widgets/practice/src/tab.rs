//! One room in this tab: reads the log, writes what the server decides to write, hands frames to the page's connections.
//!
//! It lives as long as a line to it is open. Nobody leads: every tab of the browser does the same with the same log.

use crate::clock::Clock;
use crate::line::LineId;
use crate::log::IndexedDbLog;
use crate::page::{self, Timer};
use crate::server::Server;
use js_sys::{Function, Promise};
use liveroom_protocol::Refusal;
use liveroom_protocol::desk::Desk;
use liveroom_protocol::id::{ActivityId, RoomId};
use liveroom_protocol::lottery::Proof;
use liveroom_protocol::time::Timestamp;
use liveroom_rules::log::{Log, Unavailable};
use liveroom_rules::pseudonym::RoomKey;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

mod keep;

thread_local! {
    static TABS: RefCell<HashMap<RoomId, Weak<Tab>>> = RefCell::default();
}

/// A room in this tab.
pub(crate) struct Tab {
    room: RoomId,
    clock: Rc<Clock>,
    server: RefCell<Server>,
    pages: RefCell<HashMap<LineId, Function>>,
    lines: Cell<LineId>,
    log: RefCell<Option<Rc<IndexedDbLog>>>,
    timer: Timer,
    delivering: Cell<bool>,
    left: Cell<bool>,
    ready: Promise,
    be_ready: Function,
}

impl Tab {
    /// The room in this tab: the one that is open, or a new one.
    pub(crate) fn of(room: RoomId) -> Rc<Self> {
        Self::opened(&room).unwrap_or_else(|| Self::new(room))
    }

    /// The room in this tab, if it is open.
    pub(crate) fn opened(room: &RoomId) -> Option<Rc<Self>> {
        TABS.with_borrow(|tabs| tabs.get(room).and_then(Weak::upgrade))
    }

    /// The proof of a draw, as far as it has come.
    pub(crate) fn proof(&self, activity: &ActivityId) -> Option<Proof> {
        self.server.borrow().proof(activity)
    }

    /// What the desk looks up among claims or entrants.
    pub(crate) fn find(
        &self,
        activity: &ActivityId,
        text: &str,
        before: Option<u64>,
    ) -> Result<Desk, Refusal> {
        self.server.borrow().find(activity, text, before)
    }

    fn new(room: RoomId) -> Rc<Self> {
        let mut be_ready = None;
        let ready = Promise::new(&mut |resolve, _| be_ready = Some(resolve));
        let tab = Rc::new_cyclic(|weak: &Weak<Self>| {
            let timed = weak.clone();
            Self {
                room: room.clone(),
                clock: Rc::default(),
                server: RefCell::new(Server::new(room.clone())),
                pages: RefCell::default(),
                lines: Cell::new(0),
                log: RefCell::default(),
                timer: Timer::new(move || {
                    if let Some(tab) = timed.upgrade() {
                        tab.wake();
                    }
                }),
                delivering: Cell::new(false),
                left: Cell::new(false),
                ready,
                be_ready: be_ready.expect("a promise calls its maker at once"),
            }
        });
        TABS.with_borrow_mut(|tabs| tabs.insert(room, Rc::downgrade(&tab)));
        spawn_local(keep::keep(Rc::downgrade(&tab)));
        tab
    }

    /// Takes a line. `page` is called with each message to it, never within a call of the page's own.
    pub(crate) fn join(&self, identity: String, page: Function) -> LineId {
        let line = self.lines.get();
        self.lines.set(line + 1);
        self.pages.borrow_mut().insert(line, page);
        self.server.borrow_mut().join(line, identity);
        line
    }

    /// Waits until the room is open; says whether it outlives the tab.
    pub(crate) async fn ready(&self) -> bool {
        // It never fails: where nothing can be stored, the room is kept in memory.
        let _ = self.ready.clone().await;
        let log = self.log.borrow();
        log.as_ref().is_some_and(|log| log.durable())
    }

    /// Ends a line, and with the last one the room in this tab. What is being written is still written.
    pub(crate) fn leave(&self, line: LineId) {
        self.pages.borrow_mut().remove(&line);
        if self.server.borrow_mut().leave(line) {
            return;
        }
        self.left.set(true);
        self.timer.set(None);
        TABS.with_borrow_mut(|tabs| tabs.remove(&self.room));
        if let Some(log) = self.log.take() {
            log.close();
        }
    }

    /// Hears one message of a line's page.
    pub(crate) fn hear(self: &Rc<Self>, line: LineId, text: &str) {
        let now = self.now();
        let request = self.server.borrow_mut().hear(line, text, now);
        self.settle();
        let Some((append, place)) = request else {
            return;
        };
        let (tab, log) = (Rc::clone(self), self.log.borrow().clone());
        spawn_local(async move {
            let written = match log {
                Some(log) => log.append_at(&tab.room, append, Rc::clone(&place)).await,
                None => Err(Unavailable("the storage was closed".to_owned())),
            };
            if let Err(Unavailable(said)) = written {
                tab.server.borrow_mut().fail(&place, &said);
                tab.settle();
            }
        });
    }

    fn now(&self) -> Timestamp {
        self.clock.at(page::now())
    }

    /// Does what has fallen due.
    fn wake(self: &Rc<Self>) {
        let now = self.now();
        let due = {
            let mut server = self.server.borrow_mut();
            server.send(now, false);
            server.tick(now)
        };
        self.settle();
        let log = self.log.borrow().clone();
        if let (Some(due), Some(log)) = (due, log) {
            let room = self.room.clone();
            // A tick that could not be written is tried again by the timer.
            spawn_local(async move { drop(log.tick(&room, due).await) });
        }
    }

    /// Writes what the room itself has to order.
    fn order_itself(&self) {
        let orders = self.server.borrow_mut().orders();
        let log = self.log.borrow().clone();
        if let Some(log) = log.filter(|_| !orders.is_empty()) {
            let room = self.room.clone();
            // Storage that takes nothing is opened again, and then it is ordered again.
            spawn_local(async move { drop(log.append(&room, orders).await) });
        }
    }

    /// Hands out the frames that are there in a task of its own, and sets the timer to what comes next.
    fn settle(self: &Rc<Self>) {
        let wait = self.server.borrow().waits(self.now());
        self.timer.set(wait.filter(|_| !self.left.get()));
        if !self.delivering.replace(true) {
            let tab = Rc::clone(self);
            spawn_local(async move { tab.deliver() });
        }
    }

    fn deliver(&self) {
        loop {
            // Nothing is borrowed while the page is called: it may send, close or open at once.
            let next = self.server.borrow_mut().next_frame();
            let Some((line, text)) = next else { break };
            let page = self.pages.borrow().get(&line).cloned();
            if let Some(Err(error)) = page.map(|page| page.call1(&JsValue::NULL, &(*text).into())) {
                page::report_error(&error);
            }
        }
        self.delivering.set(false);
    }

    fn begin(&self, log: Rc<IndexedDbLog>, key: Option<RoomKey>) {
        self.server.borrow_mut().begin(key);
        self.log.replace(Some(log));
    }

    fn open(self: &Rc<Self>) {
        let now = self.now();
        self.server.borrow_mut().open(now);
        self.order_itself();
        let _ = self.be_ready.call0(&JsValue::NULL);
        self.settle();
    }

    fn fail(self: &Rc<Self>) {
        self.server.borrow_mut().close();
        self.log.replace(None);
        self.settle();
    }
}
