//! Names of what is planned: each its own, so that the room opens nothing twice.

use liveroom_protocol::command::Command;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::lottery::Condition;
use liveroom_protocol::run::{Cue, Run};
use liveroom_protocol::time::{Span, Timestamp};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Gives a name to what an export or a program left without one.
pub(super) fn named(mut run: Run) -> Run {
    for (place, cue) in run.cues.iter_mut().enumerate() {
        if cue.name().is_none() {
            cue.rename(ActivityId::parse(format!("cue-{}", place + 1)).ok());
        }
    }
    run
}

/// Gives cues names that none of the run has yet, and keeps what they say of each other.
pub(super) fn name(cues: &mut [Cue], which: Range<usize>, stamp: Timestamp) {
    let mut taken: HashSet<ActivityId> =
        cues.iter().filter_map(|cue| cue.name().cloned()).collect();
    let mut numbers = 1..;
    let mut names = HashMap::new();
    for cue in &mut cues[which.clone()] {
        let free = numbers.find_map(|number| {
            let name = ActivityId::parse(format!("cue-{:x}-{number}", stamp.0)).ok()?;
            taken.insert(name.clone()).then_some(name)
        });
        if let (Some(old), Some(new)) = (cue.name().cloned(), free.clone()) {
            names.insert(old, new);
        }
        cue.rename(free);
    }
    let renew = |id: &mut ActivityId| {
        if let Some(new) = names.get(id) {
            id.clone_from(new);
        }
    };
    for cue in &mut cues[which] {
        if let Command::LotteryPrepare(draft) = &mut cue.draft {
            draft.not_after.iter_mut().for_each(renew);
            for condition in &mut draft.conditions {
                if let Condition::Voted { poll: Some(poll) } = condition {
                    renew(poll);
                }
            }
        }
    }
}

/// How long a draft says that it is open.
pub(super) fn lasts(draft: &Command) -> Option<Span> {
    match draft {
        Command::PollPrepare(draft) => draft.closes_in_ms,
        Command::LotteryPrepare(draft) => draft.closes_in_ms,
        Command::QnaPrepare(draft) => draft.closes_in_ms,
        Command::DealPrepare(draft) => draft.closes_in_ms,
        _ => None,
    }
}
