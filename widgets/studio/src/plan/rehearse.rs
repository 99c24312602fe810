//! A dry run in a practice room, which has no server: the room in this browser is asked by messages, each of as many commands as one
//! may hold.

use super::Plan;
use crate::board::Activity;
use liveroom_protocol::command::Command;
use liveroom_protocol::limits::MESSAGES;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::{Check, Checked, Checks, Severity};
use liveroom_protocol::run::{Cue, Missing, Rehearsed, Warned};
use liveroom_protocol::{Reason, Refusal};
use std::rc::Rc;

/// The number of the first message: what is composed is asked about under lower ones.
const FIRST: u32 = 1 << 31;

/// What was answered so far, message by message.
pub(super) type Told = Vec<Option<Vec<Checked>>>;

impl Plan {
    /// Begins a dry run: the questions to the room.
    pub(crate) fn rehearse_here(&mut self, known: &[Activity]) -> Vec<Check> {
        let cues = self.run.cues.chunks(MESSAGES);
        let asks = (FIRST..).zip(cues).map(|(number, cues)| Check {
            number,
            commands: cues.iter().map(|cue| command(cue, known)).collect(),
        });
        let asks: Vec<Check> = asks.collect();
        self.told = vec![None; asks.len()];
        asks
    }

    /// Takes an answer; with the last of them what the room would refuse is known.
    pub(crate) fn rehearsed(&mut self, checks: Checks) {
        let place = checks.number.checked_sub(FIRST);
        let place = place.and_then(|place| usize::try_from(place).ok());
        let Some(told) = place.and_then(|place| self.told.get_mut(place)) else {
            return;
        };
        *told = Some(checks.checked);
        if self.told.iter().any(Option::is_none) {
            return;
        }
        let all = std::mem::take(&mut self.told).into_iter().flatten();
        let mut rehearsed = Rehearsed::default();
        for (cue, said) in all.flatten().enumerate() {
            put(&mut rehearsed, cue, said);
        }
        self.rehearsal = Some(Rc::new(rehearsed));
    }
}

/// Puts an answer where a server would: what only prepares is taken by the room with much missing, and is opened nevertheless by
/// nobody; and a second person's approval is not asked for in advance.
fn put(rehearsed: &mut Rehearsed, cue: usize, said: Checked) {
    let missing = said.missing;
    let refusal = (said.refusal).filter(|refusal| refusal.reason != Reason::NeedsApproval);
    let is_lacking = missing
        .iter()
        .any(|missing| missing.severity == Severity::Missing);
    let lacks = is_lacking.then(|| Refusal::from(Reason::Incomplete));
    match refusal.or(lacks) {
        Some(refusal) => rehearsed.refused.push(Missing {
            cue,
            refusal,
            missing,
        }),
        None if missing.is_empty() => {}
        None => rehearsed.warned.push(Warned { cue, missing }),
    }
}

/// What is prepared is opened as it stands; anything else is composed.
fn command(cue: &Cue, known: &[Activity]) -> Command {
    let known = known.iter().find(|known| Some(known.id()) == cue.name());
    match known.filter(|known| known.times().phase == Phase::Ready) {
        Some(ready) => Command::Open {
            activity: ready.id().clone(),
        },
        None => cue.draft.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::examples;
    use liveroom_protocol::time::Timestamp;

    fn said(ok: bool) -> Checked {
        Checked {
            ok,
            refusal: (!ok).then(|| Refusal::from(Reason::Taken)),
            ..Checked::default()
        }
    }

    #[test]
    fn a_long_run_is_asked_about_in_parts_and_told_once_all_are_answered() {
        let mut plan = Plan::default();
        while plan.run.cues.len() <= MESSAGES {
            plan.add(examples::cues(0), Timestamp(1_000)).unwrap();
        }
        let asks = plan.rehearse_here(&[]);
        let counts: Vec<usize> = asks.iter().map(|ask| ask.commands.len()).collect();
        assert_eq!(counts, [MESSAGES, plan.run.cues.len() - MESSAGES]);
        let answer = |number: u32, count: usize, bad: usize| Checks {
            number,
            checked: (0..count).map(|place| said(place != bad)).collect(),
        };
        plan.rehearsed(answer(asks[1].number, counts[1], 0));
        // What is asked about the composer has numbers of its own.
        plan.rehearsed(answer(1, 1, 9));
        assert_eq!(plan.rehearsal, None);
        plan.rehearsed(answer(asks[0].number, counts[0], 3));
        let refused = plan.rehearsal.clone().unwrap();
        let places: Vec<usize> = refused.refused.iter().map(|missing| missing.cue).collect();
        assert_eq!(places, [3, MESSAGES]);
        plan.rehearsed(answer(asks[0].number, counts[0], 9));
        assert_eq!(plan.rehearsal, Some(refused), "it is over");
    }

    #[test]
    fn what_only_lacks_facts_is_refused_as_by_a_server_and_a_warning_is_none() {
        let missing = |severity| liveroom_protocol::profile::Missing {
            rule: "uk.ad_label".into(),
            field: "about.ad".into(),
            says: "Label it.".into(),
            source: "CAP Code, section 2".into(),
            severity,
            word: None,
        };
        let prepared = |missing| Checked {
            ok: true,
            missing,
            ..Checked::default()
        };
        let waits = Checked {
            refusal: Some(Refusal::from(Reason::NeedsApproval)),
            needs_approval: true,
            ..prepared(vec![missing(Severity::Warning)])
        };
        let mut plan = Plan::default();
        plan.add(examples::cues(0), Timestamp(1_000)).unwrap();
        plan.add(examples::cues(1), Timestamp(2_000)).unwrap();
        let number = plan.rehearse_here(&[])[0].number;
        let lacking = vec![missing(Severity::Warning), missing(Severity::Missing)];
        let checked = vec![prepared(Vec::new()), prepared(lacking.clone()), waits];
        plan.rehearsed(Checks { number, checked });
        let said = plan.rehearsal.unwrap();
        assert_eq!(said.refused.len(), 1);
        let refused = &said.refused[0];
        assert_eq!(
            (refused.cue, refused.refusal.reason, &refused.missing),
            (1, Reason::Incomplete, &lacking)
        );
        let warned: Vec<usize> = said.warned.iter().map(|warned| warned.cue).collect();
        assert_eq!(warned, [2]);
    }
}
