//! The port over the shell's `Reports` (`js/reports.js`), and the export by which the shell asks the policy.

use super::port::{Composed, Port};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The shell's `Reports`, one a room.
    pub type Reports;

    #[wasm_bindgen(method)]
    fn report(
        this: &Reports,
        endpoint: Option<&str>,
        source: &str,
        envelope: &str,
        data: &str,
        soon: bool,
        once: Option<&str>,
    );
    #[wasm_bindgen(method)]
    fn once(this: &Reports, key: &str) -> bool;
    #[wasm_bindgen(method)]
    fn id(this: &Reports) -> String;
    #[wasm_bindgen(method)]
    fn wake(this: &Reports, ms: f64);
    #[wasm_bindgen(method)]
    fn consent(this: &Reports, holds: &str, endpoint: Option<&str>, source: &str);
}

impl Port for Reports {
    fn report(&self, report: &Composed) {
        let Composed {
            endpoint,
            source,
            envelope,
            data,
            soon,
            once,
        } = report;
        let (endpoint, once) = (endpoint.as_deref(), once.as_deref());
        Self::report(self, endpoint, source, envelope, data, *soon, once);
    }

    fn once(&self, key: &str) -> bool {
        Self::once(self, key)
    }

    fn id(&self) -> String {
        Self::id(self)
    }

    fn wake(&self, ms: u64) {
        #[allow(clippy::cast_precision_loss, reason = "at most a minute")]
        Self::wake(self, ms as f64);
    }

    fn consent(&self, holds: &str, endpoint: Option<&str>, source: &str) {
        Self::consent(self, holds, endpoint, source);
    }
}

/// Answers the shell's questions to the policy, see `decide.rs`.
#[wasm_bindgen]
pub fn report_decide(kind: &str, numbers: &[f64], text: &str) -> String {
    super::decide(kind, numbers, text)
}
