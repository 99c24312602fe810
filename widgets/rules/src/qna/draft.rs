//! What a draft must be to become a list of questions.

use super::Qna;
use crate::activity::{Activity, Body, bounded};
use crate::deal::labels;
use crate::record::Position;
use liveroom_protocol::identity::Level;
use liveroom_protocol::limits::LABELS;
use liveroom_protocol::qna::Draft;
use liveroom_protocol::time::Timestamp;
use liveroom_protocol::{Reason, Refusal};
use std::collections::{BTreeSet, HashMap, VecDeque};

/// The longest time between two questions of one viewer: an hour.
const EVERY_MS: u64 = 3_600_000;
/// The most questions of one viewer.
const MOST: u32 = 100;

/// Makes an activity out of a draft, not open yet; or says what is wrong with the draft.
pub(crate) fn prepare(
    draft: &Draft,
    position: Position,
    at: Timestamp,
    room_level: Level,
) -> Result<Activity, Refusal> {
    let Some(id) = draft.activity.clone() else {
        return malformed("an activity has no name");
    };
    if !(1..=MOST).contains(&draft.most) || draft.every_ms.0 > EVERY_MS {
        return malformed("most is 1 to 100, every_ms at most 3600000");
    }
    if draft.tags.len() > LABELS {
        return malformed("at most 32 tags");
    }
    labels(&draft.who, &draft.about)?;
    let body = Body::Qna(Box::new(Qna {
        level: draft.level.unwrap_or(room_level),
        draft: Box::new(draft.clone()),
        questions: Vec::new(),
        askers: HashMap::new(),
        votes_of: HashMap::new(),
        by_print: HashMap::new(),
        ranking: BTreeSet::new(),
        waiting: BTreeSet::new(),
        answered: 0,
        taken_down: VecDeque::new(),
        erased: VecDeque::new(),
        touched: Vec::new(),
        cancelled: None,
    }));
    Ok(Activity {
        announced: draft.announce || draft.opens_in_ms.is_some(),
        opens_at: draft
            .opens_in_ms
            .map(bounded)
            .transpose()?
            .map(|span| at.after(span)),
        lasts: draft.closes_in_ms.map(bounded).transpose()?,
        about: draft.about.clone(),
        ..Activity::ready(id, position, body)
    })
}

fn malformed<T>(why: &str) -> Result<T, Refusal> {
    Err(Refusal::because(Reason::Malformed, why))
}
