//! How long each viewer was seen: facts of coming and going in the log, and the sums that follow from them.
//!
//! Only the server that holds the connections knows them. It writes two facts a visit, and only in rooms where a condition asks for it.

use crate::activity::Body;
use crate::pseudonym::Pseudonym;
use crate::record::Watch;
use crate::room::Room;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::Condition;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::time::{Span, Timestamp};
use std::collections::HashMap;

/// The visits of a room's viewers, as far as its log has them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visits(HashMap<Pseudonym, Visit>);

#[derive(Clone, Copy, Debug, Default)]
struct Visit {
    /// What is over.
    seen: Span,
    /// Since when they are here.
    since: Option<Timestamp>,
}

impl Visits {
    /// Takes a fact. What is known already, coming twice say, changes nothing.
    pub(crate) fn take(&mut self, who: Pseudonym, watch: Watch, at: Timestamp) {
        let visit = self.0.entry(who).or_default();
        match (watch, visit.since) {
            (Watch::Came { before_ms }, None) => {
                visit.seen.0 = visit.seen.0.saturating_add(before_ms.0);
                visit.since = Some(at);
            }
            (Watch::Went, Some(since)) => {
                visit.seen.0 = visit.seen.0.saturating_add(at.since(since).0);
                visit.since = None;
            }
            (Watch::Came { .. }, Some(_)) | (Watch::Went, None) => {}
        }
    }

    /// The server that saw them has stopped: all of them went, at the latest when it wrote its last record.
    pub(crate) fn end(&mut self, last: Timestamp) {
        for visit in self.0.values_mut() {
            if let Some(since) = visit.since.take() {
                visit.seen.0 = visit.seen.0.saturating_add(last.since(since).0);
            }
        }
    }

    /// A viewer signed in: how long their browser watched before is theirs.
    pub(crate) fn sign_in(&mut self, device: Pseudonym, account: Pseudonym, at: Timestamp) {
        let seen = self.watched(device, at);
        if self.0.remove(&device).is_some() {
            let visit = self.0.entry(account).or_default();
            visit.seen.0 = visit.seen.0.saturating_add(seen.0);
        }
    }

    /// Whether a viewer is here, as far as the log has it.
    fn is_here(&self, who: Pseudonym) -> bool {
        self.0.get(&who).is_some_and(|visit| visit.since.is_some())
    }

    fn watched(&self, who: Pseudonym, now: Timestamp) -> Span {
        let visit = self.0.get(&who).copied().unwrap_or_default();
        let here = visit.since.map_or(0, |since| now.since(since).0);
        Span(visit.seen.0.saturating_add(here))
    }
}

impl Room {
    /// Whether some activity that has not closed asks how long viewers have watched.
    pub fn asks_for_watching(&self) -> bool {
        self.activities()
            .iter()
            .any(|activity| activity.phase != Phase::Closed && asks(&activity.body))
    }

    /// Whether this activity asks how long viewers have watched.
    pub fn asks_in(&self, activity: &ActivityId) -> bool {
        self.activity(activity)
            .is_some_and(|activity| asks(&activity.body))
    }

    /// Whether the log has a viewer as being here.
    pub fn has_here(&self, who: Pseudonym) -> bool {
        self.visits.is_here(who)
    }

    /// Whether the log has anybody as being here: after a stop nobody is.
    pub fn has_anybody(&self) -> bool {
        self.visits.0.values().any(|visit| visit.since.is_some())
    }

    /// How long a viewer was here by now, as far as the log has it.
    pub fn watched(&self, who: Pseudonym, now: Timestamp) -> Span {
        self.visits.watched(who, now)
    }
}

fn asks(body: &Body) -> bool {
    match body {
        Body::Lottery(lottery) => {
            let mut conditions = lottery.draft.conditions.iter();
            conditions.any(|condition| matches!(condition, Condition::Watched { .. }))
        }
        Body::Poll(_) | Body::Qna(_) | Body::Deal(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Pseudonym = Pseudonym(1);

    #[test]
    fn visits_add_up_and_nothing_counts_twice() {
        let mut visits = Visits::default();
        let came = |before| Watch::Came {
            before_ms: Span(before),
        };
        visits.take(ANN, Watch::Went, Timestamp(5));
        visits.take(ANN, came(100), Timestamp(1_000));
        visits.take(ANN, came(9_000), Timestamp(1_500));
        assert!(visits.is_here(ANN));
        assert_eq!(visits.watched(ANN, Timestamp(3_000)), Span(2_100));
        visits.take(ANN, Watch::Went, Timestamp(4_000));
        visits.take(ANN, Watch::Went, Timestamp(9_000));
        assert_eq!(visits.watched(ANN, Timestamp(99_000)), Span(3_100));
        visits.take(ANN, came(0), Timestamp(10_000));
        visits.end(Timestamp(10_500));
        assert!(!visits.is_here(ANN));
        assert_eq!(visits.watched(ANN, Timestamp(99_000)), Span(3_600));
        assert_eq!(visits.watched(Pseudonym(2), Timestamp(99_000)), Span(0));
    }
}
