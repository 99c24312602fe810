//! Who waits for an answer: callers by request, told only by what the log gave back.

use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::message::Answer;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::Entry;
use std::collections::{HashMap, VecDeque};
use std::time::Instant;
use tokio::sync::oneshot;

/// An answer, and what the connection that asked must know besides.
#[derive(Clone, Debug)]
pub struct Answered {
    /// What the viewer or the desk is told.
    pub answer: Answer,
    /// For an action: in which activity the viewer now takes part, or no more.
    pub acted: Option<(ActivityId, bool)>,
}

/// One caller.
pub(super) struct Caller {
    pub(super) done: oneshot::Sender<Answered>,
    pub(super) since: Instant,
    /// The connection that asked, which is not sent its own news twice.
    pub(super) line: Option<u64>,
    /// The viewer and the activity of an action.
    pub(super) act: Option<(Pseudonym, ActivityId)>,
}

impl Caller {
    /// A caller who begins to wait.
    pub(super) fn new(done: oneshot::Sender<Answered>) -> Self {
        Self {
            done,
            since: Instant::now(),
            line: None,
            act: None,
        }
    }
}

/// All callers, each by the very record that it waits for: an id alone may come twice, from two connections of one viewer,
/// or late, out of an append that was given up. Those who wait for the same are told in the order in which they asked.
#[derive(Default)]
pub(super) struct Pending {
    callers: HashMap<String, VecDeque<(RequestId, Caller)>>,
    count: usize,
    /// How many of those who wait have their words in a place beside the log.
    places: HashMap<String, usize>,
}

impl Pending {
    pub(super) fn wait(&mut self, entry: &Entry, caller: Caller) {
        let waiting = self.callers.entry(entry.to_json()).or_default();
        waiting.push_back((entry.id.clone(), caller));
        self.count += 1;
        if let Some(hidden) = entry.what.hidden() {
            *self.places.entry(hidden.key.clone()).or_default() += 1;
        }
    }

    /// The caller whose request the log has just given back.
    pub(super) fn take(&mut self, entry: &Entry) -> Option<Caller> {
        if self.count == 0 {
            return None;
        }
        let key = entry.to_json();
        let waiting = self.callers.get_mut(&key)?;
        let (_, caller) = waiting.pop_front()?;
        if waiting.is_empty() {
            self.callers.remove(&key);
        }
        self.count -= 1;
        if let Some(hidden) = entry.what.hidden()
            && let Some(count) = self.places.get_mut(&hidden.key)
        {
            *count -= 1;
            if *count == 0 {
                self.places.remove(&hidden.key);
            }
        }
        Some(caller)
    }

    /// Everybody, with the request's id.
    pub(super) fn take_all(&mut self) -> Vec<(RequestId, Caller)> {
        self.count = 0;
        self.places.clear();
        let all = std::mem::take(&mut self.callers);
        all.into_values().flatten().collect()
    }

    /// Whether somebody waits for a request whose words lie in this place.
    pub(super) fn names(&self, place: &str) -> bool {
        self.places.contains_key(place)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }
}
