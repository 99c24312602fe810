//! What the module asks of the shell (`js/port.js`), and of the browser.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The page's steady clock.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(super) fn steady() -> f64;

    /// The shell's side of one room.
    pub type Port;

    /// All that is asked of it, by name, since each name of its own would be one more in module and glue.
    /// Of these only `act`, `outcome`, `tell` and `stream` may run the page's own code.
    #[wasm_bindgen(method)]
    pub(super) fn ask(
        this: &Port,
        what: &str,
        text: &str,
        number: f64,
        more: Option<&str>,
    ) -> Option<String>;

    /// `Intl` in the room's language (`js/format.js`).
    pub type Intl;

    #[wasm_bindgen(method)]
    pub(super) fn write(this: &Intl, what: &str, value: f64) -> String;

    #[wasm_bindgen(method)]
    pub(super) fn money(this: &Intl, amount: &str, currency: &str) -> String;
}

impl Port {
    /// Asks for what has one text.
    pub(super) fn do_with(&self, what: &str, text: &str) {
        self.ask(what, text, 0.0, None);
    }

    /// Programme time as the page's `streamClock` has it; NaN for none.
    pub(super) fn stream(&self) -> f64 {
        let given = self.ask("stream", "", 0.0, None);
        let whole = given.and_then(|text| text.parse::<u64>().ok());
        #[allow(clippy::cast_precision_loss, reason = "a date as JavaScript has it")]
        whole.map_or(f64::NAN, |ms| ms as f64)
    }
}
