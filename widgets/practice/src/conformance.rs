//! What every log promises, tried on both stores of this crate; for the browser tests only.

use crate::clock::Clock;
use crate::log::IndexedDbLog;
use crate::page::report_error;
use liveroom_rules::log::conformance::conformance as promises;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Tries the log in IndexedDB, which must hold none of the test's rooms, or the one in memory.
///
/// A promise that is broken is a panic; what it says is reported as the page's error.
#[wasm_bindgen]
pub async fn conformance(stored: bool) -> Result<(), JsError> {
    std::panic::set_hook(Box::new(|panic| {
        report_error(&JsError::new(&panic.to_string()).into());
    }));
    let clock = Rc::new(Clock::default());
    let log = if stored {
        IndexedDbLog::open(clock)
            .await
            .map_err(|refused| JsError::new(&refused.0))?
    } else {
        IndexedDbLog::in_memory(clock)
    };
    promises(&log).await;
    Ok(())
}
