//! Three runs of show to begin with.

use liveroom_protocol::run::{Cue, Run};

/// Their names and texts.
const ALL: [(&str, &str); 3] = [
    ("Product launch", include_str!("examples/launch.json")),
    ("Weekly sale", include_str!("examples/sale.json")),
    ("Ask me anything", include_str!("examples/ama.json")),
];

/// What they are called.
pub(crate) fn names() -> [&'static str; 3] {
    ALL.map(|(name, _)| name)
}

/// The cues of one of them.
pub(crate) fn cues(place: usize) -> Vec<Cue> {
    let text = ALL.get(place).map_or("", |(_, text)| text);
    serde_json::from_str(text).map_or_else(|_| Vec::new(), |run: Run| run.cues)
}
