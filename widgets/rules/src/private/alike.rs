//! Which questions of a room are likely the same: made from what lies beside the log, and no part of the fold.

use super::PrivateValue;
use crate::activity::{Activity, Body};
use crate::qna::Qna;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::limits::SIMILAR;
use liveroom_protocol::qna::similar::{Index, Sketch};
use liveroom_protocol::qna::{QuestionId, Standing};
use std::collections::HashMap;

/// By list of questions: what they hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alike(HashMap<ActivityId, List>);

/// Every question of a run in the order of asking, whatever became of it: who asks says which of them they may be told.
#[derive(Clone, Debug, Default)]
struct List {
    run: u32,
    index: Index,
    /// What those that waited when they were learnt are like.
    waiting: HashMap<QuestionId, Vec<QuestionId>>,
}

impl Alike {
    pub(super) fn learn(
        &mut self,
        activities: &[Activity],
        values: &HashMap<String, PrivateValue>,
        mut most: usize,
    ) {
        for activity in activities {
            let Body::Qna(qna) = &activity.body else {
                continue;
            };
            let known = self.0.entry(activity.id.clone()).or_default();
            if known.run != activity.run {
                *known = List {
                    run: activity.run,
                    ..List::default()
                };
            }
            while most > 0 && known.index.len() < qna.asked_in_all() as usize {
                most -= 1;
                known.next(qna, values);
            }
        }
    }

    /// Those likely the same as what is typed that may be told, the most alike first.
    pub(crate) fn like(
        &self,
        activity: &Activity,
        typed: &str,
        may_tell: impl Fn(QuestionId) -> bool,
    ) -> Vec<QuestionId> {
        let known = self.0.get(&activity.id);
        let Some(known) = known.filter(|known| known.run == activity.run) else {
            return Vec::new();
        };
        known.like(&Sketch::new(typed), |place| may_tell(number(place)))
    }

    /// Forgets the words of a question: it is like no other any more.
    pub(crate) fn forget(&mut self, activity: &Activity, id: QuestionId) {
        let known = self.0.get_mut(&activity.id);
        if let Some(known) = known.filter(|known| known.run == activity.run) {
            known.index.forget(id as usize - 1);
            known.waiting.remove(&id);
        }
    }

    /// What a question that waits is like.
    pub(crate) fn waiting(&self, activity: &ActivityId, run: u32, id: QuestionId) -> &[QuestionId] {
        let known = self.0.get(activity).filter(|known| known.run == run);
        let like = known.and_then(|known| known.waiting.get(&id));
        like.map_or(&[], Vec::as_slice)
    }
}

impl List {
    fn next(&mut self, qna: &Qna, values: &HashMap<String, PrivateValue>) {
        let id = number(self.index.len());
        // Words that are missing are like no others.
        let mut sketch = Sketch::default();
        if let Ok(asked) = qna.question(id) {
            if let Some(words) = values.get(&asked.hidden.key) {
                sketch = Sketch::new(&words.value);
            }
            if asked.standing == Standing::Waiting {
                let stands = |place| {
                    let other = qna.question(number(place));
                    other.is_ok_and(|other| {
                        other.merged_into.is_none() && other.standing != Standing::Dismissed
                    })
                };
                let like = self.like(&sketch, stands);
                if !like.is_empty() {
                    self.waiting.insert(id, like);
                }
            }
        }
        self.index.add(sketch);
    }

    fn like(&self, typed: &Sketch, fits: impl Fn(usize) -> bool) -> Vec<QuestionId> {
        let found = self.index.similar(typed, fits, SIMILAR);
        found.into_iter().map(|(place, _)| number(place)).collect()
    }
}

/// The number of the question in a place of the index.
fn number(place: usize) -> QuestionId {
    QuestionId::try_from(place + 1).unwrap_or(QuestionId::MAX)
}
