//! A dry run in a practice room, which has no server: the room in this browser is asked by messages, each of as many commands as one
//! may hold.

use super::Plan;
use crate::board::Activity;
use liveroom_protocol::command::Command;
use liveroom_protocol::limits::MESSAGES;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::profile::{Check, Checked, Checks};
use liveroom_protocol::run::{Cue, Missing};
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
        let refused = all.flatten().enumerate().filter_map(|(cue, said)| {
            let refusal = said.refusal?;
            let missing = said.missing;
            Some(Missing {
                cue,
                refusal,
                missing,
            })
        });
        self.missing = Some(Rc::new(refused.collect()));
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
    use liveroom_protocol::{Reason, Refusal};

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
        assert_eq!(plan.missing, None);
        plan.rehearsed(answer(asks[0].number, counts[0], 3));
        let refused = plan.missing.clone().unwrap();
        let places: Vec<usize> = refused.iter().map(|missing| missing.cue).collect();
        assert_eq!(places, [3, MESSAGES]);
        plan.rehearsed(answer(asks[0].number, counts[0], 9));
        assert_eq!(plan.missing, Some(refused), "it is over");
    }
}
