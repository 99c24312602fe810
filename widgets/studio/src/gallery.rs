//! The states that the gallery page shows side by side.

use wasm_bindgen::prelude::*;

/// Returns every state of every widget as JSON.
#[wasm_bindgen]
pub fn gallery_states() -> String {
    String::new()
}
