//! The rules against a naive model, for any sequence of requests, repeated, reordered and cut short.

use crate::stage::{Stage, request, vote};
use liveroom_protocol::identity::Role;
use liveroom_protocol::{Action, Reason, poll};
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::Record;
use liveroom_rules::room::{Room, Verdict};
use liveroom_rules::view::{self, Audience};
use proptest::prelude::*;
use std::collections::HashMap;

/// What may happen, small enough that collisions are frequent.
#[derive(Clone, Debug)]
enum Step {
    Vote { who: u8, id: u8, choices: Vec<u8> },
    Withdraw { who: u8, id: u8 },
    Order { id: u8, what: u8 },
    Wait { ms: u16 },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (0..6_u8, 0..12_u8, prop::collection::vec(1..4_u8, 0..3)).prop_map(|(who, id, choices)| Step::Vote { who, id, choices }),
        1 => (0..6_u8, 0..12_u8).prop_map(|(who, id)| Step::Withdraw { who, id }),
        1 => (0..20_u8, 0..9_u8).prop_map(|(id, what)| Step::Order { id, what }),
        1 => (0..4_000_u16).prop_map(|ms| Step::Wait { ms }),
    ]
}

/// What happens in one poll, where at most two options may be chosen or any number, none included.
#[derive(Clone, Debug)]
struct Script {
    any: bool,
    steps: Vec<Step>,
}

fn script(most: usize) -> impl Strategy<Value = Script> {
    (any::<bool>(), prop::collection::vec(step(), 1..most))
        .prop_map(|(any, steps)| Script { any, steps })
}

fn open(any: bool) -> String {
    let most = if any { 0 } else { 2 };
    format!(
        r#"{{"type":"poll.open","activity":"p","question":"?","options":["a","b","c"],"max_choices":{most},"right":["2"],"board":true,"closes_in_ms":9000}}"#
    )
}

fn order(what: u8) -> &'static str {
    match what {
        0 => r#"{"type":"close","activity":"p"}"#,
        1 => r#"{"type":"reopen","activity":"p","closes_in_ms":5000}"#,
        2 => r#"{"type":"pause","activity":"p"}"#,
        3 => r#"{"type":"resume","activity":"p"}"#,
        4 => r#"{"type":"extend","activity":"p","by_ms":2000}"#,
        5 => r#"{"type":"reveal","activity":"p"}"#,
        6 => r#"{"type":"reset","activity":"p"}"#,
        7 => r#"{"type":"show.start"}"#,
        _ => r#"{"type":"show.end"}"#,
    }
}

/// The naive model: who holds which choices, told only what was accepted for the first time.
#[derive(Default)]
struct Model {
    ballots: HashMap<u8, Vec<u8>>,
    accepted: HashMap<(bool, u8, u8), (String, u64)>,
}

impl Model {
    /// Checks that an accepted id is told the same for ever, and says whether this was its first time.
    fn first(&mut self, staff: bool, who: u8, id: u8, body: String, verdict: &Verdict) -> bool {
        match (self.accepted.get(&(staff, who, id)), verdict) {
            (None, Verdict::Accepted { position, .. }) => {
                self.accepted.insert((staff, who, id), (body, *position));
                true
            }
            (None, Verdict::Refused(_)) => false,
            (Some((before, place)), Verdict::Accepted { position, .. }) => {
                assert_eq!(
                    (before, place),
                    (&body, position),
                    "an id is told the same for ever"
                );
                false
            }
            (Some((before, _)), Verdict::Refused(refusal)) => {
                assert!(
                    *before != body && refusal.reason == Reason::IdReused,
                    "{before} {body} {refusal:?}"
                );
                false
            }
        }
    }

    fn votes(&self) -> Vec<u32> {
        (1..4)
            .map(|option| {
                self.ballots
                    .values()
                    .filter(|choices| choices.contains(&option))
                    .count() as u32
            })
            .collect()
    }
}

fn play(stage: &mut Stage, script: &Script) -> Model {
    let mut model = Model::default();
    stage.order(&open(script.any));
    let poll = stage.room.activities()[0].id.clone();
    for step in &script.steps {
        match step {
            Step::Wait { ms } => stage.now += u64::from(*ms),
            Step::Vote { who, id, choices } => {
                let texts: Vec<String> = choices.iter().map(u8::to_string).collect();
                let action = vote(&texts.iter().map(String::as_str).collect::<Vec<_>>());
                let verdict = stage.act(u128::from(*who) + 2, &format!("v{id}"), &poll, action);
                if model.first(false, *who, *id, format!("{choices:?}"), &verdict) {
                    model.ballots.insert(*who, choices.clone());
                }
            }
            Step::Withdraw { who, id } => {
                let verdict = stage.act(
                    u128::from(*who) + 2,
                    &format!("v{id}"),
                    &poll,
                    Action::PollWithdraw,
                );
                if model.first(false, *who, *id, "withdraw".into(), &verdict) {
                    model.ballots.remove(who);
                }
            }
            Step::Order { id, what } => {
                let before = stage.room.activities()[0].hidden.is_some();
                let verdict =
                    stage.order_again(Role::Streamer, request(&format!("o{id}")), order(*what));
                if model.first(true, 0, *id, order(*what).to_owned(), &verdict) && *what == 6 {
                    model.ballots.clear();
                }
                assert_eq!(before, stage.room.activities()[0].hidden.is_some());
            }
        }
        assert_eq!(
            stage.tally(&poll, Audience::Desk).votes.as_ref(),
            Some(&model.votes())
        );
        assert_eq!(
            stage.tally(&poll, Audience::Desk).voters as usize,
            model.ballots.len()
        );
        for who in 0..6 {
            let voted = model.ballots.contains_key(&who);
            let who = u128::from(who) + 2;
            let activity = &stage.room.activities()[0];
            assert_eq!(view::acted(activity, Pseudonym(who)), voted);
            assert_eq!(stage.mine(who, &poll).voted, voted);
        }
    }
    model
}

/// All that anybody can see of a room.
fn seen(room: &Room) -> String {
    let views = Audience::ALL.map(|audience| view::view(room, audience));
    let mine: Vec<_> = (2..8)
        .map(|who| view::mine(room, Pseudonym(who), &room.activities()[0].id))
        .collect();
    format!(
        "{views:?} {mine:?} {:?} {:?} {:?}",
        view::room_news(room, None),
        room.audit(),
        room.next_due()
    )
}

fn refold(records: &[Record]) -> Room {
    let mut room = Room::new(liveroom_protocol::id::RoomId::parse("demo").unwrap());
    for record in records {
        room.fold(record).unwrap();
    }
    room
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_requests_keeps_the_tally_equal_to_a_naive_model(script in script(60)) {
        play(&mut Stage::new(), &script);
    }

    #[test]
    fn replay_from_any_prefix_gives_the_same_room(script in script(40), cut in 0..100_usize) {
        let mut stage = Stage::new();
        play(&mut stage, &script);
        let cut = 2 + cut % (stage.log.len() - 1);
        let mut room = refold(&stage.log[..cut]);
        for record in &stage.log[cut..] {
            // Written and read again, as a log does.
            let body = record.entry.to_json();
            let sum = liveroom_rules::record::checksum(record.position, record.at, &body);
            room.fold(&Record::read(record.position, record.at, &body, sum).unwrap()).unwrap();
        }
        room.private = stage.room.private.clone();
        prop_assert_eq!(seen(&room), seen(&stage.room));
    }

    #[test]
    fn no_form_holds_what_its_audience_may_not_know(script in script(60)) {
        let mut stage = Stage::new();
        play(&mut stage, &script);
        let activity = &stage.room.activities()[0];
        for audience in [Audience::Public, Audience::Acted] {
            let tally = stage.tally(&activity.id, audience);
            let card = stage.card(&activity.id, audience);
            // A quiz keeps numbers, right answers and board until the reveal.
            prop_assert_eq!(tally.votes.is_some(), activity.revealed);
            prop_assert!(activity.revealed || (card.right.is_none() && card.board.is_empty()));
            let text = serde_json::to_string(&(card, tally)).unwrap();
            for who in 2..8 {
                prop_assert!(!text.contains(&Pseudonym(who).to_string()), "a shared form names a viewer");
            }
        }
    }

    #[test]
    fn a_tally_never_falls_within_a_run_unless_a_vote_was_changed(script in script(60)) {
        let mut stage = Stage::new();
        let mut votes_only = script;
        votes_only.steps.retain(|step| !matches!(step, Step::Withdraw { .. }));
        play(&mut stage, &votes_only);
        let mut room = refold(&stage.log[..2]);
        let (mut run, mut voters) = (1, 0);
        for record in &stage.log[2..] {
            room.fold(record).unwrap();
            let seen = view::look(&room.activities()[0], &room.private, Audience::Desk);
            let liveroom_protocol::Tally::Poll(poll::Tally { voters: now, .. }) = seen.tally else { unreachable!() };
            if seen.run == run {
                prop_assert!(now >= voters);
            }
            (run, voters) = (seen.run, now);
        }
    }

    #[test]
    fn erasing_any_viewer_or_losing_any_private_value_changes_no_number(
        script in script(40), who in 2..8_u128, lost in 0..4_usize,
    ) {
        let mut stage = Stage::new();
        play(&mut stage, &script);
        for named in 2..8 {
            let name = liveroom_protocol::identity::Label::parse("Anna").unwrap();
            stage.room.private.keep(liveroom_rules::private::name(Pseudonym(named), &name));
        }
        let numbers = |room: &Room| view::view(room, Audience::Desk).iter().map(|view| format!("{:?}", view.tally)).collect::<Vec<_>>();
        let before = numbers(&stage.room);
        prop_assert_eq!(stage.room.private.erase(Pseudonym(who), |_| false).len(), 1);
        let keys: Vec<String> = stage.room.private.keys().map(str::to_owned).collect();
        if let Some(key) = keys.get(lost) {
            stage.room.private.remove(key);
        }
        prop_assert_eq!(numbers(&stage.room), before.clone());
        // Folded again from the log with nothing private at all.
        prop_assert_eq!(numbers(&refold(&stage.log)), before);
    }
}
