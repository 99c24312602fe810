//! The gallery page's way to every state of every widget: by name, drawn by the component that viewers get.

use liveroom::gallery::{Exhibit, ExhibitProps, State, states};
use liveroom::{Format, Scene, Words};
use liveroom_protocol::time::Timestamp;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::Element;
use yew::AppHandle;

#[wasm_bindgen]
extern "C" {
    /// How a language writes numbers and times; the page has its `Intl`.
    #[derive(Clone, Debug)]
    pub type Language;

    /// A whole number.
    #[wasm_bindgen(method)]
    pub fn number(this: &Language, value: u32) -> String;

    /// An amount, in a currency.
    #[wasm_bindgen(method)]
    pub fn money(this: &Language, amount: &str, currency: &str) -> String;

    /// A whole share of 0 to 100.
    #[wasm_bindgen(method)]
    pub fn percent(this: &Language, whole: u8) -> String;

    /// A time of day, of milliseconds since 1970.
    #[wasm_bindgen(method)]
    pub fn clock(this: &Language, at: f64) -> String;

    /// The plural category of a number.
    #[wasm_bindgen(method)]
    pub fn plural(this: &Language, value: u32) -> String;
}

impl Format for Language {
    fn number(&self, value: u32) -> String {
        Self::number(self, value)
    }

    fn percent(&self, whole: u8) -> String {
        Self::percent(self, whole)
    }

    fn money(&self, amount: &str, currency: &str) -> String {
        Self::money(self, amount, currency)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 fit for 285,000 years"
    )]
    fn clock(&self, at: Timestamp) -> String {
        Self::clock(self, at.0 as f64)
    }

    fn plural(&self, value: u32) -> &'static str {
        let category = Self::plural(self, value);
        let known = ["zero", "one", "two", "few", "many"];
        known
            .into_iter()
            .find(|known| *known == category)
            .unwrap_or("other")
    }
}

/// Returns the names of all states, in the order of a widget's life.
#[wasm_bindgen]
pub fn gallery_names() -> Vec<String> {
    states().iter().map(|state| state.name.to_owned()).collect()
}

/// Returns a state as `<live-room>.receive()` takes it; of the surroundings it holds the clock alone.
#[wasm_bindgen]
pub fn gallery_message(name: &str) -> Option<String> {
    find(name).map(|state| state.message())
}

/// Returns the style sheet of the widgets alone.
#[wasm_bindgen]
pub fn gallery_styles() -> String {
    crate::sheet::WIDGETS.concat()
}

/// A state as it is shown. Freed, it is gone.
#[wasm_bindgen]
pub struct Shown {
    app: Option<AppHandle<Exhibit>>,
}

#[wasm_bindgen]
impl Shown {
    /// Draws a state in an element, in a language: its messages as JSON, and how it writes numbers. Nothing, if there is no such state.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element, name: &str, words: &str, language: Language) -> Self {
        let draw = |state: State| {
            let words = Words::from_json(words).unwrap_or_default();
            let scene = Scene {
                words: Rc::new(words),
                format: Rc::new(language),
                ..state.scene.clone()
            };
            let props = ExhibitProps {
                state: Rc::new(state),
                scene: Rc::new(scene),
            };
            yew::Renderer::<Exhibit>::with_root_and_props(root, props).render()
        };
        Self {
            app: find(name).map(draw),
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

fn find(name: &str) -> Option<State> {
    states().into_iter().find(|state| state.name == name)
}
