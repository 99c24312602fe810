//! Who waits for an answer: callers by request, told only by what the log gave back.

use liveroom_protocol::id::{ActivityId, RequestId};
use liveroom_protocol::message::Answer;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::Who;
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

/// All callers; those who asked with the same id are told in the order in which they asked.
#[derive(Default)]
pub(super) struct Pending {
    callers: HashMap<(Who, RequestId), VecDeque<Caller>>,
    count: usize,
}

impl Pending {
    pub(super) fn wait(&mut self, who: Who, id: RequestId, caller: Caller) {
        self.callers.entry((who, id)).or_default().push_back(caller);
        self.count += 1;
    }

    /// The caller whose request the log has just given back.
    pub(super) fn take(&mut self, who: Who, id: &RequestId) -> Option<Caller> {
        let key = (who, id.clone());
        let waiting = self.callers.get_mut(&key)?;
        let caller = waiting.pop_front();
        if waiting.is_empty() {
            self.callers.remove(&key);
        }
        self.count -= usize::from(caller.is_some());
        caller
    }

    /// Everybody, with the request's id.
    pub(super) fn take_all(&mut self) -> Vec<(RequestId, Caller)> {
        self.count = 0;
        let all = std::mem::take(&mut self.callers).into_iter();
        all.flat_map(|((_, id), callers)| {
            callers.into_iter().map(move |caller| (id.clone(), caller))
        })
        .collect()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }
}
