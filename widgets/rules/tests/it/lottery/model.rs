//! Any sequence of entries, watch facts, exclusions, draws, claims, forfeits, redraws and resets against a naive room.

use liveroom_protocol::id::ActivityId;
use liveroom_rules::activity::Body;
use liveroom_rules::lottery::Lottery;
use liveroom_rules::private::Private;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::record::{Record, checksum};
use liveroom_rules::room::Room;
use liveroom_rules::view::{self, Audience};
use play::Play;
use proptest::prelude::*;

mod compare;
mod naive;
mod play;

/// What may happen, small enough that collisions are frequent. `id`: of the request, so that many are asked again.
#[derive(Clone, Debug)]
enum Step {
    Enter {
        who: u8,
        id: u8,
        place: usize,
        gold: bool,
        word: bool,
    },
    Watch {
        who: u8,
        came: bool,
    },
    Exclude {
        id: u8,
        place: usize,
        who: u8,
        reason: usize,
    },
    Draw {
        id: u8,
        place: usize,
        most: u8,
    },
    Forfeit {
        id: u8,
        place: usize,
        win: u8,
        redraw: bool,
    },
    Fulfil {
        id: u8,
        place: usize,
        win: u8,
    },
    Claim {
        who: u8,
        id: u8,
        place: usize,
        win: u8,
    },
    Direct {
        id: u8,
        place: usize,
        what: usize,
    },
    Itself,
    Wait {
        ms: u16,
    },
}

const DIRECT: [&str; 7] = [
    "close", "pause", "resume", "open", "reset", "put_away", "cancel",
];
const REASONS: [&str; 3] = ["Staff", "Minor", "won in an earlier draw of this room"];
const NAMES: [&str; 2] = ["l", "m"];

fn step() -> impl Strategy<Value = Step> {
    let (who, id, place) = (0..5_u8, 0..40_u8, 0..2_usize);
    let staff = 0..250_u8;
    prop_oneof![
        8 => (who.clone(), id.clone(), place.clone(), any::<bool>(), 0..8_u8)
            .prop_map(|(who, id, place, gold, word)| Step::Enter { who, id, place, gold, word: word > 0 }),
        4 => (who.clone(), 0..3_u8).prop_map(|(who, came)| Step::Watch { who, came: came > 0 }),
        2 => (staff.clone(), place.clone(), who.clone(), 0..2_usize)
            .prop_map(|(id, place, who, reason)| Step::Exclude { id, place, who, reason }),
        4 => (staff.clone(), place.clone(), 0..4_u8).prop_map(|(id, place, most)| Step::Draw { id, place, most }),
        3 => (staff.clone(), place.clone(), 0..4_u8, any::<bool>())
            .prop_map(|(id, place, win, redraw)| Step::Forfeit { id, place, win, redraw }),
        3 => (staff.clone(), place.clone(), 0..4_u8).prop_map(|(id, place, win)| Step::Fulfil { id, place, win }),
        6 => (who, id, place.clone(), 0..4_u8).prop_map(|(who, id, place, win)| Step::Claim { who, id, place, win }),
        7 => (staff, place, 0..14_usize).prop_map(|(id, place, what)| Step::Direct { id, place, what: what.min(13) % 7 }),
        1 => Just(Step::Itself),
        4 => (0..4_000_u16).prop_map(|ms| Step::Wait { ms }),
    ]
}

#[derive(Clone, Debug)]
struct Script {
    allowed: usize,
    itself: bool,
    steps: Vec<Step>,
}

fn script(most: usize) -> impl Strategy<Value = Script> {
    (
        0..2_usize,
        any::<bool>(),
        prop::collection::vec(step(), 1..most),
    )
        .prop_map(|(allowed, itself, steps)| Script {
            allowed,
            itself,
            steps,
        })
}

fn id(place: usize) -> ActivityId {
    ActivityId::parse(NAMES[place]).unwrap()
}

fn who(viewer: u8) -> Pseudonym {
    Pseudonym(u128::from(viewer) + 10)
}

fn of(room: &Room, place: usize) -> &Lottery {
    match &room.activity(&id(place)).unwrap().body {
        Body::Lottery(lottery) => lottery,
        other => panic!("{other:?}"),
    }
}

/// Who was drawn, by the room: their places follow from the seed, which a naive room has no way to know.
fn winners(room: &Room, place: usize) -> Vec<u8> {
    of(room, place)
        .wins()
        .iter()
        .map(|win| u8::try_from(win.who.0 - 10).unwrap())
        .collect()
}

fn play(script: &Script) -> Play {
    let mut play = Play::new(script);
    for step in &script.steps {
        play.step(step);
        play.compare();
    }
    play
}

/// All that anybody can see of a room, proofs included.
fn seen(room: &Room) -> String {
    let views = Audience::ALL.map(|audience| view::view(room, audience));
    let mine: Vec<_> = (0..10)
        .map(|number| view::mine(room, who(number / 2), &id(usize::from(number % 2))))
        .collect();
    let proofs: Vec<_> = (0..2)
        .map(|place| {
            (
                view::proof(of(room, place)),
                of(room, place).past().to_vec(),
            )
        })
        .collect();
    format!(
        "{views:?} {mine:?} {proofs:?} {:?} {:?}",
        room.audit(),
        room.next_due()
    )
}

/// Folds records as a log gives them back.
fn fold(room: &mut Room, records: &[Record]) {
    for record in records {
        let body = record.entry.to_json();
        let sum = checksum(record.position, record.at, &body);
        room.fold(&Record::read(record.position, record.at, &body, sum).unwrap())
            .unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn any_sequence_of_requests_keeps_a_lottery_equal_to_a_naive_model(script in script(90)) {
        play(&script);
    }

    #[test]
    fn a_crash_between_any_two_records_gives_the_same_lottery(script in script(60), cut in 0..100_usize) {
        let Play { stage, .. } = play(&script);
        let mut room = Room::new(stage.room.id().clone());
        let cut = 3 + cut % (stage.log.len() - 2);
        fold(&mut room, &stage.log[..cut]);
        // What the other process had in memory is gone; it goes on from what the log has.
        let mut room = room.clone();
        fold(&mut room, &stage.log[cut..]);
        room.private = stage.room.private.clone();
        prop_assert_eq!(seen(&room), seen(&stage.room));
    }

    #[test]
    fn losing_any_private_value_changes_no_winner_and_no_number(script in script(60), lost in 0..8_usize) {
        let Play { mut stage, .. } = play(&script);
        let numbers = |room: &Room| {
            let looks = (0..2).map(|place| view::look(room.activity(&id(place)).unwrap(), &room.private, Audience::Public).tally);
            let proofs = (0..2).map(|place| (view::proof(of(room, place)), winners(room, place)));
            format!("{:?} {:?}", looks.collect::<Vec<_>>(), proofs.collect::<Vec<_>>())
        };
        let before = numbers(&stage.room);
        let keys: Vec<String> = stage.room.private.keys().map(str::to_owned).collect();
        stage.room.private.remove(&keys[lost % keys.len()]);
        prop_assert_eq!(numbers(&stage.room), before.clone());
        let mut room = Room::new(stage.room.id().clone());
        room.private = Private::default();
        fold(&mut room, &stage.log);
        prop_assert_eq!(numbers(&room), before);
    }
}
