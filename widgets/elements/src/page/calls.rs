//! What the shell may call. Strings and numbers cross the border, JSON for the rest.

use super::port::{Intl, Port};
use super::{
    AppHandle, Element, Inner, Page, RefCell, Room, Tree, View, ViewProps, at, whole, widget,
};
use crate::connection::Input;
use crate::decode;
use crate::report::{Reporter, Reports};
use crate::room::Options;
use liveroom::{Words, alike};
use liveroom_protocol::id::{ActivityId, RequestId};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

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

    /// The messages of a language as JSON, the page's own over them as JSON, and how the language writes numbers.
    /// What cannot be read is left out; a sentence says so.
    pub fn speak(&self, language: &str, own: &str, format: Intl) -> Option<String> {
        let mut fault = None;
        let mut words = Words::default();
        for text in [language, own] {
            if !text.is_empty() && words.lay(text).is_err() {
                fault = Some(String::from("it is no JSON object of texts"));
            }
        }
        let mut spoken = Some((words, Rc::new(format)));
        self.0.enter(&mut |room, _| {
            if let Some((words, format)) = spoken.take() {
                room.speak(words, format);
            }
        });
        fault
    }

    /// An element of a widget stands in the page: its number, and where to draw.
    pub fn mount(&self, element: u32, name: &str, root: Element, options: &str) {
        let app = spare(&root);
        self.0.trees.borrow_mut().push(Tree { element, root, app });
        self.0.change(element, name, options);
    }

    /// Anything else that the shell tells or asks, by name. One door, since each has a frame of its own; see [`Inner::told`].
    pub fn call(
        &self,
        what: &str,
        text: &str,
        number: f64,
        more: Option<String>,
    ) -> Option<String> {
        self.0.told(what, text, number, more)
    }
}

thread_local! {
    /// Trees without anything in them, by the places that they stand in. Yew listens at a place for ever, and never lets
    /// go of it; so none is given up, and the shell hands in a place again that it has had back.
    static SPARE: RefCell<Vec<(Element, AppHandle<View>)>> = const { RefCell::new(Vec::new()) };
}

/// The tree that stands in this place already.
fn spare(root: &Element) -> Option<AppHandle<View>> {
    SPARE.with_borrow_mut(|spare| {
        let place = spare.iter().position(|(known, _)| known == root)?;
        Some(spare.swap_remove(place).1)
    })
}

impl Inner {
    fn told(
        self: &Rc<Self>,
        what: &str,
        text: &str,
        number: f64,
        more: Option<String>,
    ) -> Option<String> {
        let element = u32::try_from(whole(number)).unwrap_or_default();
        let on = number > 0.0;
        let more = more.as_deref();
        match what {
            // A frame of the room; the number: from before a trap.
            "receive" => self.enter(&mut |room, at| room.receive(text, on, at)),
            // Settles what is to be drawn.
            "draw" => self.draw(),
            // Draws one element of those that changed; an answer if there was one. One a step, so that a trap can be blamed on it.
            "next" => return self.next().then(String::new),
            // Time has passed.
            "wake" => {
                // It may come a moment early, when nothing is due yet: then it is asked for once more.
                self.woken.set(None);
                self.enter(&mut |room, at| room.wake(at));
            }
            "report wake" => self.told_reporter(&mut |reporter, now| reporter.wake(now)),
            // The attributes as JSON; the number: the line is open since before a trap.
            "configure" => self.configure(text, on),
            // The device key of this browser, when the token ends in milliseconds since 1970, the token: of another account or not.
            "identify other" => self.identify(text, number, more, true),
            "identify" => self.identify(text, number, more, false),
            // The line opened, closed; HTTP was answered, or not; something waits; the page gave no token; the machine woke.
            "opened" => self.line(Input::Opened),
            "closed" => self.line(Input::Closed),
            "posted" => self.line(Input::Posted(on)),
            "hurry" => self.line(Input::Hurry),
            "tokenless" => self.line(Input::Token(None)),
            "woken" => self.line(Input::Woken),
            // The room is wanted again, or not for now.
            "wanted" => self.line(if on { Input::Start } else { Input::Stop }),
            "hidden" => {
                self.enter(&mut |room, at| room.hide(on, at));
                self.told_reporter(&mut |reporter, now| reporter.front(!on, now));
            }
            // The room goes for good.
            "close" => self.told_reporter(&mut |reporter, now| reporter.close(now)),
            // Kept from before a trap: a request; and up to which rev nothing of an activity is taken.
            "take up" => self.enter(&mut |room, _| room.take_up(text)),
            "shun" => {
                if let Ok(activity) = ActivityId::parse(text) {
                    self.enter(&mut |room, _| room.shun(activity.clone(), whole(number)));
                }
            }
            // An element: its attributes as JSON with its kind; it is gone; in use; in the viewer's sight.
            "change" => self.change(element, more.unwrap_or_default(), text),
            "unmount" => self.unmount(element),
            "held" => self.enter(&mut |room, _| room.hold(element, !text.is_empty())),
            "sight" => {
                self.enter(&mut |room, _| room.sight(element, !text.is_empty()));
                self.look(element);
            }
            // A plain form acts in an element: the action as JSON.
            "act" => {
                if let Ok(action) = decode::action(text) {
                    self.act(element, &action);
                }
            }
            // What the page's cart did with a claim of an activity: an action as JSON. A trap may have come between.
            "act for" => {
                let action = decode::action(more.unwrap_or_default());
                if let (Ok(activity), Ok(action)) = (ActivityId::parse(text), action) {
                    self.act_for(&activity, &action);
                }
            }
            // The viewer's tier by the page's token; a code that was copied; what the page's shop knows of a product.
            "tier" => self.enter(&mut |room, _| room.tier(text)),
            "copied" => self.enter(&mut |room, _| room.copied(text)),
            "product" => {
                let product = decode::product(more.unwrap_or_default());
                self.enter(&mut |room, _| room.product(text, product.clone()));
            }
            // What is typed in an element, now that the viewer has paused; the page's answer to it, as JSON; nothing for none.
            "similar" => self.enter(&mut |room, _| room.similar(element, text)),
            "hint" => {
                let hint = decode::hint(text);
                self.enter(&mut |room, _| room.hint(element, hint.clone()));
            }
            // How alike two questions are, if they are likely the same.
            "alike" => return alike(text, more.unwrap_or_default()).map(|much| much.to_string()),
            // The page's answer to `live-act` by the request's name: accepted, with this viewer's part as JSON, or what it
            // attests to a server; or refused, with a reason and perhaps, in the next line, words.
            "accepts" | "refuses" => self.answered(text, what == "accepts", more),
            // How far the check of a draw has come: hundredths; at the end a word for what was found, and more in the next line.
            "checked" => {
                if let Ok(activity) = ActivityId::parse(text) {
                    let whole = u8::try_from(element).unwrap_or(u8::MAX);
                    self.enter(&mut |room, _| room.checked(&activity, whole, more));
                }
            }
            // The page's own report, its data as JSON; a sentence if it was not taken.
            "report" => {
                let data = more.unwrap_or_default();
                let mut told = Ok(());
                self.told_reporter(&mut |reporter, now| told = reporter.page(text, data, now));
                return told.err().map(|why| why.sentence().to_owned());
            }
            // The viewer shared the page, or came by a link that was shared: what, and its own fields as JSON.
            "room" => self.told_reporter(&mut |reporter, now| {
                reporter.room(text, more.unwrap_or_default(), now);
            }),
            // The shell failed at something.
            "failed" => self.told_reporter(&mut |reporter, now| reporter.error(text, now)),
            "status" => return Some(self.status()),
            _ => {}
        }
        None
    }

    fn identify(&self, device: &str, ends: f64, token: Option<&str>, other: bool) {
        let ends = ends.is_finite().then(|| whole(ends));
        let device = (!device.is_empty()).then(|| device.to_owned());
        let token = token.map(str::to_owned);
        self.enter(&mut |room, at| {
            room.device(device.clone(), at);
            room.token(token.clone(), ends, other, at);
        });
    }

    fn draw(&self) {
        let (stream, mut changed) = (self.port.stream(), Vec::new());
        self.enter(&mut |room, at| changed = room.draw(stream, at));
        let mut drawing = self.drawing.borrow_mut();
        // What is settled later about an element takes the place of what was settled before.
        drawing.retain(|(element, _)| changed.iter().all(|(other, _)| other != element));
        drawing.append(&mut changed);
    }

    fn next(self: &Rc<Self>) -> bool {
        let next = self.drawing.borrow_mut().pop();
        next.map(|(element, look)| self.show(element, look))
            .is_some()
    }

    fn change(&self, element: u32, name: &str, options: &str) {
        if let Some(widget) = widget(name) {
            self.enter(&mut |room, _| room.mount(element, widget, Options::read(options)));
        }
    }

    fn unmount(&self, element: u32) {
        self.told_reporter(&mut |reporter, now| reporter.look(element, None, now));
        self.enter(&mut |room, _| room.unmount(element));
        let mut trees = self.trees.borrow_mut();
        let place = trees.iter().position(|tree| tree.element == element);
        let tree = place.map(|place| trees.swap_remove(place));
        drop(trees);
        if let Some(Tree {
            root,
            app: Some(mut app),
            ..
        }) = tree
        {
            app.update(ViewProps::default());
            SPARE.with_borrow_mut(|spare| spare.push((root, app)));
        }
    }

    fn answered(&self, id: &str, accepted: bool, more: Option<&str>) {
        let Ok(id) = RequestId::parse(id) else {
            return;
        };
        if accepted {
            self.enter(&mut |room, at| room.page_accepts(&id, more, at));
        } else {
            let (reason, words) = match more.and_then(|more| more.split_once('\n')) {
                Some((reason, words)) => (reason, Some(words.to_owned())),
                None => (more.unwrap_or("unanswered"), None),
            };
            let reason = decode::reason(reason);
            self.enter(&mut |room, _| room.page_refuses(&id, reason, words.clone()));
        }
    }

    /// The room's part of `status` as JSON, with the consent that holds and how many reports wait for it.
    fn status(&self) -> String {
        let status = self.room.borrow_mut().status(at());
        let reporter = self.reporter.borrow();
        let consent = reporter.consent_holds().name();
        let held = reporter.held().to_string();
        let status = status.strip_suffix('}').unwrap_or_default();
        [
            status,
            r#","consent":""#,
            consent,
            r#"","held":"#,
            &held,
            "}",
        ]
        .concat()
    }
}
