//! Any sequence of askers, voters and moderators against a naive list.

use super::{ask, change, id, look, open, vote};
use liveroom_protocol::identity::Role;
use liveroom_protocol::qna::Standing;
use liveroom_rules::room::Verdict;
use liveroom_rules::view::Audience;
use proptest::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// What askers, voters and moderators may do, small enough to collide.
#[derive(Clone, Debug)]
enum Step {
    Ask { who: u8, text: u8 },
    Vote { who: u8, question: u8 },
    Withdraw { who: u8, question: u8 },
    Change { question: u8, what: u8, into: u8 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..5_u8, 0..12_u8).prop_map(|(who, text)| Step::Ask { who, text }),
        5 => (0..5_u8, 1..9_u8).prop_map(|(who, question)| Step::Vote { who, question }),
        1 => (0..5_u8, 1..9_u8).prop_map(|(who, question)| Step::Withdraw { who, question }),
        4 => (1..9_u8, 0..6_u8, 1..9_u8).prop_map(|(question, what, into)| Step::Change { question, what, into }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn votes_and_counts_are_those_of_a_naive_model(steps in prop::collection::vec(step(), 1..60)) {
        let mut stage = open("");
        // By question: who votes for it, told only what was accepted.
        let mut votes: HashMap<u32, BTreeSet<u8>> = HashMap::new();
        let mut merged: HashMap<u32, u32> = HashMap::new();
        let mut askers: Vec<u8> = Vec::new();
        let stays = |merged: &HashMap<u32, u32>, id: u32| merged.get(&id).copied().unwrap_or(id);
        for step in steps {
            match step {
                Step::Ask { who, text } => {
                    if let Verdict::Accepted { .. } = stage.does(u128::from(who) + 10, &id(), &ask(&format!("text {text}"))) {
                        askers.push(who);
                    }
                }
                Step::Vote { who, question } => {
                    if let Verdict::Accepted { .. } = stage.does(u128::from(who) + 10, &id(), &vote(question.into())) {
                        votes.entry(stays(&merged, question.into())).or_default().insert(who);
                    }
                }
                Step::Withdraw { who, question } => {
                    let json = format!(r#"{{"type":"qna.withdraw","question":{question}}}"#);
                    if let Verdict::Accepted { .. } = stage.does(u128::from(who) + 10, &id(), &json) {
                        votes.entry(stays(&merged, question.into())).or_default().remove(&who);
                    }
                }
                Step::Change { question, what, into } => {
                    let json = match what {
                        0 | 1 => r#"{"to":"approve"}"#.to_owned(),
                        2 => r#"{"to":"dismiss"}"#.to_owned(),
                        3 => r#"{"to":"answering"}"#.to_owned(),
                        4 => r#"{"to":"answer","text":"Yes."}"#.to_owned(),
                        _ => format!(r#"{{"to":"merge","into":{into}}}"#),
                    };
                    if let Verdict::Accepted { .. } = stage.order_as(Role::Moderator, &change(question.into(), &json)) && what == 5 {
                        let (from, into) = (u32::from(question), u32::from(into));
                        let moved = votes.remove(&from).unwrap_or_default();
                        let asker = askers[from as usize - 1];
                        let target = votes.entry(into).or_default();
                        target.extend(moved);
                        if askers[into as usize - 1] != asker {
                            target.insert(asker);
                        }
                        for other in merged.values_mut() {
                            if *other == from {
                                *other = into;
                            }
                        }
                        merged.insert(from, into);
                    }
                }
            }
            let (tally, entries) = look(&stage, Audience::Public);
            prop_assert_eq!(tally.questions as usize, tally.list.len());
            for row in &tally.list {
                let expected = votes.get(&row.0).map_or(0, BTreeSet::len);
                prop_assert_eq!(row.1 as usize, expected, "question {}", row.0);
                prop_assert!(!merged.contains_key(&row.0));
            }
            let answered = entries.iter().filter(|question| question.standing == Standing::Answered).count();
            prop_assert_eq!(tally.answered as usize, answered);
        }
    }
}
