//! What a benchmark prints: one JSON object a line, for programs to read.

use serde::Serialize;

/// One figure of one benchmark.
#[derive(Clone, Debug, Serialize)]
pub struct Figure<'a> {
    /// The benchmark's name.
    pub bench: &'a str,
    /// Whose figure it is: `liveroom`, or the peer it is measured against.
    pub who: &'a str,
    /// What was measured.
    pub figure: &'a str,
    /// The number.
    pub value: f64,
    /// Of what.
    pub unit: &'a str,
}

impl Figure<'_> {
    /// Prints it on standard output, with three decimals at most.
    pub fn print(mut self) {
        self.value = (self.value * 1_000.0).round() / 1_000.0;
        println!(
            "{}",
            serde_json::to_string(&self).expect("a figure is JSON")
        );
    }
}
