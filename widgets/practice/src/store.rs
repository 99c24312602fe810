//! The typed border to the two stores in JavaScript: IndexedDB, and memory where that is refused.

use js_sys::{Array, Error, Promise, Uint8Array};
use liveroom_rules::log::Unavailable;
use wasm_bindgen::prelude::*;

/// Called inside a transaction with what to write with, and the position and the time of the last record there is.
pub(crate) type Make = Closure<dyn FnMut(Writer, f64, f64)>;

#[wasm_bindgen(module = "/js/log.js")]
extern "C" {
    #[wasm_bindgen(js_name = openStore)]
    fn open_store() -> Promise;
}

#[wasm_bindgen(module = "/js/memory.js")]
extern "C" {
    #[wasm_bindgen(js_name = memoryStore)]
    pub(crate) fn memory_store() -> Store;
}

#[wasm_bindgen]
extern "C" {
    /// A store of rooms.
    pub(crate) type Store;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn durable(this: &Store) -> bool;
    #[wasm_bindgen(method)]
    pub(crate) fn grown(this: &Store) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn read(this: &Store, room: &str, after: f64, limit: u32) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn values(this: &Store, room: &str) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn append(this: &Store, room: &str, make: &Make) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn found(this: &Store, room: &str, key: Uint8Array, make: &Make) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn forget(this: &Store, room: &str, places: Array, folded: f64) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn seal(this: &Store, room: &str) -> Promise;
    #[wasm_bindgen(method)]
    pub(crate) fn close(this: &Store);

    /// What a transaction adds.
    pub(crate) type Writer;

    #[wasm_bindgen(method)]
    pub(crate) fn record(this: &Writer, position: f64, at: f64, body: &str, sum: u32);
    #[wasm_bindgen(method)]
    pub(crate) fn hide(this: &Writer, key: &str, owner: Option<String>, value: &str);

    /// A record as it is stored.
    pub(crate) type Row;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn position(this: &Row) -> f64;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn at(this: &Row) -> f64;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn body(this: &Row) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn sum(this: &Row) -> f64;

    /// A private value as it is stored.
    pub(crate) type Value;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn key(this: &Value) -> String;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn owner(this: &Value) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn value(this: &Value) -> String;
}

/// Opens the browser's store.
pub(crate) async fn opened() -> Result<Store, Unavailable> {
    done(open_store()).await.map(JsCast::unchecked_into)
}

/// Waits for what a store does; it fails with the name of the browser's error.
pub(crate) async fn done(promise: Promise) -> Result<JsValue, Unavailable> {
    promise.await.map_err(|error| {
        let name = error
            .dyn_ref::<Error>()
            .map(|error| String::from(error.name()));
        Unavailable(name.unwrap_or_else(|| "the storage failed".to_owned()))
    })
}
