//! What a dry run found, in words: how many the room would refuse, and below each title why, and what it warns of.

use crate::plan::Plan;
use liveroom_protocol::profile::{Missing, Severity};
use liveroom_protocol::run::Rehearsed;

/// All of it in one line.
pub(super) fn summary(rehearsed: &Rehearsed) -> String {
    let refused = match rehearsed.refused.len() {
        0 => "The room would take all of it.".to_owned(),
        1 => "The room would refuse one: see below its title.".to_owned(),
        many => format!("The room would refuse {many}: see below their titles."),
    };
    let warned = match rehearsed.warned.len() {
        0 => return refused,
        1 => "One would open, but the room warns of it: see below its title.".to_owned(),
        many => format!("{many} would open, but the room warns of them: see below their titles."),
    };
    format!("{refused} {warned}")
}

/// Why the room would refuse a cue, as it was rehearsed last: all that is missing, each once.
pub(super) fn missing(plan: &Plan, place: usize) -> Vec<String> {
    let mut all = plan.rehearsal.iter().flat_map(|said| said.refused.iter());
    let Some(of) = all.find(|missing| missing.cue == place) else {
        return Vec::new();
    };
    let mut says = said(&of.missing, Severity::Missing);
    if says.is_empty() {
        says.push(crate::order::why(&of.refusal));
    }
    says
}

/// What the room would warn of in a cue, refused or not.
pub(super) fn warned(plan: &Plan, place: usize) -> Vec<String> {
    let all = plan.rehearsal.iter();
    let refused = all.clone().flat_map(|said| said.refused.iter());
    let warned = all.flat_map(|said| said.warned.iter());
    let mut of = refused
        .map(|refused| (refused.cue, &refused.missing))
        .chain(warned.map(|warned| (warned.cue, &warned.missing)));
    let of = of.find(|(cue, _)| *cue == place);
    of.map_or_else(Vec::new, |(_, missing)| said(missing, Severity::Warning))
}

fn said(missing: &[Missing], severity: Severity) -> Vec<String> {
    let missing = missing.iter().filter(|one| one.severity == severity);
    let says = |one: &Missing| match &one.word {
        Some(word) => format!("{word}: {}", one.says),
        None => one.says.clone(),
    };
    let mut says: Vec<String> = missing.map(says).collect();
    says.dedup();
    says
}

#[cfg(test)]
mod tests {
    use super::*;
    use liveroom_protocol::run::{self, Warned};
    use liveroom_protocol::{Reason, Refusal};
    use std::rc::Rc;

    fn lack(says: &str, severity: Severity) -> Missing {
        let word = (severity == Severity::Warning).then(|| "最佳".to_owned());
        Missing {
            rule: "cn.words".into(),
            field: "title".into(),
            says: says.into(),
            source: "Advertising Law, article 9".into(),
            severity,
            word,
        }
    }

    #[test]
    fn what_is_missing_and_what_is_warned_of_stand_apart_at_each_cue() {
        let best = || lack("The law names this word.", Severity::Warning);
        let rehearsed = Rehearsed {
            refused: vec![run::Missing {
                cue: 0,
                refusal: Refusal::from(Reason::Incomplete),
                missing: vec![best(), lack("Name the organiser.", Severity::Missing)],
            }],
            warned: vec![Warned {
                cue: 2,
                missing: vec![best()],
            }],
        };
        assert_eq!(
            summary(&rehearsed),
            "The room would refuse one: see below its title. One would open, but the room warns of it: see below its title."
        );
        let mut plan = Plan::default();
        plan.rehearsal = Some(Rc::new(rehearsed));
        let told = |cue| (missing(&plan, cue), warned(&plan, cue));
        let (name, says) = (
            "Name the organiser.".to_owned(),
            "最佳: The law names this word.".to_owned(),
        );
        assert_eq!(told(0), (vec![name], vec![says.clone()]));
        assert_eq!(told(1), (Vec::new(), Vec::new()));
        assert_eq!(told(2), (Vec::new(), vec![says]));
        assert_eq!(
            summary(&Rehearsed::default()),
            "The room would take all of it."
        );
    }
}
