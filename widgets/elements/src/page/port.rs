//! What the module asks of the shell (`js/port.js`), and of the browser.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The page's steady clock.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    pub(super) fn steady() -> f64;

    /// The shell's side of one room. Of these only `act`, `outcome`, `tell` and `stream` may run the page's own code.
    pub type Port;

    #[wasm_bindgen(method)]
    pub(super) fn id(this: &Port) -> String;
    #[wasm_bindgen(method)]
    pub(super) fn device(this: &Port) -> Option<String>;
    #[wasm_bindgen(method, js_name = keepDevice)]
    pub(super) fn keep_device(this: &Port, device: &str);
    #[wasm_bindgen(method)]
    pub(super) fn stream(this: &Port) -> f64;

    #[wasm_bindgen(method, js_name = askToken)]
    pub(super) fn ask_token(this: &Port);
    #[wasm_bindgen(method)]
    pub(super) fn open(this: &Port, address: &str);
    #[wasm_bindgen(method, js_name = hangUp)]
    pub(super) fn hang_up(this: &Port);
    #[wasm_bindgen(method)]
    pub(super) fn send(this: &Port, text: &str);
    #[wasm_bindgen(method)]
    pub(super) fn post(this: &Port, address: &str, body: &str);

    #[wasm_bindgen(method)]
    pub(super) fn keep(this: &Port, activity: &str, part: &str, rev: f64);
    #[wasm_bindgen(method)]
    pub(super) fn forget(this: &Port, activity: &str);
    #[wasm_bindgen(method)]
    pub(super) fn hold(this: &Port, id: &str, text: &str);
    #[wasm_bindgen(method)]
    pub(super) fn release(this: &Port, id: &str);
    #[wasm_bindgen(method)]
    pub(super) fn answered(this: &Port, id: &str);

    #[wasm_bindgen(method)]
    pub(super) fn act(this: &Port, element: u32, id: &str, detail: &str) -> u8;
    #[wasm_bindgen(method)]
    pub(super) fn outcome(this: &Port, element: u32, detail: &str) -> bool;
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Port, element: u32, event: &str, detail: &str);
    #[wasm_bindgen(method)]
    pub(super) fn error(this: &Port, code: &str, message: &str);

    #[wasm_bindgen(method)]
    pub(super) fn say(this: &Port, line: &str);
    #[wasm_bindgen(method)]
    pub(super) fn dock(this: &Port, list: &str);
    #[wasm_bindgen(method)]
    pub(super) fn shows(this: &Port, element: u32, activity: &str) -> bool;
    #[wasm_bindgen(method)]
    pub(super) fn frame(this: &Port);
    #[wasm_bindgen(method)]
    pub(super) fn wake(this: &Port, ms: f64);

    /// `Intl` in the room's language (`js/format.js`).
    pub type Intl;

    #[wasm_bindgen(method)]
    pub(super) fn number(this: &Intl, value: u32) -> String;
    #[wasm_bindgen(method)]
    pub(super) fn percent(this: &Intl, whole: u8) -> String;
    #[wasm_bindgen(method)]
    pub(super) fn clock(this: &Intl, at: f64) -> String;
    #[wasm_bindgen(method)]
    pub(super) fn plural(this: &Intl, value: u32) -> u8;
    #[wasm_bindgen(method)]
    pub(super) fn tenths(this: &Intl, value: u32) -> String;
    #[wasm_bindgen(method)]
    pub(super) fn digits(this: &Intl, seconds: u32) -> String;
}
