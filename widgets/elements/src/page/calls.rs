//! What the shell may call. Strings and numbers cross the border, JSON for the rest.

use super::port::{Intl, Port};
use super::{
    Consent, Element, Inner, Input, Page, RefCell, Reporter, Reports, RequestId, Room, Setup, Tree,
    at, whole, widget,
};
use crate::config::{Attributes, Server};
use crate::decode;
use crate::room::Options;
use liveroom::Words;
use liveroom_protocol::id::ActivityId;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

/// Says whom to tell of a panic, before anything else is called.
#[wasm_bindgen]
pub fn start(trapped: js_sys::Function) {
    // The hook must be able to cross threads, of which a page's module has one: it finds the function by its thread.
    thread_local! {
        static TRAPPED: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
    }
    TRAPPED.set(Some(trapped));
    yew::set_custom_panic_hook(Box::new(|_| {
        TRAPPED.with_borrow(|trapped| {
            if let Some(trapped) = trapped {
                // Whatever the shell makes of it, this instance is lost.
                let _ = trapped.call0(&wasm_bindgen::JsValue::NULL);
            }
        });
    }));
}

/// The style sheet of a widget, or of the room itself (any other name).
#[wasm_bindgen]
pub fn sheet(name: &str) -> String {
    use liveroom_styles::{BASE, POLL, TOKENS};
    match widget(name) {
        Some(liveroom_protocol::Widget::Poll) => [TOKENS, BASE, POLL].concat(),
        None => [TOKENS, BASE].concat(),
    }
}

#[wasm_bindgen]
impl Page {
    /// A room with the shell's two objects for it.
    #[wasm_bindgen(constructor)]
    pub fn new(port: Port, reports: Reports) -> Self {
        Self(Rc::new(Inner {
            port,
            room: RefCell::new(Room::default()),
            reporter: RefCell::new(Reporter::new(reports)),
            trees: RefCell::default(),
            drawing: RefCell::default(),
            woken: Cell::new(None),
        }))
    }

    /// The attributes as JSON; `resumed`: the line is open since before a trap.
    pub fn configure(&self, attributes: &str, resumed: bool) {
        let attributes = Attributes::read(attributes);
        self.0
            .enter(&mut |room, at| room.configure(&attributes, resumed, at));
        let config = self.0.room.borrow().config().clone();
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
        };
        let moment = self.0.moment();
        let mut reporter = self.0.reporter.borrow_mut();
        reporter.setup(setup);
        reporter.consent(config.consent, config.privacy_control, &moment);
    }

    /// The messages of a language as JSON, the page's own over them as JSON, and how the language writes numbers.
    /// What cannot be read is left out; a sentence says so.
    pub fn speak(&self, language: &str, own: &str, format: Intl) -> Option<String> {
        let mut fault = None;
        let mut words = Words::default();
        for text in [language, own] {
            if !text.is_empty()
                && let Err(error) = words.lay(text)
            {
                fault = Some(error.to_string());
            }
        }
        let format = Rc::new(format);
        self.0
            .enter(&mut |room, _| room.speak(words.clone(), Rc::clone(&format) as _));
        fault
    }

    /// The page's token, and when it ends in milliseconds since 1970 (NaN: not known); a device key that this browser keeps.
    pub fn identify(&self, token: Option<String>, ends: f64, device: Option<String>) {
        let ends = ends.is_finite().then(|| whole(ends));
        self.0.enter(&mut |room, at| {
            room.device(device.clone(), at);
            room.token(token.clone(), ends, at);
        });
    }

    /// Something happened to the line, or to the page.
    pub fn happened(&self, what: &str) {
        let page = &self.0;
        match what {
            "start" => page.line(Input::Start),
            "stop" => page.line(Input::Stop),
            "opened" => page.line(Input::Opened),
            "closed" => page.line(Input::Closed),
            "posted" => page.line(Input::Posted(true)),
            "unposted" => page.line(Input::Posted(false)),
            "tokenless" => page.line(Input::Token(None)),
            "woken" => page.line(Input::Woken),
            "hidden" | "seen" => {
                let hidden = what == "hidden";
                page.enter(&mut |room, at| room.hide(hidden, at));
                let moment = page.moment();
                page.reporter.borrow_mut().front(!hidden, &moment);
            }
            "report" => {
                let moment = page.moment();
                page.reporter.borrow_mut().wake(&moment);
            }
            "close" => {
                let moment = page.moment();
                page.reporter.borrow_mut().close(&moment);
            }
            _ => page.enter(&mut |room, at| room.wake(at)),
        }
    }

    /// A frame of the room; `kept`: from before a trap.
    pub fn receive(&self, text: &str, kept: bool) {
        self.0.enter(&mut |room, at| room.receive(text, kept, at));
    }

    /// A request from before a trap.
    #[wasm_bindgen(js_name = takeUp)]
    pub fn take_up(&self, text: &str) {
        self.0.enter(&mut |room, _| room.take_up(text));
    }

    /// What made the module trap is not taken again before it changes.
    pub fn shun(&self, activity: &str, rev: f64) {
        if let Ok(activity) = ActivityId::parse(activity) {
            self.0
                .enter(&mut |room, _| room.shun(activity.clone(), whole(rev)));
        }
    }

    /// Settles what is to be drawn; `next` draws it.
    pub fn draw(&self) {
        let stream = self.0.port.stream();
        let mut changed = Vec::new();
        self.0
            .enter(&mut |room, _| changed = room.draw(stream, at()));
        self.0.drawing.borrow_mut().extend(changed);
    }

    /// Draws one element of those that changed; whether there was one. One a step, so that a trap can be blamed on it.
    pub fn next(&self) -> bool {
        let next = self.0.drawing.borrow_mut().pop_front();
        next.map(|(element, look)| self.0.show(element, look))
            .is_some()
    }

    /// An element of a widget stands in the page: its number, and where to draw.
    pub fn mount(&self, element: u32, name: &str, root: Element, options: &str) {
        self.0.trees.borrow_mut().push(Tree {
            element,
            root,
            app: None,
        });
        self.change(element, name, options);
    }

    /// Its attributes changed.
    pub fn change(&self, element: u32, name: &str, options: &str) {
        if let Some(widget) = widget(name) {
            self.0.enter(&mut |room, _| {
                room.mount(element, widget, Options::read(options));
            });
        }
    }

    /// It is gone.
    pub fn unmount(&self, element: u32) {
        let moment = self.0.moment();
        self.0.reporter.borrow_mut().look(element, None, &moment);
        self.0.enter(&mut |room, _| room.unmount(element));
        let mut trees = self.0.trees.borrow_mut();
        let place = trees.iter().position(|tree| tree.element == element);
        let tree = place.map(|place| trees.swap_remove(place));
        drop(trees);
        if let Some(app) = tree.and_then(|tree| tree.app) {
            app.destroy();
        }
    }

    /// Focus or pointer is inside an element.
    pub fn held(&self, element: u32, held: bool) {
        self.0.enter(&mut |room, _| room.hold(element, held));
    }

    /// An element is in the viewer's sight.
    pub fn sight(&self, element: u32, in_sight: bool) {
        self.0.enter(&mut |room, _| room.sight(element, in_sight));
        self.0.look(element);
    }

    /// The page's answer to `live-act`: accepted, with this viewer's part as JSON.
    pub fn accepts(&self, id: &str, mine: Option<String>) {
        if let Ok(id) = RequestId::parse(id) {
            self.0
                .enter(&mut |room, at| room.page_accepts(&id, mine.as_deref(), at));
        }
    }

    /// The page's answer to `live-act`: refused.
    pub fn refuses(&self, id: &str, reason: &str, message: Option<String>) {
        let reason = decode::reason(reason);
        if let Ok(id) = RequestId::parse(id) {
            self.0
                .enter(&mut |room, _| room.page_refuses(&id, reason, message.clone()));
        }
    }

    /// The page's own report, its data as JSON; a sentence if it was not taken.
    pub fn report(&self, kind: &str, data: &str) -> Option<String> {
        let moment = self.0.moment();
        let reported = self.0.reporter.borrow_mut().page(kind, data, &moment);
        reported.err().map(|why| why.sentence().to_owned())
    }

    /// The shell failed at something: it is reported.
    pub fn failed(&self, code: &str) {
        let moment = self.0.moment();
        self.0.reporter.borrow_mut().error(code, &moment);
    }

    /// The room's part of `status`, as JSON.
    pub fn status(&self) -> String {
        self.0.room.borrow_mut().status(at())
    }

    /// The consent that holds, and how many reports wait for it.
    #[wasm_bindgen(js_name = reportsHeld)]
    pub fn reports_held(&self) -> String {
        let reporter = self.0.reporter.borrow();
        let consent: Consent = reporter.consent_holds();
        [consent.name(), " ", &reporter.held().to_string()].concat()
    }
}
