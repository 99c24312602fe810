//! Any sequence of askers, voters and moderators against a naive list: repeated, retried, late, cut short, and with words lost.

use super::{ask, change, id, look, open, vote};
use crate::stage::{Stage, account, request};
use liveroom_protocol::Reason;
use liveroom_protocol::id::RoomId;
use liveroom_protocol::identity::Role;
use liveroom_protocol::qna::Standing;
use liveroom_rules::private::Spare;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::Record;
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::view::{self, Audience};
use proptest::prelude::*;
use std::collections::{BTreeSet, HashMap};

/// What askers, voters and moderators may do, small enough to collide; the ids as well.
#[derive(Clone, Debug)]
enum Step {
    Act {
        who: u8,
        id: u8,
        act: Act,
    },
    Change {
        id: u8,
        change: Change,
    },
    /// A former step again, as it was: asked twice, retried, or come late.
    Again {
        back: usize,
    },
    Wait {
        ms: u16,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Act {
    Ask { text: u8 },
    Vote { question: u8 },
    Withdraw { question: u8 },
    Reply { question: u8, text: u8 },
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Change {
    question: u8,
    what: u8,
    into: u8,
}

const MERGE: u8 = 6;

fn step() -> impl Strategy<Value = Step> {
    let question = || 1..9_u8;
    let act = prop_oneof![
        3 => (0..12_u8).prop_map(|text| Act::Ask { text }),
        5 => question().prop_map(|question| Act::Vote { question }),
        1 => question().prop_map(|question| Act::Withdraw { question }),
        1 => (question(), 0..3_u8).prop_map(|(question, text)| Act::Reply { question, text }),
    ];
    let change = (question(), 0..7_u8, question());
    let change = change.prop_map(|(question, what, into)| Change {
        question,
        what,
        into,
    });
    prop_oneof![
        10 => (0..5_u8, 0..30_u8, act).prop_map(|(who, id, act)| Step::Act { who, id, act }),
        4 => (0..40_u8, change).prop_map(|(id, change)| Step::Change { id, change }),
        4 => (0..20_usize).prop_map(|back| Step::Again { back }),
        1 => (0..900_u16).prop_map(|ms| Step::Wait { ms }),
    ]
}

fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), 1..most)
}

impl Act {
    fn json(&self) -> String {
        match self {
            Self::Ask { text } => ask(&format!("text {text}")),
            Self::Vote { question } => vote((*question).into()),
            Self::Withdraw { question } => {
                format!(r#"{{"type":"qna.withdraw","question":{question}}}"#)
            }
            Self::Reply { question, text } => {
                format!(r#"{{"type":"qna.reply","question":{question},"text":"reply {text}"}}"#)
            }
        }
    }
}

impl Change {
    fn json(&self) -> String {
        let what = match self.what {
            0 | 1 => r#"{"to":"approve"}"#.to_owned(),
            2 => r#"{"to":"dismiss"}"#.to_owned(),
            3 => r#"{"to":"answering"}"#.to_owned(),
            4 => r#"{"to":"answer","text":"Yes."}"#.to_owned(),
            5 => r#"{"to":"answer","text":"For you.","private":true}"#.to_owned(),
            _ => format!(r#"{{"to":"merge","into":{}}}"#, self.into),
        };
        change(self.question.into(), &what)
    }
}

/// The naive list, told only what was accepted for the first time.
#[derive(Default)]
struct Model {
    /// By question: who votes for it.
    votes: HashMap<u32, BTreeSet<u8>>,
    merged: HashMap<u32, u32>,
    askers: Vec<u8>,
    /// By who and id: what was accepted, and where.
    accepted: HashMap<(Option<u8>, u8), (String, u64)>,
}

impl Model {
    /// Whether this was accepted for the first time; what was before is told the same for ever.
    fn first(&mut self, who: Option<u8>, id: u8, body: String, verdict: &Verdict) -> bool {
        match (self.accepted.get(&(who, id)), verdict) {
            (None, Verdict::Accepted { position, .. }) => {
                self.accepted.insert((who, id), (body, *position));
                true
            }
            (None, Verdict::Refused(refusal)) => {
                assert_ne!(refusal.reason, Reason::IdReused);
                false
            }
            (Some((before, place)), Verdict::Accepted { position, .. }) => {
                assert_eq!((before, place), (&body, position));
                false
            }
            (Some((before, _)), Verdict::Refused(refusal)) => {
                assert!(*before != body, "{body}: {refusal:?}");
                // The answer to one asker of a question that is not there is refused before the log.
                let early = refusal.reason == Reason::UnknownQuestion;
                assert!(early || refusal.reason == Reason::IdReused, "{refusal:?}");
                false
            }
        }
    }

    fn stays(&self, id: u8) -> u32 {
        let id = u32::from(id);
        self.merged.get(&id).copied().unwrap_or(id)
    }

    fn acted(&mut self, who: u8, act: &Act) {
        match act {
            Act::Ask { .. } => self.askers.push(who),
            Act::Vote { question } => {
                let id = self.stays(*question);
                self.votes.entry(id).or_default().insert(who);
            }
            Act::Withdraw { question } => {
                let id = self.stays(*question);
                self.votes.entry(id).or_default().remove(&who);
            }
            Act::Reply { .. } => {}
        }
    }

    fn merge(&mut self, from: u32, into: u32) {
        let moved = self.votes.remove(&from).unwrap_or_default();
        let asker = self.askers[from as usize - 1];
        let target = self.votes.entry(into).or_default();
        target.extend(moved);
        if self.askers[into as usize - 1] != asker {
            target.insert(asker);
        }
        for other in self.merged.values_mut() {
            if *other == from {
                *other = into;
            }
        }
        self.merged.insert(from, into);
    }

    fn check(&self, stage: &Stage) {
        let (tally, entries) = look(stage, Audience::Public);
        assert_eq!(tally.questions as usize, tally.list.len());
        for row in &tally.list {
            let expected = self.votes.get(&row.0).map_or(0, BTreeSet::len);
            assert_eq!(row.1 as usize, expected, "question {}", row.0);
            assert!(!self.merged.contains_key(&row.0));
        }
        let answered = entries
            .iter()
            .filter(|question| question.standing == Standing::Answered);
        assert_eq!(tally.answered as usize, answered.count());
        let asked = stage.room.activities()[0].clone();
        let all = view::all_entries(&asked, &stage.room.private, Audience::Desk);
        assert_eq!(all.len(), self.askers.len(), "each question is there once");
    }
}

/// Plays the steps, checking after each.
fn play(stage: &mut Stage, steps: &[Step]) -> Model {
    let mut model = Model::default();
    let mut done: Vec<&Step> = Vec::new();
    for step in steps {
        let step = match step {
            Step::Again { back } => match done.iter().rev().nth(*back) {
                Some(step) => *step,
                None => continue,
            },
            step => step,
        };
        done.push(step);
        match step {
            Step::Act { who, id: name, act } => {
                let action = serde_json::from_str(&act.json()).unwrap();
                let number = u128::from(*who) + 10;
                let verdict = stage.act_as(number, &format!("a{name}"), &id(), action, account());
                if model.first(Some(*who), *name, act.json(), &verdict) {
                    model.acted(*who, act);
                }
            }
            Step::Change { id, change } => {
                let id_of = request(&format!("c{id}"));
                let verdict = stage.order_again(Role::Moderator, id_of, &change.json());
                if model.first(None, *id, change.json(), &verdict) && change.what == MERGE {
                    model.merge(change.question.into(), change.into.into());
                }
            }
            Step::Wait { ms } => stage.now += u64::from(*ms),
            Step::Again { .. } => {}
        }
        model.check(stage);
    }
    model
}

fn listed() -> Stage {
    open(r#","replies":true,"most":3"#)
}

/// All that anybody can see of a room.
fn seen(room: &Room) -> String {
    let views = Audience::ALL.map(|audience| view::view(room, audience));
    let mine: Vec<_> = (10..15)
        .map(|who| view::mine(room, Pseudonym(who), &id()))
        .collect();
    format!("{views:?} {mine:?} {:?}", room.audit())
}

fn numbers(room: &Room) -> Vec<String> {
    let views = view::view(room, Audience::Desk);
    views
        .iter()
        .map(|view| format!("{:?}", view.tally))
        .collect()
}

fn fold(room: &mut Room, spare: &mut Spare, records: &[Record]) {
    for record in records {
        let verdict = room.fold(record).unwrap();
        spare.note(room, record, &verdict);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn votes_and_counts_are_those_of_a_naive_model(steps in steps(60)) {
        play(&mut listed(), &steps);
    }

    #[test]
    fn a_server_that_was_stopped_between_any_two_records_has_the_same_list(
        steps in steps(50), cut in 0..100_usize,
    ) {
        let mut stage = listed();
        play(&mut stage, &steps);
        let cut = 1 + cut % stage.log.len();
        // The words of what was refused go when the log is opened, and again as it grows.
        let (mut room, mut spare) = (Room::new(RoomId::parse("demo").unwrap()), Spare::default());
        room.private = stage.room.private.clone();
        fold(&mut room, &mut spare, &stage.log[..cut]);
        let later = |place: &str| stage.log[cut..].iter().any(|record| record.entry.to_json().contains(place));
        for place in spare.take(later) {
            room.private.remove(&place);
        }
        fold(&mut room, &mut spare, &stage.log[cut..]);
        for place in spare.take(|_| false) {
            room.private.remove(&place);
        }
        prop_assert_eq!(seen(&room), seen(&stage.room));
        // And nothing lies there but what was accepted.
        let kept = room.private.keys().count();
        let accepted = stage.room.activities()[0].clone();
        let all = view::all_entries(&accepted, &room.private, Audience::Desk);
        let words = all.iter().map(|entry| match entry {
            liveroom_protocol::news::Entry::Qna(question) => 1 + question.replies.len(),
            _ => 0,
        });
        let answers = stage.log.iter().filter(|record| matches!(
            &record.entry.what,
            liveroom_rules::record::What::Command(ordered) if ordered.hidden.is_some()
        ));
        prop_assert!(kept <= words.sum::<usize>() + answers.count(), "{:?}", room.private.keys().collect::<Vec<_>>());
    }

    #[test]
    fn losing_any_words_or_any_viewer_changes_no_number(
        steps in steps(50), who in 10..15_u128, lost in 0..9_usize,
    ) {
        let mut stage = listed();
        play(&mut stage, &steps);
        let before = numbers(&stage.room);
        let keys: Vec<String> = stage.room.private.keys().map(str::to_owned).collect();
        if let Some(key) = keys.get(lost) {
            stage.room.private.remove(key);
        }
        stage.room.private.erase(Pseudonym(who), |_| false);
        prop_assert_eq!(&numbers(&stage.room), &before);
        let (mut room, mut spare) = (Room::new(RoomId::parse("demo").unwrap()), Spare::default());
        fold(&mut room, &mut spare, &stage.log);
        prop_assert_eq!(numbers(&room), before);
    }
}
