//! The border with JavaScript: a handful of calls in, three calls out, strings and numbers only.

use crate::desk::{self, DeskProps, Left, Msg, Wish};
use crate::forget::FORGOTTEN;
use crate::keys;
use crate::plan::Change;
use crate::sheet;
use crate::team::{AUDIT, TEAM};
use liveroom_protocol::alert;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::time::Timestamp;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

#[wasm_bindgen]
extern "C" {
    /// What the page does for a desk.
    #[derive(Clone, Debug, PartialEq)]
    pub type Port;

    /// Gives the room a command as JSON; its answer comes back under the number.
    #[wasm_bindgen(method)]
    pub fn order(this: &Port, number: u32, command: &str);

    /// What time it is in the room, in milliseconds since 1970.
    #[wasm_bindgen(method)]
    pub fn now(this: &Port) -> f64;

    /// Asks the room for something that is no order, as JSON.
    #[wasm_bindgen(method)]
    pub fn ask(this: &Port, message: &str);

    /// Asks the page's answerer for a draft; it comes back under the activity's name and the question's number, if there is one.
    #[wasm_bindgen(method)]
    pub fn draft(this: &Port, activity: &str, number: u32, question: &str);

    /// Keeps what is typed and not saved, so that a reload loses nothing.
    #[wasm_bindgen(method)]
    pub fn keep(this: &Port, left: &str);

    /// Gives the focus to what has this name in the desk.
    #[wasm_bindgen(method)]
    pub fn focus(this: &Port, id: &str);

    /// Asks the room for its run of show, tells it one, or asks what it would refuse of one; the answer comes back as status and text.
    #[wasm_bindgen(method)]
    pub fn run(this: &Port, method: &str, version: &str, body: &str);

    /// Makes the make-believe audience of a practice room so many.
    #[wasm_bindgen(method)]
    pub fn audience(this: &Port, count: u32);

    /// The address of the desk of the room's server, which reads what stands behind `#`.
    #[wasm_bindgen(method)]
    pub fn studio(this: &Port) -> String;

    /// Saves a text as a file of that name.
    #[wasm_bindgen(method)]
    pub fn file(this: &Port, name: &str, text: &str);

    /// Asks the room's server for a path under the room, or a practice room the question; the answer comes back with the question.
    #[wasm_bindgen(method)]
    pub fn look(this: &Port, path: &str, question: &str);

    /// Saves what the room's server has at a path under the room as a file of that name; a failure comes back with the question.
    #[wasm_bindgen(method)]
    pub fn save(this: &Port, path: &str, name: &str, question: &str);
}

impl Port {
    /// The room's clock at this moment: the line says it only twice a second, and hardly ever to a tab that nobody sees.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole milliseconds since 1970, of which none are negative"
    )]
    pub(crate) fn instant(&self) -> Timestamp {
        Timestamp(self.now() as u64)
    }
}

/// A desk in the page. Freed, it is gone.
#[wasm_bindgen]
pub struct Desk {
    app: Option<AppHandle<desk::Desk>>,
}

#[wasm_bindgen]
impl Desk {
    /// Draws a desk in an element. `kept` is what the one before it left, or anything else.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element, port: Port, kept: &str) -> Self {
        let left = serde_json::from_str::<Left>(kept).unwrap_or_default();
        let props = DeskProps { port, left };
        let app = yew::Renderer::<desk::Desk>::with_root_and_props(root, props).render();
        Self { app: Some(app) }
    }

    /// Takes a message of the room as text; what cannot be read is nothing.
    pub fn hear(&self, text: &str) {
        if let Ok(message) = serde_json::from_str(text) {
            self.tell(Msg::Heard(Box::new(message)));
        }
    }

    /// Takes the state of the line as JSON: `state`, `since`, `now`, `practice`.
    pub fn line(&self, text: &str) {
        if let Ok(line) = serde_json::from_str(text) {
            self.tell(Msg::Line(line));
        }
    }

    /// Takes the room's answer to an order as JSON.
    pub fn answered(&self, number: u32, text: &str) {
        match serde_json::from_str(text) {
            Ok(answer) => self.tell(Msg::Answered(number, Box::new(answer))),
            Err(_) => self.tell(Msg::Failed(
                number,
                "The answer could not be read: reload the desk.".into(),
            )),
        }
    }

    /// Takes note that an order did not leave, and why.
    pub fn failed(&self, number: u32, sentence: String) {
        self.tell(Msg::Failed(number, sentence));
    }

    /// Takes what the room's server answered to a question, or a sentence that says why there is no answer.
    pub fn looked(&self, question: &str, answer: &str, failure: Option<String>) {
        match question {
            TEAM => return self.tell(Msg::Team(read(answer, failure, LIST))),
            AUDIT => return self.tell(Msg::Audit(read(answer, failure, LIST))),
            FORGOTTEN => return self.tell(Msg::Forgotten(read(answer, failure, LIST))),
            _ => {}
        }
        if let Ok(question) = serde_json::from_str(question) {
            let answer = read(answer, failure, "The answer");
            self.tell(Msg::Looked(question, Box::new(answer)));
        }
    }

    /// Takes what there is to be told of the room as JSON; nothing if the room's server did not say.
    pub fn alerts(&self, text: &str) {
        let told = serde_json::from_str::<alert::Alerts>(text);
        self.tell(Msg::Alerts(told.ok().map(|told| told.alerts)));
    }

    /// Takes a draft of an answer that the page's answerer made.
    pub fn drafted(&self, activity: &str, number: u32, text: String) {
        if let Ok(activity) = ActivityId::parse(activity) {
            self.tell(Msg::Drafted((activity, number), text));
        }
    }

    /// Takes the room's answer about the run of show.
    pub fn ran(&self, status: u16, text: String) {
        self.tell(Msg::Ran(status, text));
    }

    /// Takes what was dragged in the run of show from one place to another.
    pub fn moved(&self, from: u32, to: u32) {
        let change = Change::Move(from as usize, to as usize);
        self.tell(Msg::Wish(Wish::Change(change)));
    }

    /// Takes a file: a `run` of show, or a table of `deals`; without a text it was too large to be read.
    pub fn file(&self, kind: &str, text: Option<String>) {
        let kind = if kind == "run" { "run" } else { "deals" };
        self.tell(Msg::Wish(match text {
            Some(text) => Wish::Bring(kind, text),
            None => Wish::TooLarge(kind),
        }));
    }

    /// Takes a key by its name; says whether it leads anywhere.
    pub fn key(&self, name: &str) -> bool {
        let key = keys::read(name);
        if let Some(key) = key {
            self.tell(Msg::Key(key));
        }
        key.is_some()
    }

    fn tell(&self, msg: Msg) {
        if let Some(app) = &self.app {
            app.send_message(msg);
        }
    }
}

/// What a list is called that could not be read.
const LIST: &str = "The list";

/// An answer of the room's server, or a sentence that says why there is none.
fn read<T: serde::de::DeserializeOwned>(
    answer: &str,
    failure: Option<String>,
    what: &str,
) -> Result<T, String> {
    match failure {
        Some(sentence) => Err(sentence),
        None => serde_json::from_str(answer)
            .map_err(|_| format!("{what} could not be read: reload the desk.")),
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

/// Returns the desk's style sheet.
#[wasm_bindgen]
pub fn styles() -> String {
    sheet::all()
}

/// Calls `heard` at once: in its stack it then finds what the browser calls this module.
#[wasm_bindgen]
pub fn overhear(heard: &js_sys::Function) {
    // Nothing is lost if it throws: traps are then known by the file's name.
    let _ = heard.call0(&JsValue::UNDEFINED);
}
