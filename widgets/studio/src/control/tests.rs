//! Which buttons an activity has in each state.

use super::*;
use crate::board::Poll;
use liveroom_protocol::phase::Phase;
use liveroom_protocol::poll::{Card, Results, Tally};
use std::rc::Rc;

fn poll(phase: Phase, card: Card, revealed: bool) -> Activity {
    let tally = Tally {
        phase,
        revealed,
        voters: 132,
        ..Tally::default()
    };
    let id = ActivityId::parse("a").expect("an id");
    let poll = Poll {
        id,
        run: 1,
        flags: 0,
        ruled: Default::default(),
        card: Rc::new(card),
        tally: Rc::new(tally),
    };
    Activity::Poll(poll, Rc::default())
}

fn next(poll: &Activity) -> Option<Control> {
    let next: Vec<_> = slots(poll).into_iter().filter(|slot| slot.next).collect();
    assert!(next.len() <= 1, "one primary action");
    next.first().map(|slot| slot.control)
}

#[test]
fn one_button_is_the_likely_next_one() {
    let quiz = || Card {
        quiz: true,
        results: Results::OnReveal,
        ..Card::default()
    };
    let cases = [
        (poll(Phase::Ready, Card::default(), false), Control::Open),
        (poll(Phase::Open, Card::default(), false), Control::Close),
        (poll(Phase::Paused, Card::default(), false), Control::Resume),
        (
            poll(Phase::Closed, Card::default(), false),
            Control::PutAway,
        ),
        (poll(Phase::Closed, quiz(), false), Control::Reveal),
        (poll(Phase::Closed, quiz(), true), Control::PutAway),
    ];
    for (poll, control) in cases {
        assert_eq!(next(&poll), Some(control), "{:?}", poll.times().phase);
    }
}

#[test]
fn buttons_never_change_places() {
    for phase in [Phase::Ready, Phase::Open, Phase::Paused, Phase::Closed] {
        for (place, slot) in slots(&poll(phase, Card::default(), false))
            .iter()
            .enumerate()
        {
            assert_eq!(slot.control.place(), place);
        }
    }
}

#[test]
fn a_quiz_is_not_revealed_while_it_is_open() {
    let open = poll(
        Phase::Open,
        Card {
            quiz: true,
            ..Card::default()
        },
        false,
    );
    assert!(slots(&open)[Control::Reveal.place()].not_now.is_some());
    let hidden = poll(
        Phase::Open,
        Card {
            results: Results::OnReveal,
            ..Card::default()
        },
        false,
    );
    assert_eq!(slots(&hidden)[Control::Reveal.place()].not_now, None);
}

#[test]
fn what_cannot_be_undone_needs_a_second_step() {
    let open = poll(Phase::Open, Card::default(), false);
    assert_eq!(
        Control::Reset.second_step(&open).as_deref(),
        Some("Begin again, open at once? 132 votes are thrown away.")
    );
    assert!(Control::PutAway.second_step(&open).is_some());
    assert_eq!(Control::Close.second_step(&open), None);
}

#[test]
fn every_key_leads_to_one_place() {
    let slots = slots(&poll(Phase::Closed, Card::default(), false));
    for slot in &slots {
        let same = slots
            .iter()
            .filter(|other| other.control.key() == slot.control.key());
        assert_eq!(same.count(), 1);
    }
}

#[test]
fn more_time_for_a_poll_without_an_end_is_said_to_be_its_end() {
    let endless = poll(Phase::Open, Card::default(), false);
    assert_eq!(Control::HalfMinute.label(&endless), "End in 30 s");
    let Activity::Poll(mut timed, written) = endless else {
        panic!("a poll")
    };
    let tally = Tally {
        closes_at: Some(Default::default()),
        ..(*timed.tally).clone()
    };
    timed.tally = Rc::new(tally);
    let timed = Activity::Poll(timed, written);
    assert_eq!(Control::HalfMinute.label(&timed), "+30 s");
    assert_eq!(Control::Minute.deed(&timed), "Extend by 1 min");
}
