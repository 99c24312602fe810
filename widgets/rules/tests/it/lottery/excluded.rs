//! Who cannot win, and is told so; who won before; and runs that end with a reason.

use super::{CLOSE, ENTER, enter_all, lottery, mine, open};
use crate::stage::{Stage, accepted};
use liveroom_protocol::Reason;
use liveroom_protocol::id::ActivityId;
use liveroom_protocol::identity::Role;
use liveroom_rules::activity::Body;
use liveroom_rules::draw;
use liveroom_rules::lottery::Lottery;
use liveroom_rules::pseudonym::Pseudonym;
use liveroom_rules::view;

/// The lottery of this name.
fn of<'a>(stage: &'a Stage, name: &str) -> &'a Lottery {
    let id = ActivityId::parse(name).unwrap();
    match &stage.room.activity(&id).unwrap().body {
        Body::Lottery(lottery) => lottery,
        other => panic!("{other:?}"),
    }
}

/// Enters viewers in a further lottery, closes and draws it, and says who won.
fn play(stage: &mut Stage, name: &str, viewers: std::ops::Range<u128>) -> Vec<u128> {
    let id = ActivityId::parse(name).unwrap();
    for who in viewers {
        accepted(stage.does(who, &id, ENTER));
    }
    for order in ["close", "lottery.draw"] {
        stage.order(&format!(r#"{{"type":"{order}","activity":"{name}"}}"#));
    }
    draw::verify(&view::proof(of(stage, name))).expect("the draw is sound");
    of(stage, name).wins().iter().map(|won| won.who.0).collect()
}

#[test]
fn winners_of_earlier_runs_do_not_win_again_whether_in_the_same_lottery_or_in_another() {
    let mut stage = Stage::new();
    stage.order(r#"{"type":"lottery.open","activity":"m","title":"Daily","prizes":[{"name":"Cup"}],"not_after":["m"]}"#);
    let mut won = Vec::new();
    for run in 1..4 {
        won.extend(play(&mut stage, "m", 10..13));
        assert_eq!(won.len(), run, "somebody has not won yet");
        let last = *won.last().unwrap();
        accepted(stage.does(
            last,
            &ActivityId::parse("m").unwrap(),
            r#"{"type":"lottery.claim","win":0}"#,
        ));
        accepted(stage.order_as(
            Role::Shop,
            r#"{"type":"lottery.fulfil","activity":"m","win":0}"#,
        ));
        stage.order(r#"{"type":"reset","activity":"m"}"#);
        stage.order(r#"{"type":"open","activity":"m"}"#);
    }
    won.sort_unstable();
    assert_eq!(won, [10, 11, 12]);
    stage.order(r#"{"type":"lottery.open","activity":"n","title":"After it","prizes":[{"name":"Cup"}],"not_after":["m"]}"#);
    assert_eq!(play(&mut stage, "n", 10..14), [13]);
}

#[test]
fn a_repeat_win_limit_lets_a_viewer_win_so_often_and_no_more() {
    let mut stage = Stage::new();
    for name in ["a", "b", "c"] {
        stage.order(&format!(
            r#"{{"type":"lottery.open","activity":"{name}","title":"Round","prizes":[{{"name":"Cup"}}],"not_after":["a","b","b"],"wins_allowed":1}}"#
        ));
    }
    assert_eq!(play(&mut stage, "a", 10..11), [10]);
    assert_eq!(play(&mut stage, "b", 10..11), [10], "one win is allowed");
    assert_eq!(play(&mut stage, "c", 10..12), [11], "two are not");
    let terms = &of(&stage, "c").terms;
    assert!(terms.contains(r#""wins_allowed":1"#), "{terms}");
    assert_eq!(
        of(&stage, "c").why_excluded(Pseudonym(10)),
        Some("won in an earlier draw of this room")
    );
}

#[test]
fn a_forfeited_prize_is_no_win() {
    let mut stage = Stage::new();
    stage
        .order(r#"{"type":"lottery.open","activity":"a","title":"One","prizes":[{"name":"Cup"}]}"#);
    stage.order(r#"{"type":"lottery.open","activity":"b","title":"Two","prizes":[{"name":"Cup"}],"not_after":["a"]}"#);
    assert_eq!(play(&mut stage, "a", 10..11), [10]);
    stage.order(r#"{"type":"lottery.forfeit","activity":"a","win":0,"reason":"Sent back"}"#);
    stage.order(r#"{"type":"reset","activity":"a"}"#);
    assert_eq!(play(&mut stage, "b", 10..11), [10]);
}

#[test]
fn who_is_excluded_is_told_why_and_counts_for_nobodys_odds() {
    let mut stage = open(r#","exclusions":["Staff","Minor"],"tickets":{"each":2}"#);
    enter_all(&mut stage, 10..14);
    let entrant = mine(&stage, 10).entrant.expect("it has entered");
    let exclude = format!(
        r#"{{"type":"lottery.exclude","activity":"l","entrant":"{entrant}","reason":"Minor"}}"#
    );
    let numbers = |stage: &Stage| {
        let tally = super::tally(stage);
        (tally.entrants, tally.tickets, tally.excluded, tally.most)
    };
    assert_eq!(numbers(&stage), (4, 8, vec![], 0));
    stage.order(&exclude);
    let told: Vec<_> = stage.room.touched().map(|(who, _)| who).collect();
    assert_eq!(told, [Pseudonym(10)], "their pages hear of it");
    let own = mine(&stage, 10);
    assert_eq!(
        (own.excluded.as_deref(), own.tickets, own.entered),
        (Some("Minor"), 0, true)
    );
    assert_eq!(mine(&stage, 11).excluded, None);
    assert_eq!(numbers(&stage), (4, 6, vec![0, 1], 0));
    stage.order(CLOSE);
    assert_eq!(numbers(&stage), (4, 6, vec![0, 1], 2));
    assert_eq!(mine(&stage, 10).excluded.as_deref(), Some("Minor"));
    let said = draw::verify(&view::proof(lottery(&stage))).expect("it is sound");
    assert_eq!((said.tickets, said.most_tickets), (6, 2));
}

#[test]
fn who_won_elsewhere_sees_it_on_entering_and_whoever_wins_there_meanwhile_at_closing() {
    let mut stage = open("");
    stage.order(r#"{"type":"lottery.open","activity":"m","title":"Again","prizes":[{"name":"Cup"}],"not_after":["l"],"exclusions":["Staff"]}"#);
    let second = ActivityId::parse("m").unwrap();
    let excluded = |stage: &Stage, who| of(stage, "m").why_excluded(Pseudonym(who)).is_some();
    accepted(stage.does(20, &second, ENTER));
    let winners = play(&mut stage, "l", 20..22);
    assert_eq!(winners.len(), 2);
    accepted(stage.does(21, &second, ENTER));
    accepted(stage.does(22, &second, ENTER));
    assert_eq!(
        [20, 21, 22].map(|who| excluded(&stage, who)),
        [false, true, false]
    );
    assert_eq!(of(&stage, "m").excluded_by_reason(), [0, 1]);
    stage.order(r#"{"type":"close","activity":"m"}"#);
    assert_eq!(
        [20, 21, 22].map(|who| excluded(&stage, who)),
        [true, true, false]
    );
    let mut told: Vec<_> = stage.room.touched().map(|(who, _)| who.0).collect();
    told.sort_unstable();
    told.dedup();
    assert_eq!(told, [20, 21]);
    assert_eq!(of(&stage, "m").excluded_by_reason(), [0, 2]);
    assert_eq!(of(&stage, "m").tickets(), 1);
}

#[test]
fn a_run_that_somebody_entered_ends_by_its_draw_or_with_a_reason() {
    for (close, draws_itself) in [(false, false), (true, false), (true, true)] {
        let mut stage = open(&format!(r#","draws_itself":{draws_itself}"#));
        stage.order(r#"{"type":"reset","activity":"l"}"#);
        enter_all(&mut stage, 10..12);
        if close {
            stage.order(CLOSE);
        }
        for order in ["reset", "put_away"] {
            let order = format!(r#"{{"type":"{order}","activity":"l"}}"#);
            assert_eq!(stage.refused(&order), Reason::StillOpen, "{order} {close}");
        }
        stage.order(r#"{"type":"cancel","activity":"l","reason":"The prize broke"}"#);
        stage.order(r#"{"type":"reset","activity":"l"}"#);
        let past = lottery(&stage)
            .past()
            .last()
            .expect("the run before")
            .clone();
        assert_eq!(past.cancelled.as_deref(), Some("The prize broke"));
        assert!(past.drawn.is_some(), "its seed is told");
        stage.order(r#"{"type":"put_away","activity":"l"}"#);
    }
}
