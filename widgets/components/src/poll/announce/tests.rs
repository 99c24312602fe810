//! What is said, case by case.

use super::*;
use liveroom_protocol::id::OptionId;
use liveroom_protocol::poll::Choice;
use liveroom_protocol::time::Timestamp;

fn card() -> Card {
    let option = |text: &str| Choice {
        id: OptionId::parse(text).unwrap(),
        text: text.into(),
        image: None,
    };
    Card {
        question: "Which?".into(),
        options: vec![option("Coral"), option("Moss")],
        max_choices: 1,
        ..Card::default()
    }
}

fn tally(phase: Phase, votes: Option<[u32; 2]>) -> Tally {
    Tally {
        phase,
        voters: votes.map_or(0, |[a, b]| a + b),
        votes: votes.map(Vec::from),
        closes_at: Some(Timestamp(60_000)),
        ..Tally::default()
    }
}

/// What is said between two tallies of the same card, without the marks that keep names apart.
fn said(before: Option<Tally>, after: Tally) -> Option<String> {
    let (card, mine, scene) = (card(), Mine::default(), Scene::default());
    let at = |tally| Moment {
        card: &card,
        tally,
        mine: &mine,
        scene: &scene,
    };
    let line = announcement(before.as_ref().map(at), at(&after))?;
    Some(line.replace(['\u{2068}', '\u{2069}'], ""))
}

#[test]
fn an_opening_is_said_once() {
    let open = || tally(Phase::Open, None);
    assert_eq!(said(None, open()).as_deref(), Some("New poll: Which?"));
    let ready = tally(Phase::Ready, None);
    assert_eq!(
        said(Some(ready), open()).as_deref(),
        Some("New poll: Which?")
    );
    assert_eq!(said(Some(open()), open()), None);
}

#[test]
fn a_late_joiner_is_not_told_of_what_is_over() {
    assert_eq!(said(None, tally(Phase::Closed, Some([1, 2]))), None);
    assert_eq!(said(None, tally(Phase::Paused, None)), None);
}

#[test]
fn a_tally_alone_is_never_said() {
    let before = tally(Phase::Open, Some([1, 2]));
    assert_eq!(said(Some(before), tally(Phase::Open, Some([1, 3]))), None);
}

#[test]
fn closing_is_said_with_the_leader_as_far_as_it_is_known() {
    let closed = |votes| said(Some(tally(Phase::Open, None)), tally(Phase::Closed, votes));
    assert_eq!(
        closed(Some([3, 1])).as_deref(),
        Some("The poll has closed. Most chosen: Coral, 75%")
    );
    assert_eq!(
        closed(Some([2, 2])).as_deref(),
        Some("The poll has closed. A tie: Coral, Moss")
    );
    assert_eq!(
        closed(Some([0, 0])).as_deref(),
        Some("The poll has closed. Nobody voted")
    );
    assert_eq!(closed(None).as_deref(), Some("The poll has closed."));
}

#[test]
fn the_last_ten_seconds_are_said_once() {
    let (card, mine, tally) = (card(), Mine::default(), tally(Phase::Open, None));
    let said = |before, now| {
        let scene = |at| Scene {
            now: Some(Timestamp(at)),
            ..Scene::default()
        };
        let (before, now) = (scene(before), scene(now));
        let at = |scene| Moment {
            card: &card,
            tally: &tally,
            mine: &mine,
            scene,
        };
        announcement(Some(at(&before)), at(&now))
    };
    assert_eq!(said(49_000, 50_000).as_deref(), Some("Ten seconds left."));
    assert_eq!(said(50_000, 51_000), None);
    assert_eq!(said(59_000, 61_000), None);
}

#[test]
fn a_reveal_is_said_as_this_viewer_takes_it() {
    let (asked, tally, scene) = (card(), tally(Phase::Closed, None), Scene::default());
    let told = Card {
        right: Some(vec![asked.options[1].id.clone()]),
        ..asked.clone()
    };
    let said = |place: usize| {
        let mine = Mine {
            choices: vec![asked.options[place].id.clone()],
            ..Mine::default()
        };
        let at = |card| Moment {
            card,
            tally: &tally,
            mine: &mine,
            scene: &scene,
        };
        assert_eq!(announcement(Some(at(&told)), at(&told)), None);
        let line = announcement(Some(at(&asked)), at(&told)).unwrap();
        line.replace(['\u{2068}', '\u{2069}'], "")
    };
    assert_eq!(said(1), "You were right.");
    assert_eq!(said(0), "Not right this time. Right answer: Moss");
}
