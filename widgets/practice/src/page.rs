//! What a practice room takes from the page it is in: the time, chance, a timer, and a place for a page's own errors.

use js_sys::{Function, Promise};
use liveroom_protocol::time::{Span, Timestamp};
use std::cell::Cell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(then: &Closure<dyn FnMut()>, ms: i32) -> JsValue;
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout_once(then: &Function, ms: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn get_random_values(bytes: &mut [u8]);
    /// Reports an exception of the page's own code as the browser would have.
    #[wasm_bindgen(js_name = reportError)]
    pub(crate) fn report_error(error: &JsValue);
}

/// The longest that one timer waits; browsers count in 31 bits.
const LONGEST: Span = Span(3_600_000);

/// What the device's clock says.
pub(crate) fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as u64)
}

/// Waits so long.
pub(crate) async fn pause(span: Span) {
    let ms = i32::try_from(span.0).unwrap_or(i32::MAX);
    let pause = Promise::new(&mut |resolve, _| drop(set_timeout_once(&resolve, ms)));
    // It is never rejected.
    let _ = pause.await;
}

/// Bytes that nobody can guess.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    get_random_values(&mut bytes);
    bytes
}

/// Random bytes as hexadecimal digits.
pub(crate) fn random_name() -> String {
    format!("{:032x}", u128::from_be_bytes(random()))
}

/// One timer, set anew as often as need be, and gone with its owner.
pub(crate) struct Timer {
    then: Closure<dyn FnMut()>,
    set: Cell<Option<JsValue>>,
}

impl Timer {
    /// A timer that is not set yet.
    pub(crate) fn new(then: impl FnMut() + 'static) -> Self {
        Self {
            then: Closure::new(then),
            set: Cell::new(None),
        }
    }

    /// Fires once, so much later or somewhat earlier if that is long, and not when it was set to before.
    pub(crate) fn set(&self, after: Option<Span>) {
        if let Some(timer) = self.set.take() {
            clear_timeout(&timer);
        }
        if let Some(after) = after {
            let ms = i32::try_from(after.min(LONGEST).0).unwrap_or(i32::MAX);
            self.set.set(Some(set_timeout(&self.then, ms)));
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.set(None);
    }
}
